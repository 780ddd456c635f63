import { brotli } from '@tidemark/database/packer';
import { kinds } from '@tidemark/documents';
import { addGroup, addLines, estimate, setCells, spliceText } from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { createHistory } from '@tidemark/history';
import { inlineBench } from '@tidemark/history/bench';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Entry } from '../documents/catalogue.ts';
import { viewOf } from '../estimates/figures-of.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import type { Doer } from '../versions/versions.ts';
import type { Acts } from './acts.ts';
import { createRecovery, type Recovered, type RecoveryEnd, titleAsOf } from './recovery.ts';
import type { TimelineItem } from './timeline.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let ids: { owner: string; editor: string };
let companyId: string;
let spaces: { shared: string; editors: string; owners: string };

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  const me = (person: TestPerson) =>
    person.get<{
      user: { id: string };
      company: { id: string };
      spaces: { id: string; kind: string }[];
    }>('GET', '/api/me');
  const [owner, editor] = [await me(company.owner), await me(company.editor)];
  companyId = owner.company.id;
  ids = { owner: owner.user.id, editor: editor.user.id };
  const own = ({ spaces: known }: typeof owner, kind: string) => known.find((one) => one.kind === kind)!.id;
  spaces = {
    shared: own(owner, 'company'),
    editors: own(editor, 'personal'),
    owners: own(owner, 'personal'),
  };
});
afterAll(() => server.destroy());

interface Standing {
  readonly by: readonly { readonly name: string }[];
  readonly document: { readonly id: string; readonly title: string };
  readonly standing: string;
  readonly came: boolean;
}

const create = (title: string, projectId: string, person = company.editor) =>
  person.get<Entry>('POST', '/api/documents', { kind: 'estimate', title, projectId });
async function edit(id: string, change: (editor: Editor) => void, userId = ids.editor): Promise<number> {
  const done = await server.lobby.edit(id, userId, (doc) =>
    change(createEditor(doc, estimate.schema, userId)),
  );
  if ('refused' in done) throw new Error(done.detail);
  return done.lsn;
}
const write = (id: string, text: string, userId = ids.editor) =>
  edit(id, (editor) => spliceText(editor, 'scope', text), userId);
/** A time after all that was stored, and before all that will be. */
async function moment(): Promise<number> {
  const passed = (time: number) =>
    vi.waitFor(() => expect(Date.now()).toBeGreaterThan(time), { interval: 1 });
  await passed(Date.now() + 2);
  const at = Date.now();
  await passed(at + 2);
  return at;
}
const iso = (time: number) => new Date(time).toISOString();
const content = async (id: string) =>
  JSON.parse(JSON.stringify(await server.lobby.read(id, (doc) => kinds.estimate.content(doc)))) as {
    scope: string;
  };
async function look(space: string, at: number, person = company.editor): Promise<Record<string, Standing>> {
  const { items } = await person.get<{ items: Standing[] }>(
    'GET',
    `/api/spaces/${space}/recovery?at=${iso(at)}`,
  );
  return Object.fromEntries(items.map((item) => [item.document.title, item]));
}
const linesIn = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Recovered | RecoveryEnd);
async function recover(space: string, at: number, wish: object, person = company.editor) {
  const answer = await person.ask('POST', `/api/spaces/${space}/recovery`, { at: iso(at), ...wish });
  if (answer.status !== 200) throw new Error(await answer.text());
  const lines = linesIn(await answer.text());
  const documents = lines.filter((line) => line.type === 'document');
  return { documents: new Map(documents.map((line) => [line.id, line])), end: lines.at(-1) };
}
const refusal = async (answer: Promise<Response>) => {
  const { status, code } = (await (await answer).json()) as Problem;
  return `${status} ${code}`;
};
const ignore = () => undefined;
const bin = (id: string) => company.editor.ask('DELETE', `/api/documents/${id}`);
const entry = (id: string) => company.editor.get<Entry>('GET', `/api/documents/${id}`);

/** Documents of every standing, in the editor's own space, and the time that they stand to. */
async function house() {
  const space = spaces.editors;
  const [same, changed, deleted, gone] = [
    await create('Same', space),
    await create('Changed', space),
    await create('Deleted', space),
    await create('Gone before', space),
  ].map(({ id }) => id) as [string, string, string, string];
  for (const id of [same, changed, deleted]) await write(id, 'then');
  await bin(gone);
  const at = await moment();
  await write(changed, 'now');
  await write(changed, 'now too', ids.owner);
  await write(deleted, 'now');
  await bin(deleted);
  await company.editor.get('PATCH', `/api/documents/${changed}`, { title: 'Renamed' });
  const since = (await create('Since', space)).id;
  return { space, at, same, changed, deleted, gone, since };
}
let made: Awaited<ReturnType<typeof house>>;
/** Nothing has left a space. */
const none = { purged: 0, moved: 0 };

