import { brotli } from '@tidemark/database/packer';
import { kinds } from '@tidemark/documents';
import {
  addGroup,
  addLines,
  estimate,
  removeGroup,
  setCells,
  setMeta,
  spliceText,
} from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { packEntries } from '@tidemark/history';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Entry } from '../documents/catalogue.ts';
import { viewOf } from '../estimates/figures-of.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import type { Version } from '../versions/versions.ts';
import { createEdits } from './edits.ts';
import type { TimelineItem } from './timeline.ts';

let server: TestServer;
/** Another process of the same database. */
let other: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let ids: { owner: string; editor: string };

beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ DATABASE_URL: server.databaseUrl });
  company = await foundCompany(server.origin);
  const idOf = async (person: TestPerson) =>
    (await person.get<{ user: { id: string } }>('GET', '/api/me')).user.id;
  ids = { owner: await idOf(company.owner), editor: await idOf(company.editor) };
});
afterAll(async () => {
  await other.destroy();
  await server.destroy();
});

interface Page {
  readonly items: TimelineItem[];
  readonly nextCursor: string | null;
  readonly head: { readonly lsn: number; readonly at: string };
  readonly detail: { readonly lsn: number; readonly days: number | null };
  readonly settling: boolean;
}

interface Restored {
  readonly lsn: number;
  readonly before: string;
  readonly after: string;
  readonly along: readonly { readonly id: string }[];
}

const create = (kind: string, title: string, person = company.editor) =>
  person.get<Entry>('POST', '/api/documents', { kind, title });
const edit = async (id: string, userId: string | null, change: (editor: Editor) => void) => {
  const done = await server.lobby.edit(id, userId, (doc) =>
    change(createEditor(doc, estimate.schema, userId)),
  );
  if ('refused' in done) throw new Error(done.detail);
  return done.lsn;
};
const read = async <T>(id: string, use: (doc: Y.Doc) => T) => (await server.lobby.read(id, use)) as T;
const contentNow = (id: string) =>
  read(id, (doc) => JSON.parse(JSON.stringify(kinds.estimate.content(doc))) as unknown);
/** Asked for until all that is stored is in it. */
async function page(id: string, query = '', person = company.editor): Promise<Page> {
  return vi.waitFor(
    async () => {
      const found = await person.get<Page>('GET', `/api/documents/${id}/history${query}`);
      if (found.settling) throw new Error('Work is still being read.');
      return found;
    },
    { timeout: 20_000 },
  );
}
const contentAt = async (id: string, lsn: number, person = company.editor) =>
  (await person.get<{ content: unknown }>('GET', `/api/documents/${id}/history/${lsn}/content`)).content;
const refusal = async (answer: Promise<Response>) => {
  const { status, code } = (await (await answer).json()) as Problem;
  return `${status} ${code}`;
};

/** An estimate, two of its lines, and the moments between. */
async function roof(title = 'Roof') {
  const { id } = await create('estimate', title);
  let lines: readonly string[] = [];
  const first = await edit(id, ids.editor, (editor) => {
    setMeta(editor, { client: 'Harbour School' });
    const group = addGroup(editor, 'Tear-off')!;
    lines = addLines(editor, { group }, [
      { name: 'Shingles', qty: 3_000_000, unitCost: 50_000 },
      { name: 'Nails', qty: 1_000_000, unitCost: 100 },
    ])!;
  });
  const then = await contentNow(id);
  const second = await edit(id, ids.owner, (editor) => {
    setCells(editor, [{ id: lines[0]!, column: 'unitCost', value: 60_000 }]);
    spliceText(editor, 'scope', 'All of the roof');
  });
  return { id, lines, first, then, second, now: await contentNow(id) };
}

