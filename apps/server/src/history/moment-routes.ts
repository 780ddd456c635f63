import { kinds } from '@tidemark/documents';
import type { History, HistoryStore } from '@tidemark/history';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as Y from 'yjs';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { bytes, Id } from '../documents/schemas.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { answered } from './answer.ts';
import type { Changes } from './changes.ts';
import { cancelOf } from './history-threads.ts';
import { AtLsn, HistoryChanges } from './schemas.ts';

interface MomentRoutes {
  readonly catalogue: Catalogue;
  readonly store: Pick<HistoryStore, 'place'>;
  readonly history: Pick<History, 'stateAt'>;
  readonly changes: Changes;
}

const Ref = z
  .union([
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform((lsn) => ({ lsn: Number(lsn) })),
    z.uuid().transform((versionId) => ({ versionId })),
  ])
  .describe('A log position, or the id of a submitted or named version.');

const refused = ['not-found', 'no-detail', 'quarantined', 'too-many-requests', 'too-large'] as const;

/** The document at a moment, and what differs between two. Whoever goes away takes the question along. */
export function momentRoutes(app: App, { catalogue, store, history, changes }: MomentRoutes): void {
  /** Names the bytes: the life too, for a document that was deleted for good and made again counts from 1. */
  async function tagOf(documentId: string, lsn: number): Promise<string | Refusal> {
    const place = await store.place(documentId);
    if (place === null || lsn > place.head) return refuse('not-found', 'There is no such moment.');
    return `"${place.lives.findLast(({ after }) => after < lsn)?.epoch ?? 0}-${lsn}"`;
  }

  app.get(
    '/api/documents/:id/history/:lsn/state',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The Yjs state of a moment as one v1 update',
        description: 'It never changes: whoever asks again with its ETag is answered by 304.',
        tags: ['history'],
        params: AtLsn,
        response: answers(
          'read',
          {
            200: {
              description: 'Y.encodeStateAsUpdate',
              content: { 'application/octet-stream': { schema: bytes } },
            },
            304: z.null().describe('You have it already.'),
          },
          ...refused,
        ),
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const etag = await tagOf(entry.id, params.lsn);
      if (isRefusal(etag)) return no(etag);
      // Asked for each time: rights end, and a browser has other people.
      if (request.headers['if-none-match'] === etag) {
        reply.header('etag', etag).header('cache-control', 'private, no-cache').code(304);
        return null;
      }
      const state = await answered(history.stateAt(entry.id, params.lsn, cancelOf(request.signal)));
      if (isRefusal(state)) return no(state);
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      reply.type('application/octet-stream');
      return Buffer.from(state.buffer, state.byteOffset, state.byteLength);
    },
  );

  app.get(
    '/api/documents/:id/history/:lsn/content',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'A moment as JSON',
        description: 'As `GET /api/documents/{id}/content` gives the document of now.',
        tags: ['history'],
        params: AtLsn,
        response: answers(
          'read',
          {
            200: z.object({
              id: z.string(),
              lsn: z.int(),
              kind: z.string(),
              content: z.unknown(),
              findings: z.array(z.unknown()),
            }),
          },
          ...refused,
        ),
      },
    },
    async (request) => {
      const { caller, params } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const state = await answered(history.stateAt(entry.id, params.lsn, cancelOf(request.signal)));
      if (isRefusal(state)) return no(state);
      const doc = new Y.Doc();
      try {
        Y.applyUpdate(doc, state);
        const kind = kinds[entry.kind];
        const { id, lsn } = params;
        return {
          id,
          lsn,
          kind: entry.kind,
          content: kind.content(doc),
          findings: [...kind.check(doc)],
        };
      } finally {
        doc.destroy();
      }
    },
  );

  app.get(
    '/api/documents/:id/history/changes',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What differs between two moments, and who did it',
        description:
          'Per register, from the log: whose value it is that stands at the later moment. `from` is the earlier one.',
        tags: ['history'],
        params: Id,
        querystring: z.object({ from: Ref, to: Ref }),
        response: answers('read', { 200: HistoryChanges }, ...refused, 'invalid'),
      },
    },
    async (request) => {
      const { caller, params, query } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const found = await answered(
        changes.between(caller, entry.id, query.from, query.to, cancelOf(request.signal)),
      );
      return isRefusal(found) ? no(found) : found;
    },
  );
}
