import { expect, test } from 'vitest';
import { readSide, type Side, sameSide, sideText } from './side.ts';

const documentId = '0b8b7f8e-3e1f-4a52-9a55-3e1d2b6b9a01';

test.each<[string, Side]>([
  [documentId, { documentId, at: null }],
  [`${documentId}.7d`, { documentId, at: { versionId: '7d' } }],
  [`${documentId}@41`, { documentId, at: { lsn: 41 } }],
  [`${documentId}@0`, { documentId, at: { lsn: 0 } }],
])('TIME-30: a side is read as it was written into an address: %s', (text, side) => {
  expect(readSide(text)).toEqual(side);
  expect(sideText(side)).toBe(text);
});

test.each([
  undefined,
  '',
  'd.',
  '.v',
  'd@',
  '@4',
  'd@-1',
  'd@1.5',
  'd@007',
  'd.v@4',
  'd.v.w',
  'd@9999999999999999',
])('TIME-30: what is no side is none: %s', (text) => {
  expect(readSide(text)).toBeNull();
});

test('TIME-30: two sides are one when they name the same state', () => {
  expect(sameSide({ documentId, at: { lsn: 4 } }, { documentId, at: { lsn: 4 } })).toBe(true);
  expect(sameSide({ documentId, at: { lsn: 4 } }, { documentId, at: null })).toBe(false);
});