describe('the history of a document', () => {
  test('TIME-3 tells who worked when, with versions of all sorts and lives, page by page, once each', async () => {
    const { id, first, second } = await roof();
    const named = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, { name: 'A' });
    await company.editor.get('POST', `/api/documents/${id}/history/marks`, {
      reason: 'before-import',
      about: 'prices.csv',
    });
    await company.owner.get('POST', `/api/documents/${id}/reset`);
    const all = await page(id);
    expect(all).toMatchObject({ settling: false, nextCursor: null, detail: { lsn: 0, days: 365 } });
    expect(all.items.map(({ type }) => type).sort()).toEqual([
      'automatic',
      'life',
      'session',
      'session',
      'session',
      'version',
    ]);
    const sessions = all.items.filter((item) => item.type === 'session');
    expect(sessions).toContainEqual(
      expect.objectContaining({ by: { id: ids.editor, name: 'Edda' }, first: 1, last: first, detail: true }),
    );
    expect(sessions).toContainEqual(
      expect.objectContaining({ by: { id: ids.owner, name: 'Olga' }, first: second, edits: 1 }),
    );
    expect(all.items.find((item) => item.type === 'version')).toMatchObject({ version: named, lsn: second });
    expect(all.items.find((item) => item.type === 'automatic')).toMatchObject({
      reason: 'before-import',
      about: 'prices.csv',
      by: { name: 'Edda' },
      lsn: second,
    });
    expect(all.items.find((item) => item.type === 'life')).toMatchObject({ by: { name: 'Olga' } });
    const paged: TimelineItem[] = [];
    for (let cursor = ''; ; ) {
      const next = await page(id, `?limit=1${cursor}`);
      paged.push(...next.items);
      if (next.nextCursor === null) break;
      cursor = `&cursor=${next.nextCursor}`;
    }
    expect(paged).toEqual(all.items);
    expect(await refusal(company.editor.ask('GET', `/api/documents/${id}/history?cursor=x`))).toBe(
      '422 invalid',
    );
  });

  test('TIME-6 whoever reads sees it, nobody else; what is asked for wrongly is refused', async () => {
    const { id, first, then } = await roof();
    expect(await contentAt(id, first, company.viewer)).toEqual(then);
    expect((await page(id, '', company.viewer)).items.length).toBeGreaterThan(1);
    const stranger = await signUp(server.origin, 'Stella');
    const history = `/api/documents/${id}/history`;
    for (const address of [
      '',
      '/stops',
      '/edits',
      `/${first}/state`,
      `/${first}/content`,
      '/changes?from=1&to=2',
    ]) {
      expect(await refusal(stranger.ask('GET', `${history}${address}`))).toBe('404 not-found');
    }
    expect(await refusal(company.viewer.ask('GET', `${history}/999/state`))).toBe('404 not-found');
    expect(await refusal(company.viewer.ask('GET', `${history}/x/state`))).toBe('404 not-found');
    const garbage = [
      [1e300, null, null],
      [1, [1.5, 1], null],
      [1, null, -1],
      [1, [1, 1e17], 1],
      [-9e15, null, null],
    ];
    for (const place of [...garbage.map((one) => JSON.stringify(one)), '', 'null', '[']) {
      const cursor = Buffer.from(place).toString('base64url');
      expect([place, await refusal(company.viewer.ask('GET', `${history}?cursor=${cursor}`))]).toEqual([
        place,
        '422 invalid',
      ]);
    }
    for (const query of [
      'from=9007199254740993&to=9999999999999999',
      `from=0&to=${first}&to=2`,
      'from=-1&to=2',
    ])
      expect(await refusal(company.viewer.ask('GET', `${history}/changes?${query}`))).toMatch(/^4/);
    for (const lsn of ['-1', '1.5', '9007199254740993', '1e3'])
      expect(await refusal(company.viewer.ask('GET', `${history}/${lsn}/state`))).toMatch(/^4/);
    for (const time of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
      expect((await company.viewer.ask('GET', `${history}/at?time=${time}`)).status).toBe(200);
    await company.editor.ask('DELETE', `/api/documents/${id}`);
    expect(await refusal(company.viewer.ask('GET', history))).toBe('404 not-found');
    const wishes = {
      marks: { reason: 'restored' },
      restore: { to: { lsn: 1 } },
      versions: { lsn: 1, name: 'x' },
    };
    for (const [what, wish] of Object.entries(wishes)) {
      expect(await refusal(company.editor.ask('POST', `${history}/${what}`, wish))).toBe('404 not-found');
    }
  });

  test('TIME-10 a moment comes once to whoever keeps it, and never to who may read no more', async () => {
    const { id, first } = await roof();
    const address = `/api/documents/${id}/history/${first}/state`;
    const answer = await company.viewer.ask('GET', address);
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()));
    expect(viewOf(doc).meta.client).toBe('Harbour School');
    const again = () =>
      company.viewer.ask('GET', address, undefined, { 'if-none-match': answer.headers.get('etag')! });
    expect((await again()).status).toBe(304);
    const { spaces } = await company.editor.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
    const own = spaces.find(({ kind }) => kind === 'personal')!.id;
    await company.editor.get('PATCH', `/api/documents/${id}`, { projectId: own });
    expect((await again()).status).toBe(404);
  });

  test('TIME-1 the place of a time and the stops lead to moments that the replay of the log gives', async () => {
    const { id, second, now } = await roof();
    await page(id);
    const { items } = await company.viewer.get<{ items: { lsn: number; at: string; by: string }[] }>(
      'GET',
      `/api/documents/${id}/history/stops`,
    );
    expect(items.at(-1)).toMatchObject({ lsn: second, by: ids.owner });
    const at = await company.viewer.get<{ lsn: number }>(
      'GET',
      `/api/documents/${id}/history/at?time=${encodeURIComponent(items.at(-1)!.at)}`,
    );
    // Times of the log are finer than a millisecond.
    expect([second - 1, second]).toContain(at.lsn);
    expect(await contentAt(id, second)).toEqual(now);
    const replay = new Y.Doc();
    const { rows } = await server.database.history.entries(id, 0, second);
    for (const { lsn, update } of rows) {
      Y.applyUpdate(replay, update);
      expect(await contentAt(id, lsn)).toEqual(JSON.parse(JSON.stringify(kinds.estimate.content(replay))));
    }
  });

  test('TIME-65 every single edit is told with its time and author, packed or not, a thousand at a time', async () => {
    const { id, first, second } = await roof();
    const edits = (query: string) =>
      company.viewer.get<{ items: { lsn: number; at: string; by: string | null }[] }>(
        'GET',
        `/api/documents/${id}/history/edits${query}`,
      );
    const { items } = await edits('');
    const { history } = server.database;
    const { rows } = await history.entries(id, 0, second);
    expect(items).toEqual(
      rows.map(({ lsn, at, userId }) => ({ lsn, at: new Date(at).toISOString(), by: userId })),
    );
    expect(items.slice(-2).map(({ lsn, by }) => [lsn, by])).toEqual([
      [first, ids.editor],
      [second, ids.owner],
    ]);
    expect((await edits(`?from=${first}&to=${second}`)).items).toEqual(items.slice(-1));
    expect((await edits(`?from=${second}`)).items).toEqual([]);
    // As segments of rows that are packed hold them, and more than is asked for.
    const packed = rows.slice(0, -1);
    const store = {
      reach: async (_: string, _after: number, upTo: number) => upTo,
      entries: async () => ({
        segments: [{ first: 1, last: first, content: packEntries(packed, brotli) }],
        // Of a row that was packed meanwhile both are told.
        rows: rows.slice(-2),
      }),
    };
    const within = (after: number, upTo: number) => createEdits({ store }).within(id, after, upTo);
    expect((await within(0, second)).map(({ lsn }) => lsn)).toEqual(items.map(({ lsn }) => lsn));
    expect((await within(1, first)).map(({ lsn }) => lsn)).toEqual(
      packed.map(({ lsn }) => lsn).filter((lsn) => lsn > 1),
    );
  });
});

