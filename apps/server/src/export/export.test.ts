import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { inTenant } from '@tidemark/database';
import { brotli } from '@tidemark/database/packer';
import { type KindName, kinds } from '@tidemark/documents';
import { addLines, setCells } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import { packEntries } from '@tidemark/history';
import { inlineBench } from '@tidemark/history/bench';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Caller } from '../http/caller.ts';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { archiveOf } from './archive.ts';
import { companyEntries, unzipped } from './company-export.ts';
import { documentEntries } from './document-export.ts';
import { createExportThreads } from './export-threads.ts';
import { readArchive } from './read-archive.testing.ts';
import { rowsOf } from './rows.ts';

const run = promisify(execFile);

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let companyId: string;
let ownerId: string;
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  const me = await company.owner.get<{ user: { id: string }; company: { id: string } }>('GET', '/api/me');
  companyId = me.company.id;
  ownerId = me.user.id;
});
const threads = createExportThreads();
afterAll(async () => {
  await threads.close();
  await server.destroy();
});

const bytes = (text: string) => new TextEncoder().encode(text);

async function exported(by: TestPerson = company.owner) {
  const answer = await by.ask('GET', '/api/company/export');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const files = await readArchive(Buffer.from(await answer.arrayBuffer()));
  const text = (path: string) => {
    const file = files.get(path);
    if (file === undefined) throw new Error(`The archive has no ${path}.`);
    return file.toString('utf8');
  };
  return {
    files,
    text,
    json: <T>(path: string) => JSON.parse(text(path)) as T,
    lines: <T>(path: string) =>
      text(path)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as T),
  };
}

async function refusal(by: TestPerson): Promise<string> {
  const answer = await by.ask('GET', '/api/company/export');
  return ((await answer.json()) as { code: string }).code;
}

