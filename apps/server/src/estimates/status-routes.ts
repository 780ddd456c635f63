import { statuses as statusNames } from '@tidemark/documents/estimate';
import { isRefusal, type Refusal } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue, Entry } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Id } from '../documents/schemas.ts';
import type { Caller } from '../http/caller.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { By, Note } from '../versions/schemas.ts';
import type { Statuses } from './statuses.ts';

interface StatusRoutes {
  readonly catalogue: Catalogue;
  readonly statuses: Statuses;
}

const StatusName = z.enum(statusNames);

const Status = z
  .object({
    is: StatusName,
    at: z.string(),
    by: z.string().nullable(),
    byName: z.string(),
    versionId: z.string().nullable().describe('The frozen version that it stands for.'),
    number: z.int().nullable().describe('The number of that version.'),
  })
  .meta({ id: 'EstimateStatus' });

const StatusChange = z
  .object({
    id: z.string(),
    from: StatusName,
    to: StatusName,
    note: z.string(),
    at: z.iso.datetime(),
    by: By,
    version: z
      .object({ id: z.string(), number: z.int() })
      .nullable()
      .describe('What was submitted, won, lost or opened again.'),
  })
  .meta({ id: 'StatusChange' });

/** The status of estimates: draft → submitted → won or lost, and back to draft. */
export function statusRoutes(app: App, { catalogue, statuses }: StatusRoutes): void {
  app.post(
    '/api/documents/:id/status',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Submit an estimate, mark it as won or lost, or open it again',
        description:
          'Submitting freezes a version (state and totals, kept for good) and then says so in the document; both, or the document stays a draft. The answer is the status as the document has it. `status-conflict` when the estimate does not stand where the change begins: somebody else was faster. `cannot-submit` names what cannot be reckoned.',
        tags: ['estimates'],
        params: Id,
        body: z.object({ to: StatusName, note: Note.default('') }),
        response: answers(
          'edit',
          { 200: Status },
          'invalid',
          'not-found',
          'read-only',
          'status-conflict',
          'cannot-submit',
          'cannot-store',
        ),
      },
    },
    async (request) => {
      const { caller, params, body } = request;
      const entry = await estimateFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      if (entry.deletedAt !== null) return no('not-found', 'The document is in the bin.');
      const status = await statuses.change(caller, entry.id, body);
      return isRefusal(status) ? no(status) : status;
    },
  );

  app.get(
    '/api/documents/:id/status-changes',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Who changed the status of an estimate, when and why',
        description: 'The newest first, 200 at most.',
        tags: ['estimates'],
        params: Id,
        response: answers(
          'read',
          { 200: z.object({ items: z.array(StatusChange) }) },
          'not-found',
          'invalid',
        ),
      },
    },
    async (request) => {
      const entry = await estimateFor(catalogue, request.caller, request.params.id, 'read');
      if (isRefusal(entry)) return no(entry);
      await statuses.mend(request.caller, entry.id);
      return { items: [...(await statuses.list(request.caller, entry.id))] };
    },
  );
}

async function estimateFor(
  catalogue: Catalogue,
  caller: Caller,
  id: string,
  wants: 'read' | 'edit',
): Promise<Entry | Refusal> {
  const entry = await documentFor(catalogue, caller, id, wants);
  if (isRefusal(entry) || entry.kind === 'estimate') return entry;
  return invalid({ id: 'is not an estimate; only these have a status' });
}
