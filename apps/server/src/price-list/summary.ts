import { type Database, inTenant } from '@tidemark/database';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';

/** What a price list has, by numbers: what screens show before and beside the list itself. */
export interface Summary {
  readonly items: number;
  readonly assemblies: number;
  readonly archivedItems: number;
  readonly archivedAssemblies: number;
  /** Of the items that are offered, in order of their names; '' is that of items without one. */
  readonly categories: { name: string; items: number }[];
  readonly assemblyCategories: { name: string; assemblies: number }[];
  /** What most items are priced in; null for an empty list. */
  readonly currency: string | null;
}

export function readSummary({ app }: Pick<Database, 'app'>, { tenant }: Reader): Promise<Summary> {
  return inTenant(app, tenant, async (tx) => {
    const count = (table: 'price_items' | 'assemblies') =>
      tx
        .selectFrom(table)
        .select(['category', sql<boolean>`archived_at is not null`.as('archived')])
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .groupBy(['category', sql`archived_at is not null`])
        .orderBy(sql`lower(category)`)
        .execute();
    const items = await count('price_items');
    const assemblies = await count('assemblies');
    const most = await tx
      .selectFrom('price_items')
      .select('currency')
      .where('archived_at', 'is', null)
      .groupBy('currency')
      .orderBy(({ fn }) => fn.countAll(), 'desc')
      .orderBy('currency')
      .limit(1)
      .executeTakeFirst();
    const sum = (rows: typeof items, archived: boolean) =>
      rows.filter((row) => row.archived === archived).reduce((all, row) => all + row.count, 0);
    return {
      items: sum(items, false),
      assemblies: sum(assemblies, false),
      archivedItems: sum(items, true),
      archivedAssemblies: sum(assemblies, true),
      categories: items
        .filter(({ archived }) => !archived)
        .map((row) => ({ name: row.category, items: row.count })),
      assemblyCategories: assemblies
        .filter(({ archived }) => !archived)
        .map((row) => ({ name: row.category, assemblies: row.count })),
      currency: most?.currency ?? null,
    };
  });
}