/** An export that nobody has read yet. */
async function begin({ cookie }: TestPerson) {
  const request = get(`${server.origin}/api/company/export`, { headers: { cookie }, agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, leave: () => answer.destroy() };
}

interface LogLine {
  readonly lsn: number;
  readonly at: string;
  readonly userId: string | null;
  readonly clientId: number;
  readonly update: string;
}

/** The state of what the lines up to an LSN say, in the life that begins after one. */
function replayed(lines: readonly LogLine[], upTo: number, after = 0): Uint8Array {
  const doc = new Y.Doc();
  for (const { lsn, update } of lines)
    if (lsn > after && lsn <= upTo) Y.applyUpdate(doc, Buffer.from(update, 'base64'));
  return Y.encodeStateAsUpdate(doc);
}

function contentOf(kind: KindName, state: Uint8Array): unknown {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return JSON.parse(JSON.stringify(kinds[kind].content(doc)));
}

async function newDocument(kind: KindName, title: string, by = company.owner, projectId?: string) {
  const body = { kind, title, ...(projectId ? { projectId } : {}) };
  return (await by.get<{ id: string }>('POST', '/api/documents', body)).id;
}

/** An estimate with a line that is written so many times, an edit each. */
async function writtenEstimate(title: string, edits: number): Promise<string> {
  const id = await newDocument('estimate', title);
  const edit = (write: (editor: ReturnType<typeof createEditor>) => void) =>
    server.lobby.edit(id, ownerId, (doc) => write(createEditor(doc, kinds.estimate.schema, ownerId)));
  let line = '';
  await edit((editor) => {
    line = addLines(editor, { group: null, before: null }, [{ name: 'Shingles' }])?.[0] ?? '';
  });
  for (let n = 0; n < edits; n += 1)
    await edit((editor) => setCells(editor, [{ id: line, column: 'name', value: `Shingles ${n}` }]));
  return id;
}

const noFiles = { store: { open: async () => null }, members: { list: async () => [] } };

/** Packs the log of a former life in segments that end at these LSNs. */
async function packed(id: string, ends: readonly number[]): Promise<void> {
  const { history } = server.database;
  let first = (await history.place(id))!.packed + 1;
  for (const last of ends) {
    const { rows } = await history.entries(id, first - 1, last);
    const sha256 = createHash('sha256')
      .update(Buffer.concat(rows.map(({ update }) => update)))
      .digest();
    const content = packEntries(rows, brotli);
    expect(await history.pack(id, { first, last, content, sha256 })).toBe('packed');
    first = last + 1;
  }
}

async function keepVersion(id: string, lsn: number): Promise<void> {
  const { history } = server.database;
  const kept = { lsn, at: Date.now(), reason: 'nightly', userId: null, about: '' } as const;
  expect(await history.addAutomatic(id, kept)).toMatchObject({ lsn });
}

/** Thins the log up to an LSN, but for the automatic versions at some. */
async function thinned(id: string, upTo: number, kept: readonly number[]): Promise<void> {
  const { history } = server.database;
  const place = (await history.place(id))!;
  for (const lsn of [...kept, upTo].filter((moment) => moment > place.thinned)) {
    const start = await history.stateBefore(id, 0, lsn);
    const { segments } = await history.entries(id, start?.lsn ?? 0, lsn);
    const state = await inlineBench(brotli).packedState({ start, segments, rows: [] }, lsn);
    if (!(state instanceof Uint8Array)) throw new Error(state.unreadable);
    await history.keepState(id, lsn, state);
  }
  const versions = await history.automaticVersions(id, null, 100);
  const ids = versions.filter(({ lsn }) => kept.includes(lsn)).map((version) => version.id);
  expect(await history.thin(id, upTo, ids)).toBe('thinned');
}

test('TIME-45 an export holds a document in full: state, content, log, versions, status, talk and files', async () => {
  const { owner } = company;
  const id = await writtenEstimate('Roof', 5);
  const photo = bytes('a photo of the roof, repeated, repeated, repeated, repeated, repeated, repeated');
  await owner.ask('POST', `/api/documents/${id}/attachments`, photo, { 'x-file-name': 'roof.jpg' });
  await owner.get('POST', `/api/documents/${id}/versions`, { name: 'First', note: 'As it was' });
  await owner.get('POST', `/api/documents/${id}/history/versions`, { lsn: 1, name: 'Then' });
  await owner.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
  await owner.ask('PUT', `/api/documents/${id}/conversation/messages/${crypto.randomUUID()}`, {
    thread: crypto.randomUUID(),
    text: 'Which shingles?',
  });
  await owner.get('POST', '/api/price-list/items', { name: 'Shingles', unitCost: 385_000, currency: 'USD' });
  const binned = await newDocument('diagram', 'In the bin');
  await owner.ask('DELETE', `/api/documents/${binned}`);

  const { files, json, lines, text } = await exported();
  const folder = `documents/${id}`;
  const document = json<{ head: number; epoch: number; title: string; detailFrom: number; lives: unknown[] }>(
    `${folder}/document.json`,
  );
  expect(document).toMatchObject({ title: 'Roof', detailFrom: 1, lives: [{ after: 0 }] });
  const log = lines<LogLine>(`${folder}/log.ndjson`);
  expect(log.map(({ lsn }) => lsn)).toEqual(Array.from({ length: document.head }, (_, n) => n + 1));
  expect(log.at(-1)).toMatchObject({
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    clientId: expect.any(Number),
  });
  const state = files.get(`${folder}/state.bin`)!;
  expect(Buffer.from(replayed(log, document.head)).equals(state)).toBe(true);
  expect(json<{ content: unknown }>(`${folder}/content.json`).content).toEqual(contentOf('estimate', state));
  const truth = await owner.get<{ content: unknown }>('GET', `/api/documents/${id}/content`);
  expect(contentOf('estimate', state)).toEqual(truth.content);

  const versions = lines<{ number: number; kind: string; name: string; lsn: number }>(
    `${folder}/versions.ndjson`,
  );
  expect(versions).toMatchObject([
    { number: 1, kind: 'named', name: 'First', note: 'As it was', momentAt: null },
    { number: 2, kind: 'named', name: 'Then', lsn: 1, momentAt: expect.stringMatching(/Z$/) },
    { number: 3, kind: 'submitted' },
  ]);
  for (const { number, lsn } of versions)
    expect(Buffer.from(replayed(log, lsn)).equals(files.get(`${folder}/versions/${number}.bin`)!)).toBe(true);
  expect(lines(`${folder}/status-changes.ndjson`)).toMatchObject([
    { fromStatus: 'draft', toStatus: 'submitted' },
  ]);
  expect(lines(`${folder}/messages.ndjson`)).toMatchObject([{ text: 'Which shingles?', authorName: 'Olga' }]);
  expect(lines(`${folder}/threads.ndjson`)).toHaveLength(1);
  const sha256 = createHash('sha256').update(photo).digest('hex');
  expect(lines(`${folder}/attachments.ndjson`)).toMatchObject([
    { name: 'roof.jpg', sha256, size: photo.length },
  ]);
  expect(files.get(`objects/${sha256}`)?.equals(photo)).toBe(true);

  expect(lines('prices.ndjson')).toMatchObject([{ name: 'Shingles', unitCost: 385_000 }]);
  expect(json('company.json')).toMatchObject({
    company: { id: companyId },
    people: expect.arrayContaining([expect.objectContaining({ name: 'Edda', role: 'editor' })]),
  });
  expect(json(`documents/${binned}/document.json`)).toMatchObject({ deletedAt: expect.any(String) });
  expect([...files.keys()].at(-1)).toBe('manifest.json');
  expect(json('manifest.json')).toMatchObject({
    format: 'tidemark.company/2',
    documents: expect.arrayContaining([{ id, kind: 'estimate', title: 'Roof', folder }]),
    missing: { objects: [] },
  });
  // Nothing that opens a door.
  for (const path of files.keys())
    if (path.endsWith('json')) expect(text(path)).not.toMatch(/token|code_?hash/i);
});

test('TIME-45 the log of an export gives the state at every LSN, the same after packing and in every life', async () => {
  const { owner } = company;
  const id = await writtenEstimate('Packed', 40);
  await owner.get('POST', `/api/documents/${id}/reset`, {});
  await server.lobby.edit(id, ownerId, (doc) => doc.getMap('meta').set('client', 'Ada'));
  const before = await exported();
  const log = before.lines<LogLine>(`documents/${id}/log.ndjson`);
  const { head, lives } = before.json<{ head: number; lives: { after: number }[] }>(
    `documents/${id}/document.json`,
  );
  const base = lives.at(-1)!.after;
  expect(base).toBeGreaterThan(40);
  const stored = await server.database.history.entries(id, 0, head);
  for (const upTo of [1, 2, 7, base - 1, base, base + 1, head]) {
    const after = upTo > base ? base : 0;
    const truth = new Y.Doc();
    for (const { lsn, update } of stored.rows) if (lsn > after && lsn <= upTo) Y.applyUpdate(truth, update);
    expect(Buffer.from(replayed(log, upTo, after)).equals(Y.encodeStateAsUpdate(truth))).toBe(true);
  }
  expect(Buffer.from(replayed(log, head, base)).equals(before.files.get(`documents/${id}/state.bin`)!)).toBe(
    true,
  );

  await packed(id, [20, base]);
  expect((await server.database.history.entries(id, 0, head)).rows).toHaveLength(head - base);
  const after = await exported();
  for (const file of ['log.ndjson', 'state.bin', 'content.json'])
    expect(
      after.files.get(`documents/${id}/${file}`)?.equals(before.files.get(`documents/${id}/${file}`)!),
    ).toBe(true);

  // Thinned: the moments that are left are there as states.
  await keepVersion(id, 3);
  await thinned(id, 20, [3]);
  const partly = await exported();
  expect(partly.json(`documents/${id}/document.json`)).toMatchObject({ detailFrom: 21 });
  const script = fileURLToPath(new URL('../../../../docs/examples/archive/document-at.mjs', import.meta.url));
  const place = await mkdtemp(join(tmpdir(), 'tidemark-export-'));
  onTestFinished(() => rm(place, { recursive: true }));
  for (const name of ['document.json', 'log.ndjson'])
    await writeFile(join(place, name), partly.files.get(`documents/${id}/${name}`)!);
  const plainly = async (upTo: number) => {
    const { stdout } = await run(process.execPath, [script, place, String(upTo)], { maxBuffer: 1e9 });
    return Buffer.from((JSON.parse(stdout) as { state: string }).state, 'base64');
  };
  for (const upTo of [20, 30]) expect(await plainly(upTo)).toEqual(Buffer.from(replayed(log, upTo)));
  expect(await plainly(head)).toEqual(partly.files.get(`documents/${id}/state.bin`));
  await expect(plainly(7)).rejects.toThrow('Of 7 no state is left.');

  await thinned(id, base, [3]);
  const last = await exported();
  expect(last.json(`documents/${id}/document.json`)).toMatchObject({
    ...{ detailFrom: base + 1, detail: [[base + 1, head]], moments: [3] },
  });
  const left = last.lines<LogLine & { state?: string }>(`documents/${id}/log.ndjson`);
  expect(left.slice(1)).toEqual(log.slice(base));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(left[0]!.state!, 'base64'));
  expect([left[0]!.lsn, Buffer.from(replayed(log, 3))]).toEqual([3, Buffer.from(Y.encodeStateAsUpdate(doc))]);
});

