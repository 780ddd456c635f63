import type { Change } from '@tidemark/documents';
import type { DashboardView } from '@tidemark/documents/dashboard';
import { expect, test } from 'vitest';
import type { Mark } from '../../history/marks.ts';
import { tileGhosts } from './tile-ghosts.ts';

const chart = (id: string, x: number, hidden = false) => ({
  id,
  tab: null,
  hidden,
  type: 'bar',
  place: { pos: { x, y: 0 }, size: { w: 4, h: 4 } },
  overrides: {},
});
const view = (...charts: object[]): DashboardView => ({ charts, tabs: [] }) as unknown as DashboardView;
const mark = (id: string, ...types: Change['types']): [string, Mark] => [
  `charts/${id}`,
  { types, change: { name: `The ${id}` } as Change },
];

const before = view(chart('gone', 0), chart('here', 4), chart('away', 8));
const after = view(chart('here', 0), chart('away', 8, true), chart('new', 4));
const marks = new Map([
  mark('gone', 'removed'),
  mark('here', 'moved'),
  mark('away', 'changed'),
  mark('new', 'added'),
]);

test('TIME-34: charts that are gone or hidden have a ghost where they were, moved ones at their old place', () => {
  expect(
    tileGhosts(marks, before, after, 'lg').map(({ id, type, x, title }) => [id, type, x, title]),
  ).toEqual([
    ['gone', 'removed', 0, 'The gone'],
    ['here', 'moved', 4, 'The here'],
    ['away', 'changed', 8, 'The away'],
  ]);
});

test('TIME-34: on a phone, where tiles stand below one another, a move leaves no ghost', () => {
  expect(tileGhosts(marks, before, after, 'sm').map(({ id }) => id)).toEqual(['gone', 'away']);
  expect(tileGhosts(new Map(), before, after, 'lg')).toEqual([]);
});
