/**
 * Several server processes on one Postgres, with Postgres and with Redis as their bus, and no stickiness: killed in the
 * middle of writing, their bus cut, their Postgres restarted, their clients moved over. Everything acknowledged is there and
 * all replicas are equal.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisServer, startRedis } from '@tidemark/bus/testing';
import { type Postgres, startPostgres } from '@tidemark/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Cable, layCable } from './harness/cable.ts';
import { Guest } from './harness/guest.ts';
import { createDocument, type Person, signUp, syncUrl } from './harness/people.ts';
import { type ServerProcess, signalIfThere, startServer } from './harness/server-process.ts';
import { storedUpdates } from './harness/stored-updates.ts';
import { Writer } from './harness/writer.ts';

const base = mkdtempSync(join(tmpdir(), 'tidemark-processes-'));
let postgres: Postgres;
let databaseUrl: string;
let restarted: () => void = () => undefined;
beforeAll(async () => {
  const hear = (event: string) => {
    if (event === 'postgres.started') restarted();
  };
  postgres = await startPostgres({
    dataDir: join(base, 'database'),
    log: { info: hear, warn: hear, error: hear },
  });
  const { host, port, user, password, database } = postgres.connection;
  databaseUrl = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(base, { recursive: true, force: true });
});

/** How the processes of a trial hear each other, and how that is cut. */
interface Bus {
  readonly environment: Record<string, string>;
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

async function busOfPostgres(): Promise<Bus> {
  return {
    environment: {},
    async cut() {
      const client = await connect();
      const { rowCount } = await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where query in ('listen tidemark_bus', 'select pg_notify($1, $2)')`,
      );
      await client.end();
      expect(rowCount).toBeGreaterThanOrEqual(2);
    },
    async mend() {
      // They come back by themselves.
    },
    async close() {
      // Postgres is everybody's.
    },
  };
}

async function busOfRedis(): Promise<Bus> {
  const redis: RedisServer = await startRedis();
  const cable: Cable = await layCable(`http://127.0.0.1:${redis.port}`);
  return {
    environment: { BUS_URL: cable.origin.replace('http:', 'redis:') },
    cut: () => cable.cut('all'),
    mend: () => cable.mend(),
    async close() {
      await cable.close();
      await redis.remove();
    },
  };
}

/** How often a server found out that another one no longer speaks. */
function missedBy(server: ServerProcess): number {
  return server.log().split('process-not-heard').length;
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(postgres.connection);
  await client.connect();
  return client;
}

describe.each([
  ['Postgres', busOfPostgres],
  ['Redis', busOfRedis],
] as const)('two processes with %s as their bus', (name, openBus) => {
  const secret = randomUUID() + randomUUID();
  let bus: Bus;
  let here: ServerProcess;
  let there: ServerProcess;
  let person: Person;
  let documentId: string;
  const guests: Guest[] = [];
  const writers: Writer[] = [];

  const start = (folder: string) =>
    startServer(join(base, `${name}-${folder}`), {
      DATABASE_URL: databaseUrl,
      TIDEMARK_SECRET: secret,
      ...bus.environment,
    });
  const url = (server: ServerProcess) => syncUrl(server.origin, person, documentId);
  const guest = async (server: ServerProcess, guestName: string) => {
    const made = new Guest(await url(server), guestName);
    guests.push(made);
    return made;
  };
  const writer = async (server: ServerProcess, writerName: string) => {
    const made = new Writer(await url(server), writerName);
    writers.push(made);
    await made.untilLive();
    return made;
  };
  /** Everybody writes with a few keys in flight until each has written so many. */
  const writeOn = (who: readonly Writer[], count: number) =>
    Promise.all(
      who.map(async (each) => {
        for (let i = 0; i < count; i += 1) {
          each.write();
          await each.until(() => each.sent - each.settledFrames < 20);
        }
      }),
    );
  /** Everybody has everything that anybody wrote. */
  const untilEqual = async () => {
    const open = writers.filter(({ closeCode }) => closeCode === null);
    await Promise.all(open.map((each) => each.untilAllAcked()));
    const all = new Set(writers.flatMap(({ acked }) => [...acked]));
    const complete = ({ doc }: Writer) => [...all].every((key) => doc.getMap('writes').has(key));
    await Promise.all(open.map((each) => each.until(() => complete(each))));
    const [first, ...others] = open.map(({ doc }) => Buffer.from(Y.encodeStateAsUpdate(doc)).length);
    for (const other of others) expect(other).toBe(first);
    const vectors = open.map(({ doc }) =>
      JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort()),
    );
    expect(new Set(vectors).size).toBe(1);
  };
  const figure = async (server: ServerProcess, figureName: string) => {
    const text = await (await fetch(`${server.origin}/metrics`)).text();
    return Number(new RegExp(`^${figureName} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  const untilFigure = async (server: ServerProcess, figureName: string, value: number) => {
    while ((await figure(server, figureName)) !== value) {
      // Asking is the wait: each answer takes its time.
    }
  };

  beforeAll(async () => {
    bus = await openBus();
    [here, there] = await Promise.all([start('here'), start('there')]);
    person = await signUp(here.origin, `Ana ${name}`);
    documentId = await createDocument(here.origin, person, 'Shared');
  });
  afterAll(async () => {
    for (const each of guests) each.leave();
    for (const each of writers) each.close();
    for (const each of [here, there]) if (each) signalIfThere(each.pid, 'SIGKILL');
    await Promise.all([here?.ended, there?.ended]);
    await bus?.close();
  });

  test('R3 R42 people on both see each other and each other’s edits', async () => {
    const [ann, bob] = [await guest(here, 'ann'), await guest(there, 'bob')];
    const both = [await writer(here, 'w1'), await writer(there, 'w2')];
    await writeOn(both, 60);
    await untilEqual();
    await Promise.all([ann.untilSees('bob'), bob.untilSees('ann')]);
  });

  test('R41 the bus is cut in the middle of writing: late, not lost, and everybody is seen again', async () => {
    const both = writers.slice(0, 2);
    const writing = writeOn(both, 80);
    await bus.cut();
    if (name === 'Redis') {
      await untilFigure(there, 'tidemark_bus_connected', 0);
      expect((await fetch(`${there.origin}/readyz`)).status).toBe(200);
      // Stored and acknowledged, though nobody hears of it elsewhere.
      await writing;
      await Promise.all(both.map((each) => each.untilAllAcked()));
    }
    await bus.mend();
    await writing;
    await Promise.all([here, there].map((server) => untilFigure(server, 'tidemark_bus_connected', 1)));
    await untilEqual();
    const cleo = await guest(there, 'cleo');
    await guests[0]!.untilSees('bob', 'cleo');
    cleo.leave();
    await guests[0]!.untilSees('bob');
  });

  test('R1 R3 Postgres is killed and comes back in the middle of writing', async () => {
    const writing = writeOn(writers.slice(0, 2), 60);
    const back = new Promise<void>((resolve) => {
      restarted = resolve;
    });
    process.kill(postgres.pid!, 'SIGKILL');
    await back;
    await writing;
    await untilEqual();
  });

  test('R44 a person is moved to the other process by a load balancer and stays who they are', async () => {
    const [ann, bob] = guests as [Guest, Guest];
    const dan = await guest(here, 'dan');
    await bob.untilSees('ann', 'dan');
    await dan.comeBack(await url(there));
    await dan.untilSees('ann', 'bob');
    await untilFigure(here, 'tidemark_sessions', 2);
    await Promise.all([ann.untilSees('bob', 'dan'), bob.untilSees('ann', 'dan')]);
    dan.leave();
    await Promise.all([ann.untilSees('bob'), bob.untilSees('ann')]);
  });

  test('R1 R45 a process is killed in the middle of writing: its people go on at the other', async () => {
    const [ann, bob] = guests as [Guest, Guest];
    // One that stays behind is found out after a while, which is worth waiting for once.
    const ghosts = name === 'Redis' ? [await guest(there, 'ghost')] : [];
    await ann.untilSees('bob', ...ghosts.map((ghost) => ghost.name));
    const moving = writers[1]!;
    const more = await writer(there, 'w3');
    const staying = writeOn([writers[0]!], 120);
    const going = Promise.allSettled([writeOn([moving, more], 10_000)]);
    await writers[0]!.until(() => moving.acked.size > 250 && more.acked.size > 20);
    there.signal('SIGKILL');
    await there.ended;
    await going;
    for (const each of [moving, more]) {
      each.comeBack(await url(here));
      await each.untilLive();
      each.write();
    }
    await bob.comeBack(await url(here));
    await staying;
    await untilEqual();
    await ann.untilSees('bob');
  });

  test('R45 a process that is stopped in order takes its people with it at once', async () => {
    const [ann] = guests as [Guest];
    there = await start('there');
    const eve = await guest(there, 'eve');
    await ann.untilSees('bob', 'eve');
    await eve.untilSees('ann', 'bob');
    const missed = missedBy(here);
    there.signal('SIGTERM');
    await ann.untilSees('bob');
    expect(await there.ended).toBe(0);
    // It was told so, and did not find out.
    expect(missedBy(here)).toBe(missed);
  });

  test('R1 R3 the log has everything acknowledged, without a gap', async () => {
    const client = await connect();
    const updates = await storedUpdates(client, documentId);
    await client.end();
    expect(updates.map(({ lsn }) => lsn)).toEqual(updates.map((_, i) => i + 1));
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const { update } of updates) Y.applyUpdate(doc, update);
    });
    const acked = writers.flatMap((each) => [...each.acked]);
    expect(acked.length).toBeGreaterThan(500);
    expect(acked.filter((key) => !doc.getMap('writes').has(key))).toEqual([]);
  });
});
