import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Document, Id, Title } from '../documents/schemas.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { text } from '../http/text.ts';
import { Note, Version, VersionName } from '../versions/schemas.ts';
import type { Acts } from './acts.ts';
import { answered } from './answer.ts';
import { AtLsn, AutomaticMark, Lsn, OwnEntry, Restored, Thing } from './schemas.ts';

interface ActRoutes {
  readonly catalogue: Catalogue;
  readonly acts: Acts;
}

const ofMoments = ['not-found', 'no-detail', 'quarantined', 'too-many-requests', 'too-large'] as const;
const ofWriting = ['read-only', 'stale-epoch', 'cannot-store', 'invalid'] as const;

/** What people and programs do with the past of a document: whoever edits it may. */
export function actRoutes(app: App, { catalogue, acts }: ActRoutes): void {
  app.post(
    '/api/documents/:id/history/versions',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Name a past moment',
        description: 'The state then becomes a version that is kept as long as the document.',
        tags: ['history'],
        params: Id,
        body: z.object({ lsn: Lsn, name: VersionName, note: Note.default('') }),
        response: answers('edit', { 201: Version }, ...ofMoments, ...ofWriting),
      },
    },
    async ({ caller, params, body: { lsn, ...said } }, reply) => {
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      if (entry.deletedAt !== null) return no('not-found', 'The document is in the bin.');
      const version = await answered(acts.name(caller, entry, lsn, said));
      if (isRefusal(version)) return no(version);
      reply.code(201);
      return version;
    },
  );

  app.post(
    '/api/documents/:id/history/marks',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Mark the state of now',
        description:
          'An automatic version of all that is stored by now, for an editor that restores or imports by itself: before and after. Where `entry` tells what it wrote, the version is of exactly that; what others stored between the two marks is kept as one more version before it.',
        tags: ['history'],
        params: Id,
        body: z.object({
          reason: z.enum(['before-restore', 'restored', 'before-import']),
          about: text(200).default('').describe('What is restored or imported, in words for people.'),
          entry: OwnEntry.optional(),
        }),
        response: answers('edit', { 201: AutomaticMark }, 'not-found', ...ofWriting),
      },
    },
    async ({ caller, params, body }, reply) => {
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      if (entry.deletedAt !== null) return no('not-found', 'The document is in the bin.');
      const mark = await acts.mark(caller, entry, body);
      if (isRefusal(mark)) return no(mark);
      reply.code(201);
      return { id: mark.id, lsn: mark.lsn };
    },
  );

  app.post(
    '/api/documents/:id/history/restore',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Bring back what was',
        description:
          'As one edit of yours, which others see live; nothing is removed from history. All of the document, or the things in `only`. The prices of an estimate that is not a draft stand still.',
        tags: ['history'],
        params: Id,
        body: z.object({
          to: z.union([z.strictObject({ lsn: Lsn }), z.strictObject({ versionId: z.uuid() })]),
          only: z
            .array(Thing)
            .min(1)
            .max(1_000)
            .optional()
            .describe(
              'Things of the document; what they cannot stand without comes along, and what people expect back with them: the flows of a task whose other ends are there, the lines of a section.',
            ),
          alone: z.boolean().default(false).describe('Without what people only expect back with them.'),
        }),
        response: answers('edit', { 200: Restored }, ...ofMoments, ...ofWriting, 'status-conflict'),
      },
    },
    async ({ caller, params, body: { to, only, alone } }) => {
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      if (entry.deletedAt !== null) return no('not-found', 'The document is in the bin.');
      const restored = await answered(acts.restore(caller, entry, to, only ?? null, { alone }));
      return isRefusal(restored) ? no(restored) : restored;
    },
  );

  app.post(
    '/api/documents/:id/history/:lsn/fork',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'A new document that begins with a moment',
        description:
          'In the same space, with its own hold on the same files. An estimate begins as a draft that knows its parent; `note` says why.',
        tags: ['history'],
        params: AtLsn,
        body: z.object({ title: Title.optional(), note: Note.default('') }).nullish(),
        response: answers('edit', { 201: Document }, ...ofMoments, 'invalid', 'read-only'),
      },
    },
    async ({ caller, params, body }, reply) => {
      const entry = await documentFor(catalogue, caller, params.id, 'edit');
      if (isRefusal(entry)) return no(entry);
      const wish = { title: body?.title ?? null, note: body?.note ?? '' };
      const fork = await answered(acts.fork(caller, entry, params.lsn, wish));
      if (isRefusal(fork)) return no(fork);
      reply.code(201);
      return fork;
    },
  );
}
