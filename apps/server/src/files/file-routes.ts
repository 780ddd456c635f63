import type { ObjectStore } from '@tidemark/files';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { bytes, Id } from '../documents/schemas.ts';
import type { Caller } from '../http/caller.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Metrics } from '../metrics.ts';
import { sendObject } from './send-object.ts';
import type { Shelf, StoredFile } from './shelf.ts';
import { UploadHeaders, uploadOf, whileUploading } from './upload-request.ts';

const File = z
  .object({
    id: z.string(),
    documentId: z.string(),
    name: z.string(),
    sha256: z.string().describe('Of the bytes as uploaded.'),
    size: z.int().describe('Bytes as uploaded.'),
    rows: z.int().describe('Data rows, the header not counted.'),
    columns: z.array(z.string()).describe('Their names, in order.'),
    encoding: z.string(),
    delimiter: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'File' });

interface FileRoutes {
  readonly catalogue: Catalogue;
  readonly shelf: Shelf;
  readonly store: ObjectStore;
  readonly metrics: Metrics;
}

export function fileRoutes(app: App, { catalogue, shelf, store, metrics }: FileRoutes): void {
  /** A file is read by whoever may know of the document's space, also while the document is in the bin. */
  async function fileFor(caller: Caller, id: string): Promise<StoredFile | Refusal> {
    const file = await shelf.find(caller, id);
    const document = file && (await catalogue.find(caller, file.documentId));
    return document ? file : refuse('not-found');
  }

  app.register(async (scope) => {
    // An upload is never held in memory: the body is the stream itself.
    scope.addContentTypeParser(['application/octet-stream', 'text/csv'], (_request, payload, done) =>
      done(null, payload),
    );
    (scope as App).post(
      '/api/documents/:id/files',
      {
        config: { needs: 'edit' },
        schema: {
          summary: 'Upload a CSV',
          description:
            'The body is the file. It is hashed, checked (size, encoding, shape) and kept, or refused and not kept.',
          tags: ['files'],
          consumes: ['application/octet-stream', 'text/csv'],
          params: Id,
          headers: UploadHeaders,
          response: answers(
            'edit',
            { 201: File },
            'not-found',
            'read-only',
            'malformed',
            'too-large',
            'checksum-mismatch',
            'not-a-table',
            'invalid',
          ),
        },
      },
      async (request, reply) => {
        const { caller, params } = request;
        const entry = await documentFor(catalogue, caller, params.id, 'edit');
        if (isRefusal(entry)) return no(entry);
        const upload = uploadOf(request, 'table.csv');
        const added = isRefusal(upload)
          ? upload
          : await whileUploading(upload.content, () => shelf.add(caller, entry.id, upload));
        metrics.uploaded(isRefusal(added) ? added.refused : 'stored', isRefusal(added) ? 0 : added.size);
        if (isRefusal(added)) return no(added);
        reply.code(201);
        return { ...added, columns: [...added.columns] };
      },
    );
  });

  app.get(
    '/api/documents/:id/files',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A document's files",
        tags: ['files'],
        params: Id,
        response: answers('read', { 200: z.object({ items: z.array(File) }) }, 'not-found'),
      },
    },
    async ({ caller, params }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const items = await shelf.list(caller, entry.id);
      return { items: items.map((file) => ({ ...file, columns: [...file.columns] })) };
    },
  );

  app.get(
    '/api/files/:id',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A file's metadata",
        tags: ['files'],
        params: Id,
        response: answers('read', { 200: File }, 'not-found'),
      },
    },
    async ({ caller, params }) => {
      const file = await fileFor(caller, params.id);
      return isRefusal(file) ? no(file) : { ...file, columns: [...file.columns] };
    },
  );

  app.get(
    '/api/files/:id/content',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A file's bytes, as they were uploaded",
        description: 'They never change: the ETag is their SHA-256.',
        tags: ['files'],
        params: Id,
        response: answers(
          'read',
          {
            200: { description: 'The file', content: { 'text/csv': { schema: bytes } } },
            304: z.null().describe('You have it already.'),
          },
          'not-found',
        ),
      },
    },
    async (request, reply) => {
      const file = await fileFor(request.caller, request.params.id);
      if (isRefusal(file)) return no(file);
      return sendObject(request, reply, store, { ...file, mediaType: 'text/csv' });
    },
  );
}
