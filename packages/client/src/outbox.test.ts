import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { createOutbox } from './outbox.ts';

const update = () => {
  const doc = new Y.Doc();
  doc.getMap('a').set('x', 1);
  return Y.encodeStateAsUpdate(doc);
};

test('C2: frames are numbered from 1 on each connection and acked by count', () => {
  const outbox = createOutbox();
  outbox.edit(update(), 10);
  expect(outbox.sent(outbox.takeAll())).toBe(1);
  outbox.edit(update(), 20);
  outbox.edit(update(), 30);
  const [frame] = outbox.take();
  expect(outbox.sent(frame?.upTo ?? 0)).toBe(2);
  expect(outbox.acked(1)).toBe(true);
  expect(outbox.pending()).toBe(2);
  outbox.restart();
  expect(outbox.sent(outbox.takeAll())).toBe(1);
  expect(outbox.acked(1)).toBe(true);
  expect(outbox.pending()).toBe(0);
  expect(outbox.since()).toBe(null);
});

test('C2: a large tick becomes several frames, in order and complete', () => {
  const outbox = createOutbox();
  const doc = new Y.Doc();
  doc.on('update', (bytes: Uint8Array) => outbox.edit(bytes, 0));
  for (let i = 0; i < 250; i += 1) doc.getArray('a').push([i]);
  const frames = outbox.take();
  expect(frames.map((frame) => frame.upTo)).toEqual([100, 200, 250]);
  const copy = new Y.Doc();
  for (const frame of frames) Y.applyUpdate(copy, frame.update);
  expect(copy.getArray('a').length).toBe(250);
  expect(outbox.take()).toEqual([]);
});

test('C3: acks of an earlier connection mean nothing after a restart', () => {
  const outbox = createOutbox();
  outbox.edit(null, 0);
  outbox.sent(outbox.takeAll());
  outbox.restart();
  expect(outbox.acked(1)).toBe(false);
  expect(outbox.pending()).toBe(1);
});

test('C8: acks do not pass a refused frame', () => {
  const outbox = createOutbox();
  for (let n = 1; n <= 3; n += 1) {
    outbox.edit(update(), n);
    outbox.sent(outbox.takeAll());
  }
  outbox.refused(2);
  outbox.acked(3);
  expect(outbox.stored()).toBe(1);
  expect(outbox.pending()).toBe(2);
});

test('C13: adopted edits are pending with their age until a diff of everything is acked', () => {
  const outbox = createOutbox();
  outbox.edit(update(), 5_000);
  outbox.adopt(4, 1_000);
  expect(outbox.pending()).toBe(5);
  expect(outbox.since()).toBe(1_000);
  outbox.sent(outbox.takeAll());
  outbox.acked(1);
  expect(outbox.pending()).toBe(0);
});

test('C19: since is the age of the oldest pending edit, whatever comes later', () => {
  const outbox = createOutbox();
  outbox.edit(update(), 1_000);
  outbox.sent(outbox.takeAll());
  outbox.edit(update(), 9_000);
  outbox.sent(outbox.takeAll());
  expect(outbox.since()).toBe(1_000);
  outbox.acked(1);
  expect(outbox.since()).toBe(9_000);
});

test('frames out of order are a bug, said loudly', () => {
  const outbox = createOutbox();
  outbox.edit(update(), 0);
  outbox.sent(1);
  expect(() => outbox.sent(0)).toThrow('Broken promise');
});
