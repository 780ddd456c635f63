import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@tidemark/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBell } from './bell.ts';
import { openPostgresBus } from './bus.ts';
import {
  createDocument,
  createHousehold,
  createJournal,
  type HeardJournal,
  type Household,
} from './house.testing.ts';
import { type Database, openDatabase } from './index.ts';

/** A cluster of its own, since this file kills it. */
let dataDir: string;
let postgres: Postgres;
let database: Database;
let household: Household;
let journal: HeardJournal;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tidemark-outage-'));
  journal = createJournal();
  postgres = await startPostgres({ dataDir, log: journal });
  database = openDatabase({ connection: postgres.connection, journal });
  await database.migrate();
  household = await createHousehold(database);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true });
});

const append = (documentId: string, n: number) =>
  database.updateLog.append({
    documentId,
    epoch: 1,
    after: n - 1,
    entries: [{ update: new Uint8Array([n % 256]), userId: null, clientId: 1 }],
  });

describe('a database that fails', () => {
  test('R1 no acknowledged entry is lost when Postgres is killed in the middle of appending', async () => {
    const rounds = 8;
    const ids = await Promise.all(Array.from({ length: 4 }, () => createDocument(database, household)));
    const acknowledged = new Map(ids.map((id) => [id, 0]));
    let done = false;
    let total = 0;
    let reached: { at: number; resolve: () => void } | null = null;
    // Each writer goes on through every outage, as the engine does: a batch is sent until it holds.
    const writer = async (id: string) => {
      let n = 1;
      while (!done) {
        try {
          const appended = await append(id, n);
          if (appended.outcome !== 'stored') throw new Error('A living document was called gone.');
          acknowledged.set(id, appended.head);
          n = appended.head + 1;
          total += 1;
          if (reached !== null && total >= reached.at) reached.resolve();
        } catch (error) {
          if ((error as Error).message.startsWith('A living')) throw error;
        }
      }
    };
    const writers = Promise.all(ids.map(writer));
    for (let round = 0; round < rounds; round += 1) {
      await new Promise<void>((resolve) => {
        reached = { at: total + 20 + round * 7, resolve };
      });
      const back = journal.next('postgres.started');
      // Now the postmaster alone, now every process of it.
      if (round % 2 === 0) process.kill(postgres.pid!, 'SIGKILL');
      else await signalAll('SIGKILL');
      await back;
    }
    await new Promise<void>((resolve) => {
      reached = { at: total + 20, resolve };
    });
    done = true;
    await writers;
    for (const id of ids) {
      const { head, tail } = (await database.updateLog.load(id))!;
      expect(head).toBeGreaterThanOrEqual(acknowledged.get(id)!);
      expect(tail.map(({ lsn }) => lsn)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
    }
    expect(journal.events.filter((event) => event === 'postgres.died')).toHaveLength(rounds);
    expect(await database.ready()).toBe(true);
  });

  test('the bell between processes is heard again after a restart, and closes in the middle of one', async () => {
    const id = await createDocument(database, household);
    const there = openPostgresBus(postgres.connection, journal);
    const closing = openPostgresBus(postgres.connection, journal);
    await Promise.all([there.listen(), closing.listen()]);
    const back = journal.next('postgres.started');
    const heardAgain = new Promise<void>((resolve) => void there.onReconnected(resolve));
    await signalAll('SIGKILL');
    // In vain, as long as nobody listens at the other end.
    await journal.next('bus.not-listening');
    await closing.close();
    await back;
    await heardAgain;
    const rung = new Promise<number>((resolve) => void createBell(there).onAppended(id, resolve));
    await append(id, 1);
    expect(await rung).toBe(1);
    await there.close();
  });

  test('R1 an append waits while Postgres stands still, and is stored when it goes on', async () => {
    const id = await createDocument(database, household);
    await append(id, 1);
    const stopped = await signalAll('SIGSTOP');
    let answered = false;
    const appended = append(id, 2).finally(() => {
      answered = true;
    });
    expect(await database.ready()).toBe(false); // takes its three seconds
    expect(answered).toBe(false);
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
    expect(await appended).toMatchObject({ outcome: 'stored', head: 2 });
    expect((await database.updateLog.load(id))!.head).toBe(2);
  });
});

/** To the postmaster and every process of it. */
async function signalAll(name: NodeJS.Signals): Promise<number[]> {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where pid <> pg_backend_pid()',
  );
  await client.end();
  const pids = [postgres.pid!, ...rows.map(({ pid }) => pid)];
  return pids.filter((pid) => {
    try {
      return process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false; // ended with its postmaster
      throw error;
    }
  });
}
