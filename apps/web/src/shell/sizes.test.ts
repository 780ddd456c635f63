import { expect, test } from 'vitest';
import { countOf, sizeOf, spanOf } from './sizes.ts';

test('bytes in the unit that reads best', () => {
  expect([0, 999, 1_000, 15_300, 123_456, 4_194_304, 2e12].map(sizeOf)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '15.3 KB',
    '123 KB',
    '4.2 MB',
    '2.0 TB',
  ]);
});

test('spans of time in the unit that reads best', () => {
  expect([-1, 40, 12_000, 180_000, 5 * 3_600_000, 3 * 86_400_000].map(spanOf)).toEqual([
    '0 ms',
    '40 ms',
    '12 s',
    '3 min',
    '5 h',
    '3 d',
  ]);
});

test('one of a thing and many', () => {
  expect([countOf(1, 'person', 'people'), countOf(0, 'room'), countOf(1_200, 'room')]).toEqual([
    '1 person',
    '0 rooms',
    '1,200 rooms',
  ]);
});
