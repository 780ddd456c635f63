import { isRefusal, limits } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Catalogue } from './catalogue.ts';
import { documentFor } from './document-routes.ts';
import { Id } from './schemas.ts';
import type { Workshop } from './workshop.ts';

interface ResetRoutes {
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
}

const Begun = z.object({
  epoch: z.int().describe('Of the new life; copies of any other are told so (4409).'),
  head: z.int().describe('The log position that the new life begins with.'),
});

export function resetRoutes(app: App, { catalogue, workshop }: ResetRoutes): void {
  app.post(
    '/api/documents/:id/reset',
    {
      config: { needs: 'edit' },
      bodyLimit: limits.frameBytes,
      schema: {
        summary: 'Begin a document anew',
        description:
          'Its content is replaced, not merged: it gets a new epoch, everybody who has it open is told (4409), and no copy of the earlier life merges into it. Who did it and when is recorded; the earlier log is kept.',
        tags: ['documents'],
        params: Id,
        body: z
          .object({
            state: z
              .base64()
              .optional()
              .describe(
                'The new content as one Yjs v1 update. Without it the document begins as a new one does.',
              ),
          })
          .nullish(),
        response: answers('edit', { 200: Begun }, 'invalid', 'not-found', 'read-only'),
      },
    },
    async (request) => {
      const { caller, params, body } = request;
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      const state = body?.state === undefined ? null : Buffer.from(body.state, 'base64');
      const begun = await workshop.renew(caller, entry, state);
      return isRefusal(begun) ? no(begun) : begun;
    },
  );
}
