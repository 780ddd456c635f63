import { type Database, openDatabase } from '@tidemark/database';
import { brotli } from '@tidemark/database/packer';
import { kinds } from '@tidemark/documents';
import { estimate, spliceText } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import type { HistoryStore } from '@tidemark/history';
import { createHistory } from '@tidemark/history';
import { inlineBench } from '@tidemark/history/bench';
import { type Clock, createLobby, type Lobby, type Log } from '@tidemark/sync';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { Entry } from '../documents/catalogue.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestServer } from '../testing.ts';
import { createOneAtATime } from '../versions/one-at-a-time.ts';
import type { Doer, Version } from '../versions/versions.ts';
import { createActs } from './acts.ts';
import { type Archivist, createArchivist } from './archivist.ts';
import type { ArchivistSettings } from './archivist-settings.ts';
import { createLedger } from './ledger.ts';
import { logPages } from './log-pages.ts';
import { createNames } from './names.ts';
import { createRetentions } from './retention.ts';
import type { TimelineItem } from './timeline.ts';

let server: TestServer;
/** Another process of the same database. */
let other: { readonly database: Database };
let company: Awaited<ReturnType<typeof foundCompany>>;
/** As the owner of the tables, to make documents old. */
let owner: pg.Client;
let editorId: string;

beforeAll(async () => {
  server = await startTestServer();
  other = { database: openDatabase({ connection: server.databaseUrl, journal: createJournal().journal }) };
  company = await foundCompany(server.origin);
  editorId = (await company.editor.get<{ user: { id: string } }>('GET', '/api/me')).user.id;
  owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await other.database.close();
  await server.destroy();
});

const aMinute = 60_000;
const aDay = 86_400_000;

/** A clock that goes when it is told to. */
function createClock(begin = Date.now()) {
  let now = begin;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  return {
    clock,
    advance(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = [...timers].sort((a, b) => a.at - b.at).find(({ at }) => at <= until);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
    },
  };
}

function createJournal() {
  const events: string[] = [];
  const hear = (event: string) => void events.push(event);
  const journal: Log = { debug: hear, info: hear, warn: hear, error: hear };
  return { events, journal };
}

/** An archivist of one process, with a clock of its own. */
function keeper(
  { database }: { readonly database: Database },
  clock: Clock,
  {
    store = database.history,
    journal = createJournal().journal,
    settings = {},
  }: { store?: HistoryStore; journal?: Log; settings?: Partial<ArchivistSettings> } = {},
) {
  const told: string[] = [];
  const history = createHistory({ store, bench: inlineBench(brotli), clock, journal });
  const archivist = createArchivist({
    store,
    history,
    ledger: createLedger(database),
    turns: createOneAtATime(database.app, 'history'),
    retentions: createRetentions(database, () => clock.now()),
    names: createNames(database),
    clock,
    journal,
    // Half a day away, whenever this runs: no night begins between two steps of a test.
    settings: { nightHour: (new Date().getUTCHours() + 12) % 24, ...settings },
    changed: (documentId) => told.push(documentId),
  });
  return { archivist, history, told };
}

/** All that is under way and waits is done; with its clock, also what the server's own archivist is at just now. */
const idle = (archivist: Archivist, time?: ReturnType<typeof createClock>) =>
  vi.waitFor(
    () => {
      if (archivist.due() === 0) return;
      time?.advance(aMinute / 6);
      throw new Error('Something is left.');
    },
    { timeout: 20_000 },
  );

const packedTo = (id: string, lsn: number) =>
  vi.waitFor(async () => expect((await server.database.history.place(id))!.packed).toBe(lsn), 20_000);

interface Page {
  readonly items: TimelineItem[];
  readonly head: { readonly lsn: number };
  readonly detail: { readonly lsn: number; readonly at: string | null; readonly days: number };
}
const page = (id: string) => company.viewer.get<Page>('GET', `/api/documents/${id}/history?limit=100`);
const automatic = async (id: string) =>
  (await server.database.history.automaticVersions(id, null, 1_000)).map(({ lsn, reason }) => [lsn, reason]);

