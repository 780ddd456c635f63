import type { Change } from '@tidemark/documents';
import { expect, test } from 'vitest';
import { authorIndex } from './authors.ts';
import { countTypes, groupRows, peopleIn, rowsOf } from './rows.ts';

const change = (id: string, ...types: Change['types']): Change => ({
  types,
  thing: { collection: 'charts', id },
  what: 'Chart',
  name: id,
  place: '',
  fields: [],
  registers: [{ collection: 'charts', id, register: null }],
});
const by = (id: string, name: string) => ({ id, name, lsn: 1, at: '2026-11-21T10:00:00.000Z' });
const index = authorIndex({
  complete: true,
  texts: [],
  differences: [
    { type: 'added', collection: 'charts', id: 'new', register: null, by: by('t', 'Tom') },
    { type: 'removed', collection: 'charts', id: 'gone', register: null, by: by('a', 'Ana') },
  ],
});
const rows = rowsOf(
  [
    change('gone', 'removed'),
    change('both', 'moved', 'changed'),
    change('new', 'added'),
    change('there', 'moved'),
  ],
  index,
);
const keys = (types: readonly ('added' | 'changed' | 'moved' | 'removed')[], person: string | null = null) =>
  groupRows(rows, { types: new Set(types), person }).map(({ type, rows: group }) => [
    type,
    ...group.map(({ key }) => key),
  ]);

test('TIME-32: changes stand by what became of things; what was moved and changed is changed, and counts as both', () => {
  expect(keys([])).toEqual([
    ['added', 'charts/new'],
    ['changed', 'charts/both'],
    ['moved', 'charts/there'],
    ['removed', 'charts/gone'],
  ]);
  expect(Object.fromEntries(countTypes(rows))).toEqual({ added: 1, changed: 1, moved: 2, removed: 1 });
});

test('TIME-32: within a group things stand by name, what has none last', () => {
  const named = rowsOf([change('', 'added'), change('Task 10', 'added'), change('Task 9', 'added')], null);
  const [group] = groupRows(named, { types: new Set(), person: null });
  expect(group?.rows.map(({ change: { name } }) => name)).toEqual(['Task 9', 'Task 10', '']);
});

test('TIME-32: the list is narrowed to kinds of change and to a person', () => {
  expect(keys(['moved'])).toEqual([
    ['changed', 'charts/both'],
    ['moved', 'charts/there'],
  ]);
  expect(keys([], 'a')).toEqual([['removed', 'charts/gone']]);
  expect(keys(['added'], 'a')).toEqual([]);
  expect(peopleIn(rows).map(({ name }) => name)).toEqual(['Ana', 'Tom']);
});
