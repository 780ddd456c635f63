import { connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createJournal, type HeardJournal, openTestHouse, type TestHouse } from './house.testing.ts';
import type { Connection } from './index.ts';
import { createListener } from './listener.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
afterEach(() => {
  vi.useRealTimers();
});

/** A listener, and what it says; `until` resolves when it has said so many things. */
function open(channel: string, journal: HeardJournal, connection: Connection = house.connection) {
  const said: string[] = [];
  let wake: () => void = () => undefined;
  const say = (what: string) => {
    said.push(what);
    wake();
  };
  const listener = createListener({
    connection,
    channel,
    name: 'test',
    journal,
    pulseMs: 1_000,
    onNotice: (payload) => say(`notice ${payload}`),
    onListening: () => say('listening'),
  });
  const until = async (length: number) => {
    while (said.length < length) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { listener, said, until };
}

const notify = (channel: string, payload: string) =>
  house.owner.query('select pg_notify($1::text, $2::text)', [channel, payload]);

async function pidOf(channel: string): Promise<number> {
  const { rows } = await house.owner.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and query = $1',
    [`listen ${channel}`],
  );
  expect(rows.length).toBe(1);
  return rows[0]!.pid;
}

/** Resolves when the connection has sent a sign of life, and been told of it. */
async function untilPulsed(pid: number): Promise<void> {
  for (;;) {
    const { rows } = await house.owner.query(
      `select 1 from pg_stat_activity where pid = $1 and query like 'select pg_notify%' and state = 'idle'`,
      [pid],
    );
    if (rows.length === 1) return;
  }
}

/** A way to Postgres whose first line goes dead with the first word of listening; resolves `died` then. */
async function openDyingWay() {
  const there = house.connection;
  if (typeof there === 'string') throw new Error('The connection of the house is known by its parts.');
  const { host, port = 5432 } = there;
  const died = Promise.withResolvers<void>();
  let isFirst = true;
  const server = createServer((from) => {
    const to = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    const isDying = isFirst;
    isFirst = false;
    to.pipe(from);
    from.on('data', (bytes: Buffer) => {
      if (isDying && bytes.includes('listen ')) died.resolve();
      else to.write(bytes);
    });
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The way has no port.');
  const connection = { ...there, host: '127.0.0.1', port: address.port };
  return { connection, died: died.promise, close: () => void server.close() };
}

describe('a listener', () => {
  test('tells of what is said on its channel, in order, and of no other', async () => {
    const { listener, said, until } = open('one', createJournal());
    await listener.listen();
    expect(listener.connected()).toBe(true);
    await notify('one', 'a');
    await notify('two', 'b');
    await notify('one', '');
    await until(3);
    expect(said).toEqual(['listening', 'notice a', 'notice ']);
    await listener.close();
    expect(listener.connected()).toBe(false);
  });

  test('comes back after a cut, says so to the journal and to its owner, and hears again', async () => {
    const journal = createJournal();
    const { listener, said, until } = open('cut', journal);
    await listener.listen();
    const lost = journal.next('test.connection-lost');
    await house.owner.query('select pg_terminate_backend($1)', [await pidOf('cut')]);
    await lost;
    await until(2);
    await notify('cut', 'again');
    await until(3);
    expect(said).toEqual(['listening', 'listening', 'notice again']);
    await listener.close();
  });

  test('keeps a connection that answers, and leaves one that died without a word for another', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const journal = createJournal();
    const { listener, said, until } = open('silent', journal);
    await listener.listen();
    const pid = await pidOf('silent');
    vi.advanceTimersByTime(1_000);
    await untilPulsed(pid);
    // Comes behind the sign of life, on the same line.
    await notify('silent', 'a');
    await until(2);
    vi.advanceTimersByTime(1_000);
    expect([journal.events, listener.connected()]).toEqual([[], true]);
    // Alive by all signs of TCP, and deaf: what a pooler between us and Postgres makes of LISTEN.
    process.kill(pid, 'SIGSTOP');
    try {
      vi.advanceTimersByTime(1_000);
      expect(journal.events).toEqual(['test.connection-silent']);
      await until(3);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(said).toEqual(['listening', 'notice a', 'listening']);
    await listener.close();
  });

  test('leaves a connection that dies before it listens', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const way = await openDyingWay();
    const journal = createJournal();
    const { listener, said } = open('dead', journal, way.connection);
    const heard = listener.listen();
    await way.died;
    vi.advanceTimersByTime(2_000);
    expect(journal.events).toEqual(['test.connection-silent']);
    await heard;
    expect(said).toEqual(['listening']);
    await listener.close();
    way.close();
  });

  test('closing it while it connects, or before it began, comes to an end', async () => {
    const begun = open('brief', createJournal());
    void begun.listener.listen();
    await begun.listener.close();
    const never = open('brief', createJournal());
    await never.listener.close();
    void never.listener.listen();
    expect([...begun.said, ...never.said]).toEqual([]);
  });
});
