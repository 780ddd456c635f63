import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import { type SqlBool, sql } from 'kysely';
import type * as z from 'zod';
import type { Reader } from '../company/reader.ts';
import { invalid } from '../http/problems.ts';
import { escaped, orderOf, patternsOf, writePlace } from './order.ts';
import type { Item, ItemFields, ItemListing, NewItem, PriceChange, Some } from './shapes.ts';

/** What things cost a company. Every change of a price is kept; nothing is deleted, since estimates refer to it. */
export interface Items {
  list(reader: Reader, listing: z.infer<typeof ItemListing>): Promise<Page<Item> | Refusal>;
  find(reader: Reader, id: string): Promise<Item | null>;
  /** Those of the ids that are the company's, archived or not. */
  lookup(reader: Reader, ids: readonly string[]): Promise<readonly Item[]>;
  /** `already-exists`: the code is another item's. */
  create(reader: Reader, item: z.infer<typeof NewItem>): Promise<Item | Refusal>;
  /** `changed-meanwhile`: it is not at that revision any more. */
  change(reader: Reader, id: string, revision: number, fields: Some<ItemFields>): Promise<Item | Refusal>;
  setArchived(reader: Reader, id: string, archived: boolean): Promise<Item | Refusal>;
  /** The newest first. */
  changes(reader: Reader, id: string): Promise<readonly PriceChange[]>;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Prices of one item that its history shows. */
const mostChanges = 500;

export function createItems({ app }: Pick<Database, 'app'>): Items {
  const find: Items['find'] = ({ tenant }, id) =>
    inTenant(app, tenant, async (tx) => {
      const row = await rows(tx).where('item.id', '=', id).executeTakeFirst();
      return row ? itemOf(row) : null;
    });

  /** Runs what may meet another item's code. */
  async function write(reader: Reader, work: (tx: TenantTransaction) => Promise<string | Refusal>) {
    try {
      const id = await inTenant(app, reader.tenant, work);
      return typeof id === 'string' ? ((await find(reader, id)) ?? refuse('not-found')) : id;
    } catch (error) {
      if (isSameCode(error)) return codeTaken();
      throw error;
    }
  }

  return {
    find,

    list({ tenant }, { cursor, limit, ...listing }) {
      return inTenant(app, tenant, async (tx) => {
        const order = itemOrder(listing);
        const after = cursor === undefined ? undefined : order.after(cursor);
        if (after === null) return invalid({ cursor: 'is not one of ours' });
        let query = rows(tx)
          .select(order.place.as('place'))
          .where('item.archived_at', listing.archived ? 'is not' : 'is', null)
          .orderBy(order.by)
          .limit(limit + 1);
        if (listing.category !== undefined) query = query.where('item.category', '=', listing.category);
        if (listing.kind !== undefined) query = query.where('item.kind', '=', listing.kind);
        for (const pattern of patternsOf(listing.q)) {
          query = query.where(
            sql<SqlBool>`concat_ws(' ', item.code, item.name, item.category, item.note) ilike ${pattern}`,
          );
        }
        if (after !== undefined) query = query.where(after);
        const found = await query.execute();
        const last = found.length > limit ? found[limit - 1] : undefined;
        return {
          items: found.slice(0, limit).map(itemOf),
          nextCursor: last === undefined ? null : writePlace(last.place),
        };
      });
    },

    lookup({ tenant }, ids) {
      return inTenant(app, tenant, async (tx) =>
        (await rows(tx).where('item.id', 'in', ids).execute()).map(itemOf),
      );
    },

    create: (reader, item) => write(reader, (tx) => insertItem(tx, reader, item)),

    change: (reader, id, revision, fields) =>
      write(reader, async (tx) => {
        const changed = await updateItem(tx, reader, id, fields, revision);
        if (changed) return id;
        const there = await tx
          .selectFrom('price_items')
          .select('revision')
          .where('id', '=', id)
          .executeTakeFirst();
        return there ? refuse('changed-meanwhile') : refuse('not-found');
      }),

    setArchived: (reader, id, archived) =>
      write(reader, async (tx) => {
        await tx
          .updateTable('price_items')
          .set({
            archived_at: archived ? sql<Date>`now()` : null,
            revision: sql<number>`revision + 1`,
            updated_at: sql<Date>`now()`,
            updated_by: reader.tenant.userId,
          })
          .where('id', '=', id)
          .where('archived_at', archived ? 'is' : 'is not', null)
          .execute();
        return id;
      }),

    changes({ tenant }, id) {
      return inTenant(app, tenant, async (tx) => {
        const found = await tx
          .selectFrom('price_changes as change')
          .leftJoin('auth.user as person', 'person.id', 'change.changed_by')
          .select(['change.id', 'old_cost', 'old_currency', 'new_cost', 'new_currency', 'changed_at'])
          .select(['person.id as personId', 'person.name as personName'])
          .where('change.item_id', '=', id)
          .orderBy('changed_at', 'desc')
          .limit(mostChanges)
          .execute();
        return found.map((row) => ({
          id: row.id,
          from:
            row.old_cost === null || row.old_currency === null
              ? null
              : { unitCost: row.old_cost, currency: row.old_currency },
          to: { unitCost: row.new_cost, currency: row.new_currency },
          at: row.changed_at.toISOString(),
          by: personOf(row.personId, row.personName),
        }));
      });
    },
  };
}

function itemOrder({ sort, order, q }: Pick<z.infer<typeof ItemListing>, 'sort' | 'order' | 'q'>) {
  const name = { by: sql`lower(item.name)`, type: 'text' } as const;
  const id = { by: sql`item.id::text`, type: 'text' } as const;
  const code = { by: sql`lower(item.code)`, type: 'text' } as const;
  const begin = `${escaped((q ?? '').trim())}%`;
  const keys = {
    best: [
      {
        by: sql`case when item.code ilike ${begin} then 0 when item.name ilike ${begin} then 1
          when item.name ilike ${`% ${begin}`} then 2 else 3 end`,
        type: 'bigint',
      },
      name,
    ],
    name: [name],
    code: [code, name],
    category: [{ by: sql`lower(item.category)`, type: 'text' }, name],
    unitCost: [{ by: sql`item.unit_cost`, type: 'bigint' }],
    updatedAt: [{ by: sql`item.updated_at`, type: 'timestamptz' }],
  } as const;
  return orderOf(sort, [...keys[sort], id], order);
}

/** The new item's id. Throws when the code is another item's. */
export async function insertItem(
  tx: TenantTransaction,
  { tenant }: Pick<Reader, 'tenant'>,
  item: z.infer<typeof NewItem>,
): Promise<string> {
  const { id } = await tx
    .insertInto('price_items')
    .values({
      company_id: tenant.companyId,
      name: item.name,
      unit_cost: item.unitCost,
      currency: item.currency,
      code: item.code ?? '',
      unit: item.unit ?? '',
      kind: item.kind ?? 'mat',
      waste_bp: item.wasteBp ?? 0,
      category: item.category ?? '',
      note: item.note ?? '',
      created_by: tenant.userId,
      updated_by: tenant.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** False when it is not there, or not at that revision. Throws when the code is another item's. */
export async function updateItem(
  tx: TenantTransaction,
  { tenant }: Pick<Reader, 'tenant'>,
  id: string,
  { unitCost, wasteBp, ...fields }: Some<ItemFields>,
  revision?: number,
): Promise<boolean> {
  let query = tx
    .updateTable('price_items')
    .set({
      ...fields,
      ...(unitCost === undefined ? {} : { unit_cost: unitCost }),
      ...(wasteBp === undefined ? {} : { waste_bp: wasteBp }),
      revision: sql<number>`revision + 1`,
      updated_at: sql<Date>`now()`,
      updated_by: tenant.userId,
    })
    .where('id', '=', id);
  if (revision !== undefined) query = query.where('revision', '=', revision);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return numUpdatedRows > 0n;
}

export function rows(tx: TenantTransaction) {
  return tx
    .selectFrom('price_items as item')
    .leftJoin('auth.user as editor', 'editor.id', 'item.updated_by')
    .select([
      'item.id',
      'item.code',
      'item.name',
      'item.unit',
      'item.unit_cost as unitCost',
      'item.currency',
      'item.kind',
      'item.waste_bp as wasteBp',
      'item.category',
      'item.note',
      'item.revision',
      'item.updated_at as updatedAt',
      'item.archived_at as archivedAt',
      'editor.id as editorId',
      'editor.name as editorName',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

export function itemOf({ editorId, editorName, updatedAt, archivedAt, ...row }: Row): Item {
  return {
    ...row,
    updatedAt: updatedAt.toISOString(),
    updatedBy: personOf(editorId, editorName),
    archivedAt: archivedAt?.toISOString() ?? null,
  };
}

export function personOf(id: string | null, name: string | null) {
  return id === null || name === null ? null : { id, name };
}

export function isSameCode(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'price_items_code';
}

export function codeTaken(): Refusal {
  return refuse('already-exists', 'Another item of the price list has this code.');
}
