import { expect, test } from 'vitest';
import { verdict } from './goal.ts';
import { tableOf, verdicts } from './report.ts';
import { roundRobin, Sheet } from './stage.ts';
import { Delays, median, quantile, spread } from './statistics.ts';

test('quantiles, medians and spreads are those of the values', () => {
  const values = [5, 1, 4, 2, 3];
  expect([quantile(values, 0), median(values), quantile(values, 0.99)]).toEqual([1, 3, 5]);
  expect(spread([10, 8, 12])).toBe(0.2);
  expect(spread([7])).toBe(0);
  const delays = new Delays();
  for (let n = 1; n <= 100; n += 1) delays.add(n);
  expect([delays.quantile(0.5), delays.quantile(0.95)]).toEqual([51, 96]);
});

test('everybody has as many turns, and who is first changes', async () => {
  const turns: string[] = [];
  await roundRobin(3, ['a', 'b', 'c'], async (each) => void turns.push(each));
  expect(turns.join('')).toBe('abcbcacab');
});

test('the table has medians, spreads, and ratios to the limit and to the best peer', () => {
  const sheet = new Sheet();
  const row = {
    measured: 'delay',
    unit: 'ms',
    better: 'less',
    goal: { figure: 1, of: 'the best peer' },
  } as const;
  for (const value of [1, 2, 3]) sheet.add(row, 'Tidemark', value);
  sheet.add(row, 'ws relay', 0.5);
  sheet.add(row, 'y-websocket', 4);
  sheet.add(row, 'Hocuspocus', 8);
  const table = tableOf(sheet.rows, ['ws relay', 'y-websocket', 'Hocuspocus', 'Tidemark']);
  const line =
    '| delay | 0.50 ms | 4 ms | 8 ms | 2 ms ±50% | 4.00 × | 0.50 × (y-websocket) | ≤ 1 × the best peer: met |';
  expect(table.split('\n')).toContain(line);
});

test('a goal is judged by what the row calls better, against a number or somebody else, and not without them', () => {
  const of = (figure: number, of?: 'ws relay' | 'Hocuspocus', better: 'less' | 'more' = 'less') => ({
    ...{ measured: 'it', unit: 'ms', better, goal: { figure, ...(of ? { of } : {}) } },
    values: { Tidemark: [2], 'ws relay': [1] },
  });
  expect([verdict(of(2)), verdict(of(1.9)), verdict(of(1.9, undefined, 'more'))]).toEqual([
    'met',
    'missed',
    'met',
  ]);
  expect([verdict(of(2, 'ws relay')), verdict(of(1.9, 'ws relay')), verdict(of(1, 'Hocuspocus'))]).toEqual([
    'met',
    'missed',
    null,
  ]);
  expect(verdicts([of(2), of(1)])).toBe('1 of 2 goals are met; missed:\n- it');
});
