import type { HistoryStore, WorkSession } from '@tidemark/history';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { HistorySessionsTable } from './tables/history.ts';
import type { TenantTransaction } from './tenant.ts';

type Row = Selectable<HistorySessionsTable>;
type Stops = Awaited<ReturnType<HistoryStore['stops']>>;

/** The latest end first: a page of them, from the newest (null) or those before a place. */
export async function readSessions(
  tx: TenantTransaction,
  documentId: string,
  before: { readonly to: number; readonly first: number } | null,
  limit: number,
): Promise<WorkSession[]> {
  const rows = await tx
    .selectFrom('history_sessions')
    .selectAll()
    .where('document_id', '=', documentId)
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(to_at, first_lsn) < (${new Date(before?.to ?? 0)}, ${before?.first ?? 0})`),
    )
    .orderBy('to_at', 'desc')
    .orderBy('first_lsn', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toSession);
}

/** Those whose end is not before a time, in order. */
export async function readOpenSessions(
  tx: TenantTransaction,
  documentId: string,
  time: number,
): Promise<WorkSession[]> {
  const rows = await tx
    .selectFrom('history_sessions')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('to_at', '>=', new Date(time))
    .orderBy('first_lsn')
    .execute();
  return rows.map(toSession);
}

export async function saveSessions(
  tx: TenantTransaction,
  documentId: string,
  from: number,
  to: number,
  sessions: readonly WorkSession[],
): Promise<'saved' | 'outdated'> {
  await sql`insert into tidemark.history_places (document_id, company_id)
    select d.id, d.company_id from tidemark.documents d where d.id = ${documentId} for key share
    on conflict do nothing`.execute(tx);
  // Whoever saves at the same time waits here, and finds that it has moved.
  const { numUpdatedRows } = await tx
    .updateTable('history_places')
    .set({ settled_lsn: to })
    .where('document_id', '=', documentId)
    .where('settled_lsn', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return 'outdated';
  await sql`
    insert into tidemark.history_sessions
      (document_id, first_lsn, last_lsn, company_id, user_id, from_at, to_at, edits, bytes, touched, stops)
    select p.document_id, s.first_lsn, s.last_lsn, p.company_id, s.user_id, s.from_at, s.to_at, s.edits, s.bytes, s.touched, s.stops
    from tidemark.history_places p, jsonb_to_recordset(${JSON.stringify(sessions.map(toRow))}::jsonb) as s
      (first_lsn bigint, last_lsn bigint, user_id text, from_at timestamptz, to_at timestamptz, edits integer, bytes bigint,
        touched jsonb, stops jsonb)
    where p.document_id = ${documentId}
    on conflict (document_id, first_lsn) do update set last_lsn = excluded.last_lsn, user_id = excluded.user_id,
      from_at = excluded.from_at, to_at = excluded.to_at, edits = excluded.edits, bytes = excluded.bytes,
      touched = excluded.touched, stops = excluded.stops`.execute(tx);
  return 'saved';
}

export async function readStops(
  tx: TenantTransaction,
  documentId: string,
  after: number,
  upTo: number,
): Promise<Stops> {
  const { rows } = await sql<{ lsn: number; at: number; userId: string | null }>`
    select (stop ->> 0)::bigint as lsn, (stop ->> 1)::bigint as at, s.user_id as "userId"
    from tidemark.history_sessions s cross join lateral jsonb_array_elements(s.stops) as stop
    where s.document_id = ${documentId} and s.last_lsn > ${after} and s.first_lsn <= ${upTo}
      and (stop ->> 0)::bigint > ${after} and (stop ->> 0)::bigint <= ${upTo}
    order by 1`.execute(tx);
  return rows;
}

function toRow({ first, last, userId, from, to, ...session }: WorkSession) {
  return {
    ...session,
    first_lsn: first,
    last_lsn: last,
    user_id: userId,
    from_at: new Date(from),
    to_at: new Date(to),
  };
}

function toSession(row: Row): WorkSession {
  const { first_lsn, last_lsn, user_id, from_at, to_at, edits, bytes, touched, stops } = row;
  return {
    first: first_lsn,
    last: last_lsn,
    userId: user_id,
    from: from_at.getTime(),
    to: to_at.getTime(),
    edits,
    bytes,
    touched,
    stops,
  };
}