/** Of document.json. */
interface Told {
  readonly head: number;
  readonly lives: readonly { readonly after: number }[];
  readonly detail: readonly (readonly [number, number])[];
  readonly detailFrom: number;
  readonly moments: readonly number[];
}

/** Every moment that the files of a document tell of is what it was, and they tell of all that they have; the LSNs without one. */
function expectTold(files: ReadonlyMap<string, Buffer>, log: readonly LogLine[]): number[] {
  const { head, lives, detail, moments } = JSON.parse(String(files.get('document.json'))) as Told;
  const lines = String(files.get('log.ndjson')).split('\n').filter(Boolean);
  const written = lines.map((line) => JSON.parse(line) as LogLine & { readonly state?: string });
  expect(written.map(({ lsn }) => lsn)).toEqual(written.map(({ lsn }) => lsn).toSorted((a, b) => a - b));
  const states = written.filter(({ state }) => state !== undefined);
  expect(states.map(({ lsn }) => lsn)).toEqual(moments);
  const gone: number[] = [];
  for (let lsn = 1; lsn <= head; lsn += 1) {
    const began = lives.findLast(({ after }) => after < lsn)?.after ?? 0;
    const start = states.findLast((line) => line.lsn > began && line.lsn <= lsn);
    const after = start?.lsn ?? began;
    const entries = written.filter((line) => line.lsn > after && line.lsn <= lsn);
    const isTold = moments.includes(lsn) || detail.some(([first, last]) => first <= lsn && lsn <= last);
    expect([lsn, entries.length === lsn - after]).toEqual([lsn, isTold]);
    if (!isTold) {
      gone.push(lsn);
      continue;
    }
    const doc = new Y.Doc();
    if (start) Y.applyUpdate(doc, Buffer.from(start.state!, 'base64'));
    for (const { update } of entries) Y.applyUpdate(doc, Buffer.from(update, 'base64'));
    const truth = Buffer.from(replayed(log, lsn, began));
    expect([lsn, truth.equals(Y.encodeStateAsUpdate(doc))]).toEqual([lsn, true]);
  }
  return gone;
}

