import { inTenant, type TenantTransaction } from '@tidemark/database';
import { kinds } from '@tidemark/documents';
import {
  addActual,
  addGroup,
  addLines,
  addRisk,
  type EstimateView,
  estimate,
  isLocked,
  type Status,
  setMeta,
  setParam,
  setRisk,
} from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import type { Lobby } from '@tidemark/sync';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createCatalogue, type Entry } from '../documents/catalogue.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { inStep } from '../versions/in-step.ts';
import type { Version } from '../versions/versions.ts';
import { createFigureRows } from './figures.ts';
import { totalsOf, viewOf } from './figures-of.ts';
import type { StatusChange } from './status-rows.ts';
import { createStatuses } from './statuses.ts';

let server: TestServer;
/** Another process of the same database, as far as documents can tell. */
let other: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;

beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ DATABASE_URL: server.databaseUrl });
  company = await foundCompany(server.origin);
});
afterAll(async () => {
  await other.destroy();
  await server.destroy();
});

const write = (id: string, change: (editor: Editor) => void) =>
  server.lobby.edit(id, null, (doc) => change(createEditor(doc, estimate.schema)));
const read = async <T>(id: string, use: (view: EstimateView, doc: Y.Doc) => T) =>
  (await server.lobby.read(id, (doc) => use(viewOf(doc), doc))) as T;

/** A roof for 15.00 of material, at a margin of 20 %: a bid of 18.75. */
async function newEstimate(person: TestPerson = company.editor): Promise<string> {
  const { id } = await person.get<Entry>('POST', '/api/documents', { kind: 'estimate', title: 'Roof' });
  await write(id, (editor) => {
    setMeta(editor, { client: 'Harbour School', number: 'E-17' });
    setParam(editor, { targetBp: 2000 });
    const group = addGroup(editor, 'Tear-off')!;
    addLines(editor, { group }, [{ name: 'Shingles', qty: 3_000_000, unitCost: 50_000 }]);
  });
  return id;
}

const change = (id: string, to: string, note = '', person = company.editor) =>
  person.ask('POST', `/api/documents/${id}/status`, { to, note });
const changed = (id: string, to: string, note = '') =>
  company.editor.get<Status>('POST', `/api/documents/${id}/status`, { to, note });
const versionsOf = async (id: string, person = company.editor) =>
  (await person.get<{ items: Version[] }>('GET', `/api/documents/${id}/versions`)).items;
const changesOf = async (id: string) =>
  (await company.viewer.get<{ items: StatusChange[] }>('GET', `/api/documents/${id}/status-changes`)).items;
async function stateOf(id: string, version: string): Promise<Y.Doc> {
  const answer = await company.viewer.ask('GET', `/api/documents/${id}/versions/${version}/state`);
  expect(answer.status).toBe(200);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()));
  return doc;
}
async function problem(answer: Response, status: number, code: string): Promise<Problem> {
  const said = (await answer.json()) as Problem;
  expect([answer.status, said.code]).toEqual([status, code]);
  return said;
}

const quiet = { warn: () => undefined };

