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

test('C1: an edit is saved once the server has stored it, not before', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(server.shown().getMap('a').get('x')).toBe(1);
  expect(provider.status()).toMatchObject({ state: 'saving', pending: 1, unsafe: true });
  server.store();
  await clock.advance(0);
  expect(provider.status()).toEqual({ state: 'saved', at: clock.now(), pending: 0, unsafe: false });
});

test('C1: a deletion is pending until it is stored, like any edit', async () => {
  const { server, clock, provider } = await start();
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.settings.autoStore = false;
  provider.doc.getMap('a').delete('x');
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saving', pending: 1 });
  server.store();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C2: edits of one tick leave as one frame', async () => {
  const { server, clock, provider } = await start();
  const before = server.members()[0]?.contentFrames ?? 0;
  for (let i = 0; i < 30; i += 1) provider.doc.getMap('a').set(`k${i}`, i);
  expect(provider.status()).toMatchObject({ pending: 30 });
  await clock.advance(0);
  expect(server.members()[0]?.contentFrames).toBe(before + 1);
  expect(server.shown().getMap('a').size).toBe(30);
});

test('C3: what a crash of the server took is sent again, and only then saved', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.crash();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'offline', pending: 1, keptOnDevice: false });
  expect(server.stored().getMap('a').get('x')).toBe(undefined);
  server.settings.autoStore = true;
  await clock.advance(3_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.stored().getMap('a').get('x')).toBe(1);
});

test('C3: edits made while connecting and offline are counted and carried by the next step 2', async () => {
  const { server, clock, provider } = await start({ door: 'waiting' });
  expect(provider.status()).toMatchObject({ state: 'connecting', pending: 0 });
  provider.doc.getMap('a').set('x', 1);
  provider.doc.getMap('a').set('y', 1);
  expect(provider.status()).toMatchObject({ state: 'connecting', pending: 2, unsafe: true });
  server.members()[0]?.enter();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.members()[0]?.contentFrames).toBe(1);
});

test('C3: the first content on a connection is step 2, even for an edit made as it opens', async () => {
  const { server, clock, provider } = await start();
  server.settings.door = 'shut';
  server.cut();
  await clock.advance(0);
  provider.doc.getMap('a').set('before', 1);
  server.settings.door = 'open';
  const heard = server.heard.length;
  const stop = provider.subscribe(() => {
    if (provider.status().state !== 'syncing') return;
    stop();
    provider.doc.getMap('a').set('while opening', 1);
  });
  await clock.advance(60_000);
  const content = server.heard.slice(heard).filter(isContentFrame);
  expect(content.map((frame) => frame.type)).toEqual(['sync-step-2']);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.stored().getMap('a').size).toBe(2);
});

test('C4: flush resolves with the log position once all earlier edits are stored', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  let result: unknown;
  void provider.flush().then((flushed) => {
    result = flushed;
  });
  await clock.advance(0);
  expect(result).toBe(undefined);
  server.store();
  await clock.advance(0);
  expect(result).toEqual({ lsn: 2 });
  expect(await provider.flush()).toEqual({ lsn: 2 });
});

test('C4: flush ends with the reason when the edits cannot be stored', async () => {
  const refused = await start({ autoStore: false });
  refused.provider.doc.getMap('a').set('x', 1);
  const waiting = refused.provider.flush();
  await refused.clock.advance(0);
  refused.server.members()[0]?.close(4403, 'no-access');
  await refused.clock.advance(0);
  expect(await waiting).toMatchObject({ unflushed: 'no-access' });

  const destroyed = await start({ autoStore: false });
  destroyed.provider.doc.getMap('a').set('x', 1);
  const left = destroyed.provider.flush();
  await destroyed.clock.advance(0);
  await destroyed.provider.destroy();
  expect(await left).toMatchObject({ unflushed: 'destroyed' });
  expect(await destroyed.provider.flush()).toMatchObject({ unflushed: 'destroyed' });
});

test('C5: a server that never acknowledges is unconfirmed, never saved', async () => {
  const { clock, provider, server } = await start({ extended: false });
  expect(provider.status()).toMatchObject({ state: 'unconfirmed', pending: 0, unsafe: false });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(server.shown().getMap('a').get('x')).toBe(1);
  expect(provider.status()).toMatchObject({ state: 'unconfirmed', pending: 1, unsafe: true });
  expect(await provider.flush()).toMatchObject({ unflushed: 'unconfirmed' });
});

test('C6: the server cannot store: said so, and saved when it drains', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  server.members()[0]?.say({ type: 'storage', state: 'failing' });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'storage-failing', pending: 1, since: clock.now() });
  server.members()[0]?.say({ type: 'storage', state: 'ok' });
  server.store();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C7: a reader sends no content and is told that edits are not stored', async () => {
  const { server, clock, provider } = await start({ access: 'read' });
  expect(provider.access()).toBe('read');
  expect(provider.status()).toMatchObject({ state: 'saved' });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(server.members()[0]?.contentFrames).toBe(0);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'read-only', final: false, pending: 1 });
  expect(provider.exportUnsent().byteLength).toBeGreaterThan(2);
});