interface Changes {
  readonly differences: {
    readonly type: string;
    readonly collection: string;
    readonly id: string;
    readonly register: string | null;
    readonly by: { readonly name: string; readonly lsn: number } | null;
  }[];
  readonly texts: { readonly text: string; readonly by: { readonly name: string }[] }[];
  readonly complete: boolean;
}

describe('what differs between two moments', () => {
  const changes = (id: string, from: number | string, to: number | string) =>
    company.viewer.get<Changes>('GET', `/api/documents/${id}/history/changes?from=${from}&to=${to}`);

  test('TIME-4 is told with who did it and when, also between versions', async () => {
    const { id, lines, first, second } = await roof();
    const expected = {
      differences: [
        {
          type: 'changed',
          collection: 'lines',
          id: lines[0],
          register: 'unitCost',
          by: expect.objectContaining({ id: ids.owner, name: 'Olga', lsn: second }),
        },
      ],
      texts: [{ text: 'scope', by: [expect.objectContaining({ name: 'Olga', lsn: second })] }],
      complete: true,
    };
    expect(await changes(id, first, second)).toEqual(expected);
    const named = await company.editor.get<Version>('POST', `/api/documents/${id}/history/versions`, {
      lsn: first,
      name: 'Offer',
    });
    const now = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, { name: 'Now' });
    expect(await changes(id, named.id, now.id)).toEqual(expected);
    expect(await changes(id, named.id, second)).toEqual(expected);
    expect(await changes(id, named.id, first)).toEqual({ differences: [], texts: [], complete: true });
  });

  test('TIME-11 goes from the earlier to the later one, of versions of this document', async () => {
    const { id, first, second } = await roof();
    const ask = (from: string | number, to: string | number) =>
      refusal(company.viewer.ask('GET', `/api/documents/${id}/history/changes?from=${from}&to=${to}`));
    const elsewhere = await roof('Elsewhere');
    const named = await company.editor.get<Version>('POST', `/api/documents/${elsewhere.id}/versions`, {
      name: 'There',
    });
    expect(await ask(second, first)).toBe('422 invalid');
    expect(await ask(first, 'yesterday')).toBe('422 invalid');
    expect(await ask(first, 999)).toBe('404 not-found');
    expect(await ask(first, named.id)).toBe('404 not-found');
  });
});

