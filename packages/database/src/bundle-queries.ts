import type { Segment } from '@tidemark/history';
import { sql } from 'kysely';
import { partBytes } from './past-queries.ts';
import type { TenantTransaction } from './tenant.ts';

/** Parts of the log for the bench, and how far they go. */

/** Rows that make one bundle. */
const rowsPerBundle = 1_024;

interface BundleRow {
  readonly first_lsn: number;
  readonly last_lsn: number;
  /** Of rows: how many there are. */
  readonly count: number | null;
  readonly part: number;
  readonly bytes: Buffer;
}

/** The last entry that still fits into so many bytes, but one at least; null where there is none. A segment counts whole. */
const reachOf = (documentId: string, after: number, upTo: number, bytes: number) =>
  sql<{ lsn: number | null }>`
    select coalesce(max(r.lsn) filter (where r.sum <= ${bytes}), min(r.lsn)) as lsn from (
      select e.lsn, sum(e.size) over (order by e.lsn) as sum from (
        select s.last_lsn as lsn, s.bytes as size from tidemark.document_segments s
          where s.document_id = ${documentId} and s.last_lsn > ${after} and s.first_lsn <= ${upTo}
        union all
        select u.lsn, octet_length(u.update) from tidemark.document_updates u
          where u.document_id = ${documentId} and u.lsn > ${after} and u.lsn <= ${upTo}
      ) e
    ) r`;

/** As `bundleEntries` writes them, by Postgres: see there. One statement, so that an entry is found in one place of the two. */
export async function readBundles(
  tx: TenantTransaction,
  documentId: string,
  after: number,
  upTo: number,
  bytes: number,
): Promise<Segment[]> {
  const { rows } = await sql<BundleRow>`
    with reached as materialized (
      ${reachOf(documentId, after, upTo, bytes)}
    ), found as (
      select s.first_lsn, s.last_lsn, null::bigint as count, s.content
        from reached, tidemark.document_segments s
        where s.document_id = ${documentId} and s.last_lsn > ${after} and s.first_lsn <= least(${upTo}, reached.lsn)
      union all
      select b.first_lsn, b.last_lsn, b.count, b.content
        from reached, generate_series(${after}::bigint + 1, ${upTo}::bigint, ${rowsPerBundle}) as n,
        lateral (
          select min(u.lsn) as first_lsn, max(u.lsn) as last_lsn, count(*),
            '\\x02'::bytea || int8send(min(u.lsn)) || string_agg(
              int4send(octet_length(u.update)) || int8send(u.client_id) || timestamptz_send(u.stored_at) ||
              coalesce(int2send(octet_length(u.user_id)::smallint) || convert_to(u.user_id, 'UTF8'), int2send(-1::smallint)) ||
              u.update, ''::bytea order by u.lsn) as content
          from tidemark.document_updates u
          where u.document_id = ${documentId} and u.lsn >= n and u.lsn < n + ${rowsPerBundle} and u.lsn <= reached.lsn
          offset 0
        ) b where b.count > 0
    )
    select f.first_lsn, f.last_lsn, f.count, part,
      substring(f.content from part * ${partBytes}::integer + 1 for ${partBytes}::integer) as bytes
    from found f cross join lateral generate_series(0, greatest(octet_length(f.content) - 1, 0) / ${partBytes}::integer) as part`.execute(
    tx,
  );
  rows.sort((a, b) => a.first_lsn - b.first_lsn || a.part - b.part);
  return [...Map.groupBy(rows, ({ first_lsn }) => first_lsn).values()].map((parts) => {
    const [{ first_lsn: first, last_lsn: last, count, bytes: content }] = parts as [
      BundleRow,
      ...BundleRow[],
    ];
    if (count !== null && count !== last - first + 1)
      throw new Error(`The log of document ${documentId} has a hole between ${first} and ${last}.`);
    return {
      first,
      last,
      content: parts.length === 1 ? content : Buffer.concat(parts.map((each) => each.bytes)),
    };
  });
}

export async function findEarliest(
  tx: TenantTransaction,
  documentId: string,
  after: number,
  upTo: number,
): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least(
      (select min(s.from_at) from tidemark.document_segments s
        where s.document_id = ${documentId} and s.last_lsn > ${after} and s.first_lsn <= ${upTo}),
      (select min(u.stored_at) from tidemark.document_updates u
        where u.document_id = ${documentId} and u.lsn > ${after} and u.lsn <= ${upTo})
    ) as at`.execute(tx);
  return rows[0]?.at?.getTime() ?? null;
}

export async function findReach(
  tx: TenantTransaction,
  documentId: string,
  after: number,
  upTo: number,
  bytes: number,
): Promise<number> {
  const { rows } = await reachOf(documentId, after, upTo, bytes).execute(tx);
  return Math.min(rows[0]?.lsn ?? upTo, upTo);
}
