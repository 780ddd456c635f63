import { randomBytes, randomUUID } from 'node:crypto';
import type { AutomaticReason, WorkSession } from '@tidemark/history';
import { historyStoreContract } from '@tidemark/history/contract';
import type { LogEntry } from '@tidemark/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  type Household,
  openTestHouse,
  packAll,
  type TestHouse,
} from './house.testing.ts';
import { type Database, inTenant } from './index.ts';
import { brotli } from './packer.ts';

historyStoreContract('Postgres', async () => {
  const made = await openTestHouse();
  const owners = await createHousehold(made.database);
  const { app, updateLog, history: store } = made.database;
  const living = async (documentId: string) => {
    const loaded = await updateLog.load(documentId);
    if (loaded === null) throw new Error('The document is gone.');
    return loaded;
  };
  const change = (statement: ReturnType<typeof sql>) =>
    inTenant(app, owners, async (tx) => void (await statement.execute(tx)));
  return {
    store,
    packer: brotli,
    createDocument: () => createDocument(made.database, owners, 'estimate'),
    async append(documentId, entries) {
      const { epoch, head } = await living(documentId);
      await updateLog.append({ documentId, epoch, after: head, entries });
    },
    async saveCheckpoint(documentId, lsn, state) {
      const { epoch } = await living(documentId);
      expect(await updateLog.saveCheckpoint({ documentId, epoch, lsn, state })).toBe('stored');
    },
    renew: (id) => change(sql`select * from tidemark.begin_anew(${id})`),
    purge: (id) => change(sql`delete from tidemark.documents where id = ${id}`),
    unknownId: randomUUID(),
    userId: owners.userId,
    close: made.close,
  };
});

let house: TestHouse;
let household: Household;
let history: Database['history'];
beforeAll(async () => {
  house = await openTestHouse();
  household = await createHousehold(house.database);
  history = house.database.history;
});
afterAll(() => house.close());

const log = () => house.database.updateLog;

async function write(documentId: string, count: number, after = 0, epoch = 1): Promise<void> {
  const entries = Array.from({ length: count }, (_, i) => ({
    update: Buffer.from(`${after + i + 1}`),
    userId: household.userId,
    clientId: 1,
  }));
  await log().append({ documentId, epoch, after, entries });
}

async function written(count: number, ...checkpoints: number[]): Promise<string> {
  const id = await createDocument(house.database, household);
  await write(id, count);
  for (const lsn of checkpoints) {
    await log().saveCheckpoint({ documentId: id, epoch: 1, lsn, state: Buffer.from(`v1 ${lsn}`) });
  }
  return id;
}

const purge = (id: string) =>
  inTenant(house.database.app, household, (tx) => tx.deleteFrom('documents').where('id', '=', id).execute());

/** Puts the entries of a document at one-second steps from a time on, as nothing but a test may. */
async function spread(documentId: string, from: number): Promise<void> {
  await house.owner.query('begin');
  try {
    await house.owner.query(`set local tidemark.company = '${household.companyId}'`);
    await house.owner.query('alter table tidemark.document_updates no force row level security');
    await house.owner.query(
      `update tidemark.document_updates set stored_at = to_timestamp($2) + (lsn - 1) * interval '1 second' + interval '700 microseconds'
        where document_id = $1`,
      [documentId, from / 1_000],
    );
    await house.owner.query('alter table tidemark.document_updates force row level security');
  } finally {
    await house.owner.query('commit');
  }
}

const session = (first: number, last: number, rest: Partial<WorkSession> = {}): WorkSession => ({
  first,
  last,
  userId: household.userId,
  from: 1_000 * first + 123,
  to: 1_000 * last + 456,
  edits: last - first + 1,
  bytes: 10,
  touched: {
    collections: { lines: { added: 1, removed: 0, changed: 2, moved: 0, ids: ['a"b'], registers: ['name'] } },
    texts: { scope: { inserted: 3, deleted: 1 } },
  },
  stops: [
    [first, 1_000 * first + 123],
    [last, 1_000 * last + 456],
  ],
  ...rest,
});

