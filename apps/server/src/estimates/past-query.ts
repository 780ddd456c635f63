import type { TenantTransaction } from '@tidemark/database';
import { type SqlBool, sql } from 'kysely';
import * as z from 'zod';
import type { Reader } from '../company/reader.ts';
import { storableText } from '../http/text.ts';
import { orderOf, patternsOf } from '../price-list/order.ts';

const Day = z.iso.date();
const words = storableText().max(200).optional();

/** Which past projects are looked at. */
export const PastFilter = z.object({
  q: words.describe('Words of title, client or number.'),
  category: words.describe('With a risk of this category, however it is written.'),
  from: Day.optional().describe('Won or lost on this day or later (UTC).'),
  to: Day.optional().describe('Won or lost on this day or before.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  except: z
    .uuid()
    .optional()
    .describe('An estimate to be left out: the one that asks is no example for itself.'),
});
export type PastFilter = z.infer<typeof PastFilter>;

/** When it was won or lost; of a row from before that was kept, when it last changed. */
export const happened = sql<Date>`coalesce(f.decided_at, f.updated_at)`;

/**
 * Estimates that were won or lost, of those that the reader may open: in the company's space or the reader's own, not
 * in the bin, no templates. Row-level security keeps other companies away; the company stands here for the index.
 */
export function pastProjects(
  tx: TenantTransaction,
  { tenant }: Pick<Reader, 'tenant'>,
  { q, category, from, to, currency, except }: PastFilter,
) {
  let query = tx
    .selectFrom('estimate_figures as f')
    .innerJoin('documents as d', 'd.id', 'f.document_id')
    .innerJoin('spaces as s', 's.id', 'd.space_id')
    .where('f.company_id', '=', tenant.companyId)
    .where('f.status', 'in', ['won', 'lost'])
    .where('d.deleted_at', 'is', null)
    .where('d.is_template', '=', false)
    .where((where) => where.or([where('s.kind', '=', 'company'), where('s.owner_id', '=', tenant.userId)]));
  if (currency !== undefined) query = query.where('f.currency', '=', currency);
  if (except !== undefined) query = query.where('f.document_id', '!=', except);
  if (from !== undefined) query = query.where(happened, '>=', dayOf(from));
  if (to !== undefined) query = query.where(happened, '<', sql<Date>`${dayOf(to)} + interval '1 day'`);
  for (const pattern of patternsOf(q)) {
    query = query.where(sql<SqlBool>`concat_ws(' ', d.title, f.client, f.number) ilike ${pattern}`);
  }
  if (category !== undefined) {
    query = query.where(sql<SqlBool>`exists (select from jsonb_array_elements(f.risks) as had
      where ${inCategory(sql`had ->> 'category'`, category)})`);
  }
  return query;
}

/** Categories are told apart without regard to case and spaces, as `patterns` of packages/estimating does. */
export function inCategory(column: ReturnType<typeof sql>, category: string) {
  return sql<SqlBool>`lower(btrim(regexp_replace(${column}, '\\s+', ' ', 'g'))) = lower(${tidy(category)})`;
}

function tidy(category: string): string {
  return category.trim().replaceAll(/\s+/gu, ' ');
}

function dayOf(day: string) {
  return sql<Date>`(${day}::date at time zone 'UTC')`;
}

/** The newest first; within one project in the order of its list, which `n` counts. */
export function newestFirst(name: string, n?: ReturnType<typeof sql>) {
  const keys = [
    { by: happened, type: 'timestamptz' },
    { by: sql`f.document_id::text`, type: 'text' },
    ...(n === undefined ? [] : [{ by: sql`-${n}`, type: 'bigint' } as const]),
  ] as const;
  return orderOf(name, keys, 'desc');
}