/**
 * An estimate in whose scope somebody typed, `ageDays` ago, in two periods with half an hour between them; what may be packed is all but the last
 * `tail` entries. Returns the number of its entries.
 */
async function written(id: string, edits: number, { tail = 10, ageDays = 0 } = {}): Promise<number> {
  const { updateLog } = server.database;
  const loaded = (await updateLog.load(id))!;
  const doc = new Y.Doc();
  for (const { update } of loaded.tail) Y.applyUpdate(doc, update);
  const entries: { update: Uint8Array; userId: string; clientId: number }[] = [];
  doc.on('update', (update: Uint8Array) =>
    entries.push({ update, userId: editorId, clientId: doc.clientID }),
  );
  const states: { lsn: number; state: Uint8Array }[] = [];
  const editor = createEditor(doc, estimate.schema, editorId);
  let text = '';
  for (let n = 1; n <= edits; n += 1) {
    text += n % 7 === 0 ? '\\n' : 'x';
    spliceText(editor, 'scope', text);
    if (n === edits - tail || n === edits)
      states.push({ lsn: loaded.head + n, state: Y.encodeStateAsUpdate(doc) });
  }
  await updateLog.append({ documentId: id, epoch: loaded.epoch, after: loaded.head, entries });
  for (const { lsn, state } of states)
    await updateLog.saveCheckpoint({ documentId: id, epoch: loaded.epoch, lsn, state });
  const half = loaded.head + Math.floor(edits / 2);
  await owner.query(
    `update tidemark.document_updates set stored_at = stored_at - make_interval(days => $2::int)
      - case when lsn <= $3 then interval '30 minutes' else interval '0' end where document_id = $1`,
    [id, ageDays, half],
  );
  await owner.query(
    `update tidemark.documents set created_at = created_at - make_interval(days => $2::int, hours => 1),
      updated_at = updated_at - make_interval(days => $2::int) where id = $1`,
    [id, ageDays],
  );
  return loaded.head + edits;
}

async function newEstimate(title: string): Promise<string> {
  return (await company.editor.get<Entry>('POST', '/api/documents', { kind: 'estimate', title })).id;
}

/** The bytes of all entries, wherever they lie, and what a fresh process makes of them. */
async function replayed(id: string, lsn: number): Promise<unknown> {
  const { archivist, history } = keeper(other, createClock().clock);
  const state = await history.stateAt(id, lsn);
  await archivist.close();
  if ('refused' in state) return state.refused;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return kinds.estimate.content(doc);
}

