import type { TenantTransaction } from '@tidemark/database';
import { sql } from 'kysely';
import type { Changes, Mark, Message, Thread } from './schemas.ts';

interface ThreadRow {
  id: string;
  seq: number;
  anchor: Thread['anchor'];
  created_at: string;
  resolved_at: string | null;
  resolved_by: string | null;
  resolver: string | null;
}

interface MessageRow extends Omit<Message, 'author' | 'createdAt' | 'editedAt' | 'deletedAt'> {
  author_id: string | null;
  author: string;
  created_at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

/** `head`: the last number that was given. */
type Row = { head: number } & (
  | { seq: null; what: null; row: null }
  | { seq: number; what: 'thread'; row: ThreadRow }
  | { seq: number; what: 'message'; row: MessageRow }
  | { seq: number; what: 'mark'; row: Mark }
);

/** What changed after `since`, in order, read by one statement and so from one moment. Marks are the caller's alone. */
export async function readChanges(
  tx: TenantTransaction,
  documentId: string,
  since: number,
  limit: number,
): Promise<Changes> {
  const { rows } = await sql<Row>`
    with head as (select coalesce((select c.seq from conversations c where c.document_id = ${documentId}), 0) as seq),
      start as (select case when ${since}::bigint > head.seq then 0 else ${since}::bigint end as seq from head),
      changed as (
        select t.seq, 'thread' as what, jsonb_build_object('id', t.id, 'seq', t.seq,
            'anchor', case when t.anchor_kind is null then null else jsonb_strip_nulls(jsonb_build_object('kind', t.anchor_kind,
              'id', t.anchor_id, 'place', t.anchor_place, 'label', coalesce(t.anchor_label, ''))) end,
            'created_at', t.created_at, 'resolved_at', t.resolved_at, 'resolved_by', t.resolved_by, 'resolver', p.name) as row
          from threads t left join auth."user" p on p.id = t.resolved_by
          where t.document_id = ${documentId} and t.seq > (select seq from start)
        union all
        select m.seq, 'message', jsonb_build_object('id', m.id, 'thread', m.thread_id, 'n', m.n, 'seq', m.seq,
            'author_id', m.author_id, 'author', coalesce(p.name, m.author_name), 'text', m.text, 'mentions', m.mentions,
            'created_at', m.created_at, 'edited_at', m.edited_at, 'deleted_at', m.deleted_at)
          from messages m left join auth."user" p on p.id = m.author_id
          where m.document_id = ${documentId} and m.seq > (select seq from start)
        union all
        select k.seq, 'mark', jsonb_build_object('thread', k.thread_id, 'seq', k.seq, 'n', k.n)
          from thread_marks k where k.document_id = ${documentId} and k.seq > (select seq from start)
      )
    select head.seq as head, page.* from head
      left join lateral (select * from changed order by seq limit ${limit + 1}::integer) as page on true
      order by page.seq`.execute(tx);
  const head = rows[0]?.head ?? 0;
  const changed = rows.slice(0, limit);
  const from = since > head ? 0 : since;
  return {
    from,
    seq: changed.at(-1)?.seq ?? from,
    more: rows.length > limit,
    threads: changed.flatMap((found) => (found.what === 'thread' ? [threadOf(found.row)] : [])),
    messages: changed.flatMap((found) => (found.what === 'message' ? [messageOf(found.row)] : [])),
    marks: changed.flatMap((found) => (found.what === 'mark' ? [found.row] : [])),
  };
}

function threadOf(row: ThreadRow): Thread {
  return {
    id: row.id,
    seq: row.seq,
    anchor: row.anchor,
    createdAt: iso(row.created_at),
    resolvedAt: row.resolved_at && iso(row.resolved_at),
    resolvedBy:
      row.resolved_at === null ? null : { id: row.resolved_by, name: row.resolver ?? 'Somebody who left' },
  };
}

function messageOf({ author_id, author, created_at, edited_at, deleted_at, ...row }: MessageRow): Message {
  return {
    ...row,
    author: { id: author_id, name: author },
    createdAt: iso(created_at),
    editedAt: edited_at && iso(edited_at),
    deletedAt: deleted_at && iso(deleted_at),
  };
}

function iso(time: string): string {
  return new Date(time).toISOString();
}