describe('the place of a document', () => {
  test('HIST-1 head, time and lives, over resets, a restored backup, and a document made again', async () => {
    const id = await createDocument(house.database, household);
    expect(await history.place(id)).toEqual({
      kind: 'dashboard',
      epoch: 1,
      head: 0,
      headAt: null,
      settled: 0,
      packed: 0,
      thinned: 0,
      packable: 0,
      lives: [{ after: 0, epoch: 1, began: null }],
    });
    await write(id, 3);
    const renew = () =>
      inTenant(house.database.app, household, async (tx) => {
        const { rows } = await sql<{ epoch: number }>`select epoch from tidemark.begin_anew(${id})`.execute(
          tx,
        );
        return rows[0]!.epoch;
      });
    const second = await renew();
    await house.owner.query('select tidemark.begin_all_anew($1)', [[id]]);
    const third = await renew();
    const place = (await history.place(id))!;
    const began = { at: expect.any(Number), userId: household.userId };
    expect(place).toMatchObject({
      epoch: third,
      head: 6,
      packable: 5,
      lives: [
        { after: 0, epoch: 1, began: null },
        { after: 3, epoch: expect.any(Number), began },
        { after: 5, epoch: third, began },
      ],
    });
    // A life has the epoch that it went on with after the backup.
    expect(place.lives[1]!.epoch).toBeGreaterThan(second);
    expect(place.lives[1]!.epoch).toBeLessThan(third);
    expect(Math.abs(place.headAt! - Date.now())).toBeLessThan(86_400_000);
    const [entry] = (await history.entries(id, 5, 6)).rows;
    expect(place.headAt).toBe(entry!.at);

    await purge(id);
    expect(await history.place(id)).toBeNull();
    const { companyId: company_id, spaceId: space_id } = household;
    await inTenant(house.database.app, household, (tx) =>
      tx
        .insertInto('documents')
        .values({ id, company_id, space_id, kind: 'diagram', title: 'Again' })
        .execute(),
    );
    const again = (await history.place(id))!;
    expect(again).toMatchObject({ kind: 'diagram', head: 0, packable: 0 });
    expect(again.lives).toEqual([{ after: 0, epoch: again.epoch, began: null }]);
  });
});

describe('states and entries', () => {
  test('HIST-1 the newest state of a life up to an LSN: of history, of loads, in parts', async () => {
    const id = await written(20, 6, 12);
    const large = randomBytes(700_001);
    await history.keepState(id, 9, large);
    await history.keepState(id, 9, Buffer.from('another'));
    await history.keepState(id, 12, Buffer.from('packed 12'));
    expect(await history.stateBefore(id, 0, 5)).toBeNull();
    expect(await history.stateBefore(id, 0, 8)).toEqual({ lsn: 6, form: 'v1', state: Buffer.from('v1 6') });
    const nine = (await history.stateBefore(id, 0, 11))!;
    expect({ ...nine, state: Buffer.compare(nine.state, large) }).toEqual({
      lsn: 9,
      form: 'packed',
      state: 0,
    });
    expect(await history.stateBefore(id, 0, 20)).toMatchObject({ lsn: 12 });
    expect(await history.stateBefore(id, 12, 20)).toBeNull();
    expect(await history.stateBefore(randomUUID(), 0, 20)).toBeNull();
  });

  test('HIST-1 entries of any range: segments that hold some, then rows, also more than a turn makes', async () => {
    const id = await written(12_000, 5, 11, 20);
    await packAll(house.database, id, 4);
    const found = await history.entries(id, 3, 14);
    expect(found.segments.map(({ first, last }) => [first, last])).toEqual([
      [1, 4],
      [5, 8],
      [9, 11],
    ]);
    expect(found.rows.map(({ lsn }) => lsn)).toEqual([12, 13, 14]);
    expect((await history.entries(id, 5, 7)).segments).toHaveLength(1);
    expect(await history.entries(id, 12_000, 12_000)).toEqual({ segments: [], rows: [] });
    expect(await history.bundles(id, 12_000, 12_000, 1_000_000)).toEqual([]);
    const all = await history.entries(id, 11, 12_000);
    expect(all.segments).toEqual([]);
    expect(all.rows.map(({ lsn }: LogEntry) => lsn)).toEqual(
      Array.from({ length: 11_989 }, (_, i) => 12 + i),
    );
  });

  test('HIST-1 the last LSN by a time, in rows, segments, and of what is thinned as far as it is told', async () => {
    const id = await written(10, 6, 10);
    const start = Date.UTC(2026, 2, 1);
    await spread(id, start);
    const asked = [-1, 0, 999, 1_000, 3_500, 5_000, 8_999, 9_000, 1e9];
    const ask = () => Promise.all(asked.map((after) => history.lsnAt(id, start + after)));
    const answers = [0, 1, 1, 2, 4, 6, 9, 10, 10];
    const exactly = answers.map((lsn) => ({ lsn, exact: true }));
    expect(await ask()).toEqual(exactly);
    await packAll(house.database, id, 3);
    expect(await ask()).toEqual(exactly);
    await history.saveSessions(id, 0, 10, [session(1, 2, { from: start, to: start + 1_000 })]);
    await history.keepState(id, 3, Buffer.from('state'));
    expect(await history.thin(id, 3, [])).toBe('thinned');
    // Whoever was at work until the second entry, nobody knows how far they had come.
    const working = { lsn: 0, exact: false };
    expect(await ask()).toEqual([{ lsn: 0, exact: true }, working, working, ...exactly.slice(3)]);
    expect(await history.lsnAt(randomUUID(), start)).toEqual({ lsn: 0, exact: true });
  });
});