const restore = (id: string, to: object, person = company.editor) =>
  person.get<Restored>('POST', `/api/documents/${id}/history/restore`, { to });
const automatic = async (id: string) => (await page(id)).items.filter((item) => item.type === 'automatic');

describe('a restore', () => {
  test('TIME-5 is one edit of who asked, between two automatic versions, of a moment or of a version', async () => {
    const { id, first, then, second, now } = await roof();
    const named = await company.owner.get<Version>('POST', `/api/documents/${id}/versions`, { name: 'Now' });
    const back = await restore(id, { lsn: first });
    expect(back.lsn).toBe(second + 1);
    expect(await contentNow(id)).toEqual(then);
    const { rows } = await server.database.history.entries(id, second, second + 1);
    expect(rows).toMatchObject([{ lsn: back.lsn, userId: ids.editor }]);
    expect(await automatic(id)).toMatchObject([
      { id: back.after, reason: 'restored', lsn: back.lsn, by: { name: 'Edda' } },
      { id: back.before, reason: 'before-restore', lsn: second, by: { name: 'Edda' } },
    ]);
    expect(await contentAt(id, second)).toEqual(now);
    const forth = await restore(id, { versionId: named.id }, company.owner);
    expect(await contentNow(id)).toEqual(now);
    expect((await automatic(id))[0]).toMatchObject({ id: forth.after, about: 'Now' });
    // Nothing differs: nothing is written.
    expect(await restore(id, { lsn: second })).toMatchObject({ lsn: forth.lsn, before: null, after: null });
    expect((await automatic(id))[0]).toMatchObject({ id: forth.after });
    expect(
      await refusal(company.editor.ask('POST', `/api/documents/${id}/history/restore`, { to: {} })),
    ).toBe('422 invalid');
  });

  test('TIME-5 loses nothing of what others write meanwhile, in two processes: the version before it has all of it', async () => {
    const { id, lines, first } = await roof();
    await other.lobby.read(id, () => null);
    let going = true;
    const write = async ({ lobby }: TestServer, line: string) => {
      for (let n = 1; going; n += 1) {
        await lobby.edit(id, ids.owner, (doc) => {
          setCells(createEditor(doc, estimate.schema, ids.owner), [{ id: line, column: 'qty', value: n }]);
        });
      }
    };
    const writers = [write(server, lines[0]!), write(other, lines[1]!)];
    const back = await restore(id, { lsn: first });
    going = false;
    await Promise.all(writers);
    const versions = await automatic(id);
    const before = versions.find((version) => version.id === back.before)!;
    expect(before.lsn).toBe(back.lsn - 1);
    const { rows } = await server.database.history.entries(id, back.lsn - 1, back.lsn);
    expect(rows).toMatchObject([{ userId: ids.editor }]);
    // The state then is that of the log up to there, whoever wrote it and where.
    const replay = new Y.Doc();
    for (const { update } of (await server.database.history.entries(id, 0, before.lsn)).rows)
      Y.applyUpdate(replay, update);
    expect(await contentAt(id, before.lsn)).toEqual(
      JSON.parse(JSON.stringify(kinds.estimate.content(replay))),
    );
    // What nobody wrote to meanwhile is as it was.
    const line = (await read(id, viewOf)).lines.get(lines[0]!);
    expect(line?.unitCost).toBe(50_000);
  });

  test('TIME-5 TIME-24 by an editor is told as exactly its own edit, and what others did since the mark before it is kept', async () => {
    const { id } = await roof();
    const name = (client: string, userId: string) =>
      edit(id, userId, (editor) => setMeta(editor, { client }));
    const mark = (wish: object) =>
      company.editor.get<{ lsn: number }>('POST', `/api/documents/${id}/history/marks`, wish);
    const { lsn: after } = await mark({ reason: 'before-restore', about: 'then' });
    const between = await name('Between', ids.owner);
    const own = await read(id, ({ clientID, store }) => ({
      clientId: clientID,
      clock: Y.getState(store, clientID),
    }));
    const lsn = await name('Restored', ids.editor);
    const head = await name('After', ids.owner);
    expect(await mark({ reason: 'restored', about: 'then', entry: { after, ...own } })).toMatchObject({
      lsn,
    });
    expect((await automatic(id)).map((version) => [version.reason, version.lsn])).toEqual(
      expect.arrayContaining([
        ['before-restore', after],
        ['before-restore', between],
        ['restored', lsn],
      ]),
    );
    // What is not there to be found is not looked for.
    const wrong = { after: head + 1, ...own };
    expect(await mark({ reason: 'restored', entry: wrong })).toMatchObject({ lsn: head });
  });

  test('TIME-67 of one that was made offline both versions are made when it comes, and none of a state that is not known', async () => {
    const { id, second } = await roof();
    const mark = (entry: object) =>
      company.editor.get<{ lsn: number }>('POST', `/api/documents/${id}/history/marks`, {
        ...{ reason: 'restored', about: 'then', entry },
      });
    // Made before and after the restore on the same device, in one update; it comes from another replica than wrote it.
    const offline = new Y.Doc();
    Y.applyUpdate(offline, await read(id, (doc) => Y.encodeStateAsUpdate(doc)));
    const editor = createEditor(offline, estimate.schema, ids.editor);
    setMeta(editor, { client: 'Before it' });
    const own = { clientId: offline.clientID, clock: Y.getState(offline.store, offline.clientID) };
    setMeta(editor, { client: 'Restored' });
    const meanwhile = await edit(id, ids.owner, (of) => setMeta(of, { site: 'Elsewhere' }));
    const update = Y.encodeStateAsUpdate(offline);
    const came = await server.lobby.edit(id, ids.editor, (doc) => Y.applyUpdate(doc, update));
    const head = await edit(id, ids.owner, (of) => setMeta(of, { site: 'Here' }));
    expect([meanwhile, came, head]).toEqual([second + 1, { lsn: second + 2 }, second + 3]);
    expect(await mark(own)).toMatchObject({ lsn: second + 2 });
    const marks = async () => (await automatic(id)).map(({ reason, lsn }) => [reason, lsn]);
    expect((await marks()).sort()).toEqual([
      ['before-restore', meanwhile],
      ['restored', second + 2],
    ]);
    // An edit that is not there: what stands now is a version, and nothing is said of what was before.
    expect(await mark({ clientId: 1, clock: 7 })).toMatchObject({ lsn: head });
    expect((await marks()).filter(([reason]) => reason === 'before-restore')).toHaveLength(1);
  });

  test('TIME-12 of an estimate that is not a draft leaves its prices alone and says so', async () => {
    const { id, lines, first, second } = await roof();
    await company.editor.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
    const submitted = await contentNow(id);
    const answer = await company.editor.ask('POST', `/api/documents/${id}/history/restore`, {
      to: { lsn: first },
    });
    expect((await answer.json()) as Problem).toMatchObject({
      code: 'status-conflict',
      detail: expect.stringContaining('would change lines'),
    });
    expect(await contentNow(id)).toEqual(submitted);
    // And history tells of no restore that never was.
    expect(await automatic(id)).toEqual([]);
    // What has no price goes back, and the status stands.
    await edit(id, ids.owner, (editor) => setMeta(editor, { client: 'Somebody else' }));
    await restore(id, { lsn: second });
    const view = await read(id, viewOf);
    expect(view.meta).toMatchObject({ client: 'Harbour School', status: { is: 'submitted' } });
    expect(lines.length).toBe(2);
  });
});