/** Exports one document by small pages; `between` is run before each question to the store, and after that for its place. */
async function exportedBetween(
  id: string,
  between: (question: 'place' | 'entries', count: number) => Promise<unknown>,
) {
  const { history, app } = server.database;
  const counts = { place: 0, entries: 0 };
  const asked = async (question: 'place' | 'entries') => {
    counts[question] += 1;
    await between(question, counts[question]);
  };
  const racing: typeof history = {
    ...history,
    async place(documentId) {
      const place = await history.place(documentId);
      await asked('place');
      return place;
    },
    entries: (...where) => asked('entries').then(() => history.entries(...where)),
  };
  const world = {
    ...{ database: { app, history: racing }, threads, tenant: { companyId, userId: ownerId } },
    ...{ refers: () => undefined, page: { entries: 6, bytes: 1024 * 1024 } },
  };
  let outcome: unknown = null;
  async function* entries() {
    outcome = yield* documentEntries(world, { id }, 'd');
  }
  const files = await readArchive(await buffer(archiveOf(entries(), () => undefined)));
  return { outcome, files: new Map([...files].map(([path, file]) => [path.slice(2), file])) };
}

test('TIME-83 what is packed, thinned or begun anew between two pages of an export leaves no hole in it that it does not tell of', async () => {
  const { owner } = company;
  const id = await writtenEstimate('Overtaken', 42);
  await owner.get('POST', `/api/documents/${id}/reset`, {});
  const { lives } = (await server.database.history.place(id))!;
  const base = lives.at(-1)!.after;
  const { rows } = await server.database.history.entries(id, 0, base + 1);
  const log = rows.map(({ at, update, ...row }) => ({
    ...{ ...row, at: new Date(at).toISOString(), update: Buffer.from(update).toString('base64') },
  }));
  const at = (wanted: string, action: () => Promise<unknown>) => (question: string, count: number) =>
    `${question} ${count}` === wanted ? action() : Promise.resolve();

  // Rows become segments under it.
  const packing = await exportedBetween(
    id,
    at('entries 3', () => packed(id, [10, 15, 20, 25, 30, 35, 40, base])),
  );
  expect([packing.outcome, expectTold(packing.files, log)]).toEqual(['whole', []]);
  // What is gone before its page was read.
  await keepVersion(id, 13);
  const overtaken = await exportedBetween(
    id,
    at('entries 2', () => thinned(id, 15, [13])),
  );
  expect(overtaken.outcome).toBe('whole');
  expect(expectTold(overtaken.files, log)).toEqual([11, 12, 14]);
  const told = JSON.parse(String(overtaken.files.get('document.json'))) as Told;
  expect([told.moments, told.detailFrom]).toEqual([[13, 15], 16]);
  expect(told.detail).toEqual([
    [1, 10],
    [16, log.length],
  ]);

  // The state that the log goes on from is gone before it was read, and the log with it.
  const twice = await exportedBetween(
    id,
    at('place 2', () => thinned(id, 30, [13])),
  );
  expect(expectTold(twice.files, log)).toEqual([
    ...Array.from({ length: 12 }, (_, n) => n + 1),
    ...Array.from({ length: 16 }, (_, n) => n + 14),
  ]);
  const between = await exportedBetween(id, async (question, count) => {
    if (`${question} ${count}` !== 'entries 2') return;
    await thinned(id, 40, [13]);
  });
  expect(expectTold(between.files, log).slice(-10)).toEqual([29, 31, 32, 33, 34, 35, 36, 37, 38, 39]);

  // It begins anew under it: the export is of the lives that there were. The end of the first one goes as well.
  const renewed = await exportedBetween(
    id,
    at('entries 2', async () => {
      await owner.get('POST', `/api/documents/${id}/reset`, {});
      await thinned(id, base, [13]);
    }),
  );
  const { head } = JSON.parse(String(renewed.files.get('document.json'))) as { head: number };
  expect([renewed.outcome, head]).toEqual(['whole', log.length]);
  expect(expectTold(renewed.files, log)).toHaveLength(base - 2);
});

