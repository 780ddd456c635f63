import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import type { Spaces } from '../company/spaces.ts';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Id, SpaceId } from '../documents/schemas.ts';
import type { Caller } from '../http/caller.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Bin } from './bin.ts';
import type { BinKeeper } from './bin-keeper.ts';

interface BinRoutes {
  readonly catalogue: Catalogue;
  readonly spaces: Spaces;
  readonly bin: Bin;
  readonly keeper: Pick<BinKeeper, 'sweepSoon'>;
}

/** Documents that one request takes away: each with all its history. */
const mostAtOnce = 50;

export function binRoutes(app: App, { catalogue, spaces, bin, keeper }: BinRoutes): void {
  /** In a person's own space that person; in the shared one an owner: a mistake, or a stolen login, leaves time to notice. */
  async function lacks(caller: Caller, spaceId: string): Promise<Refusal | null> {
    const space = (await spaces.list(caller)).find(({ id }) => id === spaceId);
    if (!space) return refuse('not-found', 'There is no such space.');
    if (space.access === 'read') return refuse('read-only', 'You may read in this space but not write.');
    return space.kind === 'personal' || caller.role === 'owner'
      ? null
      : refuse('no-access', 'Only an owner of the company may delete for good what it shares.');
  }

  app.post(
    '/api/documents/:id/purge',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Delete a document for good',
        description:
          'It must be in the bin. With it go its whole history, its versions, its conversation and its files; nothing brings them back. Documents that began with it keep what they hold. In the shared space only owners may.',
        tags: ['documents'],
        params: Id,
        response: answers('edit', { 204: z.null() }, 'not-found', 'read-only', 'no-access', 'not-in-bin'),
      },
    },
    async ({ caller, params }, reply) => {
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      const refusal = await lacks(caller, entry.projectId);
      if (refusal) return no(refusal);
      if (!(await bin.purge(caller.tenant, entry.id))) return no('not-in-bin');
      keeper.sweepSoon();
      reply.code(204);
      return null;
    },
  );

  app.post(
    '/api/bin/empty',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Delete for good what is in the bin of a space',
        description: `At most ${mostAtOnce} documents at once, the longest there first: ask again while some are left.`,
        tags: ['documents'],
        body: z.object({
          projectId: SpaceId,
          until: z.iso
            .datetime()
            .optional()
            .describe('Only what was moved there by then, so that nothing goes that nobody has seen there.'),
        }),
        response: answers(
          'edit',
          { 200: z.object({ purged: z.int(), left: z.int() }) },
          'invalid',
          'not-found',
          'read-only',
          'no-access',
        ),
      },
    },
    async ({ caller, body }) => {
      const refusal = await lacks(caller, body.projectId);
      if (refusal) return no(refusal);
      const emptied = await bin.empty(caller.tenant, body.projectId, body.until ?? null, mostAtOnce);
      if (emptied.purged > 0) keeper.sweepSoon();
      return emptied;
    },
  );
}
