import type { Database } from '@tidemark/database';
import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { createAssemblies } from './assemblies.ts';
import { assemblyRoutes } from './assembly-routes.ts';
import { createImports, mostRows } from './import.ts';
import { itemRoutes } from './item-routes.ts';
import { createItems } from './items.ts';
import { mayNotChange } from './rights.ts';
import { fillWithSamples } from './sample.ts';
import { ImportedRow, ImportRow, Item, ItemFields } from './shapes.ts';
import { readSummary } from './summary.ts';

const tags = ['price list'];
/** Bytes: an import of the most rows, each with a long name. */
const importBytes = 24 * 1024 * 1024;

const Counts = z.object({ added: z.int(), changed: z.int(), same: z.int(), invalid: z.int() });

export function priceListRoutes(app: App, database: Pick<Database, 'app'>): void {
  const items = createItems(database);
  const imports = createImports(database);
  itemRoutes(app, items);
  assemblyRoutes(app, createAssemblies(database));

  app.get(
    '/api/price-list',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What the price list has, by numbers',
        tags,
        response: answers('read', {
          200: z.object({
            items: z.int(),
            assemblies: z.int(),
            archivedItems: z.int(),
            archivedAssemblies: z.int(),
            categories: z.array(z.object({ name: z.string(), items: z.int() })),
            assemblyCategories: z.array(z.object({ name: z.string(), assemblies: z.int() })),
            currency: z.string().nullable().describe('Of most items.'),
          }),
        }),
      },
    },
    ({ caller }) => readSummary(database, caller),
  );

  app.post(
    '/api/price-list/lookup',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What these items cost now',
        description:
          'Archived ones too. Ids that are not of the price list are left out. It changes nothing.',
        tags,
        body: z.object({ ids: z.array(z.uuid()).min(1).max(1_000) }),
        response: answers('read', { 200: z.object({ items: z.array(Item) }) }, 'invalid'),
      },
    },
    async ({ caller, body }) => ({ items: [...(await items.lookup(caller, [...new Set(body.ids)]))] }),
  );

  app.post(
    '/api/price-list/import',
    {
      config: { needs: 'edit' },
      bodyLimit: importBytes,
      schema: {
        summary: 'Take a list of prices over',
        description:
          'A row changes the item with its code, or else the one with its name and unit; otherwise it is a new item. Rows that are invalid are left out. With `preview` nothing is written.',
        tags,
        body: z.object({
          rows: z.array(ImportRow).min(1).max(mostRows),
          currency: ItemFields.shape.currency.describe('Of rows that name none.'),
          preview: z.boolean(),
        }),
        response: answers(
          'edit',
          { 200: z.object({ rows: z.array(ImportedRow), counts: Counts }) },
          'invalid',
          'read-only',
          'already-exists',
          'too-large',
        ),
      },
    },
    async ({ caller, body }) => {
      const rows = mayNotChange(caller) ?? (await imports.run(caller, body));
      if (isRefusal(rows)) return no(rows);
      const counts = { added: 0, changed: 0, same: 0, invalid: 0 };
      for (const { fate } of rows) counts[fate] += 1;
      return { rows: [...rows], counts };
    },
  );

  app.post(
    '/api/price-list/sample',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Fill an empty price list with sample prices',
        description: "A roofer's items and assemblies; each says that its price is a sample.",
        tags,
        response: answers(
          'edit',
          { 201: z.object({ items: z.int(), assemblies: z.int() }) },
          'read-only',
          'already-exists',
        ),
      },
    },
    async ({ caller }, reply) => {
      const filled = mayNotChange(caller) ?? (await fillWithSamples(database, caller));
      if (isRefusal(filled)) return no(filled);
      reply.code(201);
      return filled;
    },
  );
}
