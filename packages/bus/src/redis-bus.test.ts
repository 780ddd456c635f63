import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Log, WatchedBus } from '@tidemark/sync';
import { busContract } from '@tidemark/sync/bus-contract';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRedisBus } from './redis-bus.ts';
import { type RedisServer, startRedis } from './redis-server.testing.ts';

/** What was said, and a word that is waited for. */
interface Journal extends Log {
  readonly events: readonly string[];
  said(event: string): Promise<void>;
}

function createJournal(): Journal {
  const events: string[] = [];
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const waitFor = (event: string) => {
    const wait = waiting.get(event) ?? Promise.withResolvers<void>();
    waiting.set(event, wait);
    return wait;
  };
  const hear = (event: string) => {
    events.push(event);
    waitFor(event).resolve();
  };
  const said = (event: string) => waitFor(event).promise;
  return { events, said, debug: () => undefined, info: hear, warn: hear, error: hear };
}

const silent = createJournal();

/** Resolves when the bus is heard, again or for the first time. */
const readyOf = (bus: WatchedBus) =>
  new Promise<void>((resolve) => {
    const stop = bus.onReconnected(() => {
      stop();
      resolve();
    });
  });

async function join(url: string): Promise<WatchedBus> {
  const bus = openRedisBus({ url, journal: silent });
  await readyOf(bus);
  return bus;
}

busContract('Redis', async () => {
  const redis = await startRedis();
  return {
    join: () => join(redis.url),
    cut: () => redis.kill('SIGKILL'),
    mend: () => redis.start(),
    close: () => redis.remove(),
  };
});

busContract('a cluster of Redis', async () => {
  const redis = await startRedis('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
  const admin = new Redis(redis.url);
  await admin.cluster('ADDSLOTSRANGE', 0, 16_383);
  while (!String(await admin.cluster('INFO')).includes('cluster_state:ok')) await admin.ping();
  admin.disconnect();
  return {
    join: () => join(`${redis.url}?cluster`),
    cut: () => redis.kill('SIGKILL'),
    mend: () => redis.start(),
    close: () => redis.remove(),
  };
});

describe('a bus over Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.remove());

  test('one that cannot be reached holds up nothing, says so once, and is used when it comes', async () => {
    await redis.kill('SIGKILL');
    const journal = createJournal();
    const bus = openRedisBus({ url: redis.url, journal });
    const heard = Promise.withResolvers<string>();
    bus.subscribe('log/1', (bytes) => heard.resolve(new TextDecoder().decode(bytes)));
    for (let i = 0; i < 10; i += 1) bus.publish('log/1', new Uint8Array(8));
    // Redis can be there before the first attempt is refused.
    await journal.said('bus.unreachable');
    const ready = readyOf(bus);
    await redis.start();
    await ready;
    expect(bus.stats()).toMatchObject({ connected: true, dropped: 10, sent: 0 });
    expect(journal.events).toEqual(['bus.unreachable', 'bus.connected']);
    const other = await join(redis.url);
    other.publish('log/1', new TextEncoder().encode('7'));
    expect(await heard.promise).toBe('7');
    await Promise.all([bus.close(), other.close()]);
  });

  test('an answer to the first word on a topic is heard, however soon it comes', async () => {
    const [here, there] = [await join(redis.url), await join(redis.url)];
    const admin = new Redis(redis.url);
    for (let i = 0; i < 200; i += 1) {
      const topic = `quick/${i}`;
      there.subscribe(topic, () => there.publish(topic, new Uint8Array([2])));
      await subscribed(admin, topic);
      await new Promise<void>((resolve) => {
        here.subscribe(topic, () => resolve());
        here.publish(topic, new Uint8Array([1]));
      });
    }
    admin.disconnect();
    await Promise.all([here.close(), there.close()]);
  });

  test('a topic that is subscribed to while the connection subscribes to the others is heard too', async () => {
    // Between the two: the first answer to a SUBSCRIBE waits until the test lets it through.
    const asked = Promise.withResolvers<void>();
    const passed = Promise.withResolvers<void>();
    const sockets = new Set<Socket>();
    const proxy = createServer((near) => {
      const far = connect(redis.port, '127.0.0.1');
      for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
      near.on('data', (data) => {
        if (data.includes('log/1')) asked.resolve();
        far.write(data);
      });
      far.on('data', (data) => {
        if (data.includes('log/1')) void passed.promise.then(() => near.write(data));
        else near.write(data);
      });
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const [bus, other] = [
      openRedisBus({ url: `redis://127.0.0.1:${port}`, journal: silent }),
      await join(redis.url),
    ];
    const admin = new Redis(redis.url);
    const heard = Promise.withResolvers<void>();
    bus.subscribe('log/1', () => undefined);
    await asked.promise;
    bus.subscribe('log/2', () => heard.resolve());
    const ready = readyOf(bus);
    passed.resolve();
    await Promise.all([subscribed(admin, 'log/2'), ready]);
    other.publish('log/2', new Uint8Array(1));
    await heard.promise;
    admin.disconnect();
    await Promise.all([bus.close(), other.close()]);
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  test('a Redis that stands still does not fill the memory: what it does not take is dropped', async () => {
    const bus = await join(redis.url);
    redis.signal('SIGSTOP');
    const message = new Uint8Array(64 * 1024);
    for (let i = 0; i < 1_000; i += 1) bus.publish('log/1', message);
    expect(bus.stats().dropped).toBeGreaterThan(800);
    redis.signal('SIGCONT');
    await bus.close();
  });
});

/** Resolves when somebody listens to the topic. */
async function subscribed(admin: Redis, topic: string): Promise<void> {
  for (;;) {
    const [, count] = (await admin.pubsub('NUMSUB', `tidemark/${topic}`)) as [string, number];
    if (count > 0) return;
  }
}
