import { randomUUID } from 'node:crypto';
import type { Appended, NewEntry } from '@tidemark/sync';
import { updateLogContract } from '@tidemark/sync/contract';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientConfig } from './connection.ts';
import {
  createDocument,
  createHousehold,
  createJournal,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant, openDatabase } from './index.ts';
import { openUpdateLog } from './update-log.ts';

updateLogContract('Postgres', async () => {
  const house = await openTestHouse();
  const household = await createHousehold(house.database);
  const { app, updateLog } = house.database;
  return {
    log: updateLog,
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

describe('update log in Postgres', () => {
  let house: TestHouse;
  let household: Household;
  beforeAll(async () => {
    house = await openTestHouse();
    household = await createHousehold(house.database);
  });
  afterAll(() => house.close());

  const entry = (bytes: number[], userId: string | null = household.userId): NewEntry => ({
    update: new Uint8Array(bytes),
    userId,
    clientId: 1,
  });
  const append = (documentId: string, entries: NewEntry[], after = 0, database = house.database) =>
    database.updateLog.append({ documentId, epoch: 1, after, entries });

  test('rooms that append at once share commits, each with its own answer', async () => {
    const ids = await Promise.all(
      Array.from({ length: 40 }, () => createDocument(house.database, household)),
    );
    const appended = await Promise.all(ids.map((id, i) => append(id, [entry([i]), entry([i, i])])));
    expect(appended).toEqual(ids.map(() => ({ outcome: 'stored', head: 2, missed: [] })));
    const { rows } = await inTenant(house.database.app, household, (tx) =>
      sql<{ groups: number }>`select count(distinct xmin::text) as groups from document_updates
        where document_id = any (${ids})`.execute(tx),
    );
    expect(rows[0]!.groups).toBeLessThanOrEqual(2);
  });

  test('one group serves documents of several companies', async () => {
    const other = await createHousehold(house.database);
    const ids = [
      await createDocument(house.database, household),
      await createDocument(house.database, other),
    ];
    const appended = await Promise.all(ids.map((id) => append(id, [entry([1])])));
    expect(appended.map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);
    for (const [i, id] of ids.entries()) {
      const owner = [household, other][i]!;
      const found = await inTenant(house.database.app, owner, (tx) =>
        tx.selectFrom('document_updates').select('company_id').where('document_id', '=', id).execute(),
      );
      expect(found).toEqual([{ company_id: owner.companyId }]);
    }
  });

  test('a batch that the database refuses fails alone', async () => {
    const [good, bad] = await Promise.all([1, 2].map(() => createDocument(house.database, household)));
    const settled = await Promise.allSettled([
      append(good!, [entry([1])]),
      // No text in Postgres holds a zero character.
      append(bad!, [entry([1], 'zero\0')]),
      append(await createDocument(house.database, household), [entry([1])]),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await append(bad!, [entry([1])])).toMatchObject({ outcome: 'stored', head: 1 });
  });

  test('R1 a document in the bin still takes what its writers have, a purged one does not', async () => {
    const id = await createDocument(house.database, household);
    await inTenant(house.database.app, household, (tx) =>
      tx.updateTable('documents').set({ deleted_at: new Date() }).where('id', '=', id).execute(),
    );
    expect(await append(id, [entry([1])])).toMatchObject({ outcome: 'stored', head: 1 });
    await inTenant(house.database.app, household, (tx) =>
      tx.deleteFrom('documents').where('id', '=', id).execute(),
    );
    expect(await append(id, [entry([2])], 1)).toEqual({ outcome: 'gone' });
    const left = await inTenant(house.database.app, household, (tx) =>
      tx.selectFrom('document_updates').select('lsn').where('document_id', '=', id).execute(),
    );
    expect(left).toEqual([]);
  });

  test('two processes that write one document leave no hole and miss nothing', async () => {
    const id = await createDocument(house.database, household);
    const second = openDatabase({ connection: house.connection, journal: house.journal });
    const writer = async (database: typeof second, mark: number) => {
      const seen: number[] = [];
      for (let n = 0; n < 50; n += 1) {
        const result: Appended = await append(id, [entry([mark, n])], seen.at(-1) ?? 0, database);
        if (result.outcome !== 'stored') throw new Error('A living document was called gone.');
        seen.push(...result.missed.map(({ lsn }) => lsn), result.head);
      }
      return seen;
    };
    const both = await Promise.all([writer(house.database, 1), writer(second, 2)]);
    for (const seen of both) expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => i + 1));
    expect((await house.database.updateLog.load(id))!.head).toBe(100);
    await second.close();
  });

  test('a batch without entries stores nothing and still hears what it missed', async () => {
    const id = await createDocument(house.database, household);
    await append(id, [entry([1])]);
    expect(await append(id, [])).toMatchObject({ outcome: 'stored', head: 1, missed: [{ lsn: 1 }] });
  });

  test('two processes that share many documents, in any order, never wait for each other in a circle', async () => {
    const ids = await Promise.all(
      Array.from({ length: 30 }, () => createDocument(house.database, household)),
    );
    const journals = [createJournal(), createJournal()];
    const logs = journals.map((journal) => openUpdateLog(house.connection, journal, house.database.bus));
    const writeAll = async (log: (typeof logs)[number], order: readonly string[]) => {
      for (let n = 0; n < 40; n += 1) {
        await Promise.all(
          order.map((documentId) => log.append({ documentId, epoch: 1, after: 0, entries: [entry([n])] })),
        );
      }
    };
    await Promise.all([writeAll(logs[0]!, ids), writeAll(logs[1]!, ids.toReversed())]);
    for (const id of ids) expect((await house.database.updateLog.load(id))!.head).toBe(80);
    // A deadlock would be broken by Postgres, and the group tried again alone.
    for (const { events } of journals) expect(events).not.toContain('log.group-failed');
    await Promise.all(logs.map((log) => log.close()));
  });

  test('the document knows its last writer, its size and its last change', async () => {
    const id = await createDocument(house.database, household);
    await append(id, [entry([1, 2, 3]), entry([4], null)]);
    const found = await inTenant(house.database.app, household, (tx) =>
      tx
        .selectFrom('documents')
        .select(['head', 'log_bytes', 'updated_by'])
        .where('id', '=', id)
        .executeTakeFirst(),
    );
    expect(found).toEqual({ head: 2, log_bytes: 4, updated_by: household.userId });
  });

  test('a checkpoint beyond the log is a fault, and only the newest two are kept', async () => {
    const id = await createDocument(house.database, household);
    await append(
      id,
      [1, 2, 3, 4].map((n) => entry([n])),
    );
    const save = (lsn: number) =>
      house.database.updateLog.saveCheckpoint({
        documentId: id,
        epoch: 1,
        lsn,
        state: new Uint8Array([lsn]),
      });
    await expect(save(5)).rejects.toThrow('log ends at 4');
    for (const lsn of [1, 2, 3]) expect(await save(lsn)).toBe('stored');
    const kept = await inTenant(house.database.app, household, (tx) =>
      tx
        .selectFrom('document_checkpoints')
        .select('lsn')
        .where('document_id', '=', id)
        .orderBy('lsn')
        .execute(),
    );
    expect(kept).toEqual([{ lsn: 2 }, { lsn: 3 }]);
  });

  test('large content comes back byte for byte', async () => {
    const id = await createDocument(house.database, household);
    const large = Buffer.alloc(16 * 1024 * 1024, 'tidemark');
    await append(id, [{ update: large, userId: null, clientId: 2 ** 40 }]);
    await house.database.updateLog.saveCheckpoint({ documentId: id, epoch: 1, lsn: 1, state: large });
    await append(id, [entry([7])]);
    const loaded = await house.database.updateLog.load(id);
    expect(Buffer.compare(loaded!.checkpoint!.state, large)).toBe(0);
    const page = await house.database.updateLog.readAfter(id, 1, 0, 1);
    if (page === 'gone') throw new Error('The document is there.');
    const [first] = page;
    expect(Buffer.compare(first!.update, large)).toBe(0);
    expect(first!.clientId).toBe(2 ** 40);
  });
  test('R41 a read that is never answered is given up, and others are answered', async () => {
    const id = await createDocument(house.database, household);
    const { connection, database } = house;
    const log = openUpdateLog(connection, createJournal(), database.bus, 500);
    const owner = new pg.Client(
      clientConfig(connection, { role: null, searchPath: 'tidemark', statementTimeout: null }),
    );
    await owner.connect();
    await owner.query('begin; lock table tidemark.documents in access exclusive mode');
    await expect(log.load(id)).rejects.toThrow('timeout');
    await expect(log.heads([id])).rejects.toThrow('timeout');
    await owner.end();
    expect(await log.load(id)).toMatchObject({ head: 0 });
    await log.close();
  });
});