describe('a restore of some things', () => {
  test('TIME-15 leaves all else as it is; of a submitted estimate nothing that has a price', async () => {
    const { id, lines, first } = await roof();
    await edit(id, ids.owner, (editor) => {
      setCells(editor, [{ id: lines[1]!, column: 'unitCost', value: 200 }]);
    });
    const address = `/api/documents/${id}/history/restore`;
    const line = (which: string) => ({ collection: 'lines', id: which });
    const only = [line(lines[0]!)];
    const back = await company.editor.get<Restored>('POST', address, { to: { lsn: first }, only });
    expect(back).toMatchObject({ before: expect.any(String), along: [] });
    const costs = async () => [...(await read(id, viewOf)).lines.values()].map(({ unitCost }) => unitCost);
    expect(await costs()).toEqual([50_000, 200]);
    await company.editor.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
    const wish = { to: { lsn: first }, only: [line(lines[1]!)] };
    expect(await refusal(company.editor.ask('POST', address, wish))).toBe('409 status-conflict');
    expect(await costs()).toEqual([50_000, 200]);
    const text = { to: { lsn: first }, only: [{ collection: 'texts', id: 'scope' }] };
    expect(await company.editor.get('POST', address, text)).toMatchObject({ after: expect.any(String) });
  });
});

