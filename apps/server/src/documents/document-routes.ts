import { kindNames } from '@tidemark/documents';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as z from 'zod';
import type { Spaces } from '../company/spaces.ts';
import type { Painter } from '../diagrams/painter.ts';
import type { Shelf } from '../files/shelf.ts';
import type { Caller } from '../http/caller.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Catalogue, Entry } from './catalogue.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { createSample } from './sample.ts';
import { Document, Id, SpaceId, Title } from './schemas.ts';
import { notEditable, type Workshop } from './workshop.ts';

const NewDocument = z.object({
  kind: z.enum(kindNames),
  title: Title,
  projectId: SpaceId.optional().describe('Default: the shared space of the company.'),
  templateId: z.uuid().optional().describe('A template of the same kind, whose content it begins with.'),
});

const Listing = z.object({
  space: SpaceId.optional(),
  bin: z.stringbool().default(false).describe('Those in the bin instead.'),
  templates: z.stringbool().default(false).describe('Templates instead of all other documents.'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words of the title, and of the client and the number of an estimate.'),
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

interface DocumentRoutes {
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
  readonly shelf: Shelf;
  readonly spaces: Spaces;
  readonly lobby: Lobby;
  readonly painter: Pick<Painter, 'repair'>;
}

/** A document the caller knows of, and may change when `edit` is asked for. The bin's are known to editors alone. */
export async function documentFor(
  catalogue: Catalogue,
  caller: Caller,
  id: string,
  wants: 'read' | 'edit' = 'read',
): Promise<Entry | Refusal> {
  const entry = await catalogue.find(caller, id);
  if (entry === null || (entry.deletedAt !== null && entry.access === 'read')) return refuse('not-found');
  if (wants === 'edit' && entry.access === 'read') return notEditable();
  return entry;
}

export function documentRoutes(
  app: App,
  { catalogue, workshop, shelf, spaces, lobby, painter }: DocumentRoutes,
): void {
  app.post(
    '/api/documents',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Create a document',
        tags: ['documents'],
        body: NewDocument,
        response: answers('edit', { 201: Document }, 'invalid', 'read-only', 'not-found'),
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const { kind, title, projectId, templateId } = body;
      const spaceId = await spaces.forNewDocument(caller, projectId);
      if (isRefusal(spaceId)) return no(spaceId);
      if (templateId === undefined) {
        reply.code(201);
        return workshop.create(caller, { kind, title, spaceId });
      }
      const template = await catalogue.find(caller, templateId);
      if (template === null || !template.template || template.deletedAt !== null || template.kind !== kind)
        return no(invalid({ templateId: `is no template of kind ${kind}` }));
      const begun = await workshop.fromTemplate(caller, template, { title, spaceId });
      if (isRefusal(begun)) return no(begun);
      reply.code(201);
      return begun;
    },
  );

  app.post(
    '/api/documents/sample',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Create the sample dashboard',
        description: 'Charts of every type on three real tables (weather, shares, a server).',
        tags: ['documents'],
        body: z.object({ projectId: SpaceId.optional() }).nullish(),
        response: answers('edit', { 201: Document }, 'invalid', 'read-only', 'not-found'),
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const spaceId = await spaces.forNewDocument(caller, body?.projectId);
      if (isRefusal(spaceId)) return no(spaceId);
      const sample = await createSample({ workshop, shelf }, caller, spaceId);
      if (isRefusal(sample)) return no(sample);
      reply.code(201);
      return sample;
    },
  );

  app.get(
    '/api/documents',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'List documents',
        description: 'The last changed first, page by page.',
        tags: ['documents'],
        querystring: Listing,
        response: answers(
          'read',
          { 200: z.object({ items: z.array(Document), nextCursor: z.string().nullable() }) },
          'invalid',
        ),
      },
    },
    async (request) => {
      const { cursor, ...listing } = request.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      if (after === null) return no(invalid({ cursor: 'is not one of ours' }));
      const { items, next } = await catalogue.list(request.caller, { ...listing, after });
      for (const { id, thumbnailStale } of items) if (thumbnailStale) painter.repair(id);
      return { items: [...items], nextCursor: next === null ? null : writeCursor(next) };
    },
  );

  app.get(
    '/api/documents/:id',
    {
      config: { needs: 'read' },
      schema: {
        summary: "A document's metadata",
        tags: ['documents'],
        params: Id,
        response: answers('read', { 200: Document }, 'not-found'),
      },
    },
    async (request) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id);
      if (isRefusal(entry)) return no(entry);
      if (entry.thumbnailStale) painter.repair(entry.id);
      return entry;
    },
  );

  app.patch(
    '/api/documents/:id',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Rename a document, move it, or make it a template',
        description:
          'A title is an edit of the content like any other: open editors see it. A move needs the right to edit in both spaces; live sessions go on, and whoever may be there no more is told (4403).',
        tags: ['documents'],
        params: Id,
        body: z
          .object({
            title: Title.optional(),
            projectId: SpaceId.optional(),
            template: z.boolean().optional().describe('Whether others begin with it.'),
          })
          .refine(
            (changes) => Object.values(changes).some((value) => value !== undefined),
            'names no change',
          ),
        response: answers('edit', { 200: Document }, 'invalid', 'not-found', 'read-only', 'cannot-store'),
      },
    },
    async (request) => {
      const { caller, params, body } = request;
      const { title, projectId, template } = body;
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      const spaceId = projectId === undefined ? undefined : await spaces.forNewDocument(caller, projectId);
      if (isRefusal(spaceId)) return no(spaceId);
      const refusal = title === undefined ? null : await workshop.rename(caller, entry.id, entry.kind, title);
      if (refusal) return no(refusal);
      await catalogue.setPlace(caller, entry.id, { spaceId, template });
      return (await catalogue.find(caller, entry.id)) ?? no('not-found');
    },
  );

  app.delete(
    '/api/documents/:id',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Move a document to the bin',
        description: 'Everybody who has it open is told (4404). It can be restored.',
        tags: ['documents'],
        params: Id,
        response: answers('edit', { 204: z.null() }, 'not-found', 'read-only'),
      },
    },
    async (request, reply) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      await catalogue.setBinned(request.caller, entry.id, true);
      lobby.dismiss(entry.id, refuse('not-found', 'The document was moved to the bin.'));
      reply.code(204);
      return null;
    },
  );

  app.post(
    '/api/documents/:id/restore',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Take a document out of the bin',
        tags: ['documents'],
        params: Id,
        response: answers('edit', { 200: Document }, 'not-found', 'read-only'),
      },
    },
    async (request) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      await catalogue.setBinned(request.caller, entry.id, false);
      return { ...entry, deletedAt: null, purgeAt: null };
    },
  );

  app.post(
    '/api/documents/:id/duplicate',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Duplicate a document',
        description:
          'A new document in the same space with the same content, and with its own hold on the same files.',
        tags: ['documents'],
        params: Id,
        response: answers('edit', { 201: Document }, 'not-found', 'read-only'),
      },
    },
    async (request, reply) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      const copy = await workshop.duplicate(request.caller, entry);
      if (isRefusal(copy)) return no(copy);
      reply.code(201);
      return copy;
    },
  );
}
