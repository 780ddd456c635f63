import { limits } from '@tidemark/protocol';
import { expect, test } from 'vitest';
import { readPeer } from '../../editor/presence.ts';
import { diagramPresence, most } from './state.ts';
import { selectedBy } from './use-selected-by.ts';

const user = { id: 'u2', name: 'Tom Reed' };
const read = (raw: object) => readPeer(1, { user, ...raw }, diagramPresence)!;
const empty = { clientId: 1, user, away: false, past: false, ...diagramPresence.empty };

test('whatever somebody sends, a place is a place or there is none', () => {
  const odd = [undefined, null, true, 7, Number.NaN, '', 'x', [], [[]], {}, { x: 1 }, () => 1];
  for (const value of odd) {
    const raw = { cursor: value, viewbox: value, drag: value, selection: { length: 3 }, editing: [] };
    expect(read(raw)).toEqual(empty);
    for (const other of odd) {
      const place = { x: value, y: other, width: other, height: value, plane: 'p' };
      const drag = { plane: 'p', keys: [value, other], boxes: [place], line: [place, value] };
      const peer = read({ cursor: place, viewbox: place, drag, selection: [value, other] });
      expect(() => JSON.stringify(peer)).not.toThrow();
    }
  }
});

test('numbers stay within what a diagram can be, and a box has a size', () => {
  expect(read({ cursor: { x: 1e300, y: -1e300, plane: 'p' } }).cursor).toEqual({
    x: 10_000_000,
    y: -10_000_000,
    plane: 'p',
  });
  expect(read({ cursor: { x: Number.POSITIVE_INFINITY, y: 0, plane: 'p' } }).cursor).toBeNull();
  expect(read({ viewbox: { x: 0, y: 0, width: 0, height: 5, plane: 'p' } }).viewbox).toBeNull();
  expect(read({ viewbox: { x: 0, y: 0, width: 5, height: -5, plane: 'p' } }).viewbox).toBeNull();
});

test('a selection is cut, and each key is in it once', () => {
  const keys = Array.from({ length: 5000 }, (_, at) => `key ${at % 60}`);
  expect(read({ selection: keys }).selection).toEqual(keys.slice(0, most));
  expect(read({ selection: ['a', 'a', '', 3, 'b'] }).selection).toEqual(['a', 'b']);
});

test('a drag moves elements, or makes something; a line has two ends', () => {
  const drag = { plane: 'p', keys: ['a'], dx: 3, dy: 4 };
  const whole = { ...drag, boxes: [], line: [], dropped: false };
  expect(read({ drag }).drag).toEqual(whole);
  expect(read({ drag: { ...drag, dx: 'far', dropped: 1 } }).drag).toEqual({ ...whole, dx: 0 });
  expect(read({ drag: { ...drag, keys: [] } }).drag).toBeNull();
  expect(read({ drag: { plane: 'p', line: [{ x: 1, y: 1 }] } }).drag).toBeNull();
});

test('the fullest state that is read fits into a frame of awareness', () => {
  const key = 'k'.repeat(100);
  const keys = Array.from({ length: most }, (_, at) => `${at}${key}`.slice(0, 100));
  const number = -1_234_567.1;
  const box = { x: number, y: number, width: -number, height: -number };
  const boxes = keys.map(() => box);
  const drag = { plane: key, keys, dx: number, dy: number, boxes, line: [], dropped: false };
  const viewbox = { ...box, plane: key };
  const cursor = { x: number, y: number, plane: key };
  const state = { cursor, selection: keys, viewbox, drag, editing: key };
  expect(read(state)).toEqual({ ...empty, ...state });
  const bytes = new TextEncoder().encode(JSON.stringify({ ...state, user, kind: 'diagram', away: false }));
  expect(bytes.length).toBeLessThan(limits.awarenessBytes);
});

test('who has selected what: each person once, whatever the keys are called', () => {
  const keys = ['a', '__proto__', 'constructor'];
  const peers = [read({ selection: keys }), read({ selection: ['a'] })];
  const found = selectedBy(peers);
  expect(Object.keys(found)).toEqual(keys);
  for (const key of keys) expect(found[key]).toEqual([user]);
});
