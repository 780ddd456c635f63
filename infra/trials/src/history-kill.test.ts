/** Server and Postgres are killed while old edits are packed and thinned under people who type: nothing that was promised is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { answer, createDocument, type Person, signUp, syncUrl } from './harness/people.ts';
import { seededRandom } from './harness/random.ts';
import { killAll, type ServerProcess, startServer } from './harness/server-process.ts';
import { storedUpdates } from './harness/stored-updates.ts';
import { Writer } from './harness/writer.ts';
import { embeddedConnection, withDatabase } from './torture/database.ts';

const base = mkdtempSync(join(tmpdir(), 'tidemark-history-kill-'));
const dataDir = join(base, 'first');
const seed = Number(process.env.HISTORY_KILL_SEED ?? 20261122);
const random = seededRandom(seed);
const kills = ['archivist', 'all', 'all'] as const;
let server: ServerProcess;
let person: Person;
let documentId: string;
const writers: Writer[] = [];
/** What moments held when they were asked for first, by LSN. */
const recorded = new Map<number, string>();

beforeAll(async () => {
  server = await start();
  person = await signUp(server.origin, 'Ada');
  documentId = await createDocument(server.origin, person, 'Typed in');
});
afterAll(async () => {
  for (const writer of writers) writer.close();
  if (server) await killAll(server, dataDir, 'all');
  rmSync(base, { recursive: true, force: true });
});

function start(directory = dataDir, environment: Record<string, string> = {}): Promise<ServerProcess> {
  // Starts are most of the time, and half of a start is compiling.
  return startServer(directory, { NODE_COMPILE_CACHE: join(base, 'compiled'), ...environment });
}

/**
 * A second process on the same database, which looks for old edits every second. A process leaves alone what people write in through it until
 * they pause; what is written elsewhere it knows from the database only. To this one all of that is a month old: quiet, and more than a week.
 */
function startArchivist(): Promise<ServerProcess> {
  return start(join(base, 'second'), {
    ARCHIVE_SECONDS: '1',
    DATABASE_URL: embeddedConnection(dataDir).url,
    NODE_OPTIONS: `--import=${new URL('./harness/month-ahead.ts', import.meta.url).href}`,
  });
}

const call = (method: string, path: string, body?: unknown) => person.call(server.origin, method, path, body);

interface Place {
  readonly head: number;
  readonly packed: number;
  readonly thinned: number;
}

/** By SQL alone. */
function place(): Promise<Place> {
  return withDatabase(dataDir, async (client) => {
    const { rows } = await client.query<Record<keyof Place, string>>(
      `select d.head, coalesce(p.packed_lsn, 0) as packed, coalesce(p.thinned_lsn, 0) as thinned
       from tidemark.documents d left join tidemark.history_places p on p.document_id = d.id where d.id = $1`,
      [documentId],
    );
    const { head, packed, thinned } = rows[0]!;
    return { head: Number(head), packed: Number(packed), thinned: Number(thinned) };
  });
}

async function until(met: (place: Place) => boolean): Promise<Place> {
  for (const deadline = Date.now() + 300_000; ; await pause(50)) {
    const now = await place();
    if (met(now)) return now;
    if (Date.now() > deadline)
      throw new Error(`seed ${seed}: stuck at ${JSON.stringify(now)}\n${server.log()}`);
  }
}

/** Some kilobytes over and over in a few places, and a key of its own with each, some thirty times a second; ends with the connection. */
async function type(writer: Writer, stop: AbortSignal): Promise<void> {
  const board = writer.doc.getMap('board');
  for (let n = 0; !stop.aborted && writer.closeCode === null; n += 1) {
    for (let place = 0; place < 4; place += 1)
      board.set(`${writer.name}-${place}`, `${n} ${'.'.repeat(2_000 + Math.floor(random() * 500))}`);
    const key = writer.write();
    await writer.until(() => writer.acked.has(key) || writer.closeCode !== null).catch(() => undefined);
    await pause(40);
  }
}

