import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';

/** How long a company keeps every edit. */
export interface Retention {
  /** Null: for good. */
  readonly detailDays: number | null;
  /** What the night removes by it, as things stand now: edits stored before that time. Null when nothing is ever removed. */
  readonly thins: { readonly before: string; readonly documents: number; readonly entries: number } | null;
}

export interface Retentions {
  /** With what another number of days would remove, when one is given. */
  find(reader: Reader, ifDays?: number): Promise<Retention>;
  set(reader: Reader, detailDays: number | null): Promise<Retention>;
  /** For the server itself: the days of the company that a document belongs to. Undefined when there is no such document. */
  daysOf(documentId: string): Promise<number | null | undefined>;
}

export const fewestDays = 7;
export const mostDays = 3_650;
const aDay = 86_400_000;

/** Entries stored before this time may be thinned. */
export function detailBegins(now: number, days: number): number {
  return now - days * aDay;
}

export function createRetentions({ app }: Pick<Database, 'app'>, now: () => number): Retentions {
  async function retentionOf(tx: TenantTransaction, companyId: string, ifDays?: number): Promise<Retention> {
    const company = await tx
      .selectFrom('companies')
      .select('history_days')
      .where('id', '=', companyId)
      .executeTakeFirstOrThrow();
    const days = ifDays ?? company.history_days;
    if (days === null) return { detailDays: company.history_days, thins: null };
    const before = new Date(detailBegins(now(), days));
    // Only whole segments go; of rows those that may be packed, for they are packed first.
    const { rows } = await sql<{ documents: number; entries: string | number }>`
      select (count(*) filter (where old.entries > 0))::integer as documents, coalesce(sum(old.entries), 0) as entries
      from (
        select (
            select coalesce(sum(s.last_lsn - s.first_lsn + 1), 0) from document_segments s
            where s.document_id = d.id and s.to_at < ${before}
          ) + (
            select count(*) from document_updates u
            where u.document_id = d.id and u.lsn > coalesce(p.packed_lsn, 0) and u.lsn <= k.up_to and u.stored_at < ${before}
          ) as entries
        from documents d
        left join history_places p on p.document_id = d.id
        cross join lateral tidemark.packable_to(d.id) as k (up_to)
        where d.created_at < ${before}
      ) as old`.execute(tx);
    return {
      detailDays: company.history_days,
      thins: {
        before: before.toISOString(),
        documents: rows[0]?.documents ?? 0,
        entries: Number(rows[0]?.entries ?? 0),
      },
    };
  }

  return {
    find: ({ tenant }, ifDays) => inTenant(app, tenant, (tx) => retentionOf(tx, tenant.companyId, ifDays)),

    set: ({ tenant }, detailDays) =>
      inTenant(app, tenant, async (tx) => {
        await tx
          .updateTable('companies')
          .set({ history_days: detailDays })
          .where('id', '=', tenant.companyId)
          .execute();
        return retentionOf(tx, tenant.companyId);
      }),

    daysOf: (documentId) =>
      inTenant(app, { companyId: null, userId: null }, async (tx) => {
        await sql`select tidemark.enter_companies_of(${[documentId]}::uuid[])`.execute(tx);
        const row = await tx
          .selectFrom('documents')
          .innerJoin('companies', 'companies.id', 'documents.company_id')
          .select('companies.history_days')
          .where('documents.id', '=', documentId)
          .executeTakeFirst();
        return row?.history_days;
      }),
  };
}
