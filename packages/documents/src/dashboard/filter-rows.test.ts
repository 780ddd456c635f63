import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterRows, filtersFor } from './filter-rows.ts';
import { type Column, type FilterOperator, filterOperators } from './schema.ts';

const columns: readonly Column[] = [
  { name: 'day', type: 'date', format: { order: 'ymd' } },
  { name: 'city', type: 'category', format: {} },
  { name: 'kind', type: 'category', format: {} },
  { name: 'amount', type: 'integer', format: {} },
  { name: 'rate', type: 'decimal', format: {} },
];

describe('filters', () => {
  const table = {
    columns,
    rows: [
      ['2024-01-01', 'Bern', 'a', '1', '0.5'],
      ['2024-06-01', 'Oslo', '', '5', ''],
      ['2025-01-01', 'Rome', 'b', '', '7'],
    ],
  };
  const rows = (field: string, op: FilterOperator, value: never) =>
    filterRows(table, [{ field, op, value, enabled: true }]);

  test.each([
    ['city', 'is', 'Bern', [0]],
    ['city', 'is-not', 'Bern', [1, 2]],
    ['city', 'one-of', ['Bern', 'Rome'], [0, 2]],
    ['city', 'contains', 'O', [1, 2]],
    ['kind', 'empty', null, [1]],
    ['kind', 'not-empty', null, [0, 2]],
    ['amount', 'at-least', 2, [1]],
    ['amount', 'at-least', '2', [1]],
    ['amount', 'at-most', 1, [0]],
    ['rate', 'between', [0.5, 7], [0, 2]],
    ['rate', 'between', [1, null], [2]],
    ['day', 'between', ['2024-05-01', '2024-12-31'], [1]],
    ['day', 'at-least', '2024-06-01', [1, 2]],
    ['day', 'at-least', Date.UTC(2025, 0, 1), [2]],
    ['city', 'is', null, [0, 1, 2]],
    ['city', 'one-of', [], [0, 1, 2]],
    ['city', 'contains', ' ', [0, 1, 2]],
    ['gone', 'is', 'x', [0, 1, 2]],
  ] as const)('DATA-8: %s %s %j passes rows %j', (field, op, value, wanted) => {
    expect(rows(field, op, value as never)).toEqual(wanted);
  });

  test('DATA-8: any value under any operator gives rows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...columns.map(({ name }) => name)),
        fc.constantFrom(...filterOperators),
        fc.jsonValue(),
        (field, op, value) => {
          expect(rows(field, op, value as never).length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  test('DATA-8: a filter bears on its dataset and its charts', () => {
    const filter = {
      id: 'f',
      order: null,
      datasetId: 'd',
      field: 'city',
      op: 'is' as const,
      value: 'x',
      enabled: true,
      charts: ['c'],
    };
    const count = (change: object, chart = { id: 'c', datasetId: 'd' }) =>
      filtersFor([{ ...filter, ...change }], chart).length;
    expect([count({}), count({ enabled: false }), count({ charts: null }), count({ charts: [] })]).toEqual([
      1, 0, 1, 0,
    ]);
    expect([
      count({}, { id: 'c', datasetId: 'e' }),
      count({ datasetId: null }, { id: 'c', datasetId: 'e' }),
    ]).toEqual([0, 1]);
  });
});
