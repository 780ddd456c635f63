import type { Database } from '@tidemark/database';
import { kinds } from '@tidemark/documents';
import { isRefusal } from '@tidemark/protocol';
import * as Y from 'yjs';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { bytes, Document, Id, Title } from '../documents/schemas.ts';
import type { Workshop } from '../documents/workshop.ts';
import type { Statuses } from '../estimates/statuses.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { familyOf } from './family.ts';
import { Note, Version, VersionId, VersionName } from './schemas.ts';
import type { Versions } from './versions.ts';

interface VersionRoutes {
  readonly database: Pick<Database, 'app'>;
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
  readonly versions: Versions;
  readonly statuses: Pick<Statuses, 'mend'>;
}

const Page = z.object({
  cursor: z.coerce.number().int().positive().optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const Relative = Document.extend({
  origin: z
    .object({ documentId: z.string(), versionId: z.string().nullable(), number: z.int().nullable() })
    .nullable()
    .describe('The document and the version that it began with.'),
  versions: z.array(Version).describe('The newest first, at most 50.'),
}).meta({ id: 'Relative' });

/** Versions of documents of any kind, and the documents that begin with them. */
export function versionRoutes(
  app: App,
  { database, catalogue, workshop, versions, statuses }: VersionRoutes,
): void {
  app.get(
    '/api/documents/:id/versions',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A document's versions",
        description:
          'Submitted and named ones, the newest first, page by page; of estimates with what they came to.',
        tags: ['versions'],
        params: Id,
        querystring: Page,
        response: answers(
          'read',
          { 200: z.object({ items: z.array(Version), nextCursor: z.string().nullable() }) },
          'not-found',
          'invalid',
        ),
      },
    },
    async (request) => {
      const { caller, params, query } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      if (entry.kind === 'estimate') await statuses.mend(caller, entry.id);
      const page = { before: query.cursor ?? null, limit: query.limit };
      const { items, next } = await versions.list(caller, entry.id, page);
      return { items: [...items], nextCursor: next === null ? null : String(next) };
    },
  );

  app.post(
    '/api/documents/:id/versions',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Name the state of now',
        description: 'All that anybody was told is saved is in it; it is kept as long as the document.',
        tags: ['versions'],
        params: Id,
        body: z.object({ name: VersionName, note: Note.default('') }),
        response: answers(
          'edit',
          { 201: Version },
          'invalid',
          'not-found',
          'read-only',
          'stale-epoch',
          'too-large',
          'cannot-store',
        ),
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      if (entry.deletedAt !== null) return no('not-found', 'The document is in the bin.');
      const version = await versions.keep(caller, entry, body);
      if (isRefusal(version)) return no(version);
      reply.code(201);
      return version;
    },
  );

  app.get(
    '/api/documents/:id/versions/:versionId',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'One version',
        tags: ['versions'],
        params: VersionId,
        response: answers('read', { 200: Version }, 'not-found'),
      },
    },
    async (request) => {
      const { caller, params } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      return (await versions.find(caller, entry.id, params.versionId)) ?? no('not-found');
    },
  );

  app.get(
    '/api/documents/:id/versions/:versionId/state',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The Yjs state of a version as one v1 update',
        description: 'It never changes: whoever asks again with its ETag is answered by 304.',
        tags: ['versions'],
        params: VersionId,
        response: answers(
          'read',
          {
            200: {
              description: 'Y.encodeStateAsUpdate',
              content: { 'application/octet-stream': { schema: bytes } },
            },
            304: z.null().describe('You have it already.'),
          },
          'not-found',
        ),
      },
    },
    async (request, reply) => {
      const { caller, params } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const version = await versions.find(caller, entry.id, params.versionId);
      if (version === null) return no('not-found');
      // Asked for each time: rights end, and a browser has other people.
      const etag = `"${version.id}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) {
        reply.code(304);
        return null;
      }
      const state = await versions.state(caller, entry.id, version.id);
      if (state === null) return no('not-found');
      reply.type('application/octet-stream');
      return Buffer.from(state);
    },
  );

  app.get(
    '/api/documents/:id/versions/:versionId/content',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'A version as JSON',
        description: 'As `GET /api/documents/{id}/content` gives the document of now.',
        tags: ['versions'],
        params: VersionId,
        response: answers(
          'read',
          {
            200: z.object({
              id: z.string(),
              versionId: z.string(),
              kind: z.string(),
              content: z.unknown(),
              findings: z.array(z.unknown()),
            }),
          },
          'not-found',
        ),
      },
    },
    async (request) => {
      const { caller, params } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const state = await versions.state(caller, entry.id, params.versionId);
      if (state === null) return no('not-found');
      const doc = new Y.Doc();
      try {
        Y.applyUpdate(doc, state);
        const kind = kinds[entry.kind];
        return {
          id: entry.id,
          versionId: params.versionId,
          kind: entry.kind,
          content: kind.content(doc),
          findings: [...kind.check(doc)],
        };
      } finally {
        doc.destroy();
      }
    },
  );

  app.post(
    '/api/documents/:id/versions/:versionId/fork',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'A new document that begins with a version',
        description:
          'In the same space, with its own hold on the same files. An estimate begins as a draft that knows its parent; `note` says why there is a new version.',
        tags: ['versions'],
        params: VersionId,
        body: z.object({ title: Title.optional(), note: Note.default('') }).nullish(),
        response: answers('edit', { 201: Document }, 'invalid', 'not-found', 'read-only'),
      },
    },
    async (request, reply) => {
      const { caller, params, body } = request;
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      const version = await versions.find(caller, entry.id, params.versionId);
      const state = version && (await versions.state(caller, entry.id, version.id));
      if (!version || !state) return no('not-found');
      const fork = await workshop.fork(caller, entry, {
        origin: { version },
        state,
        title: body?.title ?? null,
        note: body?.note ?? '',
      });
      reply.code(201);
      return fork;
    },
  );

  app.get(
    '/api/documents/:id/family',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The documents that come from one another by versions',
        description:
          'From the first ancestor that you may read to all that began with a version of one of them; as they were made.',
        tags: ['versions'],
        params: Id,
        response: answers('read', { 200: z.object({ items: z.array(Relative) }) }, 'not-found'),
      },
    },
    async (request) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id);
      if (isRefusal(entry)) return no(entry);
      const family = await familyOf(database, { catalogue, versions }, request.caller, entry.id);
      return { items: family.map((relative) => ({ ...relative, versions: [...relative.versions] })) };
    },
  );
}