test('TIME-84 a document that is deleted for good while it is written is told as broken, and its folder has no document.json', async () => {
  const { owner } = company;
  const id = await writtenEstimate('Going', 20);
  await owner.ask('DELETE', `/api/documents/${id}`);
  const { history, app } = server.database;
  const racing: typeof history = {
    ...history,
    async entries(documentId, ...range) {
      const found = await history.entries(documentId, ...range);
      // After all that was read of its log: the rest of it is gone too.
      if (documentId === id) await owner.ask('POST', `/api/documents/${id}/purge`);
      return found;
    },
  };
  const world = { database: { app, history: racing }, threads, ...noFiles };
  const me = { role: 'owner' as const, user: { id: ownerId, name: 'Olga' } as Caller['user'] };
  const caller = { ...{ companyId, companyName: 'Roofs', ...me }, tenant: { companyId, userId: ownerId } };
  const archive = archiveOf(companyEntries(world, caller), () => undefined);
  const files = await readArchive(await buffer(archive));
  const manifest = JSON.parse(String(files.get('manifest.json'))) as Record<
    'documents' | 'broken',
    unknown[]
  >;
  expect(manifest.broken).toEqual([{ id, folder: `documents/${id}` }]);
  expect(manifest.documents).not.toContainEqual(expect.objectContaining({ id }));
  expect(files.has(`documents/${id}/log.ndjson`)).toBe(true);
  expect(files.has(`documents/${id}/document.json`)).toBe(false);
});

test('TIME-46 only owners export, no other company is in it, and what others have in their own space is left out', async () => {
  const { owner, editor, viewer } = company;
  for (const person of [editor, viewer]) expect(await refusal(person)).toBe('no-access');
  const { spaces } = await editor.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
  const hers = await newDocument(
    'dashboard',
    'Hers',
    editor,
    spaces.find(({ kind }) => kind === 'personal')!.id,
  );
  const mine = await owner.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
  const own = await newDocument(
    'dashboard',
    'Own',
    owner,
    mine.spaces.find(({ kind }) => kind === 'personal')!.id,
  );
  const stranger = await signUp(server.origin, 'Fritz');
  const foreign = await newDocument('dashboard', 'Foreign', stranger);
  const { files, json } = await exported();
  const all = Buffer.concat([...files.values()]).toString('latin1') + [...files.keys()].join();
  expect([hers, own, foreign].map((id) => all.includes(id))).toEqual([false, true, false]);
  expect(all).not.toContain('Fritz');
  expect(json('manifest.json')).toMatchObject({ leftOut: { documentsInOthersOwnSpaces: 1 } });
  const theirs = await exported(stranger);
  expect(theirs.json('manifest.json')).toMatchObject({ documents: [{ id: foreign }] });
});

