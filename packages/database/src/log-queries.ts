import type { Appended, Batch, Checkpoint, LoadedDocument, LogEntry } from '@tidemark/sync';
import type pg from 'pg';
import { type LogRow, toEntries } from './log-rows.ts';

/** Calls of the log's functions, each one round trip. */
type Queryable = Pick<pg.Pool, 'query'>;

type AppendRow = { readonly batch: number; readonly before: number } & (LogRow | { readonly lsn: null });

interface LoadRow {
  /** Which row of the load, and which part of its content, from 0. */
  readonly n: number;
  readonly part: number;
  readonly epoch: number;
  readonly head: number;
  /** Of a segment. */
  readonly first_lsn: number | null;
  readonly lsn: number | null;
  readonly bytes: Buffer | null;
  readonly user_id: string | null;
  readonly client_id: number;
  readonly at: Date | null;
}

/** Earlier checkpoints are kept so that a bad one does not leave only the whole log. */
const checkpointsKept = 2;

export async function appendGroup(db: Queryable, group: readonly Batch[]): Promise<Appended[]> {
  const entries = group.flatMap((batch) => batch.entries);
  const { rows } = await db.query<AppendRow>({
    name: 'append',
    text: 'select * from tidemark.append_entries($1, $2, $3, $4, $5, $6, $7, $8, true)',
    values: [
      group.map(({ documentId }) => documentId),
      group.map(({ epoch }) => epoch),
      group.map(({ after }) => after),
      Buffer.concat(entries.map(({ update }) => update)),
      group.flatMap((batch, i) => batch.entries.map(() => i + 1)),
      entries.map(({ update }) => update.byteLength),
      entries.map(({ userId }) => userId),
      entries.map(({ clientId }) => clientId),
    ],
  });
  const answers = Map.groupBy(rows, ({ batch }) => batch);
  return group.map((batch, i): Appended => {
    const [living, ...others] = answers.get(i + 1) ?? [];
    if (living === undefined) return { outcome: 'gone' };
    const head = living.before + batch.entries.length;
    const missed = others.filter((row) => row.lsn !== null);
    return { outcome: 'stored', head, missed: toEntries(missed, batch.after, living.before) };
  });
}

/**
 * Large content comes in parts, a row each: pg turns a row's text into bytes in one go, and a checkpoint of 20 MB would hold
 * up the event loop for a tenth of a second.
 */
const partBytes = 256 * 1024;

export async function loadDocument(db: Queryable, documentId: string): Promise<LoadedDocument | null> {
  const { rows } = await db.query<LoadRow>({
    name: 'load',
    text: `select l.n, part, epoch, head, first_lsn, lsn, user_id, client_id, at,
        case when octet_length(bytes) > $2 then substring(bytes from part * $2 + 1 for $2) else bytes end as bytes
      from tidemark.load_log($1, true) with ordinality as l (epoch, head, first_lsn, lsn, bytes, user_id, client_id, at, n)
      cross join lateral generate_series(0, greatest(coalesce(octet_length(bytes), 0) - 1, 0) / $2) as part`,
    values: [documentId, partBytes],
  });
  // In order already, as long as Postgres has no reason to see it otherwise.
  const [first, ...rest] = rows.sort((a, b) => a.n - b.n || a.part - b.part);
  if (first === undefined) return null;
  let checkpoint: LoadedDocument['checkpoint'] = null;
  const entries: LogRow[] = [];
  for (let i = 0; i < rest.length; ) {
    const row = rest[i];
    if (row === undefined || row.lsn === null || row.bytes === null)
      throw new Error(`The log of document ${documentId} has a row without content.`);
    const { first_lsn, lsn, user_id, client_id, at } = row;
    const parts: Buffer[] = [];
    for (; rest[i]?.n === row.n; i += 1) parts.push(rest[i]?.bytes ?? Buffer.alloc(0));
    const bytes = parts.length === 1 ? row.bytes : Buffer.concat(parts);
    if (at === null) checkpoint = { lsn, state: bytes };
    else entries.push({ first_lsn, lsn, update: bytes, user_id, client_id, stored_at: at });
  }
  const tail = toEntries(entries, checkpoint?.lsn ?? 0, first.head);
  return { epoch: first.epoch, head: first.head, checkpoint, tail };
}

export async function readUpdates(
  db: Queryable,
  documentId: string,
  epoch: number,
  lsn: number,
  limit: number,
): Promise<LogEntry[] | 'gone'> {
  const { rows } = await db.query<LogRow>({
    name: 'read',
    text: 'select * from tidemark.read_log($1, $2, $3, $4, true)',
    values: [documentId, epoch, lsn, limit],
  });
  const [first, ...entries] = rows;
  return first === undefined ? 'gone' : toEntries(entries, lsn, lsn + limit);
}

export async function saveCheckpoint(db: Queryable, checkpoint: Checkpoint): Promise<'stored' | 'outdated'> {
  const { documentId, epoch, lsn, state } = checkpoint;
  const { rows } = await db.query<{ stored: boolean }>({
    name: 'checkpoint',
    text: 'select tidemark.save_checkpoint($1, $2, $3, $4, $5) as stored',
    values: [
      documentId,
      epoch,
      lsn,
      Buffer.from(state.buffer, state.byteOffset, state.byteLength),
      checkpointsKept,
    ],
  });
  return rows[0]?.stored === true ? 'stored' : 'outdated';
}

export async function readHeads(db: Queryable, documentIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ id: string; head: number }>({
    name: 'heads',
    text: 'select id, head from tidemark.heads_of($1)',
    values: [documentIds],
  });
  return new Map(rows.map(({ id, head }) => [id, head]));
}