test('C7: an editor who loses the right keeps the refused edits as pending', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.members()[0]?.refuse(2, 'read-only');
  await clock.advance(0);
  expect(provider.access()).toBe('read');
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'read-only', pending: 1 });
});

test('C8: a refused frame stays pending whatever later acks say, and a retry sends it again', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.members()[0]?.refuse(2, 'too-large');
  server.members()[0]?.say({ type: 'ack', n: 2, lsn: 9 });
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'too-large', final: false, pending: 1 });
  server.settings.autoStore = true;
  provider.retry();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C8: a frame over the limit is not sent, and nothing is lost', async () => {
  const { server, clock, provider } = await start({ frameBytes: 500 });
  provider.doc.getMap('a').set('x', 'y'.repeat(1_000));
  provider.doc.getMap('a').set('z', 1);
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'too-large', final: false, pending: 2 });
  expect(server.shown().getMap('a').size).toBe(0);
  server.settings.frameBytes = 10_000;
  provider.retry();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.stored().getMap('a').get('z')).toBe(1);
});

test('C8: a passing refusal makes it try again by itself', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  server.store();
  await clock.advance(0);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.members()[0]?.refuse(2, 'cannot-store');
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'offline', pending: 1 });
  server.settings.autoStore = true;
  await clock.advance(3_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C9: another epoch is never merged', async () => {
  const { server, clock, provider } = await start();
  provider.doc.getMap('a').set('old', 1);
  await clock.advance(0);
  const fresh = new Y.Doc();
  fresh.getMap('a').set('new', 1);
  server.beginAnew(2, fresh);
  provider.doc.getMap('a').set('unsent', 1);
  await clock.advance(3_000);
  expect(provider.status()).toMatchObject({ state: 'refused', code: 'stale-epoch', final: true, pending: 1 });
  expect(provider.doc.getMap('a').has('new')).toBe(false);
  expect([...server.shown().getMap('a').keys()]).toEqual(['new']);
  const saved = new Y.Doc();
  Y.applyUpdate(saved, provider.exportUnsent());
  expect(saved.getMap('a').get('unsent')).toBe(1);
});

test('C10: content that waits for missing updates is asked for', async () => {
  const { server, clock, provider } = await start();
  const writer = new Y.Doc();
  const updates: Uint8Array[] = [];
  writer.on('update', (update: Uint8Array) => updates.push(update));
  writer.getText('t').insert(0, 'a');
  writer.getText('t').insert(1, 'b');
  Y.applyUpdate(server.shown(), Y.encodeStateAsUpdate(writer));
  server.members()[0]?.say({ type: 'update', update: updates[1] ?? new Uint8Array() });
  await clock.advance(0);
  expect(provider.doc.getText('t').toString()).toBe('ab');
});

test('C10: bytes that cannot be read end the connection, not the provider', async () => {
  const { server, clock, provider } = await start();
  server.members()[0]?.say({ type: 'update', update: new Uint8Array([1, 2, 3]) });
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'offline' });
  await clock.advance(3_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
});

test('C10: an ack for frames never sent is not believed', async () => {
  const { server, clock, provider } = await start({ autoStore: false });
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  server.members()[0]?.say({ type: 'ack', n: 99, lsn: 1 });
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'offline', pending: 1 });
});

test('content that was in the replica before the provider is brought to the server', async () => {
  const doc = new Y.Doc();
  doc.getMap('a').set('early', 1);
  const { server, provider, clock } = await start({ door: 'waiting' }, { doc });
  expect(provider.status()).toMatchObject({ pending: 1 });
  server.members()[0]?.enter();
  await clock.advance(0);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(server.stored().getMap('a').get('early')).toBe(1);
});

test('listeners hear of changes of the status only, and the status is the same object in between', async () => {
  const { server, clock, provider } = await start();
  let calls = 0;
  const stop = provider.subscribe(() => {
    calls += 1;
  });
  const before = provider.status();
  server.members()[0]?.say({ type: 'awareness', update: new Uint8Array([0]) });
  await clock.advance(0);
  expect(provider.status()).toBe(before);
  expect(calls).toBe(0);
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(0);
  expect(calls).toBeGreaterThan(0);
  stop();
  const heard = calls;
  provider.doc.getMap('a').set('x', 2);
  await clock.advance(0);
  expect(calls).toBe(heard);
});

test('C39: a provider that was destroyed leaves no timer behind', async () => {
  const { clock, provider } = await start();
  provider.doc.getMap('a').set('x', 1);
  await clock.advance(1_000);
  await provider.destroy();
  await clock.advance(100);
  expect(clock.timers()).toBe(0);
});

test('C40: news is handed on, and each time the server is reached again any of it may have been missed', async () => {
  const { server, clock, provider } = await start();
  const heard: string[] = [];
  const stop = provider.onNews((topic) => heard.push(topic));
  server.members()[0]?.say({ type: 'news', topic: 'comments' });
  await clock.advance(0);
  expect(heard).toEqual(['comments']);
  server.cut();
  await clock.advance(10_000);
  expect(provider.status()).toMatchObject({ state: 'saved' });
  expect(heard).toEqual(['comments', '*']);
  stop();
  server.members()[0]?.say({ type: 'news', topic: 'files' });
  await clock.advance(0);
  expect(heard).toEqual(['comments', '*']);
});