test('TIME-46 one export of a company at a time; whoever goes away ends theirs', async () => {
  const { owner } = company;
  const id = await newDocument('dashboard', 'Large');
  // More than the sockets in between hold.
  const state = Buffer.alloc(12 * 1024 * 1024);
  for (let n = 0; n < state.length; n += 32) createHash('sha256').update(String(n)).digest().copy(state, n);
  await inTenant(server.database.app, { companyId, userId: null }, (tx) =>
    sql`insert into versions (company_id, document_id, number, kind, state, epoch, created_by_name, confirmed_at)
      values (${companyId}, ${id}, 1, 'named', ${state}, 1, 'Olga', now())`.execute(tx),
  );
  const first = await begin(owner);
  expect(first.status).toBe(200);
  // Nobody reads, so it stands still: and holds no transaction while it does.
  await vi.waitFor(async () => {
    const { rows } = await sql`select query from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and backend_type = 'client backend' and xact_start is not null`.execute(
      server.database.app,
    );
    expect(rows).toEqual([]);
  });
  expect(await refusal(owner)).toBe('too-many-requests');
  first.leave();
  await vi.waitUntil(async () => {
    const again = await begin(owner);
    again.leave();
    return again.status === 200;
  });
  await owner.ask('DELETE', `/api/documents/${id}`);
  await owner.ask('POST', `/api/documents/${id}/purge`);
});

/** A document with updates that are large each, of bytes that do not shrink. */
async function heavyDocument(updates: number, bytesOfEach: number): Promise<string> {
  const id = await newDocument('dashboard', 'Heavy');
  const { head, epoch } = (await server.database.history.place(id))!;
  const doc = new Y.Doc();
  const entries: { update: Uint8Array; userId: string; clientId: number }[] = [];
  doc.on('update', (update: Uint8Array) => entries.push({ update, userId: ownerId, clientId: doc.clientID }));
  for (let n = 0; n < updates; n += 1)
    doc.getMap('heavy').set(`part ${n}`, new Uint8Array(randomBytes(bytesOfEach)));
  await server.database.updateLog.append({ documentId: id, epoch, after: head, entries });
  // A small state is at hand, so that the log alone is heavy.
  const state = Y.encodeStateAsUpdate(new Y.Doc());
  const lsn = head + updates;
  await server.database.updateLog.saveCheckpoint({ documentId: id, epoch, lsn, state });
  return id;
}

test('TIME-77 pages of a log are bounded by bytes, and no more is read than somebody takes', async () => {
  const [updates, each] = [24, 500_000];
  const id = await heavyDocument(updates, each);
  let [pages, read, taken, most] = [0, 0, 0, 0];
  const weigh = () => {
    most = Math.max(most, read - taken);
  };
  const counted: typeof server.database.history = {
    ...server.database.history,
    async entries(...place) {
      const found = await server.database.history.entries(...place);
      pages += 1;
      for (const { update } of found.rows) read += update.length;
      weigh();
      return found;
    },
  };
  const tenant = { companyId, userId: ownerId };
  const database = { app: server.database.app, history: counted };
  const world = { database, threads, tenant, refers: () => undefined };
  const archive = archiveOf(documentEntries(world, { id }, 'heavy'), (fault) => expect(fault).toBeNull());
  let stalled = 0;
  for await (const piece of archive) {
    taken += (piece as Buffer).length;
    // Whoever would run ahead has the time for all of it.
    if (read < (updates * each) / 4) continue;
    if (stalled === 0) {
      for (let turns = 0; turns < 40; turns += 1) await server.database.history.place(id);
      stalled = pages;
    }
  }
  expect(read).toBeGreaterThan(updates * each);
  expect(pages).toBeGreaterThanOrEqual(updates / 2);
  expect(pages - stalled).toBeGreaterThan(2);
  expect(most).toBeLessThan(6 * 1024 * 1024);
  await company.owner.ask('DELETE', `/api/documents/${id}`);
  await company.owner.ask('POST', `/api/documents/${id}/purge`);
});

