import { expect, test } from 'vitest';
import {
  edgeOf,
  placeAfterKey,
  placeAtShare,
  placeOfLsn,
  placeOfTime,
  shareOf,
  shareOfLsn,
  trackOf,
} from './track.ts';

const stop = (lsn: number, by: string, day: number, minute: number) => ({
  lsn,
  by,
  at: new Date(2026, 10, day, 9, minute).toISOString(),
});
const track = trackOf([
  stop(3, 'ana', 20, 0),
  stop(9, 'ana', 20, 5),
  stop(12, 'tom', 20, 6),
  stop(20, 'ana', 20, 30),
  stop(21, 'ana', 20, 50),
  stop(40, 'tom', 21, 0),
]);

test('TIME-22 a band is one person at work without a long pause; ticks stand where days begin', () => {
  expect(track.bands.map(({ by, first, last }) => [by, first, last])).toEqual([
    ['ana', 0, 1],
    ['tom', 2, 2],
    ['ana', 3, 3],
    ['ana', 4, 4],
    ['tom', 5, 5],
  ]);
  expect(track.days.map(({ place }) => place)).toEqual([0, 5]);
});

test('TIME-22 a moment stands at the last stop that it contains', () => {
  expect([2, 3, 8, 9, 39, 40, 99].map((lsn) => placeOfLsn(track, lsn))).toEqual([0, 0, 0, 1, 4, 5, 5]);
  expect(placeOfTime(track, new Date(2026, 10, 20, 9, 40).toISOString())).toBe(3);
  expect(placeOfLsn(trackOf([]), 4)).toBe(0);
});

test('TIME-22 keys go stop by stop, session by session, to both ends, and no farther', () => {
  const press = (place: number, key: string) => placeAfterKey(track, place, key);
  expect([press(0, 'ArrowRight'), press(5, 'ArrowRight'), press(0, 'ArrowLeft')]).toEqual([1, 5, 0]);
  expect([press(0, 'PageUp'), press(1, 'PageUp'), press(5, 'PageUp')]).toEqual([1, 2, 5]);
  expect([press(5, 'PageDown'), press(2, 'PageDown'), press(1, 'PageDown')]).toEqual([4, 1, 0]);
  expect([press(3, 'Home'), press(3, 'End'), press(3, 'x')]).toEqual([0, 5, null]);
});

test('TIME-22 the hand finds the nearest stop, also beyond the ends', () => {
  expect([-1, 0, 0.29, 0.51, 1, 2].map((share) => placeAtShare(track, share))).toEqual([0, 0, 1, 3, 5, 5]);
  expect(track.stops.map((_, place) => placeAtShare(track, shareOf(track, place)))).toEqual([
    0, 1, 2, 3, 4, 5,
  ]);
  expect(shareOf(trackOf([stop(1, 'ana', 20, 0)]), 0)).toBe(0.5);
});

test('TIME-22 stops that lie between are reached by keys and by hand, and move none of the others', () => {
  const dense = trackOf(track.stops, [stop(3, 'ana', 20, 0), stop(5, 'ana', 20, 2), stop(7, 'ana', 20, 3)]);
  expect(dense.stops.map(({ lsn }) => lsn)).toEqual([3, 5, 7, 9, 12, 20, 21, 40]);
  expect(placeAfterKey(dense, 0, 'ArrowRight')).toBe(1);
  const shareOfLsn = (on: typeof track, lsn: number) => shareOf(on, placeOfLsn(on, lsn));
  for (const { lsn } of track.stops) expect(shareOfLsn(dense, lsn)).toBe(shareOfLsn(track, lsn));
  expect(dense.shares).toEqual(dense.shares.toSorted((a, b) => a - b));
  expect(dense.stops.map((_, place) => placeAtShare(dense, shareOf(dense, place)))).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7,
  ]);
  expect([edgeOf(dense, 0), edgeOf(dense, 8)]).toEqual([0, 1]);
  expect(edgeOf(track, 2)).toBeCloseTo(2 / 6);
});

test('TIME-65 between two stops a single edit lies as far as the edits between them go, and keys lead to either', () => {
  const at = (lsn: number) => shareOfLsn(track, lsn);
  for (const { lsn } of track.stops) expect(at(lsn)).toBe(shareOf(track, placeOfLsn(track, lsn)));
  expect(at(6)).toBeCloseTo((at(3) + at(9)) / 2);
  expect([at(1), at(2)]).toEqual([at(3) / 3, (at(3) * 2) / 3]);
  expect(at(99)).toBe(at(40));
  const press = (lsn: number, key: string) => placeAfterKey(track, placeOfLsn(track, lsn), key, lsn);
  expect([press(2, 'ArrowRight'), press(2, 'ArrowLeft')]).toEqual([0, 0]);
  expect([press(15, 'ArrowRight'), press(15, 'ArrowLeft')]).toEqual([3, 2]);
  expect([press(15, 'PageUp'), press(15, 'PageDown'), press(12, 'PageDown')]).toEqual([3, 2, 1]);
});
