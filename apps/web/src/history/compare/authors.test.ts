import type { Change } from '@tidemark/documents';
import { expect, test } from 'vitest';
import type { HistoryChanges } from '../../api/history.ts';
import { authorIndex, authorsOf, peopleWords } from './authors.ts';

const by = (id: string | null, name: string, lsn: number) => ({
  id,
  name,
  lsn,
  at: `2026-11-21T10:00:${String(lsn).padStart(2, '0')}.000Z`,
});
const ana = (lsn: number) => by('a', 'Ana Diaz', lsn);
const tom = (lsn: number) => by('t', 'Tom Weber', lsn);

const told: HistoryChanges = {
  complete: false,
  texts: [{ text: 'notes', by: [ana(2), tom(7)] }],
  differences: [
    { type: 'changed', collection: 'charts', id: 'c', register: 'title', by: ana(3) },
    { type: 'changed', collection: 'charts', id: 'c', register: 'type', by: tom(5) },
    { type: 'changed', collection: 'charts', id: 'c', register: 'pos:lg', by: null },
    { type: 'moved', collection: 'charts', id: 'c', register: null, by: tom(1) },
    { type: 'added', collection: 'charts', id: 'n', register: null, by: ana(9) },
    { type: 'changed', collection: 'charts', id: 'old', register: 'title', by: null },
    { type: 'changed', collection: 'meta', id: 'meta', register: 'theme', by: by(null, '', 4) },
  ],
};
const index = authorIndex(told);
const of = (...registers: (string | null)[]): Pick<Change, 'registers'> => ({
  registers: registers.map((register) => ({ collection: 'charts', id: 'c', register })),
});
const person = (id: string, name: string) => ({ id, name });

test('TIME-31: a change is whose register it is, with the time of the latest', () => {
  expect(authorsOf(of('title'), index)).toEqual({
    is: 'known',
    people: [person('a', 'Ana Diaz')],
    at: ana(3).at,
    partly: false,
  });
});

test('TIME-31: a thing that several people changed names each once, the latest first, and says what is not known', () => {
  const both = authorsOf(of('title', 'type', 'title', 'pos:lg'), index);
  expect(both).toEqual({
    is: 'known',
    people: [person('t', 'Tom Weber'), person('a', 'Ana Diaz')],
    at: tom(5).at,
    partly: true,
  });
  expect(peopleWords(both)).toBe('Tom Weber and Ana Diaz');
});

test('TIME-31: a record that came or went as a whole answers for all of its registers', () => {
  const added = { registers: [{ collection: 'charts', id: 'n', register: 'title' }] };
  expect(authorsOf(added, index)).toMatchObject({ is: 'known', people: [person('a', 'Ana Diaz')] });
});

test('TIME-31: a move is its own, and answers for no value of the record', () => {
  expect(authorsOf(of('o'), index)).toMatchObject({ is: 'known', people: [person('t', 'Tom Weber')] });
  expect(authorsOf(of('subtitle'), index)).toEqual({ is: 'unknown' });
});

test('TIME-31: a text is everybody’s who wrote in it', () => {
  const text = { registers: [{ collection: 'texts', id: 'notes', register: null }] };
  expect(authorsOf(text, index)).toMatchObject({
    is: 'known',
    people: [person('t', 'Tom Weber'), person('a', 'Ana Diaz')],
  });
});

test('TIME-31: where the entry is thinned it is before detail, where nothing was told it is not known', () => {
  const old = { registers: [{ collection: 'charts', id: 'old', register: 'title' }] };
  const never = { registers: [{ collection: 'charts', id: 'x', register: 'title' }] };
  expect(authorsOf(old, index)).toEqual({ is: 'before-detail' });
  expect(authorsOf(never, index)).toEqual({ is: 'unknown' });
  expect(authorsOf(of('title'), null)).toEqual({ is: 'unknown' });
  expect(peopleWords(authorsOf(old, index))).toBe('');
});

test('TIME-31: the server has a name, and from three people on it is several', () => {
  const theme = { registers: [{ collection: 'meta', id: 'meta', register: 'theme' }] };
  expect(peopleWords(authorsOf(theme, index))).toBe('Tidemark');
  const many = authorIndex({
    ...told,
    texts: [{ text: 'notes', by: [ana(1), tom(2), by('k', 'Kim', 3)] }],
  });
  const text = { registers: [{ collection: 'texts', id: 'notes', register: null }] };
  expect(peopleWords(authorsOf(text, many))).toBe('several people');
});
