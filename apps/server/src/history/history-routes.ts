import type { History, Stop } from '@tidemark/history';
import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Id } from '../documents/schemas.ts';
import type { Statuses } from '../estimates/statuses.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { answered } from './answer.ts';
import type { Archivist } from './archivist.ts';
import { type Edits, mostEdits } from './edits.ts';
import { readPlace, writePlace } from './page-cursor.ts';
import { HistoryPage, Lsn, Stops } from './schemas.ts';
import type { Timeline } from './timeline.ts';

interface HistoryRoutes {
  readonly catalogue: Catalogue;
  readonly history: Pick<History, 'stops' | 'lsnAt'>;
  readonly edits: Edits;
  readonly timeline: Pick<Timeline, 'page'>;
  readonly archivist: Pick<Archivist, 'settleFor'>;
  readonly statuses: Pick<Statuses, 'mend'>;
}

const Page = z.object({
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** What happened to a document and when; moments themselves are in `momentRoutes`. */
export function historyRoutes(
  app: App,
  { catalogue, history, edits, timeline, archivist, statuses }: HistoryRoutes,
): void {
  app.get(
    '/api/documents/:id/history',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A document's history",
        description:
          'Sessions of work, versions of all sorts and lives of the document, the newest first, page by page. A page has about `limit` sessions and automatic versions, and all else of their time.',
        tags: ['history'],
        params: Id,
        querystring: Page,
        response: answers('read', { 200: HistoryPage }, 'not-found', 'invalid', 'too-many-requests'),
      },
    },
    async ({ caller, params, query }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const cursor = query.cursor === undefined ? null : readPlace(query.cursor);
      if (query.cursor !== undefined && cursor === null) return no(invalid({ cursor: 'is not one of ours' }));
      const settled = cursor !== null || (await archivist.settleFor(entry.id));
      if (cursor === null && entry.kind === 'estimate') await statuses.mend(caller, entry.id);
      const page = await answered(timeline.page(caller, entry.id, cursor, query.limit));
      if (isRefusal(page)) return no(page);
      const { items, next, head, detail } = page;
      return {
        items: [...items],
        nextCursor: next && writePlace(next),
        head,
        detail,
        settling: !settled,
      };
    },
  );

  app.get(
    '/api/documents/:id/history/stops',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Stops of the scrubber',
        description:
          'Moments in (`from`, `to`] worth a stop, in order: ends of bursts of edits, spread evenly.',
        tags: ['history'],
        params: Id,
        querystring: z.object({
          from: Lsn.default(0),
          to: Lsn.optional().describe('Default: the end of the log.'),
          most: z.coerce.number().int().min(2).max(2_000).default(500),
        }),
        response: answers('read', { 200: Stops }, 'not-found', 'invalid'),
      },
    },
    async ({ caller, params, query }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const upTo = query.to ?? Number.MAX_SAFE_INTEGER;
      const stops = await history.stops(entry.id, query.from, upTo, query.most);
      return isRefusal(stops) ? no(stops) : { items: told(stops) };
    },
  );

  app.get(
    '/api/documents/:id/history/edits',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Single edits',
        description: `Every stored edit in (\`from\`, \`to\`], in order: at most ${mostEdits} from \`from\` on, and none where detail is thinned. Each is a moment.`,
        tags: ['history'],
        params: Id,
        querystring: z.object({ from: Lsn.default(0), to: Lsn.optional() }),
        response: answers('read', { 200: Stops }, 'not-found', 'invalid'),
      },
    },
    async ({ caller, params, query }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const upTo = query.to ?? Number.MAX_SAFE_INTEGER;
      return { items: told(await edits.within(entry.id, query.from, upTo)) };
    },
  );

  app.get(
    '/api/documents/:id/history/at',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The place of a time',
        description:
          'The last log position stored by then; 0: the document was not there. Of a time whose edits are thinned, only a moment that is kept, else `no-detail`.',
        tags: ['history'],
        params: Id,
        querystring: z.object({ time: z.iso.datetime({ offset: true }) }),
        response: answers('read', { 200: z.object({ lsn: z.int() }) }, 'not-found', 'no-detail', 'invalid'),
      },
    },
    async ({ caller, params, query }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const lsn = await history.lsnAt(entry.id, Date.parse(query.time));
      return isRefusal(lsn) ? no(lsn) : { lsn };
    },
  );
}

const told = (stops: readonly Stop[]) =>
  stops.map(({ lsn, at, userId }) => ({ lsn, at: new Date(at).toISOString(), by: userId }));
