import { estimate, fillEstimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { foundCosts, today } from './costs.ts';
import { placeChoices, placeKey, placeName, placeOf } from './places.ts';

const doc = new Y.Doc();
const findings = fillEstimate(doc, {
  sections: [{ id: 'roof', name: 'Roof', lines: [{ id: 'shingles', name: 'Shingles' }] }],
  actuals: [
    { lineId: 'shingles', groupId: 'roof', date: '2026-11-02', amount: 10_000, vendor: 'ABC Supply' },
    { lineId: null, groupId: 'roof', date: '2026-11-03', amount: 20_000, vendor: 'City', note: 'Permit' },
    { lineId: null, groupId: null, date: '2026-11-04', amount: 30_000, vendor: 'Crew' },
  ],
} as never);
const view = createReader(doc, estimate).view();

test('a cost is found by its vendor, its note, its date and what it is for, the newest first', () => {
  expect(findings).toEqual([]);
  const vendors = (words: string) => foundCosts(view, words).map(({ vendor }) => vendor);
  expect(vendors('')).toEqual(['Crew', 'City', 'ABC Supply']);
  expect(vendors('shing')).toEqual(['ABC Supply']);
  expect(vendors('roof PERMIT')).toEqual(['City']);
  expect(vendors('2026-11 whole')).toEqual(['Crew']);
  expect(vendors('nobody')).toEqual([]);
});

test('every place of the list is read back as what it stands for', () => {
  const choices = placeChoices(view).flatMap(({ items }) => items);
  expect(choices.map(({ label }) => label)).toEqual(['Whole job', 'Roof (section)', 'Shingles']);
  for (const { value } of choices) expect(placeKey(placeOf(value, view))).toBe(value);
  expect(placeOf(placeKey({ lineId: view.actuals[0]?.lineId ?? null, groupId: null }), view)).toEqual({
    lineId: view.actuals[0]?.lineId,
    groupId: view.actuals[0]?.groupId,
  });
  expect(placeName({ lineId: 'gone', groupId: 'gone' }, view)).toBe('What it was for is gone');
});

test('today is the day where one is, not in Greenwich', () => {
  expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
