import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { inTenant } from '@tidemark/database';
import { brotli } from '@tidemark/database/packer';
import { type KindName, kinds } from '@tidemark/documents';
import { addLines, setCells } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import { packEntries } from '@tidemark/history';
import { inlineBench } from '@tidemark/history/bench';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { archiveOf } from './archive.ts';
import { readArchive } from './read-archive.testing.ts';

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
  const sha256 = createHash('sha256')
    .update(Buffer.concat(rows.map(({ update }) => update)))
    .digest();
  const segment = { first: 1, last: base, content: packEntries(rows, brotli), sha256 };
  expect(await server.database.history.pack(id, segment)).toBe('packed');
  expect((await server.database.history.entries(id, 0, head)).rows).toHaveLength(head - base);
  const after = await exported();
  for (const file of ['log.ndjson', 'state.bin', 'content.json'])
    expect(
      after.files.get(`documents/${id}/${file}`)?.equals(before.files.get(`documents/${id}/${file}`)!),
    ).toBe(true);

  // Thinned: the moments that are left are there as states.
  const packed = await inlineBench(brotli).packedState({ start: null, segments: [segment], rows: [] }, 3);
  if (!(packed instanceof Uint8Array)) throw new Error(packed.unreadable);
  await server.database.history.keepState(id, 3, packed);
  const kept = await server.database.history.addAutomatic(id, {
    ...{ lsn: 3, at: Date.now(), reason: 'nightly', userId: null, about: '' },
  });
  expect(await server.database.history.thin(id, base, [kept.id])).toBe('thinned');
  const thinned = await exported();
  expect(thinned.json(`documents/${id}/document.json`)).toMatchObject({ detailFrom: base + 1 });
  expect(thinned.lines<LogLine>(`documents/${id}/log.ndjson`)).toEqual(log.slice(base));
  const moments = thinned.lines<{ lsn: number; state: string }>(`documents/${id}/moments.ndjson`);
  expect(moments.map(({ lsn }) => lsn)).toEqual([3]);
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
