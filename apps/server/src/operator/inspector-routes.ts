import {
  type Database,
  inTenant,
  listQuarantined,
  readQuarantined,
  removeQuarantined,
} from '@tidemark/database';
import * as z from 'zod';
import { bytes } from '../documents/schemas.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { inspectDocuments, inspectPeople } from './inspection.ts';
import type { Processes } from './processes.ts';
import { Report } from './report.ts';

const Document = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  company: z.string(),
  epoch: z.number(),
  head: z.number().describe('The end of the log.'),
  logBytes: z.number().describe('All that was logged in this epoch.'),
  checkpoint: z.object({ lsn: z.number(), bytes: z.number(), at: z.iso.datetime() }).nullable(),
  updatedAt: z.iso.datetime(),
  binnedAt: z.iso.datetime().nullable(),
});
const Person = z.object({ id: z.string(), name: z.string(), email: z.string() });
const Process = z.object({
  id: z.string(),
  startedAt: z.iso.datetime(),
  heardAt: z.iso.datetime(),
  answered: z.boolean().describe('False: it did not answer in time, and this is its last report.'),
  here: z.boolean().describe('The process that answers this request.'),
  report: Report,
});
const Quarantined = z.object({
  id: z.number(),
  documentId: z.string(),
  title: z.string(),
  company: z.string(),
  userId: z.string().nullable().describe("Null: the document's own log."),
  clientId: z.number(),
  code: z.string(),
  detail: z.string(),
  size: z.number(),
  kept: z.boolean().describe('Whether the bytes were kept: larger ones are only counted.'),
  keptAt: z.iso.datetime(),
});

interface Desk {
  readonly database: Pick<Database, 'app'>;
  readonly processes: Processes<Report>;
  /** In all processes: closes the room, whose people come back to a freshly loaded one. */
  reopen(documentId: string): void;
}

const tags = ['operator'];
const pageItems = 50;

/** What operators see of the engine: processes, live rooms, and what was set aside. */
export function inspectorRoutes(app: App, { database, processes, reopen }: Desk): void {
  app.get(
    '/api/operator/overview',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'All server processes and their live rooms',
        description:
          'Asks each process anew; one that does not answer within two seconds is shown as it last was.',
        tags,
        response: answers('operator', {
          200: z.object({
            processes: z.array(Process),
            documents: z.array(Document).describe('Those that are live somewhere.'),
            people: z.array(Person).describe('Those who are in them.'),
          }),
        }),
      },
    },
    async ({ caller }) => {
      const asker = caller.user.id;
      const found = await processes.gather(asker);
      const rooms = found.flatMap(({ report }) => report.rooms);
      const documents = new Set(rooms.map(({ documentId }) => documentId));
      const people = new Set(rooms.flatMap(({ sessions }) => sessions.map(({ userId }) => userId)));
      return {
        processes: found.map((one) => ({ ...one, here: one.id === processes.id })),
        documents: [...(await inspectDocuments(database, asker, [...documents]))],
        people: [...(await inspectPeople(database, asker, [...people]))],
      };
    },
  );

  app.post(
    '/api/operator/documents/:id/reopen',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'Close a document everywhere and load it anew',
        description:
          'Stores what is unsaved, closes its connections with a passing code, and lets a document out of quarantine. Its people come back by themselves.',
        tags,
        params: z.object({ id: z.uuid() }),
        response: answers('operator', { 204: z.null() }, 'not-found'),
      },
    },
    async ({ caller, params }, reply) => {
      const [document] = await inspectDocuments(database, caller.user.id, [params.id]);
      if (document === undefined) return no('not-found');
      reopen(document.id);
      reply.code(204);
      return null;
    },
  );

  app.get(
    '/api/operator/quarantine',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'Updates that were refused and set aside, newest first',
        tags,
        querystring: z.object({
          documentId: z.uuid().optional(),
          before: z.coerce.number().int().positive().optional(),
        }),
        response: answers(
          'operator',
          {
            200: z.object({ items: z.array(Quarantined), nextBefore: z.number().nullable() }),
          },
          'invalid',
        ),
      },
    },
    async ({ caller, query }) => {
      const found = await inTenant(database.app, { companyId: null, userId: caller.user.id }, (tx) =>
        listQuarantined(tx, {
          documentId: query.documentId ?? null,
          before: query.before ?? null,
          limit: pageItems + 1,
        }),
      );
      const items = found.slice(0, pageItems);
      return {
        items: items.map((item) => ({ ...item, keptAt: item.keptAt.toISOString() })),
        nextBefore: found.length > pageItems ? (items.at(-1)?.id ?? null) : null,
      };
    },
  );

  const Item = z.object({ id: z.coerce.number().int().positive() });
  app.get(
    '/api/operator/quarantine/:id/content',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'The bytes of one item, as they came',
        tags,
        params: Item,
        response: answers(
          'operator',
          {
            200: {
              description: 'A Yjs update, v1, or what was meant to be one.',
              content: { 'application/octet-stream': { schema: bytes } },
            },
          },
          'not-found',
        ),
      },
    },
    async ({ caller, params }, reply) => {
      const found = await inTenant(database.app, { companyId: null, userId: caller.user.id }, (tx) =>
        readQuarantined(tx, params.id),
      );
      if (found === null) return no('not-found');
      reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename="quarantine-${params.id}.bin"`)
        .header('cache-control', 'no-store');
      return Buffer.from(found);
    },
  );

  app.delete(
    '/api/operator/quarantine/:id',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'Remove one item',
        tags,
        params: Item,
        response: answers('operator', { 204: z.null() }, 'not-found'),
      },
    },
    async ({ caller, params }, reply) => {
      const removed = await inTenant(database.app, { companyId: null, userId: caller.user.id }, (tx) =>
        removeQuarantined(tx, params.id),
      );
      if (!removed) return no('not-found');
      reply.code(204);
      return null;
    },
  );
}
