import type { ObjectStore } from '@tidemark/files';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Counts, type Imports } from '../documents/imports.ts';
import { bytes, Id } from '../documents/schemas.ts';
import type { Caller } from '../http/caller.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Metrics } from '../metrics.ts';
import { type Attachment as Attached, type Attachments, mostAttachments } from './attachments.ts';
import { sendObject } from './send-object.ts';
import { UploadHeaders, uploadOf, whileUploading } from './upload-request.ts';

export const Attachment = z
  .object({
    id: z.string(),
    documentId: z.string(),
    name: z.string(),
    sha256: z.string().describe('Of the bytes as uploaded.'),
    size: z.int().describe('Bytes as uploaded.'),
    mediaType: z.string().describe('By content, not by name.'),
    createdAt: z.iso.datetime(),
    createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    removedAt: z.iso.datetime().nullable().describe('Since when it is off the document.'),
  })
  .meta({ id: 'Attachment' });

interface AttachmentRoutes {
  readonly catalogue: Catalogue;
  readonly attachments: Attachments;
  readonly imports: Imports;
  readonly store: ObjectStore;
  readonly lobby: Lobby;
  readonly metrics: Metrics;
}

export function attachmentRoutes(
  app: App,
  { catalogue, attachments, imports, store, lobby, metrics }: AttachmentRoutes,
): void {
  /** As its document: whoever reads that reads it. What was taken off is known to editors alone. */
  async function attachmentFor(
    caller: Caller,
    id: string,
    wants: 'read' | 'edit' = 'read',
  ): Promise<Attached | Refusal> {
    const found = await attachments.find(caller, id);
    if (!found) return refuse('not-found');
    const entry = await documentFor(catalogue, caller, found.documentId, wants);
    if (isRefusal(entry)) return entry;
    return found.removedAt !== null && entry.access === 'read' ? refuse('not-found') : found;
  }

  app.register(async (scope) => {
    // An upload is never held in memory: the body is the stream itself.
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
    (scope as App).post(
      '/api/documents/:id/attachments',
      {
        config: { needs: 'edit' },
        schema: {
          summary: 'Attach a file',
          description:
            'The body is the file, of any type. It is hashed, compared and kept, or refused and not kept.',
          tags: ['files'],
          consumes: ['application/octet-stream'],
          params: Id,
          headers: UploadHeaders,
          response: answers(
            'edit',
            { 201: Attachment },
            'not-found',
            'read-only',
            'malformed',
            'too-large',
            'checksum-mismatch',
            'invalid',
          ),
        },
      },
      async (request, reply) => {
        const { caller, params } = request;
        const entry = await documentFor(catalogue, caller, params.id, 'edit');
        if (isRefusal(entry)) return no(entry);
        if (!(await attachments.hasRoom(caller, entry.id)))
          return no('too-large', `A document takes at most ${mostAttachments} files.`);
        const upload = uploadOf(request, 'file');
        const kept = isRefusal(upload)
          ? upload
          : await whileUploading(upload.content, () => attachments.keep(upload));
        metrics.uploaded(isRefusal(kept) ? kept.refused : 'stored', isRefusal(kept) ? 0 : kept.size);
        if (isRefusal(kept)) return no(kept);
        const added = await attachments.add(caller, entry.id, kept);
        lobby.tell(entry.id, 'files');
        reply.code(201);
        return added;
      },
    );
  });

  app.get(
    '/api/documents/:id/attachments',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A document's attachments",
        description: 'The newest first.',
        tags: ['files'],
        params: Id,
        response: answers(
          'read',
          {
            200: z.object({
              items: z.array(Attachment),
              imported: z
                .object({ attachmentId: z.string(), importedAt: z.iso.datetime(), counts: Counts })
                .nullable()
                .describe('From which file the document was made, and how many notes its report has.'),
            }),
          },
          'not-found',
        ),
      },
    },
    async ({ caller, params }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const imported = await imports.find(caller, entry.id);
      return {
        items: [...(await attachments.list(caller, entry.id))],
        imported: imported && {
          attachmentId: imported.attachmentId,
          importedAt: imported.importedAt,
          counts: { ...imported.report.counts },
        },
      };
    },
  );

  const change = (removed: boolean) => async (caller: Caller, id: string) => {
    const found = await attachmentFor(caller, id, 'edit');
    if (isRefusal(found)) return found;
    await attachments.setRemoved(caller, id, removed);
    lobby.tell(found.documentId, 'files');
    return (await attachments.find(caller, id)) ?? refuse('not-found');
  };

  app.delete(
    '/api/attachments/:id',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Take an attachment off its document',
        description: 'It can be put back.',
        tags: ['files'],
        params: Id,
        response: answers('edit', { 204: z.null() }, 'not-found', 'read-only'),
      },
    },
    async ({ caller, params }, reply) => {
      const done = await change(true)(caller, params.id);
      if (isRefusal(done)) return no(done);
      reply.code(204);
      return null;
    },
  );

  app.post(
    '/api/attachments/:id/restore',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Put an attachment back on its document',
        tags: ['files'],
        params: Id,
        response: answers('edit', { 200: Attachment }, 'not-found', 'read-only'),
      },
    },
    async ({ caller, params }) => {
      const done = await change(false)(caller, params.id);
      return isRefusal(done) ? no(done) : done;
    },
  );

  app.get(
    '/api/attachments/:id/content',
    {
      config: { needs: 'read' },
      schema: {
        summary: "An attachment's bytes, as they were uploaded",
        description:
          'Always as a download, under a policy that lets nothing in it run. They never change: the ETag is their SHA-256.',
        tags: ['files'],
        params: Id,
        response: answers(
          'read',
          {
            200: { description: 'The file', content: { 'application/octet-stream': { schema: bytes } } },
            304: z.null().describe('You have it already.'),
          },
          'not-found',
        ),
      },
    },
    async (request, reply) => {
      const found = await attachmentFor(request.caller, request.params.id);
      if (isRefusal(found)) return no(found);
      return sendObject(request, reply, store, found);
    },
  );
}