test('TIME-77 TIME-85 pages of rows are bounded by bytes, none is lost between two, and Postgres writes each once', async () => {
  const id = await newDocument('dashboard', 'Talkative');
  const kept = { companyId, userId: null };
  // A column that counts how often it is written as JSON.
  const { writings, end } = await countWritings('history_sessions');
  onTestFinished(end);
  await inTenant(server.database.app, kept, (tx) =>
    sql`insert into history_sessions (document_id, first_lsn, last_lsn, company_id, from_at, to_at, edits, bytes, touched, stops)
      select ${id}, n, n, ${companyId}, now(), now(), 1, 1, '{}', to_jsonb(repeat(n::text, 60000))
      from generate_series(1, 45) n`.execute(tx),
  );
  const lines: unknown[] = [];
  for await (const { stops } of rowsOf(server.database, kept, 'history_sessions', id)) lines.push(stops);
  expect(lines).toEqual(Array.from({ length: 45 }, (_, n) => String(n + 1).repeat(60_000)));
  expect(await writings()).toBe(45);
});

/** Gives the rows of a table a column that counts how often it was written as JSON. */
async function countWritings(table: string) {
  const client = new pg.Client(server.databaseUrl);
  await client.connect();
  await client.query(`
    create sequence tidemark.writings;
    create type tidemark.counted as enum ('once');
    create function tidemark.written(tidemark.counted) returns json language sql volatile security definer
      as $$ select to_json(nextval('tidemark.writings')) $$;
    create cast (tidemark.counted as json) with function tidemark.written(tidemark.counted);
    alter table tidemark.${table} add column counted tidemark.counted default 'once'`);
  return {
    async writings(): Promise<number> {
      const { rows } = await client.query<{ n: number }>(
        'select case when is_called then last_value else 0 end::integer as n from tidemark.writings',
      );
      return rows[0]?.n ?? 0;
    },
    async end() {
      await client.query(`alter table tidemark.${table} drop column counted`);
      await client.end();
    },
  };
}

test('TIME-77 whoever goes away ends the object that is read, though its store has stopped giving', async () => {
  const giving = new Readable({ read: () => undefined });
  giving.push(gzipSync('the beginning'));
  const unzipping = unzipped(giving);
  async function* entries() {
    yield { path: 'objects/a', content: unzipping, compress: true };
  }
  const archive = archiveOf(entries(), () => undefined);
  await once(archive, 'readable');
  const closed = [giving, unzipping].map(
    (stream) => new Promise<void>((resolve) => void stream.once('close', resolve)),
  );
  (archive as NodeJS.ReadableStream & { destroy(): void }).destroy();
  await Promise.all(closed);

  const failing = new Readable({ read: () => undefined });
  const faults: unknown[] = [];
  async function* cut() {
    yield { path: 'objects/a', content: unzipped(failing), compress: true };
  }
  const broken = archiveOf(cut(), (fault) => faults.push(fault));
  failing.destroy(new Error('The store is away.'));
  await expect(buffer(broken)).rejects.toThrow('The store is away.');
  expect(faults).toEqual([new Error('The store is away.')]);
});

test('TIME-46 a fault breaks the archive off and is told; it holds one piece of one entry at a time', async () => {
  const faults: unknown[] = [];
  let pieces = 0;
  async function* endless() {
    for (;;) {
      pieces += 1;
      yield Buffer.alloc(64 * 1024, pieces);
    }
  }
  async function* entries() {
    yield { path: 'a', content: endless(), compress: false };
  }
  const slow = archiveOf(entries(), (fault) => faults.push(fault));
  await once(slow, 'readable');
  const soon = pieces;
  await new Promise((resolve) => setImmediate(resolve));
  expect(pieces).toBeLessThan(20);
  expect(pieces).toBeGreaterThanOrEqual(soon);
  (slow as NodeJS.ReadableStream & { destroy(): void }).destroy();

  async function* broken() {
    yield { path: 'a', content: [Buffer.from('a')], compress: false };
    throw new Error('The database is away.');
  }
  const archive = archiveOf(broken(), (fault) => faults.push(fault));
  await expect(
    (async () => {
      for await (const _ of archive) void _;
    })(),
  ).rejects.toThrow('The database is away.');
  expect(faults).toEqual([new Error('The database is away.')]);
});
