import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import { type SqlBool, sql } from 'kysely';
import * as z from 'zod';
import type { Reader } from '../company/reader.ts';
import { invalid } from '../http/problems.ts';
import { itemOf, rows as itemRows, type Page, personOf } from './items.ts';
import { orderOf, patternsOf, writePlace } from './order.ts';
import {
  type Assembly,
  type AssemblyFields,
  type AssemblyListing,
  ComponentFields,
  type Item,
  type NewAssembly,
  type Some,
} from './shapes.ts';

/** What a company builds again and again: prices in fixed proportions, each component with its item as it is now. */
export interface Assemblies {
  list(reader: Reader, listing: z.infer<typeof AssemblyListing>): Promise<Page<Assembly> | Refusal>;
  find(reader: Reader, id: string): Promise<Assembly | null>;
  /** `invalid`: a component's item is not in the price list. */
  create(reader: Reader, assembly: z.infer<typeof NewAssembly>): Promise<Assembly | Refusal>;
  /** `changed-meanwhile`: it is not at that revision any more. */
  change(
    reader: Reader,
    id: string,
    revision: number,
    fields: Some<AssemblyFields>,
  ): Promise<Assembly | Refusal>;
  setArchived(reader: Reader, id: string, archived: boolean): Promise<Assembly | Refusal>;
}

const Stored = z.array(ComponentFields);

export function createAssemblies({ app }: Pick<Database, 'app'>): Assemblies {
  const find: Assemblies['find'] = ({ tenant }, id) =>
    inTenant(app, tenant, async (tx) => {
      const row = await rows(tx).where('assembly.id', '=', id).executeTakeFirst();
      return row ? ((await withItems(tx, [row]))[0] ?? null) : null;
    });

  return {
    find,

    list({ tenant }, { q, category, archived, cursor, limit }) {
      return inTenant(app, tenant, async (tx) => {
        const after = cursor === undefined ? undefined : byName.after(cursor);
        if (after === null) return invalid({ cursor: 'is not one of ours' });
        let query = rows(tx)
          .select(byName.place.as('place'))
          .where('assembly.archived_at', archived ? 'is not' : 'is', null)
          .orderBy(byName.by)
          .limit(limit + 1);
        if (category !== undefined) query = query.where('assembly.category', '=', category);
        for (const pattern of patternsOf(q)) {
          query = query.where(
            sql<SqlBool>`concat_ws(' ', assembly.name, assembly.category, assembly.description) ilike ${pattern}`,
          );
        }
        if (after !== undefined) query = query.where(after);
        const found = await query.execute();
        const last = found.length > limit ? found[limit - 1] : undefined;
        return {
          items: await withItems(tx, found.slice(0, limit)),
          nextCursor: last === undefined ? null : writePlace(last.place),
        };
      });
    },

    async create(reader, fields) {
      const made = await inTenant(app, reader.tenant, (tx) => insertAssembly(tx, reader, fields));
      return typeof made === 'string' ? ((await find(reader, made)) ?? refuse('not-found')) : made;
    },

    async change(reader, id, revision, { components, ...fields }) {
      const refusal = await inTenant(app, reader.tenant, async (tx) => {
        const wrong = components === undefined ? null : await strangeItems(tx, components);
        if (wrong) return wrong;
        const { numUpdatedRows } = await tx
          .updateTable('assemblies')
          .set({
            ...fields,
            ...(components === undefined ? {} : { components: JSON.stringify(components) }),
            revision: sql<number>`revision + 1`,
            updated_at: sql<Date>`now()`,
            updated_by: reader.tenant.userId,
          })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .executeTakeFirst();
        return numUpdatedRows > 0n ? null : refuse('changed-meanwhile');
      });
      const found = await find(reader, id);
      return found === null ? refuse('not-found') : (refusal ?? found);
    },

    async setArchived(reader, id, archived) {
      await inTenant(app, reader.tenant, (tx) =>
        tx
          .updateTable('assemblies')
          .set({
            archived_at: archived ? sql<Date>`now()` : null,
            revision: sql<number>`revision + 1`,
            updated_at: sql<Date>`now()`,
            updated_by: reader.tenant.userId,
          })
          .where('id', '=', id)
          .where('archived_at', archived ? 'is' : 'is not', null)
          .execute(),
      );
      return (await find(reader, id)) ?? refuse('not-found');
    },
  };
}

const byName = orderOf(
  'assembly',
  [
    { by: sql`lower(assembly.name)`, type: 'text' },
    { by: sql`assembly.id::text`, type: 'text' },
  ],
  'asc',
);

/** The new assembly's id, or that a component's item is not in the price list. */
export async function insertAssembly(
  tx: TenantTransaction,
  { tenant }: Pick<Reader, 'tenant'>,
  { name, unit = '', category = '', description = '', components = [] }: z.infer<typeof NewAssembly>,
): Promise<string | Refusal> {
  const wrong = await strangeItems(tx, components);
  if (wrong) return wrong;
  const { id } = await tx
    .insertInto('assemblies')
    .values({
      company_id: tenant.companyId,
      name,
      unit,
      category,
      description,
      components: JSON.stringify(components),
      created_by: tenant.userId,
      updated_by: tenant.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function strangeItems(
  tx: TenantTransaction,
  components: readonly ComponentFields[],
): Promise<Refusal | null> {
  const known = await itemsOf(tx, components);
  const strange = components.findIndex(({ itemId }) => itemId !== null && !known.has(itemId));
  return strange < 0 ? null : invalid({ [`components.${strange}.itemId`]: 'is not in the price list' });
}

async function itemsOf(
  tx: TenantTransaction,
  components: readonly ComponentFields[],
): Promise<Map<string, Item>> {
  const ids = [...new Set(components.flatMap(({ itemId }) => itemId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await itemRows(tx).where('item.id', 'in', ids).execute();
  return new Map(found.map((row) => [row.id, itemOf(row)]));
}

function rows(tx: TenantTransaction) {
  return tx
    .selectFrom('assemblies as assembly')
    .leftJoin('auth.user as editor', 'editor.id', 'assembly.updated_by')
    .select([
      'assembly.id',
      'assembly.name',
      'assembly.unit',
      'assembly.category',
      'assembly.description',
      'assembly.components',
      'assembly.revision',
      'assembly.updated_at as updatedAt',
      'assembly.archived_at as archivedAt',
      'editor.id as editorId',
      'editor.name as editorName',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

async function withItems(tx: TenantTransaction, found: readonly Row[]): Promise<Assembly[]> {
  const read = found.map((row) => ({ row, components: Stored.parse(row.components) }));
  const items = await itemsOf(
    tx,
    read.flatMap(({ components }) => components),
  );
  return read.map(({ row: { editorId, editorName, updatedAt, archivedAt, ...row }, components }) => ({
    ...row,
    components: components.map((component) => ({
      ...component,
      item: component.itemId === null ? null : (items.get(component.itemId) ?? null),
    })),
    updatedAt: updatedAt.toISOString(),
    updatedBy: personOf(editorId, editorName),
    archivedAt: archivedAt?.toISOString() ?? null,
  }));
}
