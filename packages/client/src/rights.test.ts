import { isContentFrame } from '@tidemark/protocol';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Provider } from './front-door.ts';
import { start as startOne } from './testing/start.ts';

const opened: Provider[] = [];
const start: typeof startOne = async (...given) => {
  const started = await startOne(...given);
  opened.push(started.provider);
  return started;
};

afterEach(async () => {
  for (const provider of opened.splice(0)) await provider.destroy();
});

const reason = 'Ana made you a viewer.';

test('C30: a changed right is told at once, with nothing pending and the reason at hand', async () => {
  const { server, clock, provider } = await start();
  const heard: (string | null)[] = [];
  provider.subscribe(() => heard.push(provider.access()));
  server.permit('read', reason);
  await clock.advance(0);
  expect(heard).toEqual(['read']);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  server.permit('edit');
  await clock.advance(0);
  expect(heard).toEqual(['read', 'edit']);
});

test('C30: edits made while reading only stay, are counted, and never leave; the status gives the reason', async () => {
  const { server, clock, provider } = await start();
  server.permit('read', reason);
  await clock.advance(0);
  const frames = server.heard.filter(isContentFrame).length;
  provider.doc.getMap('a').set('x', 1);
  provider.doc.getMap('a').set('y', 1);
  await clock.advance(400_000);
  expect(server.heard.filter(isContentFrame).length).toBe(frames);
  expect(provider.status()).toMatchObject({
    state: 'refused',
    code: 'read-only',
    final: false,
    message: reason,
    pending: 2,
    unsafe: true,
  });
  const copy = new Y.Doc();
  Y.applyUpdate(copy, provider.exportUnsent());
  expect(copy.getMap('a').toJSON()).toEqual({ x: 1, y: 1 });
  expect(await provider.flush()).toMatchObject({ unflushed: 'read-only', detail: reason });
});

test('C30: a reader who reconnects still sends nothing', async () => {
  const { server, clock, provider } = await start();
  server.permit('read', reason);
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  server.cut();
  await clock.advance(60_000);
  expect(server.members()[0]?.contentFrames).toBe(0);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'read-only', pending: 1 });
});

test('C31: with the right back, what was kept is sent', async () => {
  const { server, clock, provider } = await start();
  server.permit('read', reason);
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.permit('edit');
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.stored().getMap('a').get('x')).toBe(1);
});

test('C31: an edit that crossed the change on the wire is refused, kept, and sent on another connection', async () => {
  const { server, clock, provider } = await start();
  // The server has changed its mind, and the client has not heard of it.
  server.settings.access = 'read';
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'read-only', pending: 1 });
  server.permit('edit');
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.asked.length).toBe(2);
  expect(server.stored().getMap('a').get('x')).toBe(1);
});

test('C31: an edit that was stored before the change is acknowledged after it', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.permit('read', reason);
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'refused', pending: 1 });
  server.store();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(provider.access()).toBe('read');
});

test.each([4403, 4404])(
  'C32: removed (%i), the replica and its unsent edits stay until a person decides',
  async (code) => {
    const { server, clock, provider } = await start({ autoStore: false });
    server.store();
    await clock.advance(0);
    provider.doc.getMap('a').set('x', 1);
    await clock.advance(0);
    server.members()[0]?.close(code);
    await clock.advance(500_000);
    expect(server.asked.length).toBe(1);
    expect(provider.status()).toMatchObject({ state: 'refused', final: true, pending: 1 });
    expect(provider.doc.getMap('a').get('x')).toBe(1);
    server.settings.autoStore = true;
    provider.retry();
    await clock.advance(0);
    expect(provider.status()).toMatchObject({ state: 'saved' });
  },
);

test('C32: signed out, edits go on; signed in again, all of them are stored', async () => {
  const { server, clock, provider } = await start();
  server.members()[0]?.close(4401);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(100_000);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'not-signed-in', pending: 1 });
  expect(provider.access()).toBe('edit');
  provider.retry();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.stored().getMap('a').get('x')).toBe(1);
});

test('C33: the upgrade tells the life that is known, and a stale one is not retried', async () => {
  const { server, clock, provider } = await start();
  expect(server.asked).toEqual(['ws://test/sync/d1']);
  const fresh = new Y.Doc();
  fresh.getMap('a').set('new', 1);
  server.beginAnew(2, fresh);
  provider.doc.getMap('a').set('unsent', 1);
  await clock.advance(400_000);
  expect(server.asked).toEqual(['ws://test/sync/d1', 'ws://test/sync/d1?epoch=1']);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'stale-epoch', final: true, pending: 1 });
  expect(provider.doc.getMap('a').toJSON()).toEqual({ unsent: 1 });
  expect(server.shown().getMap('a').toJSON()).toEqual({ new: 1 });
  // Nothing is kept on a device here, so this replica is the only copy.
  expect(provider.outlived()).toBe(false);
});

test('C38: what the server lost without a word is found by the comparison, and brought again', async () => {
  const { server, clock, provider } = await start();
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  const connected = server.members()[0];
  // The same life and the same connection, but the content is gone.
  server.forget();
  await clock.advance(1_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  const said: string[] = [];
  provider.subscribe(() => said.push(provider.status().state));
  await clock.advance(450_000);
  expect(said.some((state) => state !== 'saved')).toBe(true);
  expect(server.members()[0]).not.toBe(connected);
  expect(server.stored().getMap('a').get('x')).toBe(1);
  expect(provider.status()).toMatchObject({ state: 'saved', pending: 0 });
});

test('C38: what this replica missed is brought by the comparison; without a difference nothing happens', async () => {
  const { server, clock, provider } = await start();
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.shown().getMap('a').set('missed', 1);
  await clock.advance(450_000);
  expect(provider.doc.getMap('a').get('missed')).toBe(1);
  const frames = server.heard.filter(isContentFrame).length;
  await clock.advance(2_000_000);
  expect(server.asked.length).toBe(1);
  expect(server.heard.filter(isContentFrame).length).toBe(frames);
});

test('C38: nothing is compared while edits are on their way', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  const asked = () => server.heard.filter((frame) => frame.type === 'sync-step-1').length;
  const before = asked();
  await clock.advance(2_000_000);
  expect(asked()).toBe(before);
  server.store();
  await clock.advance(450_000);
  expect(asked()).toBe(before + 1);
});
