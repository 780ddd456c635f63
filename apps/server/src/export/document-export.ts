import { type Database, inTenant, type Tenant } from '@tidemark/database';
import { approach, defaultPage, type HistoryPlace, type Material, type Page } from '@tidemark/history';
import { isRefusal, refuse } from '@tidemark/protocol';
import type { ArchiveEntry } from './archive.ts';
import type { Content } from './export-jobs.ts';
import type { ExportThreads } from './export-threads.ts';
import { isSame, LogExport } from './log-export.ts';
import { type Line, rowsOf } from './rows.ts';

export interface DocumentExport {
  readonly database: Pick<Database, 'app' | 'history'>;
  readonly threads: ExportThreads;
  readonly tenant: Tenant;
  /** Hears of each stored object that the document refers to. */
  readonly refers: (sha256: string) => void;
  /** How much of the log is read in one go. */
  readonly page?: Page;
}

/** `absent`: there is no such document any more, and no file of it. `broken`: it went, or another one took its place, while it was written. */
export type DocumentOutcome = 'whole' | 'absent' | 'broken';

/**
 * One document in full, in a folder of its own. It is as it was when it was begun with; what is written meanwhile is not in it. `document.json`
 * comes last, and says what the others have.
 */
export async function* documentEntries(
  world: DocumentExport,
  row: Line,
  folder: string,
): AsyncGenerator<ArchiveEntry, DocumentOutcome> {
  const { database, tenant } = world;
  const id = String(row.id);
  const takenAt = new Date().toISOString();
  const place = await database.history.place(id);
  if (place === null) return 'absent'; // deleted for good meanwhile
  const now = await contentOf(world, id, place);
  const unreadable = 'unreadable' in now ? { unreadable: now.unreadable } : {};
  if (!('unreadable' in now)) {
    yield whole(`${folder}/state.bin`, now.state);
    yield whole(`${folder}/content.json`, Buffer.from(now.content));
  }
  const log = new LogExport(world, id, place, world.page);
  yield { path: `${folder}/log.ndjson`, content: log.lines(), compress: true };
  // After the log: of an automatic version that is there by now, the moment was there when the log was read.
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
  // What went never comes back, so that one look at the end is enough.
  if (!isSame(place, await database.history.place(id))) return 'broken';
  yield json(`${folder}/document.json`, { ...row, takenAt, ...whereaboutsOf(place, log), ...unreadable });
  return 'whole';
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

function whereaboutsOf({ epoch, head, lives }: HistoryPlace, { detail, moments }: LogExport) {
  const began = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  const last = detail.at(-1);
  return {
    epoch,
    head,
    lives: lives.map((life) => ({
      after: life.after,
      epoch: life.epoch,
      beganAt: began(life.began?.at),
      beganBy: life.began?.userId ?? null,
    })),
    detailFrom: last?.[1] === head ? last[0] : head + 1,
    detail,
    moments,
  };
}

async function contentOf(
  { database, threads }: DocumentExport,
  id: string,
  place: HistoryPlace,
): Promise<Content | { readonly unreadable: string }> {
  const { kind, head } = place;
  let broken: string | null = null;
  const world = {
    store: database.history,
    bench: { stateAt: (material: Material, lsn: number) => threads.state({ material, lsn }) },
    page: defaultPage,
    unreadable(_: string, why: string) {
      broken = why;
      return refuse('quarantined');
    },
  };
  const material = await approach(world, id, place, head, head);
  if (isRefusal(material)) return { unreadable: broken ?? material.detail };
  return threads.content({ kind, material, lsn: head });
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
