import { expect, test } from 'vitest';
import { woven } from './woven.ts';

const list = (ids: string) => [...ids].map((id) => ({ id }));
const told = (then: string, now: string) =>
  woven(list(then), list(now))
    .map(({ item, gone }) => (gone ? item.id.toUpperCase() : item.id))
    .join('');

test.each([
  ['abc', 'abc', 'abc'],
  ['abc', 'ac', 'aBc'],
  ['abc', 'bc', 'Abc'],
  ['abc', '', 'ABC'],
  ['', 'ab', 'ab'],
  ['abcd', 'xdya', 'xdyaBC'],
])(
  'TIME-80: of %s, where %s stands now, what is gone stands behind what was before it: %s',
  (then, now, both) => {
    expect(told(then, now)).toBe(both);
  },
);