async function beginTyping(stop: AbortSignal): Promise<Promise<void>[]> {
  await comeBack();
  return writers.map((writer) => type(writer, stop));
}

async function comeBack(): Promise<void> {
  for (const name of ['ann', 'bob', 'eve']) {
    const url = await syncUrl(server.origin, person, documentId);
    const known = writers.find((writer) => writer.name === name);
    if (known === undefined) writers.push(new Writer(url, name));
    else known.comeBack(url);
  }
  await Promise.all(writers.map((writer) => writer.untilLive()));
}

function contentOf(update: Uint8Array): string {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const content = ['writes', 'board'].map((name) => Object.entries(doc.getMap(name).toJSON()).sort());
  doc.destroy();
  return JSON.stringify(content);
}

async function moment(lsn: number): Promise<string | 'no-detail'> {
  const response = await call('GET', `/api/documents/${documentId}/history/${lsn}/state`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.status === 200) return contentOf(bytes);
  const { code } = JSON.parse(new TextDecoder().decode(bytes)) as { code: string };
  if (code !== 'no-detail') throw new Error(`seed ${seed}: ${lsn} was answered with ${code}`);
  return code;
}

/** Moments that are there, drawn at random, and the last one. */
async function record(count: number): Promise<void> {
  const { thinned, head } = await place();
  for (let n = 0; n <= count; n += 1) {
    const lsn = n === 0 ? head : thinned + 1 + Math.floor(random() * (head - thinned));
    const content = await moment(lsn);
    if (content !== 'no-detail' && !recorded.has(lsn)) recorded.set(lsn, content);
  }
}

/** What TIME-1, TIME-2 and TIME-7 promise, while people go on. */
async function expectWhole(): Promise<void> {
  const acked = writers.flatMap((writer) => [...writer.acked]);
  const response = await call('GET', `/api/documents/${documentId}/state`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
  expect(
    acked.filter((key) => !doc.getMap('writes').has(key)),
    `seed ${seed}`,
  ).toEqual([]);
  const updates = await withDatabase(dataDir, (client) => storedUpdates(client, documentId));
  const lsns = updates.map(({ lsn }) => lsn);
  const first = lsns[0] ?? 0;
  // Thinning may go on between the two questions, never back.
  expect(first, `seed ${seed}`).toBeLessThanOrEqual((await place()).thinned + 1);
  expect(lsns, `seed ${seed}`).toEqual(lsns.map((_, at) => first + at));
  for (const [lsn, content] of recorded) {
    const now = await moment(lsn);
    if (now === 'no-detail') expect(lsn, `seed ${seed}`).toBeLessThanOrEqual((await place()).thinned);
    else expect(now === content, `seed ${seed}: the state at ${lsn} is another one`).toBe(true);
  }
}

test(`TIME-1 TIME-2 TIME-7 over ${kills.length} kill -9 while edits are packed and thinned under people who type`, async () => {
  for (const [round, what] of kills.entries()) {
    // From here on the company keeps a week, which is over for all that is stored.
    if (round === 2) await answer(call('PUT', '/api/company/history', { detailDays: 7 }), 200);
    const before = await place();
    const stop = new AbortController();
    const typed = await beginTyping(stop.signal);
    const archivist = await startArchivist();
    await until((now) => (round < 2 ? now.packed > before.packed : now.thinned > before.thinned));
    await expectWhole();
    await record(4);
    await pause(random() * 1_000);
    if (what === 'all') await killAll(server, dataDir, 'all');
    await killAll(archivist, dataDir, 'server');
    stop.abort();
    await Promise.all(typed);
    if (what === 'all') server = await start();
  }
  await comeBack();
  await Promise.all(writers.map((writer) => writer.untilAllAcked()));
  await expectWhole();
  expect(recorded.size).toBeGreaterThan(kills.length * 2);
});
