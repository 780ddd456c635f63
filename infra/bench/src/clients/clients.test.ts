import { decodeFrame, isRefusal } from '@tidemark/protocol';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { History } from './history.ts';
import { Script } from './script.ts';

test('each edit of a script takes one clock of its author, texts begin anew, and frames are made once', () => {
  const script = new Script();
  const doc = new Y.Doc();
  for (let n = 0; n < 4_100; n += 1) {
    const frame = decodeFrame(script.frame(n));
    if (isRefusal(frame) || frame.type !== 'update') throw new Error('not an update');
    const { from, to } = Y.parseUpdateMeta(frame.update);
    expect([from.get(script.author), to.get(script.author)]).toEqual([n, n + 1]);
    Y.applyUpdate(doc, frame.update);
  }
  expect([...doc.getMap<Y.Text>('texts').values()].map(({ length }) => length)).toEqual([1_999, 1_999, 99]);
  expect(script.frame(7)).toBe(script.frame(7));
});

test('what all readers hear is decoded once, at each reader’s own pace', () => {
  let decoded = 0;
  const history = new History((bytes) => {
    decoded += 1;
    return bytes[0] ?? -1;
  });
  const hear = (reader: number, ...frames: number[]) =>
    frames.map((frame) => history.meaning(reader, Uint8Array.of(frame)));
  expect(hear(0, 1, 2, 3)).toEqual([1, 2, 3]);
  expect(hear(1, 1)).toEqual([1]);
  expect(hear(0, 4)).toEqual([4]);
  expect(hear(1, 2, 3, 4, 5)).toEqual([2, 3, 4, 5]);
  expect(hear(0, 5)).toEqual([5]);
  expect(decoded).toBe(5);
});

test('a frame that only one reader got is decoded for it, and it finds back', () => {
  const history = new History((bytes) => bytes[0] ?? -1);
  for (const frame of [1, 2, 3]) history.meaning(0, Uint8Array.of(frame));
  expect([9, 2, 3].map((frame) => history.meaning(1, Uint8Array.of(frame)))).toEqual([9, 2, 3]);
});
