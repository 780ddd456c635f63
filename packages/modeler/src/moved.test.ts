import { expect, test } from 'vitest';
import { movedItems } from './moved.ts';

test.each([
  ['nothing', 'abcd', 'abcd', ''],
  ['one to the end', 'abcd', 'bcda', 'a'],
  ['one to the front', 'abcd', 'dabc', 'd'],
  ['two at once', 'abcdef', 'bdefac', 'ac'],
  ['some come, some go', 'abcd', 'xbdya', 'a'],
  ['all others', 'abc', 'xyz', ''],
  ['from nothing', '', 'abc', ''],
])('CANVAS-14: of two lists the fewest items have moved: %s', (_name, before, after, moved) => {
  expect(movedItems([...before], [...after]).join('')).toBe(moved);
});

test('CANVAS-14: what did not move is in the same order, in lists of chance', () => {
  let seed = 7;
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  for (let round = 0; round < 200; round += 1) {
    const before = Array.from({ length: 12 }, (_, index) => String(index));
    const after = before.filter(() => next() < 0.8).sort(() => next() - 0.5);
    const moved = new Set(movedItems(before, after));
    const kept = after.filter((item) => !moved.has(item));
    expect(kept).toEqual(before.filter((item) => kept.includes(item)));
    if (after.length > 1) expect(kept.length).toBeGreaterThan(0);
  }
});
