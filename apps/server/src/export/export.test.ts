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
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { archiveOf } from './archive.ts';
import { unzipped } from './company-export.ts';
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
afterAll(() => server.destroy());

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
    format: 'tidemark.company/1',
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

  const rows = stored.rows.filter(({ lsn }) => lsn <= base);
  const pack = async (first: number, last: number) => {
    const packed = rows.slice(first - 1, last);
    const updates = Buffer.concat(packed.map(({ update }) => update));
    const segment = { first, last, content: packEntries(packed, brotli) };
    const sha256 = createHash('sha256').update(updates).digest();
    expect(await server.database.history.pack(id, { ...segment, sha256 })).toBe('packed');
    return segment;
  };
  const segments = [await pack(1, 20), await pack(21, base)];
  expect((await server.database.history.entries(id, 0, head)).rows).toHaveLength(head - base);
  const after = await exported();
  for (const file of ['log.ndjson', 'state.bin', 'content.json'])
    expect(
      after.files.get(`documents/${id}/${file}`)?.equals(before.files.get(`documents/${id}/${file}`)!),
    ).toBe(true);

  // Thinned: the moments that are left are there as states.
  for (const lsn of [3, 20]) {
    const packed = await inlineBench(brotli).packedState({ start: null, segments, rows: [] }, lsn);
    if (!(packed instanceof Uint8Array)) throw new Error(packed.unreadable);
    await server.database.history.keepState(id, lsn, packed);
  }
  const kept = await server.database.history.addAutomatic(id, {
    ...{ lsn: 3, at: Date.now(), reason: 'nightly', userId: null, about: '' },
  });
  if (kept === 'gone') throw new Error('Entry 3 is thinned.');
  expect(await server.database.history.thin(id, 20, [kept.id])).toBe('thinned');
  const partly = await exported();
  expect(partly.json(`documents/${id}/document.json`)).toMatchObject({ detailFrom: 21 });
  const script = fileURLToPath(new URL('../../../../docs/examples/archive/document-at.mjs', import.meta.url));
  const place = await mkdtemp(join(tmpdir(), 'tidemark-export-'));
  onTestFinished(() => rm(place, { recursive: true }));
  for (const name of ['document.json', 'log.ndjson', 'moments.ndjson'])
    await writeFile(join(place, name), partly.files.get(`documents/${id}/${name}`)!);
  const plainly = async (upTo: number) => {
    const { stdout } = await run(process.execPath, [script, place, String(upTo)], { maxBuffer: 1e9 });
    return Buffer.from((JSON.parse(stdout) as { state: string }).state, 'base64');
  };
  for (const upTo of [20, 30]) expect(await plainly(upTo)).toEqual(Buffer.from(replayed(log, upTo)));
  expect(await plainly(head)).toEqual(partly.files.get(`documents/${id}/state.bin`));
  await expect(plainly(7)).rejects.toThrow('Of 7 no state is left.');

  expect(await server.database.history.thin(id, base, [kept.id])).toBe('thinned');
  const thinned = await exported();
  expect(thinned.json(`documents/${id}/document.json`)).toMatchObject({ detailFrom: base + 1 });
  expect(thinned.lines<LogLine>(`documents/${id}/log.ndjson`)).toEqual(log.slice(base));
  const moments = thinned.lines<{ lsn: number; state: string }>(`documents/${id}/moments.ndjson`);
  expect(moments.map(({ lsn }) => lsn)).toContain(3);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(moments[0]!.state, 'base64'));
  expect(Buffer.from(replayed(log, 3)).equals(Y.encodeStateAsUpdate(doc))).toBe(true);
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
  const threads = createExportThreads();
  onTestFinished(() => threads.close());
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

test('TIME-77 pages of rows are bounded by bytes, and none is lost between two', async () => {
  const id = await newDocument('dashboard', 'Talkative');
  const kept = { companyId, userId: null };
  await inTenant(server.database.app, kept, (tx) =>
    sql`insert into history_sessions (document_id, first_lsn, last_lsn, company_id, from_at, to_at, edits, bytes, touched, stops)
      select ${id}, n, n, ${companyId}, now(), now(), 1, 1, '{}', to_jsonb(repeat(n::text, 300000))
      from generate_series(1, 9) n`.execute(tx),
  );
  const lines: unknown[] = [];
  for await (const { stops } of rowsOf(server.database, kept, 'history_sessions', id)) lines.push(stops);
  expect(lines).toEqual(Array.from({ length: 9 }, (_, n) => String(n + 1).repeat(300_000)));
});

test('TIME-77 whoever goes away ends the object that is read, though its store has stopped giving', async () => {
  const giving = new Readable({ read: () => undefined });
  giving.push(gzipSync('the beginning'));
  const unzipping = unzipped(giving);
  async function* entries() {
    yield { path: 'objects/a', content: unzipping, compress: true };
  }
  const archive = archiveOf(entries(), (fault) => expect(fault).toBeNull());
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
