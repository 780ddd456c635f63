import { expect, test } from 'vitest';
import type { HistoryItem } from '../../api/history.ts';
import { momentWords } from '../moment-words.ts';
import { momentOptions } from './moment-options.ts';

const at = '2026-11-21T10:00:00.000Z';
const items = [
  { type: 'session', by: { id: 'a', name: 'Ana Diaz' }, from: at, first: 41, last: 60, detail: true },
  { type: 'automatic', id: 'r', at, lsn: 40, reason: 'before-restore', by: { id: 'a', name: 'Ana' } },
  { type: 'automatic', id: 'q', at, lsn: 60, reason: 'quiet', by: { id: 'a', name: 'Ana' } },
  { type: 'version', at, lsn: 40, version: { id: 'v', number: 2, name: 'Bid' } },
  { type: 'session', by: { id: null, name: '' }, from: at, first: 1, last: 4, detail: false },
  { type: 'life', at, after: 0, by: { id: null, name: '' } },
] as unknown as HistoryItem[];

test('TIME-30: a side is now, a version, the moment before somebody’s work, or one that was kept; each once', () => {
  expect(momentOptions('d', items)).toEqual([
    { group: 'Now', items: [{ value: 'd', label: 'Now' }] },
    { group: 'Versions', items: [{ value: 'd.v', label: 'Version 2 · Bid' }] },
    {
      group: 'Before somebody’s work',
      items: [{ value: 'd@40', label: `Before Ana Diaz’s work, ${momentWords(at)}` }],
    },
    { group: 'Kept by itself', items: [{ value: 'd@60', label: `After work, ${momentWords(at)}` }] },
  ]);
  expect(momentOptions('d', []).map(({ group }) => group)).toEqual(['Now']);
});
