import { afterEach, expect, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { start as startOne } from './testing/start.ts';

const opened: { destroy(): unknown }[] = [];
const start: typeof startOne = async (...given) => {
  const started = await startOne(...given);
  opened.push(started.provider);
  return started;
};
const somebody = (state: Record<string, unknown>) => {
  const awareness = new Awareness(new Y.Doc());
  opened.push(awareness);
  awareness.setLocalState(state);
  return { awareness, update: encodeAwarenessUpdate(awareness, [awareness.clientID]) };
};

afterEach(async () => {
  for (const open of opened.splice(0)) await open.destroy();
});

test('C24: one sends oneself at most 20 times a second, and the last state always arrives', async () => {
  const { server, clock, provider } = await start();
  await clock.advance(1_000);
  const before = server.heard.length;
  for (let i = 0; i < 1_000; i += 1) {
    provider.awareness.setLocalStateField('cursor', i);
    await clock.advance(1);
  }
  await clock.advance(100);
  const sent = server.heard.slice(before);
  expect(sent.every((frame) => frame.type === 'awareness')).toBe(true);
  expect(sent.length).toBeGreaterThan(10);
  expect(sent.length).toBeLessThanOrEqual(21);
  const last = sent.at(-1);
  expect(new TextDecoder().decode(last?.type === 'awareness' ? last.update : undefined)).toContain('999');
});

test('C25: others vanish with the connection and come back with it, with the same clock', async () => {
  const { server, clock, provider } = await start();
  const { awareness, update } = somebody({ name: 'Ada' });
  server.members()[0]?.say({ type: 'awareness', update });
  await clock.advance(0);
  expect(provider.awareness.getStates().get(awareness.clientID)).toEqual({ name: 'Ada' });
  server.cut();
  await clock.advance(0);
  expect([...provider.awareness.getStates().keys()]).toEqual([provider.awareness.clientID]);
  await clock.advance(3_000);
  server.members()[0]?.say({ type: 'awareness', update });
  await clock.advance(0);
  expect(provider.awareness.getStates().get(awareness.clientID)).toEqual({ name: 'Ada' });
});

test('C25: a new connection announces oneself as news', async () => {
  const { server, clock, provider } = await start();
  provider.awareness.setLocalState({ name: 'me' });
  await clock.advance(100);
  const clockOf = () => provider.awareness.meta.get(provider.awareness.clientID)?.clock ?? 0;
  const before = clockOf();
  server.cut();
  await clock.advance(3_000);
  expect(clockOf()).toBeGreaterThan(before);
  const last = server.heard.filter((frame) => frame.type === 'awareness').at(-1);
  expect(new TextDecoder().decode(last?.update)).toContain('me');
});

test('C25: leaving says so at once', async () => {
  const { server, provider, clock } = await start();
  await provider.destroy();
  await clock.advance(0);
  const last = server.heard.filter((frame) => frame.type === 'awareness').at(-1);
  expect(new TextDecoder().decode(last?.update)).toContain('null');
});
