import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AutomaticVersion, WorkSession } from '@tidemark/history';
import type { LogEntry, NewEntry } from '@tidemark/sync';
import { updateLogContract } from '@tidemark/sync/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  createJournal,
  type Household,
  openTestHouse,
  packAll,
  type TestHouse,
  toSegment,
} from './house.testing.ts';
import { type Database, inTenant, openDatabase } from './index.ts';

/** Runs with all rows packed at all times, also those that a load needs: then every read goes through segments. */
updateLogContract('Postgres, packed underneath (TIME-2)', async () => {
  const house = await openTestHouse();
  const household = await createHousehold(house.database);
  const { app, updateLog } = house.database;
  await house.owner.query(`create or replace function tidemark.packable_to(document uuid) returns bigint
    language sql stable as $$ select d.head from tidemark.documents d where d.id = document $$`);
  const pack = (documentId: string) => packAll(house.database, documentId, 3);
  return {
    log: {
      ...updateLog,
      async load(documentId) {
        await pack(documentId);
        return updateLog.load(documentId);
      },
      async append(batch) {
        await pack(batch.documentId);
        const appended = await updateLog.append(batch);
        await pack(batch.documentId);
        return appended;
      },
      async readAfter(documentId, epoch, lsn, limit) {
        await pack(documentId);
        return updateLog.readAfter(documentId, epoch, lsn, limit);
      },
    },
    createDocument: () => createDocument(house.database, household),
    purge: (id) =>
      inTenant(
        app,
        household,
        async (tx) => void (await tx.deleteFrom('documents').where('id', '=', id).execute()),
      ),
    renew: (id) =>
      inTenant(
        app,
        household,
        async (tx) => void (await sql`select * from tidemark.begin_anew(${id})`.execute(tx)),
      ),
    unknownId: randomUUID(),
    userId: household.userId,
    close: house.close,
  };
});

let house: TestHouse;
let household: Household;
let database: Database;
beforeAll(async () => {
  house = await openTestHouse();
  household = await createHousehold(house.database);
  database = house.database;
});
afterAll(() => house.close());

/** Entry n of a document, told apart by its bytes. */
const entry = (n: number): NewEntry => ({
  update: Buffer.from(`update ${n}`.repeat(1 + (n % 3))),
  userId: n % 4 === 0 ? null : household.userId,
  clientId: n % 5,
});

/** A document with so many entries and checkpoints at these LSNs. */
async function written(entries: number, ...checkpoints: number[]): Promise<string> {
  const id = await createDocument(database, household);
  await write(id, entries);
  for (const lsn of checkpoints) await checkpoint(id, lsn);
  return id;
}

async function write(documentId: string, count: number, after = 0, epoch = 1): Promise<void> {
  const entries = Array.from({ length: count }, (_, i) => entry(after + i + 1));
  await database.updateLog.append({ documentId, epoch, after, entries });
}

const checkpoint = (documentId: string, lsn: number, epoch = 1) =>
  database.updateLog.saveCheckpoint({ documentId, epoch, lsn, state: Buffer.from(`state ${lsn}`) });

async function read(documentId: string, lsn = 0, limit = 1_000, epoch = 1): Promise<readonly LogEntry[]> {
  const entries = await database.updateLog.readAfter(documentId, epoch, lsn, limit);
  if (entries === 'gone') throw new Error('The document is gone.');
  // Buffers that are parts of others compare as unequal.
  return entries.map((one) => ({ ...one, update: Buffer.from(one.update) }));
}

const asText = (entries: readonly LogEntry[]) => entries.map(({ update }) => Buffer.from(update).toString());

const rowsOf = async (documentId: string): Promise<number[]> => {
  const found = await inTenant(database.app, household, (tx) =>
    tx
      .selectFrom('document_updates')
      .select('lsn')
      .where('document_id', '=', documentId)
      .orderBy('lsn')
      .execute(),
  );
  return found.map(({ lsn }) => lsn);
};

const beginAnew = (documentId: string) =>
  inTenant(database.app, household, async (tx) => {
    const { rows } = await sql<{ epoch: number; head: number }>`
      select epoch, head from tidemark.begin_anew(${documentId})`.execute(tx);
    return rows[0]!;
  });

const forgetCheckpoints = (documentId: string) =>
  inTenant(database.app, household, (tx) =>
    tx.deleteFrom('document_checkpoints').where('document_id', '=', documentId).execute(),
  );

const pastTables = [
  'document_updates',
  'document_checkpoints',
  'document_segments',
  'history_checkpoints',
  'history_sessions',
  'automatic_versions',
  'history_places',
];

