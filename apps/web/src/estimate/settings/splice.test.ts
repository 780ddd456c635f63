import { expect, test } from 'vitest';
import { type Delta, follow, rebase, spliceOf } from './splice.ts';

const apply = (text: string, splice: { at: number; remove: number; insert: string }) =>
  text.slice(0, splice.at) + splice.insert + text.slice(splice.at + splice.remove);

const letters = ['a', 'b', ' ', '😀', '😁'];
const texts: readonly string[] = Array.from({ length: 5 ** 3 }, (_, n) =>
  [n % 5, Math.floor(n / 5) % 5, Math.floor(n / 25)].map((at) => letters[at]).join(''),
);

test('the splice makes the new text of the old one, wherever the caret is said to be', () => {
  for (const before of texts) {
    for (const after of ['', 'ab', '😁', ...texts.slice(0, 40)]) {
      for (let caret = 0; caret <= after.length + 1; caret += 1) {
        const splice = spliceOf(before, after, caret);
        if (
          (splice === null ? before : apply(before, splice)) !== after ||
          splice?.insert.isWellFormed() === false
        ) {
          expect.fail(`${before} to ${after} at ${caret}: ${JSON.stringify(splice)}`);
        }
      }
    }
  }
});

test('nothing but what was typed is spliced, told by the caret among equal letters', () => {
  expect(spliceOf('aaa', 'aaaa', 2)).toEqual({ at: 1, remove: 0, insert: 'a' });
  expect(spliceOf('aaaa', 'aaa', 1)).toEqual({ at: 1, remove: 1, insert: '' });
  expect(spliceOf('one two', 'one and two', 8)).toEqual({ at: 4, remove: 0, insert: 'and ' });
  expect(spliceOf('same', 'same', 2)).toBeNull();
});

test('no splice cuts a character in two', () => {
  expect(spliceOf('😀', '😁', 2)).toEqual({ at: 0, remove: 2, insert: '😁' });
});

test('a caret stays between the letters it stood between', () => {
  const delta: Delta = [{ retain: 2 }, { insert: 'xyz' }, { retain: 3 }, { delete: 4 }];
  expect(follow(1, delta)).toBe(1);
  expect(follow(2, delta), 'what is put in at the caret comes behind it').toBe(2);
  expect(follow(3, delta)).toBe(6);
  expect(follow(7, delta), 'inside of what was taken out').toBe(8);
  expect(follow(12, delta)).toBe(11);
});

test('a splice that waited for others takes out nothing that they wrote', () => {
  expect(rebase({ at: 4, remove: 0, insert: 'x' }, [{ insert: 'ab' }])).toEqual({
    at: 6,
    remove: 0,
    insert: 'x',
  });
  const within = rebase({ at: 1, remove: 4, insert: 'x' }, [{ retain: 3 }, { insert: 'new' }]);
  expect(within).toEqual({ at: 1, remove: 0, insert: 'x' });
});
