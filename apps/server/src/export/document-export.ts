import { type Database, inTenant, type Tenant } from '@tidemark/database';
import type { KindName } from '@tidemark/documents';
import type { HistoryPlace } from '@tidemark/history';
import type { ArchiveEntry } from './archive.ts';
import { lineOf } from './export-jobs.ts';
import type { ExportThreads } from './export-threads.ts';
import { type Line, rowsOf } from './rows.ts';

export interface DocumentExport {
  readonly database: Pick<Database, 'app' | 'history'>;
  readonly threads: ExportThreads;
  readonly tenant: Tenant;
  /** Hears of each stored object that the document refers to. */
  readonly refers: (sha256: string) => void;
}

/** One document in full, in a folder of its own. It is as it was when it was begun with; what is written meanwhile is not in it. */
export async function* documentEntries(
  world: DocumentExport,
  row: Line,
  folder: string,
): AsyncGenerator<ArchiveEntry> {
  const { database, tenant } = world;
  const id = String(row.id);
  const place = await database.history.place(id);
  if (place === null) return; // deleted for good meanwhile
  const now = await contentOf(world, id, place);
  const unreadable = 'unreadable' in now ? { unreadable: now.unreadable } : {};
  yield json(`${folder}/document.json`, { ...row, ...whereaboutsOf(place), ...unreadable });
  if (!('unreadable' in now)) {
    yield whole(`${folder}/state.bin`, now.state);
    yield whole(`${folder}/content.json`, Buffer.from(now.content));
  }
  yield { path: `${folder}/log.ndjson`, content: logOf(world, id, place), compress: true };
  if (place.thinned > 0)
    yield { path: `${folder}/moments.ndjson`, content: momentsOf(world, id, place.thinned), compress: true };
  for (const [name, table] of Object.entries(beside)) {
    yield lines(`${folder}/${name}.ndjson`, rowsOf(database, tenant, table, id));
  }
  for (const table of ['files', 'attachments'] as const) {
    yield lines(`${folder}/${table}.ndjson`, heard(rowsOf(database, tenant, table, id), world.refers));
  }
  for await (const { number } of rowsOf(database, tenant, 'versions', id)) {
    const state = await versionState(world, id, Number(number));
    if (state !== null) yield whole(`${folder}/versions/${number}.bin`, state);
  }
}

const beside = {
  sessions: 'history_sessions',
  'automatic-versions': 'automatic_versions',
  versions: 'versions',
  'status-changes': 'status_changes',
  threads: 'threads',
  messages: 'messages',
  imports: 'imports',
} as const;

function whereaboutsOf({ epoch, head, thinned, lives }: HistoryPlace) {
  const began = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    epoch,
    head,
    detailFrom: thinned + 1,
    lives: lives.map((life) => ({
      after: life.after,
      epoch: life.epoch,
      beganAt: began(life.began?.at),
      beganBy: life.began?.userId ?? null,
    })),
  };
}

async function contentOf(
  { database, threads }: DocumentExport,
  id: string,
  { kind, head, lives }: HistoryPlace,
) {
  const after = lives.at(-1)?.after ?? 0;
  const start = await database.history.stateBefore(id, after, head);
  const entries = await database.history.entries(id, start?.lsn ?? after, head);
  return threads.content({ kind: kind as KindName, material: { ...entries, start }, lsn: head });
}

/** Of updates in one page of the log; one update alone may have more. */
const pageBytes = 1024 * 1024;
const mostRows = 2_000;

async function* logOf(
  { database: { history }, threads }: DocumentExport,
  id: string,
  { head, thinned }: HistoryPlace,
): AsyncGenerator<Uint8Array> {
  let after = thinned;
  while (after < head) {
    const begun = after;
    const upTo = await history.reach(id, after, Math.min(after + mostRows, head), pageBytes);
    const { segments, rows } = await history.entries(id, after, upTo);
    for (const segment of segments) {
      yield await threads.lines({ segment, after, upTo: head });
      after = Math.min(segment.last, head);
    }
    const fresh = rows.filter(({ lsn }) => lsn > after);
    if (fresh.length > 0) yield Buffer.from(fresh.map(lineOf).join(''));
    after = fresh.at(-1)?.lsn ?? after;
    if (after === begun) throw new Error(`The log of ${id} ends at ${after} and not at ${head}.`);
  }
}

/** The states of moments whose detail is thinned. */
async function* momentsOf(
  { database, threads, tenant }: DocumentExport,
  id: string,
  thinned: number,
): AsyncGenerator<Uint8Array> {
  const moments = await inTenant(database.app, tenant, (tx) =>
    tx
      .selectFrom('history_checkpoints')
      .select('lsn')
      .where('document_id', '=', id)
      .where('lsn', '<=', thinned)
      .orderBy('lsn')
      .execute(),
  );
  for (const { lsn } of moments) {
    const kept = await inTenant(database.app, tenant, (tx) =>
      tx
        .selectFrom('history_checkpoints')
        .select('state')
        .where('document_id', '=', id)
        .where('lsn', '=', lsn)
        .executeTakeFirst(),
    );
    if (kept === undefined) continue;
    const start = { lsn, state: kept.state, form: 'packed' as const };
    const state = await threads.state({ material: { start, segments: [], rows: [] }, lsn });
    if (state instanceof Uint8Array)
      yield Buffer.from(`${JSON.stringify({ lsn, state: Buffer.from(state).toString('base64') })}\n`);
  }
}

function versionState({ database, tenant }: DocumentExport, id: string, number: number) {
  return inTenant(database.app, tenant, async (tx) => {
    const row = await tx
      .selectFrom('versions')
      .select('state')
      .where('document_id', '=', id)
      .where('number', '=', number)
      .executeTakeFirst();
    return row?.state ?? null;
  });
}

async function* heard(rows: AsyncIterable<Line>, refers: (sha256: string) => void) {
  for await (const row of rows) {
    refers(String(row.sha256));
    yield row;
  }
}

export function json(path: string, value: unknown): ArchiveEntry {
  return whole(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

export function whole(path: string, bytes: Uint8Array): ArchiveEntry {
  return { path, content: [bytes], compress: true };
}

export function lines(path: string, rows: AsyncIterable<Line>): ArchiveEntry {
  return { path, content: written(rows), compress: true };
}

async function* written(rows: AsyncIterable<Line>): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < 64 * 1024) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
