import { expect, test } from 'vitest';
import { firstRows } from './use-filled.ts';

test('TIME-82: the first rows stand in their parts, whole parts are the same, and all are there in the end', () => {
  const parts = [
    { name: 'a', rows: [1, 2] },
    { name: 'b', rows: [] },
    { name: 'c', rows: [3, 4, 5] },
  ];
  expect(firstRows(parts, 4)).toEqual([parts[0], parts[1], { name: 'c', rows: [3] }]);
  expect(firstRows(parts, 4)[0]).toBe(parts[0]);
  expect(firstRows(parts, 2)).toEqual([parts[0]]);
  expect(firstRows(parts, 6)).toEqual(parts);
  expect(firstRows(parts, 6)[2]).toBe(parts[2]);
});
