import { expect, test } from 'vitest';
import type { HistoryItem } from '../../api/history.ts';
import { authorsOf, type Day, dayLabel, daysOf } from './entries.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const ana = { id: 'ana', name: 'Ana' };
const tom = { id: 'tom', name: 'Tom' };
const touched = { collections: {}, texts: {} };
const noDetailGone = { lsn: 0, at: null, days: null };
const all = { person: null, namedOnly: false };

const session = (id: string, by: typeof ana, day: number, hour: number): HistoryItem => ({
  type: 'session',
  id,
  by,
  from: at(day, hour - 1),
  to: at(day, hour),
  first: 1,
  last: 2,
  edits: 2,
  touched,
  detail: true,
});
const automatic = (
  id: string,
  day: number,
  hour: number,
  reason: 'quiet' | 'nightly' | 'restored' = 'quiet',
): HistoryItem => ({ type: 'automatic', id, at: at(day, hour), lsn: hour, reason, by: ana, about: '' });
const version = (id: string, day: number, hour: number): HistoryItem => ({
  type: 'version',
  at: at(day, hour),
  lsn: hour,
  version: {
    id,
    documentId: 'd',
    number: 1,
    kind: 'named',
    name: id,
    note: '',
    at: at(day, hour),
    by: tom,
    totals: null,
    parent: null,
  },
});

const told = (days: readonly Day[]) =>
  days.map(({ label, entries }) => [
    label,
    ...entries.map((entry) => (entry.type === 'automatics' ? `${entry.items.length} automatic` : entry.key)),
  ]);

test('TIME-20 history stands by days, automatic versions between two that somebody kept as one line', () => {
  const items = [
    session('s3', ana, 21, 11),
    automatic('q3', 21, 11),
    session('s2', tom, 21, 10),
    automatic('q2', 21, 10),
    version('offer', 21, 9),
    automatic('q1', 21, 8),
    automatic('r1', 21, 7, 'restored'),
    automatic('q0', 20, 8, 'nightly'),
    session('s1', ana, 20, 8),
  ];
  expect(told(daysOf(items, noDetailGone, all, now))).toEqual([
    ['Today', 'session s3', '2 automatic', 'session s2', 'version offer', '1 automatic', 'automatic r1'],
    ['Yesterday', '1 automatic', 'session s1'],
  ]);
});

test('TIME-20 it is narrowed to one person, or to what has a name', () => {
  const items = [session('s2', tom, 21, 10), version('offer', 21, 9), session('s1', ana, 21, 8)];
  expect(told(daysOf(items, noDetailGone, { person: 'tom', namedOnly: false }, now))).toEqual([
    ['Today', 'session s2', 'version offer'],
  ]);
  expect(told(daysOf(items, noDetailGone, { person: null, namedOnly: true }, now))).toEqual([
    ['Today', 'version offer'],
  ]);
  expect(authorsOf(items)).toEqual([ana, tom]);
});

test('TIME-20 where detail ends, a line says so, before the first that is older', () => {
  const items = [session('s2', tom, 21, 10), version('offer', 20, 9)];
  const detail = { lsn: 5, at: at(20, 12), days: 30 };
  expect(told(daysOf(items, detail, all, now))).toEqual([
    ['Today', 'session s2', 'detail-end'],
    ['Yesterday', 'version offer'],
  ]);
});

test('days are called as people call them', () => {
  expect(dayLabel(at(21, 1), now)).toBe('Today');
  expect(dayLabel(at(20, 23), now)).toBe('Yesterday');
  expect(dayLabel(at(3, 5), now)).toBe('Tuesday, November 3');
  expect(dayLabel(new Date(2025, 2, 3).toISOString(), now)).toBe('March 3, 2025');
});
