import type { Status } from '@tidemark/documents/estimate';
import { expect, test } from 'vitest';
import { statusName, statusSentence } from './status-words.ts';

const submitted: Status = {
  is: 'submitted',
  at: '2026-11-21T09:30:00.000Z',
  by: 'u1',
  byName: 'Ana Diaz',
  versionId: 'v2',
  number: 2,
};

test('the chip names the version that a status stands for', () => {
  expect(statusName(submitted)).toBe('Submitted #2');
  expect(statusName({ ...submitted, is: 'won' })).toBe('Won #2');
  expect(statusName({ ...submitted, is: 'lost', number: null })).toBe('Lost');
  expect(statusName({ ...submitted, is: 'draft' })).toBe('Draft');
});

test('the sentence leaves out what nobody knows', () => {
  expect(statusSentence(submitted)).toMatch(/^Submitted as #2 on November 21, 2026 by Ana Diaz$/);
  expect(statusSentence({ ...submitted, is: 'won', at: '', byName: '' })).toBe('Marked as won with #2');
  expect(statusSentence({ ...submitted, number: null, at: 'soon', byName: '' })).toBe('Submitted');
});