describe('sessions of work', () => {
  test('HIST-4 come back as they were saved, are replaced by their first LSN, and in pages the latest end first', async () => {
    const id = await written(30);
    const [a, b, c] = [session(1, 10), session(4, 10, { userId: null }), session(12, 20)];
    expect(await history.saveSessions(id, 0, 12, [a, b, session(12, 12)])).toBe('saved');
    expect(await history.saveSessions(id, 0, 20, [c])).toBe('outdated');
    expect(await history.saveSessions(id, 12, 20, [c])).toBe('saved');
    expect((await history.place(id))!.settled).toBe(20);
    expect(await history.sessions(id, null, 10)).toEqual([c, b, a]);
    expect(await history.sessions(id, null, 1)).toEqual([c]);
    expect(await history.sessions(id, { to: c.to, first: c.first }, 1)).toEqual([b]);
    expect(await history.sessions(id, { to: b.to, first: b.first }, 9)).toEqual([a]);
    expect(await history.openSessions(id, b.to)).toEqual([a, b, c]);
    expect(await history.openSessions(id, b.to + 1)).toEqual([c]);
    expect((await history.stops(id, 1, 20)).map(({ lsn, userId }) => [lsn, userId])).toEqual([
      [4, null],
      [10, household.userId],
      [10, null],
      [12, household.userId],
      [20, household.userId],
    ]);
    expect(await history.stops(id, 10, 12)).toEqual([{ lsn: 12, at: 12_123, userId: household.userId }]);
    expect(await history.sessions(randomUUID(), null, 10)).toEqual([]);
  });

  test('HIST-8 of several that settle the same at once, one does; many sessions at once', async () => {
    const id = await written(1);
    const many = Array.from({ length: 8_000 }, (_, i) => session(i + 1, i + 1));
    const outcomes = await Promise.all([1, 2, 3].map(() => history.saveSessions(id, 0, 8_000, many)));
    expect(outcomes.sort()).toEqual(['outdated', 'outdated', 'saved']);
    expect(await history.sessions(id, null, 10_000)).toHaveLength(8_000);
    expect(await history.saveSessions(randomUUID(), 0, 1, [])).toBe('outdated');
  });
});

