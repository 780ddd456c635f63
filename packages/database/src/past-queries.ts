import { setImmediate as turn } from 'node:timers/promises';
import {
  type Entries,
  type HistoryPlace,
  type Life,
  type Segment,
  type StoredState,
  type TimedLsn,
  unpackEntries,
} from '@tidemark/history';
import type { LogEntry } from '@tidemark/sync';
import { sql } from 'kysely';
import { type LogRow, toEntry } from './log-rows.ts';
import { brotli } from './packer.ts';
import type { TenantTransaction } from './tenant.ts';

/** Bytes of a state that come as one row, as in a load. */
export const partBytes = 256 * 1024;
/** Rows that are made entries of in one turn of the event loop. */
const rowsPerTurn = 5_000;

interface PlaceRow extends Omit<HistoryPlace, 'headAt' | 'lives'> {
  readonly head_at: Date | null;
  /** Times as text, since they come in JSON. */
  readonly lives: readonly { after: number; epoch: number; at: string | null; by: string | null }[];
}

export async function readPlace(tx: TenantTransaction, documentId: string): Promise<HistoryPlace | null> {
  const { rows } = await sql<PlaceRow>`
    select d.kind, d.epoch, d.head, coalesce(p.settled_lsn, 0) as settled, coalesce(p.packed_lsn, 0) as packed,
      coalesce(p.thinned_lsn, 0) as thinned, greatest(tidemark.packable_to(d.id), p.packed_lsn) as packable,
      (select u.stored_at from tidemark.document_updates u where u.document_id = d.id and u.lsn = d.head) as head_at,
      (select json_agg(json_build_object('after', l.after_lsn, 'epoch', l.epoch, 'at', l.began_at, 'by', l.began_by))
        from tidemark.lives_of(d.id) l) as lives
    from tidemark.documents d left join tidemark.history_places p on p.document_id = d.id
    where d.id = ${documentId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return null;
  const { head_at, lives, ...place } = row;
  return {
    ...place,
    headAt: head_at?.getTime() ?? null,
    lives: lives.map(
      ({ after, epoch, at, by }): Life => ({
        after,
        epoch,
        began: at === null ? null : { at: Date.parse(at), userId: by },
      }),
    ),
  };
}

export async function readState(
  tx: TenantTransaction,
  documentId: string,
  lifeAfter: number,
  lsn: number,
): Promise<StoredState | null> {
  const { rows } = await sql<{ lsn: number; form: StoredState['form']; bytes: Buffer }>`
    select c.lsn, c.form, substring(c.state from part * ${partBytes}::integer + 1 for ${partBytes}::integer) as bytes
    from (
      (select h.lsn, h.state, 'packed' as form from tidemark.history_checkpoints h
        where h.document_id = ${documentId} and h.lsn > ${lifeAfter} and h.lsn <= ${lsn} order by h.lsn desc limit 1)
      union all
      (select k.lsn, k.state, 'v1' from tidemark.document_checkpoints k
        where k.document_id = ${documentId} and k.lsn > ${lifeAfter} and k.lsn <= ${lsn} order by k.lsn desc limit 1)
      order by lsn desc, form limit 1
    ) c cross join lateral generate_series(0, greatest(octet_length(c.state) - 1, 0) / ${partBytes}::integer) as part
    order by part`.execute(tx);
  const [first] = rows;
  if (first === undefined) return null;
  const state = rows.length === 1 ? first.bytes : Buffer.concat(rows.map(({ bytes }) => bytes));
  return { lsn: first.lsn, form: first.form, state };
}

/** One statement, so that an entry is found in one place of the two. */
export async function readEntries(
  tx: TenantTransaction,
  documentId: string,
  after: number,
  upTo: number,
): Promise<readonly LogRow[]> {
  const { rows } = await sql<LogRow>`
    (select s.first_lsn, s.last_lsn as lsn, s.content as update, null as user_id, 0::bigint as client_id, s.to_at as stored_at
      from tidemark.document_segments s
      where s.document_id = ${documentId} and s.last_lsn > ${after} and s.first_lsn <= ${upTo} order by s.first_lsn)
    union all
    (select null, u.lsn, u.update, u.user_id, u.client_id, u.stored_at from tidemark.document_updates u
      where u.document_id = ${documentId} and u.lsn > ${after} and u.lsn <= ${upTo} order by u.lsn)`.execute(
    tx,
  );
  return rows;
}

/** Segments stay as they are: whoever wants their entries unpacks them off the event loop. */
export async function toMaterial(found: readonly LogRow[]): Promise<Entries> {
  const segments: Segment[] = [];
  const rows: LogEntry[] = [];
  for (const [i, row] of found.entries()) {
    if (row.first_lsn === null) rows.push(toEntry(row));
    else segments.push({ first: row.first_lsn, last: row.lsn, content: row.update });
    if (i % rowsPerTurn === rowsPerTurn - 1) await turn();
  }
  // In order already, as long as Postgres has no reason to see it otherwise.
  segments.sort((a, b) => a.first - b.first);
  rows.sort((a, b) => a.lsn - b.lsn);
  return { segments, rows };
}

export async function findLsn(tx: TenantTransaction, documentId: string, time: number): Promise<TimedLsn> {
  // Postgres counts in microseconds, entries tell whole milliseconds.
  const end = new Date(time + 1);
  const stored = await sql<{ lsn: number }>`
    select u.lsn from tidemark.document_updates u where u.document_id = ${documentId} and u.stored_at < ${end}
    order by u.lsn desc limit 1`.execute(tx);
  if (stored.rows[0] !== undefined) return { lsn: stored.rows[0].lsn, exact: true };
  const packed = await sql<{ last: number; content: Buffer | null }>`
    select s.last_lsn as last, case when s.to_at >= ${end} then s.content end as content from tidemark.document_segments s
    where s.document_id = ${documentId} and s.from_at < ${end} order by s.first_lsn desc limit 1`.execute(tx);
  const [segment] = packed.rows;
  if (segment !== undefined) {
    if (segment.content === null) return { lsn: segment.last, exact: true };
    const entry = unpackEntries(segment.content, brotli).findLast(({ at }) => at <= time);
    return { lsn: entry?.lsn ?? 0, exact: true };
  }
  // Every entry of what is thinned belongs to a session: between them all is known, within one moments of versions alone.
  const known = await sql<{ ended: number; version: number; working: boolean }>`
    with sessions as (
      select s.last_lsn, s.from_at, s.to_at from tidemark.history_sessions s where s.document_id = ${documentId}
    )
    select
      coalesce((select max(s.last_lsn) from sessions s where s.to_at < ${end}), 0) as ended,
      coalesce((select max(v.lsn) from tidemark.automatic_versions v
        where v.document_id = ${documentId} and v.at < ${end}), 0) as version,
      exists (select from sessions s where s.from_at < ${end} and s.to_at >= ${end})
        as working`.execute(tx);
  const [{ ended, version, working } = { ended: 0, version: 0, working: false }] = known.rows;
  return { lsn: working ? Math.max(ended, version) : ended, exact: !working };
}