describe('a document that was left alone', () => {
  test('TIME-9 is settled, gets a version for each time at which everybody had stopped, and is packed; once, in two processes', async () => {
    const id = await newEstimate('Quiet');
    const head = await written(id, 2_500);
    const before = await replayed(id, 1_000);
    const time = createClock();
    const [here, there] = [keeper(server, time.clock), keeper(other, time.clock)];
    for (const { archivist } of [here, there]) archivist.touched(id);
    time.advance(10 * aMinute);
    expect(here.archivist.due()).toBe(1);
    expect((await server.database.history.place(id))!.settled).toBe(0);
    for (let n = 0; n < 3; n += 1) {
      time.advance(2 * aMinute);
      await packedTo(id, head - 10);
    }
    await Promise.all([idle(here.archivist, time), idle(there.archivist, time)]);
    expect([...here.told, ...there.told]).toContain(id);
    const half = head - 2_500 + 1_250;
    expect(await automatic(id)).toEqual([
      [head, 'quiet'],
      [half, 'quiet'],
    ]);
    const { items } = await page(id);
    const sessions = items.filter((item) => item.type === 'session');
    expect(sessions.map(({ first, last }) => [first, last])).toEqual([
      [half + 1, head],
      [1, half],
    ]);
    expect(await replayed(id, 1_000)).toEqual(before);
    await Promise.all([here.archivist.close(), there.archivist.close()]);
  });

  test('TIME-9 is packed while somebody is at it where its log is long', async () => {
    const [id, short] = [await newEstimate('Never alone'), await newEstimate('Not long')];
    const head = await written(id, 1_200);
    await written(short, 900);
    const time = createClock();
    const { archivist } = keeper(server, time.clock, { settings: { longEntries: 1_000 } });
    for (const each of [id, short]) archivist.touched(each);
    archivist.start();
    time.advance(aMinute);
    await packedTo(id, head - 10);
    await vi.waitUntil(() => archivist.due() === 2, 20_000);
    expect(await automatic(id)).toEqual([[head - 600, 'quiet']]);
    expect((await server.database.history.place(short))!.settled).toBe(0);
    await archivist.close();
  });

  test('TIME-86 gets a version where it was begun anew while people worked, which thinning leaves as the others', async () => {
    const id = await newEstimate('Begun anew');
    const base = await written(id, 20);
    const [half, end] = [base - 10, await replayed(id, base)];
    const keepAll = async () => {
      const time = createClock();
      const kept = keeper(server, time.clock);
      kept.archivist.touched(id);
      time.advance(12 * aMinute);
      await idle(kept.archivist, time);
      await kept.archivist.close();
      return kept.history;
    };
    await company.editor.get('POST', `/api/documents/${id}/reset`, {});
    const { head } = (await server.database.history.place(id))!;
    await keepAll();
    const quiet = [head, base, half].map((lsn) => [lsn, 'quiet']);
    expect(await automatic(id)).toEqual(quiet);
    // One of the time before they were kept gets it too, as long as its moment is there.
    await owner.query('delete from tidemark.automatic_versions where document_id = $1 and lsn = $2', [
      id,
      base,
    ]);
    const history = await keepAll();
    expect(await automatic(id)).toEqual(quiet);

    await history.thin(id, Date.now() + aDay);
    expect((await server.database.history.place(id))!.thinned).toBe(base);
    expect(await replayed(id, base)).toEqual(end);
    expect(await replayed(id, base - 1)).toBe('no-detail');
    await owner.query('delete from tidemark.automatic_versions where document_id = $1 and lsn = $2', [
      id,
      base,
    ]);
    await keepAll();
    expect(await automatic(id), 'what went stays gone').not.toContainEqual([base, 'quiet']);
  });

  test('TIME-9 is not looked at while somebody is at it, and not after the end', async () => {
    const id = await newEstimate('Busy');
    const time = createClock();
    const { archivist } = keeper(server, time.clock);
    for (let n = 0; n < 6; n += 1) {
      archivist.touched(id);
      time.advance(8 * aMinute);
      expect(archivist.due()).toBe(1);
    }
    await archivist.close();
    time.advance(aDay);
    expect(archivist.due()).toBe(0);
    expect((await server.database.history.place(id))!.settled).toBe(0);
  });
});

describe('what was left undone', () => {
  test('TIME-16 is found by the sweep of a new process, wherever the last one stopped, and comes out the same', async () => {
    const id = await newEstimate('Crash');
    const head = await written(id, 2_500);
    const lsns = [1, 2, 700, 1_250, 2_048, head - 11, head];
    const before = [];
    for (const lsn of lsns) before.push(await replayed(id, lsn));
    const steps = ['saveSessions', 'addAutomatic', 'keepState', 'pack'] as const;
    const outcomes: string[] = [];
    for (let left = 1; ; left += 1) {
      const time = createClock(Date.now() + 30 * aMinute);
      const store = breaking(server.database.history, steps, left);
      const { journal, events } = createJournal();
      const { archivist } = keeper(server, time.clock, { store, journal });
      archivist.start();
      time.advance(aMinute);
      await vi.waitFor(async () => {
        const { settled, packed } = (await server.database.history.place(id))!;
        if (!events.includes('history-left') && (settled < head || packed < head - 10))
          throw new Error('It goes on.');
      }, 20_000);
      await archivist.close();
      for (const [n, lsn] of lsns.entries()) expect(await replayed(id, lsn)).toEqual(before[n]);
      outcomes.push(events.includes('history-left') ? 'left' : 'done');
      if (outcomes.at(-1) === 'done') break;
    }
    expect(outcomes.length).toBeGreaterThan(2);
    const { items } = await page(id);
    expect(items.filter((item) => item.type === 'session')).toHaveLength(2);
    expect((await automatic(id)).filter(([, reason]) => reason === 'quiet')).toHaveLength(2);
  });
});

