import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buckets } from './bucket.ts';
import { chartData } from './chart-data.ts';
import type { ChartData, ChartRequest } from './chart-picture.ts';
import type { Mapping } from './chart-view.ts';
import { plainSeries } from './chart-view.ts';
import { type Aggregation, aggregations, type Column, chartTypes } from './schema.ts';

const columns: readonly Column[] = [
  { name: 'day', type: 'date', format: { order: 'ymd' } },
  { name: 'city', type: 'category', format: {} },
  { name: 'kind', type: 'category', format: {} },
  { name: 'amount', type: 'integer', format: {} },
  { name: 'rate', type: 'decimal', format: {} },
];
const map = (mapping: Partial<Omit<Mapping, 'y'>> & { y?: readonly string[] }): Mapping => ({
  x: null,
  group: null,
  agg: 'sum',
  sort: 'x-asc',
  limit: null,
  ...mapping,
  y: (mapping.y ?? []).map((field) => ({ id: field, ...plainSeries(field) })),
});
const draw = (
  type: ChartRequest['type'],
  rows: readonly string[][],
  mapping: Parameters<typeof map>[0],
  more: Partial<ChartRequest> = {},
) => chartData({ type, mapping: map(mapping), table: { columns, rows }, ...more });
function of<K extends ChartData['kind']>(kind: K, data: ChartData): Extract<ChartData, { kind: K }> {
  expect(data.kind).toBe(kind);
  return data as Extract<ChartData, { kind: K }>;
}

const rowsOf = fc.array(
  fc.tuple(
    fc.constantFrom('2024-01-01', '2024-01-02', '2024-02-01', '2025-03-01', '', 'never'),
    fc.constantFrom('Bern', 'Oslo', 'Rome', 'Other', ''),
    fc.constantFrom('a', 'b', ''),
    fc.oneof(fc.integer({ min: -1000, max: 1000 }).map(String), fc.constantFrom('', 'oops')),
    fc.oneof(
      fc.integer({ min: -1000, max: 1000 }).map((value) => String(value / 4)),
      fc.constant(''),
    ),
  ),
  { maxLength: 60, size: 'max' },
);

/** The same in the plainest way. */
function oracle(agg: Aggregation, values: readonly number[]): number | null {
  if (agg === 'count') return values.length;
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const sum = values.reduce((total, value) => total + value, 0);
  const middle = values.length / 2;
  return {
    sum,
    avg: sum / values.length,
    min: sorted[0]!,
    max: sorted.at(-1)!,
    median:
      values.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2,
  }[agg];
}
const number = (cell: string | undefined) =>
  cell === '' || cell === 'oops' || cell === undefined ? [] : [Number(cell)];

