import { expect, test } from 'vitest';
import { countOf, lsnAfterKey, lsnAtShare, periodOf, shareInPeriod, strideOf } from './period.ts';
import { trackOf } from './track.ts';

const stop = (lsn: number, by: string, minute: number) => ({
  lsn,
  by,
  at: new Date(2026, 10, 20, 9, minute).toISOString(),
});
const stops = [stop(23, 'ana', 0), stop(29, 'tom', 5), stop(32, 'ana', 14), stop(40, 'ana', 30)];

test('TIME-65 work goes from one pause of everybody to the next, and every edit that is kept lies in it', () => {
  const track = trackOf(stops, [], { after: 20, upTo: 42 });
  expect(track.periods.map(({ from, to }) => [from, to])).toEqual([
    [21, 32],
    [33, 42],
  ]);
  const of = (lsn: number) => periodOf(track, lsn)?.from ?? null;
  expect([20, 21, 32, 33, 42, 43].map(of)).toEqual([null, 21, 21, 33, 33, null]);
  expect(periodOf(trackOf([]), 1)).toBe(null);
  const [period] = track.periods;
  expect([21, 32].map((lsn) => countOf(period!, lsn))).toEqual([
    { nth: 1, of: 12 },
    { nth: 12, of: 12 },
  ]);
});

test('TIME-65 the line of a period has a place for every edit, for the hand and for keys', () => {
  const [period] = trackOf(stops).periods;
  const all = Array.from({ length: 32 }, (_, nth) => nth + 1);
  expect(all.map((lsn) => lsnAtShare(period!, shareInPeriod(period!, lsn)))).toEqual(all);
  expect([-1, 0, 0.5, 1, 7].map((share) => lsnAtShare(period!, share))).toEqual([1, 1, 17, 32, 32]);
  const press = (lsn: number, key: string) => lsnAfterKey(period!, lsn, key);
  expect([press(7, 'ArrowRight'), press(7, 'ArrowLeft'), press(1, 'ArrowLeft')]).toEqual([8, 6, 1]);
  expect([press(7, 'Home'), press(7, 'End'), press(7, 'x')]).toEqual([1, 32, null]);
  const alone = { first: 0, last: 0, from: 4, to: 4 };
  expect([shareInPeriod(alone, 4), lsnAtShare(alone, 0.2)]).toEqual([0.5, 4]);
});

test('TIME-65 play goes edit by edit, through long work in strides', () => {
  const long = (edits: number) => strideOf({ first: 0, last: 0, from: 1, to: edits });
  expect([1, 120, 121, 20_000].map(long)).toEqual([1, 1, 2, 167]);
});