/** A store that breaks after so many of these calls, as a process that dies does: what it had asked for before is done. */
function breaking(store: HistoryStore, calls: readonly (keyof HistoryStore)[], left: number): HistoryStore {
  let n = 0;
  return new Proxy(store, {
    get(target, name: keyof HistoryStore) {
      const call = target[name] as (...args: unknown[]) => Promise<unknown>;
      if (!calls.includes(name)) return call;
      return async (...args: unknown[]) => {
        n += 1;
        if (n >= left) throw new Error('The process has died.');
        return call(...args);
      };
    },
  });
}

describe('the night', () => {
  test('TIME-17 makes a version of each document that changed, once, and makes up for a night that was slept through', async () => {
    const [id, untouched] = [await newEstimate('Night'), await newEstimate('Later')];
    const head = await written(id, 20, { ageDays: 2 });
    const nightly = async (which: string) =>
      (await automatic(which)).filter(([, reason]) => reason === 'nightly');
    for (let n = 0; n < 2; n += 1) {
      const time = createClock();
      const { archivist } = keeper(n === 0 ? server : other, time.clock);
      archivist.start();
      time.advance(aMinute);
      await vi.waitFor(async () => expect(await nightly(id)).toEqual([[head, 'nightly']]), 20_000);
      await idle(archivist, time);
      // It was made after that night.
      expect(await nightly(untouched)).toEqual([]);
      if (n === 1) {
        time.advance(aDay);
        await vi.waitFor(async () => expect(await nightly(untouched)).toHaveLength(1), 20_000);
        await idle(archivist, time);
        expect(await nightly(id)).toHaveLength(1);
      }
      await archivist.close();
    }
  });

  test('TIME-7 TIME-61 thins what is older than the company keeps, as it was told beforehand, and nothing else', async () => {
    const [id, young] = [await newEstimate('Old'), await newEstimate('Young')];
    const head = await written(id, 3_000, { ageDays: 40, tail: 100 });
    await written(young, 50);
    // The first session takes five minutes.
    await owner.query(
      `update tidemark.document_updates set stored_at = stored_at - interval '5 minutes' where document_id = $1 and lsn <= 100`,
      [id],
    );
    const named = await company.editor.get<Version>('POST', `/api/documents/${id}/history/versions`, {
      lsn: 500,
      name: 'Kept',
    });
    await company.editor.get('POST', `/api/documents/${id}/history/1000/fork`);
    const told = await company.owner.get<{ thins: { documents: number; entries: number } }>(
      'GET',
      '/api/company/history?detailDays=30',
    );
    expect(told.thins).toMatchObject({ documents: 1, entries: head - 100 });
    await company.owner.get('PUT', '/api/company/history', { detailDays: 30 });
    // The server's own archivist may have packed them by now.
    const times: number[] = [];
    for await (const entries of logPages(server.database.history, id, 99, 101))
      times.push(...entries.map(({ at }) => at));
    const [begun, ended] = times;
    const time = createClock();
    const quiet = keeper(server, time.clock);
    quiet.archivist.touched(id);
    time.advance(12 * aMinute);
    await idle(quiet.archivist, time);
    await vi.waitFor(async () => expect(await automatic(id)).toContainEqual([head, 'quiet']), 20_000);
    const states = new Map<number, unknown>();
    for (const lsn of [500, 1_000, 1_501, head - 100, head - 50, head])
      states.set(lsn, await replayed(id, lsn));
    quiet.archivist.start();
    time.advance(aMinute);
    await vi.waitFor(async () => {
      expect((await server.database.history.place(id))!.thinned).toBe(head - 100);
    }, 20_000);
    await idle(quiet.archivist, time);
    await quiet.archivist.close();
    // Of the thinned day its last version stays, and where detail begins.
    const kept = (await automatic(id)).map(([lsn]) => lsn as number).filter((lsn) => lsn <= head - 100);
    for (const [lsn, state] of states) {
      const stays = lsn >= head - 100 || kept.includes(lsn);
      expect([lsn, await replayed(id, lsn)]).toEqual([lsn, stays ? state : 'no-detail']);
    }
    const gone = await company.viewer.ask('GET', `/api/documents/${id}/history/600/state`);
    expect(((await gone.json()) as Problem).code).toBe('no-detail');
    expect(gone.status).toBe(410);
    // Somebody was at work then, and nobody knows how far they had come; a minute later they had stopped, at a moment that is kept.
    const at = (when: number) =>
      company.viewer.ask('GET', `/api/documents/${id}/history/at?time=${new Date(when).toISOString()}`);
    expect((await (await at((begun! + ended!) / 2)).json()) as Problem).toMatchObject({ code: 'no-detail' });
    const stopped = (await (await at(ended! + aMinute)).json()) as { lsn: number };
    expect(kept).toContain(stopped.lsn);
    expect(await replayed(id, stopped.lsn)).toEqual(states.get(stopped.lsn));
    const old = await page(id);
    expect(old.detail).toMatchObject({ lsn: head - 100, days: 30, at: expect.any(String) });
    const sessions = old.items.filter((item) => item.type === 'session');
    expect(sessions.map(({ detail }) => detail)).toEqual([true, false]);
    // A version with a name is not thinned.
    const state = await company.viewer.ask('GET', `/api/documents/${id}/versions/${named.id}/state`);
    expect(state.status).toBe(200);
    const changes = await company.viewer.get<{ complete: boolean; texts: unknown[] }>(
      'GET',
      `/api/documents/${id}/history/changes?from=${named.id}&to=${head}`,
    );
    expect(changes).toMatchObject({ complete: false });
    expect((await page(young)).detail.lsn).toBe(0);
    expect((await server.database.history.place(young))!.thinned).toBe(0);
    expect(await company.owner.get('GET', '/api/company/history')).toMatchObject({ thins: { entries: 0 } });
  });

  test('TIME-60 a fork of a moment that is thinned while it is made is refused, and a restore of it goes on', async () => {
    const [one, two] = [await newEstimate('Forked'), await newEstimate('Restored')];
    const heads = [
      await written(one, 1_200, { ageDays: 40, tail: 100 }),
      await written(two, 1_200, { ageDays: 40, tail: 100 }),
    ];
    const { history, archivist } = keeper(server, createClock().clock);
    const store = server.database.history;
    const unwanted = async (): Promise<never> => {
      throw new Error('Nobody asked for this.');
    };
    const acts = createActs({
      ...{ database: server.database, store, lobby: server.lobby, now: Date.now },
      history: {
        async stateAt(id, lsn) {
          const state = await history.stateAt(id, lsn);
          await history.thin(id, Date.now() - 30 * aDay);
          return state;
        },
      },
      versions: { moment: unwanted, find: unwanted, keepMoment: unwanted },
      workshop: { fork: unwanted },
      timeline: { timeOf: async () => null },
    });
    const { rows } = await owner.query<{ company_id: string }>(
      'select company_id from tidemark.documents where id = $1',
      [one],
    );
    const tenant = { companyId: rows[0]!.company_id, userId: editorId };
    const doer: Doer = { tenant, role: 'editor', user: { id: editorId, name: 'Ed' } };
    const [forked, restored] = await Promise.all(
      [one, two].map((id) => company.editor.get<Entry>('GET', `/api/documents/${id}`)),
    );
    expect(await acts.fork(doer, forked!, 600, { title: null, note: '' })).toMatchObject({
      refused: 'no-detail',
    });
    expect(await automatic(one)).toEqual([]);
    const back = await acts.restore(doer, restored!, { lsn: 600 }, null);
    expect(back).toMatchObject({ lsn: heads[1]! + 1, before: expect.any(String), after: expect.any(String) });
    for (const [n, id] of [one, two].entries())
      expect((await store.place(id))!.thinned).toBe(heads[n]! - 100);
    await archivist.close();
  }, 60_000);

  test('TIME-9 brings back no version that was thinned away, so that the next night can thin on', async () => {
    const id = await newEstimate('Twice');
    const head = await written(id, 3_000, { ageDays: 40, tail: 100 });
    await company.owner.get('PUT', '/api/company/history', { detailDays: 30 });
    // The second period ends with a restore, which has a version already; what was before it is the last of its day.
    const { history } = server.database;
    for (const [lsn, reason] of [
      [head - 200, 'before-restore'],
      [head, 'restored'],
    ] as const) {
      const at = (await history.entries(id, lsn - 1, lsn)).rows[0]!.at;
      await history.addAutomatic(id, { lsn, at, reason, userId: editorId, about: '' });
    }
    const time = createClock();
    const { events, journal } = createJournal();
    const { archivist } = keeper(server, time.clock, { journal });
    archivist.start();
    time.advance(aMinute);
    await vi.waitFor(async () => expect((await history.place(id))!.thinned).toBe(head - 100), 20_000);
    await idle(archivist, time);
    const left = await automatic(id);
    expect(left).toContainEqual([head - 200, 'before-restore']);
    archivist.touched(id);
    time.advance(12 * aMinute);
    await idle(archivist, time);
    await archivist.close();
    expect(await automatic(id)).toEqual(left);
    expect(events).not.toContain('history-left');
  });

  test.each(['looks', 'writes'])(
    'TIME-7 a room that stood still until all it lacked was thinned, and then %s, goes on with the same document',
    async (what) => {
      const id = await newEstimate('Late');
      const time = createClock();
      const lobby = createLobby({
        // Hears no bell, and looks when the clock says so.
        log: { ...other.database.updateLog, onAppended: () => () => undefined },
        access: { access: async () => 'edit', onChanged: () => () => undefined },
        clock: time.clock,
        journal: createJournal().journal,
      });
      const contentIn = (process: Pick<Lobby, 'read'>) =>
        process.read(id, (doc, { head: lsn }) => ({ lsn, content: kinds.estimate.content(doc) }));
      const begun = await contentIn(lobby);
      const head = await written(id, 2_000, { ageDays: 40 });
      const { history, archivist } = keeper(server, createClock().clock);
      await history.thin(id, Date.now() - 30 * aDay);
      await archivist.close();
      expect((await server.database.history.place(id))!.thinned).toBe(head - 10);
      expect(await contentIn(lobby)).toEqual(begun);
      if (what === 'looks') time.advance(15_000);
      else {
        const edited = lobby.edit(id, editorId, (doc) => {
          spliceText(createEditor(doc, estimate.schema, editorId), 'notes', 'here still');
        });
        expect(await edited).toEqual({ lsn: head + 1 });
      }
      const lsn = what === 'looks' ? head : head + 1;
      await vi.waitFor(async () => expect(await contentIn(lobby)).toMatchObject({ lsn }), 20_000);
      await vi.waitFor(async () => expect(await contentIn(server.lobby)).toMatchObject({ lsn }), 20_000);
      expect(await contentIn(lobby)).toEqual(await contentIn(server.lobby));
      await lobby.drain();
    },
  );
});
