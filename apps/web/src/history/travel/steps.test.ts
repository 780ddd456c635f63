import { expect, test } from 'vitest';
import type { HistoryItem } from '../../api/history.ts';
import { keptOf, stepFrom } from './steps.ts';

const by = { id: 'ana', name: 'Ana' };
const at = '2026-11-20T09:00:00Z';
const automatic = (lsn: number, reason: 'quiet' | 'nightly' = 'quiet'): HistoryItem => ({
  ...{ type: 'automatic', id: `${lsn} ${reason}`, at, lsn, reason, by, about: '' },
});
const named = (lsn: number | null, id: string) =>
  ({ type: 'version', at, lsn, version: { id } }) as unknown as HistoryItem;
const items = [
  automatic(44),
  automatic(30, 'nightly'),
  named(30, 'offer'),
  automatic(30),
  named(null, 'lost'),
  automatic(12),
];

test('TIME-65 a step is one stored edit, up to both ends', () => {
  const steps = { thinned: 0, head: 9, kept: [] };
  const lsns = (lsn: number) => [stepFrom(steps, lsn, -1)?.lsn, stepFrom(steps, lsn, 1)?.lsn];
  expect([1, 5, 9].map(lsns)).toEqual([
    [undefined, 2],
    [4, 6],
    [8, undefined],
  ]);
});

test('TIME-66 over time without detail a step leads from version to version, by name where it has one', () => {
  const kept = keptOf(items, 40);
  expect(kept).toEqual([
    { lsn: 12, ref: { lsn: 12 } },
    { lsn: 30, ref: { versionId: 'offer' } },
  ]);
  const steps = { thinned: 40, head: 50, kept };
  const refs = (lsn: number) => [stepFrom(steps, lsn, -1)?.ref, stepFrom(steps, lsn, 1)?.ref];
  expect(refs(42)).toEqual([{ lsn: 41 }, { lsn: 43 }]);
  expect(refs(41)).toEqual([{ versionId: 'offer' }, { lsn: 42 }]);
  expect(refs(35)).toEqual([{ versionId: 'offer' }, { lsn: 41 }]);
  expect(refs(30)).toEqual([{ lsn: 12 }, { lsn: 41 }]);
  expect(refs(12)).toEqual([undefined, { versionId: 'offer' }]);
  expect(stepFrom({ thinned: 40, head: 40, kept }, 30, 1)).toBe(null);
});