test('TIME-50 a look at a time tells of each document what stood then, and changes nothing', async () => {
  made = await house();
  const heads = () =>
    Promise.all([made.changed, made.deleted].map((id) => server.database.history.place(id)));
  const before = await heads();
  const seen = await look(made.space, made.at);
  expect(seen.Same).toMatchObject({ standing: 'unchanged', edits: 0, by: [], binned: false });
  expect(seen.Renamed).toMatchObject({
    ...{ standing: 'changed', lsn: 2, edits: 3, binned: false, nearest: null, status: null },
    document: { id: made.changed, kind: 'estimate' },
  });
  expect(seen.Renamed!.by.map(({ name }) => name).sort()).toEqual(['Edda', 'Olga']);
  expect(seen.Deleted).toMatchObject({ standing: 'changed', edits: 1, binned: true });
  expect(seen['Gone before']).toMatchObject({ standing: 'in-bin', binned: false });
  expect(seen.Since).toMatchObject({ standing: 'made-since', lsn: null });
  expect(await heads()).toEqual(before);
  const pages: Standing[] = [];
  for (let cursor = ''; ; ) {
    const page = await company.editor.get<{ items: Standing[]; nextCursor: string | null }>(
      'GET',
      `/api/spaces/${made.space}/recovery?at=${iso(made.at)}&limit=2${cursor}`,
    );
    pages.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(pages.map(({ document }) => document.title).sort()).toEqual(Object.keys(seen).sort());
});

test('TIME-51 copies are what is made unless somebody says otherwise: once each, with the time in the title', async () => {
  const { documents, end } = await recover(made.space, made.at, { timeZone: 'Europe/Berlin' });
  expect(end).toEqual({
    type: 'end',
    restored: 0,
    copied: 2,
    nothing: 2,
    refused: 0,
    departed: none,
    complete: true,
  });
  const { copy } = documents.get(made.changed)!;
  expect(copy?.title).toBe(titleAsOf('Changed', made.at, 'Europe/Berlin'));
  expect((await content(copy!.id)).scope).toBe('then');
  expect((await content(documents.get(made.deleted)!.copy!.id)).scope).toBe('then');
  expect(await entry(copy!.id)).toMatchObject({ projectId: made.space, deletedAt: null });
  expect((await content(made.changed)).scope).toContain('now');
  expect((await entry(made.deleted)).deletedAt).not.toBeNull();
  // Whoever asks again is shown what is there.
  const again = await recover(made.space, made.at, { timeZone: 'Europe/Berlin' });
  expect(again.end).toMatchObject({ copied: 0, nothing: 4 });
  expect(again.documents.get(made.changed)!.copy).toEqual(copy);
  expect(titleAsOf('Roof', Date.UTC(2026, 10, 3, 14, 5), null)).toBe('Roof as of 3 Nov 2026, 14:05 UTC');
  expect(titleAsOf('x'.repeat(200), Date.UTC(2026, 10, 3, 14, 5, 7), 'Europe/Berlin')).toMatch(
    /^x{173} as of 3 Nov 2026, 15:05:07$/,
  );
});

test('TIME-52 in place each is restored as one edit between two versions, and comes out of the bin; again changes nothing', async () => {
  const { documents, end } = await recover(made.space, made.at, { mode: 'in-place' });
  expect(end).toEqual({
    type: 'end',
    restored: 2,
    copied: 0,
    nothing: 2,
    refused: 0,
    departed: none,
    complete: true,
  });
  expect(documents.get(made.changed)).toMatchObject({ outcome: 'restored', outOfBin: false });
  expect(documents.get(made.deleted)).toMatchObject({ outcome: 'restored', outOfBin: true });
  for (const id of [made.changed, made.deleted]) {
    expect((await content(id)).scope).toBe('then');
    // Lists follow the content.
    await vi.waitFor(async () => expect((await entry(id)).title).toMatch(/^Changed$|^Deleted$/), 10_000);
    expect((await entry(id)).deletedAt).toBeNull();
    const { items } = await company.editor.get<{ items: TimelineItem[] }>(
      'GET',
      `/api/documents/${id}/history`,
    );
    const reasons = items.flatMap((item) => (item.type === 'automatic' ? [item.reason] : []));
    expect(reasons).toEqual(expect.arrayContaining(['before-restore', 'restored']));
  }
  expect((await entry(made.gone)).deletedAt).not.toBeNull();
  expect((await entry(made.since)).deletedAt).toBeNull();
  const head = (await server.database.history.place(made.changed))!.head;
  expect((await recover(made.space, made.at, { mode: 'in-place' })).end).toMatchObject({
    restored: 0,
    nothing: 4,
    refused: 0,
  });
  expect((await server.database.history.place(made.changed))!.head).toBe(head);
});

test('TIME-53 only what is named is brought back, and what is not there is refused by name', async () => {
  const [one, two] = [await create('One', spaces.editors), await create('Two', spaces.editors)];
  const elsewhere = await create('Elsewhere', spaces.shared);
  const at = await moment();
  for (const { id } of [one, two, elsewhere]) await write(id, 'now');
  const named = { mode: 'in-place', documents: [one.id, elsewhere.id] };
  const { documents, end } = await recover(spaces.editors, at, named);
  expect(documents.get(elsewhere.id)).toMatchObject({ outcome: 'refused', problem: { code: 'not-found' } });
  expect(end).toMatchObject({ restored: 1, refused: 1, complete: true });
  expect((await content(one.id)).scope).toBe('');
  expect((await content(two.id)).scope).toBe('now');
  expect((await content(elsewhere.id)).scope).toBe('now');
});

test('TIME-76 what has left the space since is told: counted, and by name and place where the reader may know of it', async () => {
  const { editor, owner } = company;
  const [mine, shared] = [spaces.editors, spaces.shared];
  const [purged, binnedThen, here, back] = [
    await create('Purged', shared),
    await create('In the bin then', shared),
    await create('Now mine', shared),
    await create('There and back', shared),
  ].map(({ id }) => id) as [string, string, string, string];
  const hidden = (await create('Now hers', shared, owner)).id;
  const came = (await create('Came since', mine)).id;
  await bin(binnedThen);
  const at = await moment();
  const early = { at: iso(at - 600_000), mode: 'copies' };
  const move = (id: string, projectId: string, by = editor) =>
    by.get('PATCH', `/api/documents/${id}`, { projectId });
  await move(here, mine);
  await move(hidden, spaces.owners, owner);
  await move(came, shared);
  await move(back, mine);
  await move(back, shared);
  await bin(purged);
  for (const id of [purged, binnedThen]) await owner.ask('POST', `/api/documents/${id}/purge`);
  const ask = (space: string, more = '') =>
    editor.get<{ items: Standing[]; departed: unknown }>(
      'GET',
      `/api/spaces/${space}/recovery?at=${iso(at)}${more}`,
    );
  const seen = await ask(shared);
  expect(seen.departed).toEqual({
    ...{ purged: 1, moved: 2, hidden: 1 },
    elsewhere: [
      {
        document: { id: here, kind: 'estimate', title: 'Now mine' },
        space: { id: mine, name: expect.any(String) as string },
      },
    ],
  });
  const cameSince = seen.items.filter((item) => item.came).map(({ document }) => document.title);
  expect(cameSince).toEqual(['Came since']);
  expect((await ask(shared, `&cursor=${came}`)).departed).toBeNull();
  expect((await ask(mine)).departed).toMatchObject({ purged: 0, moved: 1, hidden: 0 });
  const wish = { documents: [back, here.toUpperCase()] };
  const { documents, end } = await recover(shared, at, wish);
  expect(documents.get(here)).toMatchObject({ outcome: 'refused', problem: { code: 'not-found' } });
  expect(end).toMatchObject({ nothing: 1, refused: 1, departed: { purged: 1, moved: 2 } });
  expect((await recover(shared, at, early)).end).toMatchObject({ departed: none });
});

test('TIME-54 prices of an estimate that is not a draft stand still: refused in place, whole, and copied as a draft', async () => {
  const { id } = await create('Bid', spaces.editors);
  let line = '';
  await edit(id, (editor) => {
    const group = addGroup(editor, 'Tear-off')!;
    [line] = addLines(editor, { group }, [{ name: 'Nails', qty: 10_000, unitCost: 100 }])! as [string];
  });
  const at = await moment();
  await edit(id, (editor) => setCells(editor, [{ id: line, column: 'unitCost', value: 200 }]));
  await company.editor.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
  expect((await look(spaces.editors, at)).Bid).toMatchObject({ standing: 'changed', status: 'submitted' });
  const now = await content(id);
  const inPlace = await recover(spaces.editors, at, { mode: 'in-place', documents: [id] });
  expect(inPlace.documents.get(id)).toMatchObject({
    outcome: 'refused',
    problem: { code: 'status-conflict', detail: expect.stringContaining('prices stand still') as string },
  });
  expect(inPlace.end).toMatchObject({ refused: 1, complete: true });
  expect(await content(id)).toEqual(now);
  const copies = await recover(spaces.editors, at, { documents: [id] });
  const { copy } = copies.documents.get(id)!;
  expect(await entry(copy!.id)).toMatchObject({ figures: { status: 'draft' } });
  expect(await server.lobby.read(copy!.id, (doc) => viewOf(doc).lines.get(line)?.unitCost)).toBe(100);
});

test('TIME-55 where every edit is no longer kept it says so, and takes the version before only when it is told to', async () => {
  const { id } = await create('Thinned', spaces.editors);
  await write(id, 'kept');
  await company.editor.get('POST', `/api/documents/${id}/history/marks`, { reason: 'before-import' });
  await write(id, 'between');
  const at = await moment();
  await write(id, 'after');
  // What belongs to a former life may be packed, and thinned, at once.
  await company.editor.get('POST', `/api/documents/${id}/reset`);
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  // Nobody is at work any more.
  const clock = { now: () => Date.now() + 3_600_000, after: () => () => undefined };
  const history = createHistory({
    store: server.database.history,
    bench: inlineBench(brotli),
    clock,
    journal: log,
  });
  await history.settle(id);
  await history.archive(id);
  expect(await history.thin(id, Date.now())).toMatchObject({ upTo: 4 });
  expect((await look(spaces.editors, at)).Thinned).toMatchObject({
    standing: 'no-detail',
    lsn: null,
    nearest: { name: '' },
  });
  const first = await recover(spaces.editors, at, { mode: 'in-place', documents: [id] });
  expect(first.documents.get(id)).toMatchObject({ outcome: 'refused', problem: { code: 'no-detail' } });
  expect((await content(id)).scope).toBe('');
  const copies = await recover(spaces.editors, at, { nearest: true, documents: [id] });
  expect((await content(copies.documents.get(id)!.copy!.id)).scope).toBe('kept');
  await recover(spaces.editors, at, { mode: 'in-place', nearest: true, documents: [id] });
  expect((await content(id)).scope).toBe('kept');
});

test('TIME-56 in the shared space whoever edits makes copies and owners restore in place; nobody else looks or acts', async () => {
  const { id } = await create('Shared', spaces.shared);
  const at = await moment();
  await write(id, 'now');
  const address = `/api/spaces/${spaces.shared}/recovery`;
  const body = { at: iso(at), mode: 'in-place', documents: [id] };
  expect(await refusal(company.editor.ask('POST', address, body))).toBe('403 no-access');
  expect(await refusal(company.viewer.ask('POST', address, body))).toBe('403 read-only');
  expect(await refusal(company.viewer.ask('GET', `${address}?at=${iso(at)}`))).toBe('403 read-only');
  const others = `/api/spaces/${spaces.owners}/recovery`;
  expect(await refusal(company.editor.ask('POST', others, body))).toBe('404 not-found');
  expect(await refusal(company.editor.ask('GET', `${others}?at=${iso(at)}`))).toBe('404 not-found');
  const future = iso(Date.now() + 60_000);
  expect(await refusal(company.owner.ask('GET', `${address}?at=${future}`))).toBe('422 invalid');
  expect(await refusal(company.owner.ask('POST', address, { at: future }))).toBe('422 invalid');
  expect(await refusal(company.owner.ask('POST', address, { ...body, timeZone: 'Mars' }))).toBe(
    '422 invalid',
  );
  expect((await content(id)).scope).toBe('now');
  expect((await recover(spaces.shared, at, { documents: [id] })).end).toMatchObject({ copied: 1 });
  const restored = await recover(spaces.shared, at, { mode: 'in-place', documents: [id] }, company.owner);
  expect(restored.end).toMatchObject({ restored: 1 });
  expect((await content(id)).scope).toBe('');
});

test('TIME-57 one at a time in a space; whoever goes away ends it after the document under way', async () => {
  const documents: string[] = [];
  for (const title of ['A', 'B', 'C']) documents.push((await create(title, spaces.shared)).id);
  documents.sort();
  const at = await moment();
  for (const id of documents) await write(id, 'now');
  const scopes = async () => {
    const found = [];
    for (const id of documents) found.push((await content(id)).scope);
    return found;
  };
  const address = `/api/spaces/${spaces.shared}/recovery`;
  const body = { at: iso(at), mode: 'in-place', documents };
  // Nobody writes to the first document for a while.
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query('select from tidemark.documents where id = $1 for update', [documents[0]]);
  const abort = new AbortController();
  const left = Promise.withResolvers<void>();
  server.app.server.once('request', (_request, response) => response.once('close', left.resolve));
  const away = fetch(`${server.origin}${address}`, {
    method: 'POST',
    headers: { cookie: company.owner.cookie, origin: server.origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: abort.signal,
  }).then(
    (answer) => answer.text(),
    () => 'aborted',
  );
  await vi.waitFor(async () => {
    const { rows } = await client.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    expect(rows.length).toBeGreaterThan(0);
  }, 10_000);
  expect(await refusal(company.owner.ask('POST', address, body))).toBe('429 too-many-requests');
  abort.abort();
  expect(await away).toBe('aborted');
  await left.promise;
  await client.query('rollback');
  await client.end();
  await vi.waitFor(async () => expect(await scopes()).toEqual(['', 'now', 'now']), 10_000);
  const rest = await vi.waitFor(() => recover(spaces.shared, at, body, company.owner), 10_000);
  expect(rest.end).toEqual({
    type: 'end',
    restored: 2,
    copied: 0,
    nothing: 1,
    refused: 0,
    departed: none,
    complete: true,
  });
  expect(await scopes()).toEqual(['', '', '']);
});

test('TIME-58 a fault of one document leaves the others; one of the storage, or a right that is gone, ends it and says so', async () => {
  const member = `/api/company/members/${ids.editor}`;
  const doer = { tenant: { companyId: companyId, userId: ids.editor }, role: 'owner' } as Doer;
  const entries = ['A', 'B', 'C'].map((id) => ({ id, title: id }) as Entry);
  const plans = entries.map((each, n) => ({
    ...{ entry: each, standing: 'changed' as const, lsn: n + 1 },
    ...{ edits: 1, by: [], binned: false, came: false, nearest: null },
  }));
  const events: string[] = [];
  const hear = (event: string) => void events.push(event);
  const run = async (restore: (document: Entry) => Promise<unknown>) => {
    const recovery = createRecovery({
      database: server.database,
      plans: {
        page: async () => ({ items: plans, next: null }),
        departed: async () => ({ ...none, hidden: 0, elsewhere: [] }),
      },
      acts: { restore: (_doer: Doer, document: Entry) => restore(document) } as unknown as Acts,
      ...({} as Pick<
        Parameters<typeof createRecovery>[0],
        'history' | 'catalogue' | 'versions' | 'workshop'
      >),
      journal: { debug: hear, info: hear, warn: hear, error: hear },
    });
    const wish = { at: 0, mode: 'in-place', documents: null, nearest: false, timeZone: null } as const;
    const told = [];
    for await (const line of recovery.run(doer, { id: spaces.shared, kind: 'company' }, wish))
      told.push(line.type === 'end' ? `complete: ${line.complete}` : (line.problem?.code ?? line.outcome));
    return told;
  };
  const done = { lsn: 9, before: 'x', after: 'y', along: [] };
  await company.owner.get('PATCH', member, { role: 'owner' });
  const broken = async ({ id }: Entry) => {
    if (id === 'A') throw new Error('broken');
    return done;
  };
  expect(await run(broken)).toEqual(['internal', 'restored', 'restored', 'complete: true']);
  expect(events).toEqual(['recovery-failed', 'space-recovered']);
  const away = async ({ id }: Entry) => {
    if (id === 'B') throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    return done;
  };
  expect(await run(away)).toEqual(['restored', 'cannot-store', 'complete: false']);
  const demoting = async () => {
    await company.owner.get('PATCH', member, { role: 'editor' });
    return done;
  };
  expect(await run(demoting)).toEqual(['restored', 'no-access', 'complete: false']);
});