describe('chart data', () => {
  test('DATA-5: every aggregation equals the plain calculation, per category and group', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...aggregations), fc.boolean(), (rows, agg, grouped) => {
        const data = draw('bar', rows, { x: 'city', y: ['rate'], agg, group: grouped ? 'kind' : null });
        const cities = [...new Set(rows.map((row) => row[1]))].filter((city) => city !== '').toSorted();
        if (cities.length === 0) {
          expect(data.kind).toBe('problem');
          return;
        }
        const { categories, series } = of('categories', data);
        expect(categories).toEqual(cities);
        for (const { label, values } of series) {
          categories.forEach((category, index) => {
            const group = rows.filter(
              (row) => row[1] === category && (!grouped || (row[2] === '' ? 'Empty' : row[2]) === label),
            );
            const wanted = oracle(
              agg,
              group.flatMap((row) => number(row[4])),
            );
            // A category without any row in this group has no value, not even a count.
            if (wanted === null || wanted === 0) expect(values[index] ?? 0).toBe(0);
            else expect(values[index]).toBeCloseTo(wanted, 9);
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('DATA-5: however categories are limited, the sum of all bars is the sum of all rows', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 1, max: 5 }), (rows, limit) => {
        const data = draw('pie', rows, { x: 'city', y: ['amount'], limit });
        if (data.kind === 'problem') return;
        const { categories, series } = of('categories', data);
        const total = rows
          .filter((row) => row[1] !== '')
          .flatMap((row) => number(row[3]))
          .reduce((a, b) => a + b, 0);
        expect(series[0]!.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(total);
        expect(categories.length).toBeLessThanOrEqual(limit + 1);
        expect(new Set(categories).size).toBe(categories.length);
      }),
      { numRuns: 200 },
    );
  });

  test('DATA-5: however time is cut, the sum of all buckets is the sum of all dated rows', () => {
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...buckets, 'auto'), (rows, bucket) => {
        const data = draw('bar', rows, { x: 'day', y: ['amount'] }, { options: { bucket } });
        if (data.kind === 'problem') return;
        const { series } = of('points', data);
        const dated = rows.filter((row) => row[0] !== '' && row[0] !== 'never');
        const total = dated.flatMap((row) => number(row[3])).reduce((a, b) => a + b, 0);
        expect(series[0]!.points.reduce((sum, point) => sum + (point[1] ?? 0), 0)).toBe(total);
        const times = series[0]!.points.map(([at]) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  test('DATA-5: sums do not gather rounding errors', () => {
    const rows = Array.from({ length: 10 }, () => ['2024-01-01', 'Bern', 'a', '1', '0.1']);
    expect(of('number', draw('number', rows, { y: ['rate'] })).value).toBe(1);
  });

  test('DATA-6: small categories are gathered under Other, which is computed from their rows', () => {
    const rows = [
      ['Bern', '10'],
      ['Oslo', '5'],
      ['Rome', '1'],
      ['Bonn', '3'],
    ].map(([city, amount]) => ['', city!, '', amount!, '']);
    const data = of(
      'categories',
      draw('bar', rows, { x: 'city', y: ['amount'], agg: 'avg', limit: 2, sort: 'value-desc' }),
    );
    expect(data.categories).toEqual(['Bern', 'Oslo', 'Other']);
    expect(data.series[0]?.values).toEqual([10, 5, 2]);
    expect(data.notes).toHaveLength(1);
    const sorted = (sort: Mapping['sort']) =>
      of('categories', draw('bar', rows, { x: 'city', y: ['amount'], sort })).categories;
    expect(sorted('value-asc')).toEqual(['Rome', 'Bonn', 'Oslo', 'Bern']);
    expect(sorted('x-desc')).toEqual(['Rome', 'Oslo', 'Bonn', 'Bern']);
    expect(sorted('none')).toEqual(['Bern', 'Oslo', 'Rome', 'Bonn']);
  });

  test('DATA-6: groups beyond twelve share one', () => {
    const rows = Array.from({ length: 40 }, (_, index) => [
      '2024-01-01',
      `city ${index % 20}`,
      '',
      String(index),
      '',
    ]);
    const { series, notes } = of('points', draw('line', rows, { x: 'day', y: ['amount'], group: 'city' }));
    expect(series).toHaveLength(12);
    expect(series.at(-1)?.label).toBe('Other');
    expect(notes).toHaveLength(1);
    expect(series.reduce((sum, { points }) => sum + (points[0]?.[1] ?? 0), 0)).toBe(780);
  });

  test('DATA-7: what stands in the way is said for this chart', () => {
    const rows = [['2024-01-01', 'Bern', 'a', '1', '2']];
    const problem = (data: ChartData) => of('problem', data).problem;
    expect(problem(chartData({ type: 'line', mapping: map({}), table: null }))).toBe('no-dataset');
    expect(problem(draw('line', rows, { y: ['amount'] }))).toBe('no-columns');
    expect(problem(draw('line', rows, { x: 'gone', y: ['amount'] }))).toBe('missing-column');
    expect(of('problem', draw('bar', rows, { x: 'city', y: ['gone'] })).column).toBe('gone');
    expect(problem(draw('bar', rows, { x: 'city', y: ['kind'] }))).toBe('not-a-number');
    expect(problem(draw('scatter', rows, { x: 'city', y: ['amount'] }))).toBe('not-a-number');
    expect(problem(draw('histogram', rows, { x: 'city' }))).toBe('not-a-number');
    expect(problem(draw('bar', [], { x: 'city' }))).toBe('no-rows');
    expect(problem(draw('line', [['never', 'x', '', '1', '1']], { x: 'day', y: ['amount'] }))).toBe(
      'no-rows',
    );
    const many = Array.from({ length: 1500 }, (_, index) => ['', `city ${index}`, '', '1', '']);
    expect(problem(draw('bar', many, { x: 'city', y: ['amount'] }))).toBe('too-many-categories');
    expect(draw('bar', many, { x: 'city', y: ['amount'], limit: 10 }).kind).toBe('categories');
  });

  test('DATA-7: a figure counts rows without a measure, and is compared with the period before', () => {
    const rows = [
      ['2024-01-05', '', '', '2', ''],
      ['2024-01-20', '', '', '3', ''],
      ['2024-02-01', '', '', '10', ''],
    ];
    expect(of('number', draw('number', rows, {})).value).toBe(3);
    expect(of('number', draw('number', [], { y: ['amount'] })).value).toBe(null);
    const data = draw('number', rows, { x: 'day', y: ['amount'] }, { options: { bucket: 'month' } });
    expect(data).toMatchObject({ value: 10, previous: 5, change: 1, bucket: 'month' });
  });

  test('DATA-7: tables, dots and bins', () => {
    const rows = [
      ['2024-01-02', 'Bern', 'a', '3', '1'],
      ['2024-01-01', 'Oslo', 'b', '', '2'],
      ['', 'Rome', 'a', '9', '3'],
    ];
    const table = of('table', draw('table', rows, { x: 'day', y: ['amount'] }));
    expect(table.columns.map(({ name }) => name)).toEqual(['day', 'amount']);
    expect(table.rows.map((row) => row[1])).toEqual([null, 3, 9]);
    expect(of('table', draw('table', rows, { limit: 2 }))).toMatchObject({
      total: 3,
      rows: [{ length: 5 }, { length: 5 }],
    });
    const dots = of('points', draw('scatter', rows, { x: 'amount', y: ['rate'], group: 'kind' }));
    expect(dots.series).toMatchObject([
      {
        label: 'a',
        points: [
          [3, 1],
          [9, 3],
        ],
      },
    ]);
    const bins = of('categories', draw('histogram', rows, { x: 'rate' }));
    expect(bins.series[0]?.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(3);
  });

  test('DATA-7: no table and no mapping throws, and all that comes out can be drawn', () => {
    const name = fc.constantFrom(...columns.map((column) => column.name), 'gone', '__proto__');
    const request = fc.record({
      type: fc.constantFrom(...chartTypes),
      rows: fc.array(
        fc.array(
          fc.oneof(
            fc.constantFrom('1e308', '-1e308', '5e-324', '2024-01-01', '0', ''),
            fc.string({ maxLength: 6 }),
          ),
          { maxLength: 6 },
        ),
        { maxLength: 20 },
      ),
      x: fc.option(name),
      group: fc.option(name),
      y: fc.array(name, { maxLength: 3 }),
      agg: fc.constantFrom(...aggregations),
      sort: fc.constantFrom('x-asc', 'x-desc', 'value-asc', 'value-desc', 'none'),
      limit: fc.option(fc.integer({ min: 1, max: 10_000 })),
      bucket: fc.constantFrom(...buckets, 'auto', 7),
    });
    fc.assert(
      fc.property(request, ({ type, rows, bucket, ...mapping }) => {
        const data = draw(type, rows, mapping as Parameters<typeof map>[0], {
          options: { bucket },
          maxPoints: 4,
        });
        // JSON would turn NaN and Infinity into null without a word.
        JSON.stringify(data, noOddNumbers);
      }),
      { numRuns: 1000 },
    );
  });
});

function noOddNumbers(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('This number cannot be drawn.');
  return value;
}