/** Somebody's open estimate, by a stock client. */
async function join(id: string, person = company.editor) {
  const { token } = await person.get<{ token: string }>('POST', `/api/documents/${id}/sync-token`);
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${server.origin.replace('http', 'ws')}/sync`, id, doc, {
    params: { token },
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  return {
    doc,
    connect: () => provider.connect(),
    disconnect: () => provider.disconnect(),
    close: () => provider.destroy(),
    /** The server has all that was written here. */
    async shown(document: string) {
      const mine = Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0;
      const there = () => server.lobby.read(document, (now) => Y.getState(now.store, doc.clientID));
      await vi.waitUntil(async () => Number(await there()) >= mine, { interval: 1 });
    },
  };
}

/** The editor, as the server knows them. */
async function doer() {
  const { user, company: of } = await company.editor.get<{
    user: { id: string; name: string };
    company: { id: string };
  }>('GET', '/api/me');
  return { user, tenant: { companyId: of.id, userId: user.id }, role: 'editor' as const };
}

/** As the application's role: the tables' owner is shown nothing. */
const within = async <T>(use: (tx: TenantTransaction) => Promise<T>) =>
  inTenant(server.database.app, (await doer()).tenant, use);

/** All version rows of a document, also those that nobody is shown. */
const rowsOf = (id: string) =>
  within((tx) =>
    tx
      .selectFrom('versions')
      .select(['id', 'state', 'confirmed_at'])
      .where('document_id', '=', id)
      .orderBy('number')
      .execute(),
  );
const logOf = (id: string) =>
  within((tx) =>
    tx.selectFrom('document_updates').select('update').where('document_id', '=', id).orderBy('lsn').execute(),
  );

/** The row holds the state that the log comes to with the entry by which the document first names it. */
async function expectExact(id: string, versionId: string): Promise<void> {
  const replayed = new Y.Doc();
  for (const { update } of await logOf(id)) {
    Y.applyUpdate(replayed, update);
    if (viewOf(replayed).meta.status.versionId === versionId) break;
  }
  const row = (await rowsOf(id)).find((one) => one.id === versionId);
  const frozen = new Y.Doc();
  Y.applyUpdate(frozen, row!.state);
  expect(viewOf(frozen).meta.status.versionId).toBe(versionId);
  expect(viewOf(frozen)).toEqual(viewOf(replayed));
  expect(Y.equalSnapshots(Y.snapshot(frozen), Y.snapshot(replayed))).toBe(true);
  const [version] = (await versionsOf(id)).filter((one) => one.id === versionId);
  expect(version!.totals).toEqual(totalsOf(viewOf(frozen)));
}

describe('status', () => {
  test('LIFE-1 submitting freezes state and totals as a version that everybody who reads can open', async () => {
    const id = await newEstimate();
    const status = await changed(id, 'submitted', 'To the school board');
    expect(status).toMatchObject({ is: 'submitted', byName: 'Edda', number: 1 });
    const view = await read(id, (now) => now);
    expect(view.meta.status).toEqual(status);
    expect(isLocked(view)).toBe(true);
    const [version, ...more] = await versionsOf(id, company.viewer);
    expect(more).toEqual([]);
    expect(version).toMatchObject({
      id: status.versionId,
      number: 1,
      kind: 'submitted',
      note: 'To the school board',
      at: status.at,
      by: { id: status.by, name: 'Edda' },
      totals: { currency: 'USD', base: 150_000, bid: 187_500, lines: 1 },
      parent: null,
    });
    const frozen = await stateOf(id, version!.id);
    expect(viewOf(frozen)).toEqual(view);
    expect(version!.totals).toEqual(totalsOf(viewOf(frozen)));
    const content = await company.viewer.get<{ content: unknown }>(
      'GET',
      `/api/documents/${id}/versions/${version!.id}/content`,
    );
    expect(content.content).toEqual(JSON.parse(JSON.stringify(kinds.estimate.content(frozen))));
  });

  test('LIFE-1 whoever reads the status before it is stored can open its version already', async () => {
    const id = await newEstimate();
    const seen: unknown[] = [];
    const slow: Pick<Lobby, 'read' | 'edit' | 'tell'> = {
      read: (...asked) => server.lobby.read(...asked),
      tell: (...told) => server.lobby.tell(...told),
      async edit(...asked) {
        const stored = await server.lobby.edit(...asked);
        const { versionId } = await read(id, ({ meta }) => meta.status);
        expect(await versionsOf(id), 'confirmed by no one yet').toEqual([]);
        const about = await company.viewer.get<Version>('GET', `/api/documents/${id}/versions/${versionId}`);
        seen.push(about.id, viewOf(await stateOf(id, about.id)).meta.status.versionId);
        return stored;
      },
    };
    const statuses = createStatuses(server.database, slow, createFigureRows(server.database, quiet));
    const status = (await statuses.change(await doer(), id, { to: 'submitted', note: '' })) as Status;
    expect(seen).toEqual([status.versionId, status.versionId]);
  });

  test('LIFE-1 while people edit, the version is what the document was when it said so, edit by edit', async () => {
    const id = await newEstimate();
    const live = await join(id);
    let writing = true;
    let written = 0;
    const writer = (async () => {
      const editor = createEditor(live.doc, estimate.schema);
      // Until it is locked; then as one who does not know it yet.
      while (writing) {
        written += 1;
        if (addLines(editor, { group: null }, [{ name: `Line ${written}`, unitCost: written }]) === null)
          break;
        await live.shown(id);
        await versionsOf(id);
      }
    })();
    await vi.waitUntil(() => written > 3);
    const tries: number[] = [];
    const statuses = createStatuses(server.database, server.lobby, createFigureRows(server.database, quiet), {
      recorded: async () => void tries.push(written),
    });
    const status = (await statuses.change(await doer(), id, { to: 'submitted', note: '' })) as Status;
    expect(status.is).toBe('submitted');
    writing = false;
    await writer;
    live.close();
    expect(tries.length).toBeGreaterThan(0);
    await expectExact(id, status.versionId!);
    // As many versions as succeeded, however often it had to be tried.
    expect(await versionsOf(id)).toHaveLength(1);
    expect(await changesOf(id)).toHaveLength(1);
  });

  test('LIFE-1 an edit between the record and the status is in the version', async () => {
    const id = await newEstimate();
    const live = await join(id);
    let tries = 0;
    const statuses = createStatuses(server.database, server.lobby, createFigureRows(server.database, quiet), {
      async recorded() {
        tries += 1;
        if (tries > 2) return;
        expect(await rowsOf(id)).toHaveLength(1);
        expect(await versionsOf(id)).toEqual([]);
        addLines(createEditor(live.doc, estimate.schema), { group: null }, [{ name: `Late ${tries}` }]);
        await live.shown(id);
      },
    });
    const status = (await statuses.change(await doer(), id, { to: 'submitted', note: '' })) as Status;
    live.close();
    expect(tries).toBe(3);
    const [version] = await versionsOf(id);
    expect(version).toMatchObject({ id: status.versionId, number: 1, totals: { lines: 3 } });
    expect(await rowsOf(id)).toHaveLength(1);
    await expectExact(id, status.versionId!);
  });

  test('LIFE-1 an edit that was made before and comes after it stays out of the version, and is not lost', async () => {
    const id = await newEstimate();
    const live = await join(id);
    live.disconnect();
    const added = addLines(createEditor(live.doc, estimate.schema), { group: null }, [
      { name: 'Written on the roof', unitCost: 10_000_000, qty: 1_000_000 },
    ])!;
    const status = await changed(id, 'submitted');
    live.connect();
    await vi.waitUntil(() => read(id, (view) => view.lines.has(added[0]!)));
    live.close();
    const frozen = viewOf(await stateOf(id, status.versionId!));
    expect(frozen.lines.has(added[0]!)).toBe(false);
    const [version] = await versionsOf(id);
    expect(version!.totals!.bid).toBe(187_500);
    expect(await read(id, (view) => calculate(view).bid)).not.toBe(187_500);
    expect(await read(id, (view) => view.meta.status)).toEqual(status);
  });

  test('LIFE-2 of two who submit at once one does, and the other is told; in one process and in two', async () => {
    for (const second of [server, other]) {
      const id = await newEstimate();
      // Both have it open before.
      await second.lobby.read(id, () => null);
      const statuses = [server, second].map(({ database, lobby }) =>
        createStatuses(database, lobby, createFigureRows(database, quiet)),
      );
      const who = await doer();
      const outcomes = await Promise.all(
        statuses.map((each) => each.change(who, id, { to: 'submitted', note: '' })),
      );
      const told = outcomes.map((outcome) => ('refused' in outcome ? outcome.refused : outcome.is)).sort();
      expect(told).toEqual(['status-conflict', 'submitted']);
      expect(await versionsOf(id)).toHaveLength(1);
      expect(await rowsOf(id)).toHaveLength(1);
      const won = outcomes.find((outcome) => 'is' in outcome) as Status;
      await vi.waitUntil(() => read(id, ({ meta }) => meta.status.versionId === won.versionId));
      await expectExact(id, won.versionId!);
    }
  });

  test('LIFE-2 more people than there are connections submit at once, each an estimate of their own', async () => {
    const ids = await Promise.all(Array.from({ length: 14 }, () => newEstimate()));
    const all = ids.map((id) => changed(id, 'submitted'));
    expect((await Promise.all(all)).map(({ is }) => is)).toEqual(ids.map(() => 'submitted'));
  });

  test('LIFE-2 who submits what another process holds freezes what that one has stored', async () => {
    const id = await newEstimate();
    await other.lobby.read(id, () => null);
    await write(id, (editor) => void addLines(editor, { group: null }, [{ name: 'Just stored' }]));
    const statuses = createStatuses(other.database, other.lobby, createFigureRows(other.database, quiet));
    const status = (await statuses.change(await doer(), id, { to: 'submitted', note: '' })) as Status;
    expect([...viewOf(await stateOf(id, status.versionId!)).lines.values()].map(({ name }) => name)).toEqual([
      'Shingles',
      'Just stored',
    ]);
  });

  test('LIFE-2 a room that has not read on yet is waited for', async () => {
    const id = await newEstimate();
    const { head, epoch } = await within((tx) =>
      tx.selectFrom('documents').select(['head', 'epoch']).where('id', '=', id).executeTakeFirstOrThrow(),
    );
    const heads = [0, head - 1, head];
    const late: Pick<Lobby, 'read'> = {
      read: async (_id, use) => use(new Y.Doc(), { epoch, head: heads.shift() ?? head }),
    };
    const { app } = server.database;
    expect(await inStep(late, app, (await doer()).tenant, id)).toEqual({ epoch, head });
    expect(heads).toEqual([]);
    // A later life is beyond all that was stored of this one.
    const anew: Pick<Lobby, 'read'> = {
      read: async (_id, use) => use(new Y.Doc(), { epoch: epoch + 1, head: 0 }),
    };
    expect(await inStep(anew, app, (await doer()).tenant, id)).toMatchObject({ epoch: epoch + 1 });
  });

  test('LIFE-3 what was recorded and never made is no version, takes nobody’s way, and goes in time', async () => {
    const id = await newEstimate();
    const broken = createStatuses(server.database, server.lobby, createFigureRows(server.database, quiet), {
      recorded: () => Promise.reject(new Error('killed')),
    });
    await expect(broken.change(await doer(), id, { to: 'submitted', note: '' })).rejects.toThrow('killed');
    expect(await rowsOf(id)).toHaveLength(1);
    expect(await versionsOf(id)).toEqual([]);
    expect(await changesOf(id)).toEqual([]);
    expect(await read(id, ({ meta }) => meta.status.is)).toBe('draft');
    // Within the time that an edit may take to be stored it is left alone.
    expect(await rowsOf(id)).toHaveLength(1);
    const status = await changed(id, 'submitted');
    expect((await versionsOf(id)).map((version) => version.id)).toEqual([status.versionId]);
    const patient = createStatuses(server.database, server.lobby, createFigureRows(server.database, quiet), {
      giveUpMs: 0,
    });
    await patient.mend(await doer(), id);
    expect((await rowsOf(id)).map((row) => row.id)).toEqual([status.versionId]);
    expect((await changesOf(id)).map((one) => one.to)).toEqual(['submitted']);
  });

  test('LIFE-3 what was made and not confirmed is found by whoever looks next', async () => {
    const id = await newEstimate();
    let calls = 0;
    // As if the process had died when the edit was stored: nothing after it is done.
    const dying = {
      ...server.lobby,
      read: server.lobby.read.bind(server.lobby),
      async edit(...given: Parameters<typeof server.lobby.edit>) {
        calls += 1;
        await server.lobby.edit(...given);
        throw new Error('killed');
      },
    };
    const broken = createStatuses(server.database, dying, createFigureRows(server.database, quiet));
    const who = await doer();
    await expect(broken.change(who, id, { to: 'submitted', note: 'Sent' })).rejects.toThrow('killed');
    const { versionId } = await read(id, ({ meta }) => meta.status);
    expect([calls, (await rowsOf(id))[0]]).toMatchObject([1, { id: versionId, confirmed_at: null }]);
    expect(await versionsOf(id)).toMatchObject([{ id: versionId, number: 1, note: 'Sent' }]);
    expect(await changesOf(id)).toMatchObject([{ to: 'submitted', version: { id: versionId } }]);
    await expectExact(id, versionId!);
    await expect(broken.change(who, id, { to: 'draft', note: 'Too low' })).rejects.toThrow('killed');
    expect(await changesOf(id)).toMatchObject([
      { from: 'submitted', to: 'draft', note: 'Too low', version: { id: versionId } },
      { to: 'submitted' },
    ]);
  });

  test('LIFE-4 a submitted estimate is won or lost, and any is opened again; each change is recorded with who and why', async () => {
    const id = await newEstimate();
    await problem(await change(id, 'won'), 409, 'status-conflict');
    await problem(await change(id, 'draft'), 409, 'status-conflict');
    const first = await changed(id, 'submitted', 'First offer');
    const again = await problem(await change(id, 'submitted', '', company.owner), 409, 'status-conflict');
    expect(again.detail).toBe('The estimate was submitted by Edda already.');
    await changed(id, 'draft', 'They want it cheaper');
    const draft = await read(id, ({ meta }) => meta.status);
    expect(draft).toMatchObject({ is: 'draft', byName: 'Edda', versionId: null, number: null });
    await write(id, (editor) => void setParam(editor, { targetBp: 1000 }));
    const second = await changed(id, 'submitted', 'Second offer');
    const won = await changed(id, 'won', 'Signed');
    expect(won).toMatchObject({ is: 'won', versionId: second.versionId, number: 2 });
    await problem(await change(id, 'lost'), 409, 'status-conflict');
    await changed(id, 'draft');
    const told = (await changesOf(id)).map(({ from, to, note, version, by }) => [
      from,
      to,
      note,
      version?.number ?? null,
      by.name,
    ]);
    expect(told).toEqual([
      ['won', 'draft', '', 2, 'Edda'],
      ['submitted', 'won', 'Signed', 2, 'Edda'],
      ['draft', 'submitted', 'Second offer', 2, 'Edda'],
      ['submitted', 'draft', 'They want it cheaper', 1, 'Edda'],
      ['draft', 'submitted', 'First offer', 1, 'Edda'],
    ]);
    const versions = await versionsOf(id);
    expect(versions.map(({ number, parent }) => [number, parent?.id ?? null])).toEqual([
      [2, first.versionId],
      [1, null],
    ]);
    expect(versions.map(({ totals }) => totals!.bid)).toEqual([166_700, 187_500]);
    const page = await company.editor.get<{ items: Version[]; nextCursor: string | null }>(
      'GET',
      `/api/documents/${id}/versions?limit=1`,
    );
    expect([page.items.map(({ number }) => number), page.nextCursor]).toEqual([[2], '2']);
    const rest = await company.editor.get<{ items: Version[]; nextCursor: string | null }>(
      'GET',
      `/api/documents/${id}/versions?limit=1&cursor=${page.nextCursor}`,
    );
    expect([rest.items.map(({ number }) => number), rest.nextCursor]).toEqual([[1], null]);
  });

  test('LIFE-4 an outcome is written whatever people edit meanwhile', async () => {
    const id = await newEstimate();
    await changed(id, 'submitted');
    const statuses = createStatuses(server.database, server.lobby, createFigureRows(server.database, quiet), {
      recorded: async () => void (await write(id, (editor) => void addActual(editor, { amount: 50_000 }))),
    });
    const won = await statuses.change(await doer(), id, { to: 'won', note: '' });
    expect(won).toMatchObject({ is: 'won' });
    expect(await read(id, (view) => [view.meta.status.is, view.actuals.length])).toEqual(['won', 1]);
  });

  test('LIFE-5 only editors change a status, only of estimates, and of none in the bin; its versions stay there', async () => {
    const id = await newEstimate();
    await problem(await change(id, 'submitted', '', company.viewer), 403, 'read-only');
    const { versionId } = await changed(id, 'submitted');
    await company.owner.ask('DELETE', `/api/documents/${id}`);
    await problem(await change(id, 'won'), 404, 'not-found');
    expect(await versionsOf(id)).toMatchObject([{ id: versionId }]);
    await problem(await company.viewer.ask('GET', `/api/documents/${id}/versions`), 404, 'not-found');
    await company.owner.ask('POST', `/api/documents/${id}/restore`);
    await expectExact(id, versionId!);
    const { id: plain } = await company.editor.get<Entry>('POST', '/api/documents', {
      kind: 'dashboard',
      title: 'Sales',
    });
    await problem(await change(plain, 'submitted'), 422, 'invalid');
    await problem(await change(id, 'archived'), 422, 'invalid');
  });

  test('LIFE-6 what cannot be reckoned is not submitted, and the reasons are named', async () => {
    const id = await newEstimate();
    const most = Number.MAX_SAFE_INTEGER;
    let line = '';
    await write(id, (editor) => {
      [line = ''] = addLines(editor, { group: null }, [{ name: 'Gold', qty: most, unitCost: most }])!;
      setParam(editor, { targetBp: 10_000 });
      editor.doc
        .getMap<Y.Map<unknown>>('lines')
        .get([...viewOf(editor.doc).lines.keys()][0]!)!
        .set('qty', 'many');
    });
    const said = await problem(await change(id, 'submitted'), 422, 'cannot-submit');
    expect(Object.keys(said.fields!)).toEqual(expect.arrayContaining([`line ${line}`, 'total']));
    expect(said.detail).toContain('Line “Gold”: ');
    expect(Object.keys(said.fields!).some((place) => /^lines \S+ qty$/.test(place))).toBe(true);
    expect(await rowsOf(id)).toEqual([]);
    expect(await read(id, ({ meta }) => meta.status.is)).toBe('draft');
  });
});

describe('figures', () => {
  const listed = async (q: string) =>
    (await company.viewer.get<{ items: Entry[] }>('GET', `/api/documents?q=${encodeURIComponent(q)}`)).items;

  test('LIFE-7 lists know status, client and bid of an estimate, and find it by client and number', async () => {
    const id = await newEstimate();
    await write(id, (editor) => void setMeta(editor, { client: 'Müller & Söhne', number: 'B-2041' }));
    const entry = () => company.viewer.get<Entry>('GET', `/api/documents/${id}`);
    await vi.waitUntil(async () => (await entry()).figures?.client === 'Müller & Söhne', { timeout: 10_000 });
    expect((await entry()).figures).toEqual({
      status: 'draft',
      client: 'Müller & Söhne',
      bid: 187_500,
      currency: 'USD',
    });
    expect((await listed('müller roof')).map((found) => found.id)).toEqual([id]);
    expect((await listed('B-2041')).map((found) => found.id)).toEqual([id]);
    expect(await listed('müller wall')).toEqual([]);
    await changed(id, 'submitted');
    expect((await entry()).figures?.status).toBe('submitted');
  });

  test('LIFE-7 an estimate that was never reckoned is when it is opened', async () => {
    const like = await newEstimate();
    const state = await read(like, (_view, doc) => Y.encodeStateAsUpdate(doc));
    const { projectId } = await company.editor.get<Entry>('GET', `/api/documents/${like}`);
    // As documents were made before there were figures.
    const id = await createCatalogue(server.database, { exists: async () => true }).create(await doer(), {
      kind: 'estimate',
      title: 'Old',
      spaceId: projectId,
      state,
      files: [],
    });
    const figures = async () =>
      (await company.viewer.get<Entry>('GET', `/api/documents/${id}`)).figures?.bid ?? null;
    expect(await figures()).toBe(null);
    await other.lobby.read(id, () => null);
    await vi.waitUntil(async () => (await figures()) === 187_500);
  });

  test('LIFE-7 the row tells patterns what risks did and what was spent, and changes only with it', async () => {
    const id = await newEstimate();
    const row = () =>
      within((tx) =>
        tx.selectFrom('estimate_figures').selectAll().where('document_id', '=', id).executeTakeFirstOrThrow(),
      );
    await write(id, (editor) => {
      const risk = addRisk(editor, {
        title: 'Rot',
        category: 'Deck',
        probBp: 5_000,
        low: 10_000,
        high: 30_000,
      })!;
      setRisk(editor, risk, { outcome: 'struck', actualImpact: 25_000 });
      addActual(editor, { amount: 90_000 });
      addActual(editor, { amount: 70_000 });
    });
    const rows = createFigureRows(server.database, quiet);
    const keep = () => read(id, (_view, doc) => rows.keep(id, doc));
    await keep();
    const first = await row();
    expect(first).toMatchObject({
      status: 'draft',
      actual: 160_000,
      base: 150_000,
      cost: 160_000,
      bid: 200_000,
    });
    expect(first.risks).toMatchObject([
      {
        title: 'Rot',
        category: 'Deck',
        probBp: 5_000,
        expected: 10_000,
        outcome: 'struck',
        actualImpact: 25_000,
      },
    ]);
    await keep();
    expect((await row()).updated_at).toEqual(first.updated_at);
    await write(id, (editor) => void setParam(editor, { targetBp: 10_000 }));
    await keep();
    expect(await row()).toMatchObject({ bid: null, cost: null, lines: 1 });
  });
});