describe('a restore of a section', () => {
  test('TIME-71 brings its lines, and says so, unless it is wanted alone', async () => {
    const { id, lines, first } = await roof();
    const group = (await read(id, viewOf)).lines.get(lines[0]!)!.group!;
    const held = [...(await read(id, viewOf)).lines.values()].flatMap((line) =>
      line.group === group ? [line.id] : [],
    );
    const restored = async (alone: boolean) => {
      await edit(id, ids.owner, (editor) => removeGroup(editor, group));
      const only = [{ collection: 'groups', id: group }];
      const { along } = await company.editor.get<Restored>('POST', `/api/documents/${id}/history/restore`, {
        to: { lsn: first },
        only,
        alone,
      });
      const shown = await read(id, viewOf);
      expect(shown.sections.some(({ group: of }) => of?.id === group)).toBe(true);
      return [along.map((thing) => thing.id).sort(), held.filter((line) => shown.lines.has(line))];
    };
    expect(await restored(true)).toEqual([[], []]);
    const [along, shown] = await restored(false);
    expect(along).toEqual([...held].sort());
    expect(shown).toEqual(held);
  });
});

describe('a past moment', () => {
  test('TIME-13 gets a name, the next number and what it came to, and stands where it was', async () => {
    const { id, first, then } = await roof();
    const now = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, { name: 'Now' });
    const past = await company.owner.get<Version>('POST', `/api/documents/${id}/history/versions`, {
      lsn: first,
      name: 'The offer',
      note: 'as sent',
    });
    expect(past).toMatchObject({ number: 2, name: 'The offer', note: 'as sent', by: { name: 'Olga' } });
    expect(past.parent).toMatchObject({ id: now.id });
    expect(past.totals!.base).not.toBe(now.totals!.base);
    const kept = await company.viewer.get<{ content: unknown }>(
      'GET',
      `/api/documents/${id}/versions/${past.id}/content`,
    );
    expect(kept.content).toEqual(then);
    const { items } = await page(id);
    const named = items.filter((item) => item.type === 'version');
    expect(named.map(({ version }) => version.name)).toEqual(['Now', 'The offer']);
    expect(named[1]).toMatchObject({ lsn: first });
    expect(Date.parse(named[1]!.at)).toBeLessThan(Date.parse(named[0]!.at));
  });

  test('TIME-14 begins another document: a draft of an estimate, with a hold of its own on files, told in its parent', async () => {
    const { id, first } = await roof('Barn');
    await company.editor.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
    const head = (await page(id)).head.lsn;
    const fork = await company.editor.get<Entry>('POST', `/api/documents/${id}/history/${first}/fork`, {
      note: 'Another idea',
    });
    expect(fork).toMatchObject({ title: 'Barn v2', kind: 'estimate', figures: { status: 'draft' } });
    const view = await read(fork.id, viewOf);
    expect([...view.lines.values()].map(({ unitCost }) => unitCost)).toEqual([50_000, 100]);
    expect(view.meta.parent).toMatchObject({ documentId: id, number: null, note: 'Another idea' });
    const told = await automatic(id);
    expect(told).toMatchObject([{ reason: 'forked', lsn: first, about: 'Barn v2' }]);
    expect(view.meta.parent!.versionId).toBe(told[0]!.id);
    const frozen = await company.editor.get<Entry>('POST', `/api/documents/${id}/history/${head}/fork`);
    expect(frozen.figures).toMatchObject({ status: 'draft' });
    const family = await company.viewer.get<{ items: { id: string }[] }>(
      'GET',
      `/api/documents/${fork.id}/family`,
    );
    expect(family.items.map((relative) => relative.id)).toEqual([id, fork.id, frozen.id]);

    const board = await create('dashboard', 'Sales');
    const file = new TextEncoder().encode('a,b\n1,2\n');
    await company.editor.get('POST', `/api/documents/${board.id}/files`, file);
    const copy = await company.editor.get<Entry>('POST', `/api/documents/${board.id}/history/1/fork`);
    const held = await company.viewer.get<{ items: { id: string; sha256: string }[] }>(
      'GET',
      `/api/documents/${copy.id}/files`,
    );
    expect(held.items).toHaveLength(1);
    expect(await refusal(company.viewer.ask('POST', `/api/documents/${id}/history/${first}/fork`))).toBe(
      '403 read-only',
    );
  });
});

describe('how long every edit is kept', () => {
  test('TIME-7 is read by everybody and set by owners, within bounds, for their company alone', async () => {
    const address = '/api/company/history';
    expect(await company.viewer.get('GET', address)).toMatchObject({
      detailDays: 365,
      thins: { documents: 0, entries: 0 },
    });
    expect(await company.owner.get('PUT', address, { detailDays: null })).toEqual({
      detailDays: null,
      thins: null,
    });
    const asked = await company.viewer.get<{ thins: { before: string } }>('GET', `${address}?detailDays=30`);
    expect(Date.now() - Date.parse(asked.thins.before)).toBeGreaterThanOrEqual(30 * 86_400_000);
    expect(await refusal(company.editor.ask('PUT', address, { detailDays: 30 }))).toBe('403 no-access');
    for (const detailDays of [6, 3_651, 7.5, 'a year'])
      expect(await refusal(company.owner.ask('PUT', address, { detailDays }))).toBe('422 invalid');
    const elsewhere = await signUp(server.origin, 'Elsa');
    expect(await elsewhere.get('GET', address)).toMatchObject({ detailDays: 365 });
    await company.owner.get('PUT', address, { detailDays: 365 });
  });
});