describe('automatic versions', () => {
  const add = async (id: string, lsn: number, reason: AutomaticReason = 'quiet', about = '') => {
    const version = { lsn, at: 1_000 * lsn, reason, userId: household.userId, about };
    const added = await history.addAutomatic(id, version);
    if (added === 'gone') throw new Error(`Moment ${lsn} is gone.`);
    return added;
  };

  test('HIST-8 one of the same reason at the same moment stays as it is', async () => {
    const id = await written(9);
    const first = await add(id, 4, 'forked', 'To “Copy”');
    expect(first).toMatchObject({
      lsn: 4,
      at: 4_000,
      reason: 'forked',
      about: 'To “Copy”',
      userId: household.userId,
    });
    const again = await Promise.all([1, 2, 3].map(() => add(id, 4, 'forked', 'again')));
    expect(again).toEqual([first, first, first]);
    await add(id, 4);
    const latest = await add(id, 9);
    expect((await history.automaticVersions(id, null, 10)).map(({ lsn }) => lsn)).toEqual([9, 4, 4]);
    expect(await history.automaticVersions(id, null, 1)).toEqual([latest]);
    expect(await history.automaticVersions(id, 9, 10)).toHaveLength(2);
    expect(await history.automaticVersions(id, 4, 10)).toEqual([]);
  });

  test('HIST-7 thinning leaves the moments of kept versions and the state where detail begins, or does nothing', async () => {
    const id = await written(20, 16, 20);
    await packAll(house.database, id, 4);
    const [kept, dropped, later] = [await add(id, 3), await add(id, 6), await add(id, 14)];
    for (const lsn of [3, 6, 7, 14]) await history.keepState(id, lsn, Buffer.from(`${lsn}`));
    const keep = [kept.id, later.id, randomUUID()];
    // No state where detail would begin; no state of a kept version.
    expect(await history.thin(id, 8, keep)).toBe('outdated');
    await history.keepState(id, 8, Buffer.from('8'));
    const stateless = await add(id, 5);
    expect(await history.thin(id, 8, [...keep, stateless.id])).toBe('outdated');
    expect((await history.entries(id, 0, 20)).segments).toHaveLength(4);
    expect((await history.place(id))!.thinned).toBe(0);

    expect(await history.thin(id, 11, keep)).toBe('thinned');
    expect(await history.place(id)).toMatchObject({ thinned: 8, packed: 16 });
    expect((await history.entries(id, 0, 20)).segments.map(({ first }) => first)).toEqual([9, 13]);
    expect(await history.automaticVersions(id, null, 10)).toEqual([later, kept]);
    const states = await Promise.all([2, 3, 6, 7, 8, 14].map((lsn) => history.stateBefore(id, 0, lsn)));
    expect(states.map((state) => state?.lsn ?? null)).toEqual([null, 3, 3, 3, 8, 14]);
    expect(dropped.lsn).toBe(6);
    // Nothing is left to do.
    expect(await history.thin(id, 8, [])).toBe('thinned');
    expect(await history.automaticVersions(id, null, 10)).toEqual([later, kept]);
  });
});

describe('what is due', () => {
  test('documents of all companies with entries that are not settled, or enough that may be packed, by id', async () => {
    const theirs = await createDocument(house.database, await createHousehold(house.database));
    await write(theirs, 2);
    const ours = await written(9, 4, 8);
    const idle = await written(2);
    await history.saveSessions(idle, 0, 2, []);
    const all = async (rows: number) => {
      const found: Awaited<ReturnType<typeof history.due>>[number][] = [];
      for (let after: string | null = null; ; ) {
        const page = await history.due(after, rows, 3);
        found.push(...page);
        after = page.at(-1)?.documentId ?? null;
        if (after === null) return new Map(found.map((one) => [one.documentId, one]));
      }
    };
    const due = await all(5);
    expect(due.get(theirs)).toMatchObject({ unsettled: 2, packable: 0 });
    expect(due.get(ours)).toMatchObject({ unsettled: 9, packable: 4 });
    expect(due.has(idle)).toBe(false);
    await history.saveSessions(ours, 0, 9, []);
    expect((await all(5)).has(ours)).toBe(false);
    expect((await all(4)).get(ours)).toMatchObject({ unsettled: 0, packable: 4 });
    await packAll(house.database, ours);
    expect((await all(1)).has(ours)).toBe(false);
  });
});
