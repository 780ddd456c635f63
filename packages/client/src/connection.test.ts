import { afterEach, expect, test } from 'vitest';
import { backoff } from './backoff.ts';
import type { Provider } from './front-door.ts';
import { start as startOne } from './testing/start.ts';
import { seeded } from './testing/virtual-clock.ts';

const opened: Provider[] = [];
const start: typeof startOne = async (...given) => {
  const started = await startOne(...given);
  opened.push(started.provider);
  return started;
};

afterEach(async () => {
  for (const provider of opened.splice(0)) await provider.destroy();
});

test('C20: waits are 2, 4, 8, 16, 32, 32 seconds, jittered from half to one and a half', () => {
  expect([1, 2, 3, 4, 5, 6, 99].map((failures) => backoff(failures, () => 0.5))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 32_000, 32_000,
  ]);
  expect(backoff(1, () => 0)).toBe(1_000);
  expect(backoff(1, () => 0.999)).toBe(2_998);
  const random = seeded(7);
  expect(new Set(Array.from({ length: 50 }, () => backoff(3, random))).size).toBeGreaterThan(45);
});

test('C20: attempts come at the jittered waits, and a good exchange starts them over', async () => {
  const { server, clock, provider } = await start({ door: 'shut' }, { random: () => 0.5 });
  const waits: number[] = [];
  for (let i = 0; i < 6; i += 1) {
    const status = provider.status();
    if (status.state !== 'offline' || status.nextTryAt === null) throw new Error(JSON.stringify(status));
    waits.push(status.nextTryAt - clock.now());
    await clock.advance(status.nextTryAt - clock.now());
  }
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 32_000]);
  server.settings.door = 'open';
  await clock.advance(32_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  server.cut();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'offline', nextTryAt: clock.now() + 2_000 });
});

test('C20: retry goes at once', async () => {
  const { server, clock, provider } = await start({ door: 'shut' });
  server.settings.door = 'open';
  provider.retry();
  expect(provider.status()).toMatchObject({ state: 'connecting' });
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test.each([
  [4400, 'malformed', 'malformed'],
  [4400, 'too-many-gaps', 'too-many-gaps'],
  [4401, '', 'not-signed-in'],
  [4403, 'no-access', 'no-access'],
  [4404, '', 'not-found'],
  [4409, '', 'stale-epoch'],
  [4413, '', 'too-large'],
  [4499, 'from the future', 'no-access'],
])('C21: close %i %s is final until a person retries', async (closeCode, reason, code) => {
  const { server, clock, provider } = await start();
  server.members()[0]?.close(closeCode, reason);
  await clock.advance(100_000);
  expect(provider.status()).toMatchObject({ state: 'refused', code, final: true });
  expect(server.asked.length).toBe(1);
  provider.retry();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test.each([1000, 1006, 1011, 1012, 4503, 4529])('C21: close %i is passing', async (closeCode) => {
  const { server, clock, provider } = await start();
  server.members()[0]?.close(closeCode);
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'offline' });
  await clock.advance(3_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C22: each connection asks for a token afresh; 4401 is final only for a fresh one', async () => {
  let made = 0;
  const token = async () => `t ${++made}`;
  const { server, clock, provider } = await start({}, { token });
  expect(server.asked).toEqual(['ws://test/sync/d1?token=t%201']);
  server.members()[0]?.close(4401);
  await clock.advance(0);
  expect(server.asked.at(-1)).toBe('ws://test/sync/d1?token=t%202&epoch=1');
  expect(provider.status()).toMatchObject({ state: 'saved' });
  server.settings.door = 'waiting';
  server.members()[0]?.close(4401);
  await clock.advance(0);
  server.members()[0]?.close(4401);
  await clock.advance(100_000);
  expect(made).toBe(3);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'not-signed-in', final: true });
});

test('C22: a token that cannot be had is tried again', async () => {
  let fail = true;
  const token = async () => {
    if (fail) throw new Error('no network');
    return 'ok';
  };
  const { clock, provider } = await start({}, { token });
  expect(provider.status()).toMatchObject({ state: 'offline' });
  fail = false;
  await clock.advance(3_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C23: a connection that died without a word is noticed, a quiet one lives', async () => {
  const { server, clock, provider } = await start();
  await clock.advance(300_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.asked.length).toBe(1);
  server.settings.answering = false;
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(31_000);
  expect(provider.status()).toMatchObject({ state: 'offline', pending: 1 });
});

test('C23: a slow first exchange gets more patience each time it is cut', async () => {
  const { server, clock } = await start({ answering: false, extended: false }, { random: () => 0.5 });
  const attempts: number[] = [];
  for (let second = 0; second < 300; second += 1) {
    await clock.advance(1_000);
    if (server.asked.length > attempts.length + 1) attempts.push(second + 1);
  }
  const gaps = attempts.map((at, i) => at - (attempts[i - 1] ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(3);
  for (let i = 1; i < gaps.length; i += 1) expect(gaps[i]).toBeGreaterThan((gaps[i - 1] ?? 0) + 10);
});

test('C23: an attempt that never opens is given up after 30 seconds', async () => {
  const { clock, provider } = await start({ door: 'waiting' });
  await clock.advance(29_000);
  expect(provider.status()).toMatchObject({ state: 'connecting' });
  await clock.advance(1_000);
  expect(provider.status()).toMatchObject({ state: 'offline' });
});

test('after destroy nothing runs', async () => {
  const { server, clock, provider } = await start();
  provider.doc.getMap('a').set('last', 1);
  await provider.destroy();
  await clock.advance(100_000);
  expect(server.members()).toEqual([]);
  expect(server.asked.length).toBe(1);
  expect(server.stored().getMap('a').get('last')).toBe(1);
});