const session = (first: number, last: number): WorkSession => ({
  first,
  last,
  userId: household.userId,
  from: 1_000 * first,
  to: 1_000 * last,
  edits: last - first + 1,
  bytes: 10,
  touched: { collections: {}, texts: {} },
  stops: [[last, 1_000 * last]],
});

const version = (lsn: number): Omit<AutomaticVersion, 'id'> => ({
  lsn,
  at: 1_000 * lsn,
  reason: 'quiet',
  userId: null,
  about: '',
});

describe('what may be packed', () => {
  test('TIME-2 rows up to the older of two kept checkpoints; with one checkpoint or none, nothing of the life', async () => {
    const id = await written(9);
    const packable = async () => (await database.history.place(id))!.packable;
    expect(await packable()).toBe(0);
    await checkpoint(id, 4);
    expect(await packable()).toBe(0);
    await checkpoint(id, 7);
    expect(await packable()).toBe(4);
    await checkpoint(id, 9);
    expect(await packable()).toBe(7);
    expect(await packAll(database, id, 3)).toBe(7);
    expect(await rowsOf(id)).toEqual([8, 9]);
    expect(await database.updateLog.load(id)).toMatchObject({ head: 9, checkpoint: { lsn: 9 }, tail: [] });
  });

  test('TIME-2 all of former lives, and no segment goes over the end of one', async () => {
    const id = await written(5, 2, 4);
    const { epoch } = await beginAnew(id);
    await write(id, 3, 6, epoch);
    expect(await database.history.place(id)).toMatchObject({ packable: 5, head: 9 });
    await checkpoint(id, 7, epoch);
    await checkpoint(id, 8, epoch);
    expect(await database.history.place(id)).toMatchObject({ packable: 7 });
    const rows = (await database.history.entries(id, 0, 7)).rows;
    expect(await database.history.pack(id, toSegment(rows))).toBe('outdated');
    expect(await database.history.pack(id, toSegment(rows.slice(0, 5)))).toBe('packed');
    expect(await database.history.pack(id, toSegment(rows.slice(5)))).toBe('packed');
    expect(await rowsOf(id)).toEqual([8, 9]);
  });

  test('TIME-2 nothing is done where a segment begins, ends or reads otherwise than the log', async () => {
    const id = await written(9, 6, 9);
    const { rows } = await database.history.entries(id, 0, 9);
    const pack = (entries: readonly LogEntry[], change = {}) =>
      database.history.pack(id, { ...toSegment(entries), ...change });
    expect(await pack(rows.slice(1, 4))).toBe('outdated');
    expect(await pack(rows.slice(0, 7))).toBe('outdated');
    const other = rows
      .slice(0, 4)
      .map((one, i) => (i === 2 ? { ...one, update: Buffer.from('other') } : one));
    expect(await pack(other)).toBe('outdated');
    expect(await pack(rows.slice(0, 4), { last: 5 })).toBe('outdated');
    await expect(pack(rows.slice(0, 4), { content: toSegment(rows.slice(0, 5)).content })).rejects.toThrow(
      'does not hold what the log does',
    );
    expect(await pack(rows.slice(0, 4), { sha256: toSegment(rows.slice(1, 5)).sha256 })).toBe('outdated');
    await expect(pack(rows.slice(0, 4), { content: Buffer.from('no segment') })).rejects.toThrow();
    for (const change of [{ at: 5 }, { userId: 'somebody' }, { clientId: 99 }]) {
      const changed = rows.slice(0, 4).map((one, i) => (i === 1 ? { ...one, ...change } : one));
      await expect(pack(changed)).rejects.toThrow('does not hold what the log does');
    }
    // The same bytes, cut elsewhere.
    const [a, b] = [rows[0]!, rows[1]!];
    const cut = [
      { ...a, update: a.update.subarray(0, 3) },
      { ...b, update: Buffer.concat([a.update.subarray(3), b.update]) },
    ];
    await expect(pack(cut)).rejects.toThrow('does not hold what the log does');
    expect(await rowsOf(id)).toHaveLength(9);
    expect(await database.history.place(id)).toMatchObject({ packed: 0 });
    expect(await pack(rows.slice(0, 6))).toBe('packed');
    expect(await pack(rows.slice(0, 6))).toBe('outdated');
    expect(await database.history.pack(randomUUID(), toSegment(rows))).toBe('outdated');
  });

  test('HIST-8 of two that pack the same at once, one does', async () => {
    const id = await written(50, 40, 50);
    const { rows } = await database.history.entries(id, 0, 40);
    const outcomes = await Promise.all([1, 2, 3].map(() => database.history.pack(id, toSegment(rows))));
    expect(outcomes.sort()).toEqual(['outdated', 'outdated', 'packed']);
    expect(await rowsOf(id)).toHaveLength(10);
  });

  test('TIME-2 the application can take away rows in no other way', async () => {
    const id = await written(3, 2, 3);
    await packAll(database, id);
    const statements = [
      sql`delete from document_updates`,
      sql`delete from document_segments`,
      sql`update document_segments set content = ''`,
      sql`update history_places set packed_lsn = 3`,
      sql`delete from history_checkpoints`,
      sql`delete from automatic_versions`,
    ];
    for (const statement of statements) {
      await expect(inTenant(database.app, household, (tx) => statement.execute(tx))).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});

describe('reading what is packed', () => {
  test('TIME-2 any page from any place is the same as before', async () => {
    const id = await written(25, 12, 20, 24);
    const pages: [number, number, readonly LogEntry[]][] = [];
    for (let lsn = 0; lsn <= 25; lsn += 1) {
      for (const limit of [1, 2, 7, 100]) pages.push([lsn, limit, await read(id, lsn, limit)]);
    }
    expect(await packAll(database, id, 6)).toBe(20);
    for (const [lsn, limit, page] of pages) expect(await read(id, lsn, limit)).toEqual(page);
  });

  test("TIME-2 a writer that looked long ago gets all that it missed, beside its own document's and others' ", async () => {
    const ids = [await written(10, 4, 9), await written(6, 5, 6)];
    const before = await Promise.all(ids.map((id) => read(id)));
    for (const id of ids) await packAll(database, id, 3);
    const appended = await Promise.all(
      ids.map((documentId, i) =>
        database.updateLog.append({ documentId, epoch: 1, after: i, entries: [entry(99)] }),
      ),
    );
    for (const [i, answer] of appended.entries()) {
      if (answer.outcome !== 'stored') throw new Error('The document is gone.');
      expect(answer.head).toBe(before[i]!.length + 1);
      const missed = answer.missed.map((one) => ({ ...one, update: Buffer.from(one.update) }));
      expect(missed).toEqual(before[i]!.slice(i));
    }
  });

  test('TIME-2 a load goes back to the segments where somebody took the checkpoints away', async () => {
    const id = await written(12, 5, 9);
    const before = await read(id);
    await packAll(database, id, 2);
    await forgetCheckpoints(id);
    const loaded = (await database.updateLog.load(id))!;
    expect(loaded).toMatchObject({ head: 12, checkpoint: null });
    expect(loaded.tail.map((one) => ({ ...one, update: Buffer.from(one.update) }))).toEqual(before);
    // In the middle of a segment.
    await checkpoint(id, 3);
    const later = (await database.updateLog.load(id))!;
    expect(later.checkpoint?.lsn).toBe(3);
    expect(asText(later.tail)).toEqual(asText(before.slice(3)));
  });

  test('TIME-2 a life begun anew reads nothing of the one before', async () => {
    const id = await written(5, 2, 4);
    const { epoch, head } = await beginAnew(id);
    await packAll(database, id);
    await write(id, 2, head, epoch);
    expect((await read(id, 0, 100, epoch)).map(({ lsn }) => lsn)).toEqual([6, 7, 8]);
    expect((await database.updateLog.load(id))!.tail.map(({ lsn }) => lsn)).toEqual([6, 7, 8]);
    expect(await database.updateLog.readAfter(id, 1, 0, 10)).toBe('gone');
    expect(
      await database.updateLog.append({ documentId: id, epoch: 1, after: 0, entries: [entry(1)] }),
    ).toEqual({
      outcome: 'gone',
    });
  });

  test('TIME-2 a document restored from a backup goes on over what was packed', async () => {
    const id = await written(8, 3, 6);
    await packAll(database, id);
    await house.owner.query('select tidemark.begin_all_anew($1)', [[id]]);
    const loaded = (await database.updateLog.load(id))!;
    expect(loaded).toMatchObject({ head: 9, checkpoint: { lsn: 6 } });
    expect(loaded.tail.map(({ lsn }) => lsn)).toEqual([7, 8, 9]);
    expect((await read(id, 0, 100, loaded.epoch)).map(({ lsn }) => lsn)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await database.history.place(id))!.lives).toEqual([
      { after: 0, epoch: loaded.epoch, began: null },
    ]);
  });

  test('TIME-2 a segment that is missing or cannot be read is a fault, never a hole', async () => {
    const id = await written(9, 6, 9);
    await packAll(database, id, 2);
    const asDefiner = async (statement: string) => {
      await house.owner.query('begin; set local role tidemark_definer');
      await house.owner.query(statement);
      await house.owner.query('commit');
    };
    await asDefiner(`delete from tidemark.document_segments where document_id = '${id}' and first_lsn = 3`);
    await expect(read(id, 0)).rejects.toThrow('The log has 5 after 2');
    await expect(read(id, 2)).rejects.toThrow('is missing');
    expect(await read(id, 4)).toHaveLength(5);
    await asDefiner(`delete from tidemark.document_segments where document_id = '${id}' and first_lsn = 5`);
    await expect(read(id, 0)).rejects.toThrow('The log has 7 after 2');
    await forgetCheckpoints(id);
    await expect(database.updateLog.load(id)).rejects.toThrow('The log has 7 after 2');
  });
});

describe('reading what is thinned', () => {
  /** Ten entries, of which four are thinned and four more packed. */
  async function thinned(): Promise<string> {
    const id = await written(10, 8, 10);
    await packAll(database, id, 4);
    await database.history.keepState(id, 4, Buffer.from('state'));
    expect(await database.history.thin(id, 4, [])).toBe('thinned');
    return id;
  }

  test('TIME-2 the checkpoint stands in for whoever lags that far, in as many entries', async () => {
    const id = await thinned();
    const entries = await read(id, 1);
    expect(entries.map(({ lsn }) => lsn)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(asText(entries).slice(0, 4)).toEqual(['state 10', '\0\0', '\0\0', asText([entries[3]!])[0]]);
    expect(asText(entries)[3]).toBe(Buffer.from(entry(5).update).toString());
    expect((await read(id, 0, 2)).map(({ lsn }) => lsn)).toEqual([1, 2]);
    expect(asText(await read(id, 2, 1))).toEqual(['state 10']);
    const answer = await database.updateLog.append({
      documentId: id,
      epoch: 1,
      after: 0,
      entries: [entry(11)],
    });
    expect(answer).toMatchObject({ outcome: 'stored', head: 11, missed: { length: 10 } });
  });

  test('TIME-2 a load that would have a hole fails', async () => {
    const id = await thinned();
    await forgetCheckpoints(id);
    await expect(database.updateLog.load(id)).rejects.toThrow('no checkpoint holds them');
    await expect(read(id)).rejects.toThrow('no checkpoint holds them');
    expect(await read(id, 4)).toHaveLength(6);
  });
});

describe('a server that was started before segments were known', () => {
  const call = <T>(statement: ReturnType<typeof sql<T>>) =>
    inTenant(database.app, household, async (tx) => (await statement.execute(tx)).rows);
  interface Row {
    lsn: number | null;
    update: Buffer;
  }

  test('TIME-2 reads on and appends without a hole', async () => {
    const id = await written(8, 4, 7);
    await packAll(database, id);
    const page = await call(sql<Row>`select * from tidemark.read_updates(${id}, 1, 1, 5)`);
    expect(page.slice(1).map(({ lsn, update }) => [lsn, update.toString()])).toEqual([
      [2, 'state 7'],
      [3, '\0\0'],
      [4, '\0\0'],
      [5, Buffer.from(entry(5).update).toString()],
      [6, Buffer.from(entry(6).update).toString()],
    ]);
    const answer = await call(
      sql<Row>`select * from tidemark.append_updates(array[${id}::uuid], '{1}', '{3}', 'ab', '{1,1}', '{1,1}', '{null,null}', '{1,1}')`,
    );
    expect(answer.map(({ lsn }) => lsn)).toEqual([null, 4, 5, 6, 7, 8]);
    expect(await database.updateLog.load(id)).toMatchObject({ head: 10 });
  });

  test('TIME-2 loads as ever, or fails', async () => {
    const id = await written(8, 4, 7);
    const load = () => call(sql<Row>`select * from tidemark.load_document(${id})`);
    const before = await load();
    await packAll(database, id);
    expect(await load()).toEqual(before);
    await forgetCheckpoints(id);
    await expect(load()).rejects.toThrow('no checkpoint holds them');
  });
});

/** A process of its own that packs a document as soon as any of it may be, until its input ends. */
function packElsewhere(documentId: string) {
  const module = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const script = `
    const { openDatabase } = await import(${module('./index.ts')});
    const { createJournal, packAll } = await import(${module('./house.testing.ts')});
    const database = openDatabase({ connection: JSON.parse(process.env.CONNECTION), journal: createJournal() });
    let over = false;
    process.stdin.on('end', () => { over = true; }).resume();
    let packed = 0;
    do packed = await packAll(database, ${JSON.stringify(documentId)}, 7); while (!over);
    console.log(packed);
    await database.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, CONNECTION: JSON.stringify(house.connection) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return {
    async end(): Promise<string> {
      child.stdin.end();
      const [out, errors] = await said;
      return `${out}${errors}`.trim();
    },
  };
}

describe('packing underneath', () => {
  test('TIME-2 two processes write, lag, load and save checkpoints while a third packs: nobody misses an entry', async () => {
    const id = await createDocument(database, household);
    const elsewhere = openDatabase({ connection: house.connection, journal: createJournal() });
    const packer = packElsewhere(id);
    const rounds = 120;
    let writing = true;
    const stored = new Map<number, string>();

    /** Looks rarely, so that its appends answer with entries that were packed long ago. */
    const writer = async (log: Database['updateLog'], lag: number) => {
      let seen = 0;
      for (let n = 1; n <= rounds; n += 1) {
        const text = `${lag}.${n}`;
        const entries = [{ update: Buffer.from(text), userId: household.userId, clientId: lag }];
        const answer = await log.append({ documentId: id, epoch: 1, after: seen, entries });
        if (answer.outcome !== 'stored') throw new Error('The document is gone.');
        expect(answer.missed.map(({ lsn }) => lsn)).toEqual(
          Array.from({ length: answer.head - 1 - seen }, (_, i) => seen + 1 + i),
        );
        stored.set(answer.head, text);
        if (n % lag === 0) seen = answer.head;
      }
    };
    const reader = async (log: Database['updateLog']) => {
      while (writing) {
        for (let lsn = 0, page: readonly LogEntry[] = []; ; lsn += page.length) {
          page = await readFrom(log, lsn);
          expect(page.map((one) => one.lsn)).toEqual(page.map((_, i) => lsn + 1 + i));
          if (page.length < 25) break;
        }
      }
    };
    const readFrom = async (log: Database['updateLog'], lsn: number) => {
      const page = await log.readAfter(id, 1, lsn, 25);
      if (page === 'gone') throw new Error('The document is gone.');
      return page;
    };
    const shift = async (log: Database['updateLog']) => {
      while (writing) {
        const { head, checkpoint: last, tail } = (await log.load(id))!;
        expect(tail.map(({ lsn }) => lsn)).toEqual(tail.map((_, i) => (last?.lsn ?? 0) + 1 + i));
        expect((last?.lsn ?? 0) + tail.length).toBe(head);
        if (tail.length > 5)
          await log.saveCheckpoint({ documentId: id, epoch: 1, lsn: head, state: Buffer.from('s') });
      }
    };
    const [here, there] = [database.updateLog, elsewhere.updateLog];
    const watching = [reader(here), reader(there), shift(there)];
    await Promise.all([writer(here, 50), writer(there, 31), writer(there, 7)]).finally(() => {
      writing = false;
    });
    await Promise.all(watching);

    expect(Number(await packer.end())).toBeGreaterThan(100);
    const all = await read(id, 0, 10_000);
    expect(all.map(({ lsn }) => lsn)).toEqual(Array.from({ length: 3 * rounds }, (_, i) => i + 1));
    for (const one of all) expect(asText([one])[0]).toBe(stored.get(one.lsn));
    await elsewhere.close();
  });

  test('TIME-8 a document that is deleted for good while it is packed leaves nothing behind', async () => {
    const id = await written(40, 30, 40);
    const { rows } = await database.history.entries(id, 0, 30);
    await database.history.pack(id, toSegment(rows.slice(0, 10)));
    await database.history.keepState(id, 10, Buffer.from('state'));
    await database.history.saveSessions(id, 0, 40, [session(1, 40)]);
    await database.history.addAutomatic(id, version(40));
    const [outcome] = await Promise.all([
      database.history.pack(id, toSegment(rows.slice(10))),
      inTenant(database.app, household, (tx) => tx.deleteFrom('documents').where('id', '=', id).execute()),
    ]);
    expect(['packed', 'outdated']).toContain(outcome);
    for (const table of pastTables) {
      const { rows: left } = await inTenant(database.app, household, (tx) =>
        sql`select 1 from ${sql.id('tidemark', table)} where document_id = ${id}`.execute(tx),
      );
      expect({ table, left }).toEqual({ table, left: [] });
    }
    expect(await database.history.place(id)).toBeNull();
    await database.history.keepState(id, 20, Buffer.from('state'));
    expect(await database.history.saveSessions(id, 0, 40, [session(1, 40)])).toBe('outdated');
    expect(await database.history.addAutomatic(id, version(40))).toBe('gone');
  });
});
