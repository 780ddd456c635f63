import { expect, test } from 'vitest';
import type { Version } from '../../api/versions.ts';
import { versionTitle } from '../../history/version-title.ts';
import { bidStep, changeWords } from './version-words.ts';

const of = (bid: number, currency = 'USD', number = 1): Version => ({
  id: `v${number}`,
  documentId: 'd',
  number,
  kind: 'submitted',
  name: '',
  note: '',
  at: '2026-11-21T09:30:00.000Z',
  by: { id: null, name: 'Ana Diaz' },
  totals: { currency, lines: 1, cost: bid, bid, total: bid },
  parent: null,
});

test('a version says how its bid differs from the one before, by sign and words', () => {
  expect(bidStep(of(12_500_000), of(10_000_000))).toEqual({ text: '+$250.00', way: 'up' });
  expect(bidStep(of(10_000_000), of(12_500_000))).toEqual({ text: '−$250.00', way: 'down' });
  expect(bidStep(of(1), of(1))).toEqual({ text: 'No change', way: 'same' });
});

test('bids in two currencies, or without one before, are not taken from one another', () => {
  expect(bidStep(of(1, 'EUR'), of(1))).toBeNull();
  expect(bidStep(of(1), null)).toBeNull();
  expect(bidStep({ ...of(1), totals: null }, of(1))).toBeNull();
});

test('changes of status name the version that they are about', () => {
  const version = { id: 'v', number: 2 };
  expect(changeWords({ to: 'submitted', version })).toBe('Submitted as #2');
  expect(changeWords({ to: 'won', version })).toBe('Marked as won with #2');
  expect(changeWords({ to: 'draft', version })).toBe('Opened again after #2');
  expect(changeWords({ to: 'lost', version: null })).toBe('Marked as lost');
  expect(versionTitle({ number: 3, name: 'Before the rise' })).toBe('Version 3 · Before the rise');
});
