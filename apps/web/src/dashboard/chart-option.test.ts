import { expect, test } from 'vitest';
import { chartOption, type DrawnData, type Look, tooltipText } from './chart-option.ts';
import { numberFormat } from './formats.ts';

const look: Look = {
  scheme: 'light',
  palette: 'tidemark',
  full: numberFormat(null, null, false),
  short: numberFormat(null, null, true),
  width: 600,
};

const drawn = { color: null, axis: 'left' } as const;

const names: DrawnData = {
  kind: 'categories',
  categories: ['rain', 'sun'],
  series: [{ ...drawn, id: 'a', label: 'Days', values: [3, null] }],
  notes: [],
};

const time: DrawnData = {
  kind: 'points',
  xType: 'time',
  bucket: 'month',
  series: [
    {
      ...drawn,
      id: 'a',
      label: 'High',
      points: [
        [0, 5],
        [86_400_000, 6],
      ],
    },
    { ...drawn, id: 'b', label: 'Low', color: '#123456', axis: 'right', points: [[0, 1]] },
  ],
  notes: [],
};

type Built = Record<string, unknown> & {
  series: Record<string, unknown>[];
  xAxis: Record<string, unknown>;
  yAxis: unknown;
  legend: { show: boolean };
};

const build = (data: DrawnData, type: 'bar' | 'line' | 'pie' | 'area', options = {}) =>
  chartOption(data, { type, options }, look) as Built;

test('bars over names stand on a category axis and lie down when asked', () => {
  const upright = build(names, 'bar');
  expect(upright.xAxis).toMatchObject({ type: 'category', data: ['rain', 'sun'] });
  expect(upright.series[0]).toMatchObject({ type: 'bar', data: [3, null] });
  const lying = build(names, 'bar', { horizontal: true });
  expect(lying.yAxis).toMatchObject({ type: 'category' });
  expect(lying.xAxis).toMatchObject({ type: 'value' });
});

test('a second axis appears with the first series that asks for it', () => {
  const option = build(time, 'line');
  expect(option.yAxis).toHaveLength(2);
  expect(option.series[1]).toMatchObject({ yAxisIndex: 1, color: '#123456' });
  expect(option.series[0]).not.toHaveProperty('yAxisIndex');
});

test('a legend is there for several series and can be taken away', () => {
  expect(build(time, 'line').legend.show).toBe(true);
  expect(build(names, 'bar').legend.show).toBe(false);
  expect(build(time, 'line', { legend: false }).legend.show).toBe(false);
});

test('areas are stacked and lines are not, unless somebody chose', () => {
  expect(build(time, 'area').series[0]).toMatchObject({ stack: 'all' });
  expect(build(time, 'area', { stacked: false }).series[0]).toMatchObject({ stack: undefined });
  expect(build(time, 'line').series[0]).toMatchObject({ stack: undefined });
});

test('slices carry names and values; nothing counts as zero', () => {
  expect(build(names, 'pie').series[0]).toMatchObject({
    data: [
      { name: 'rain', value: 3 },
      { name: 'sun', value: 0 },
    ],
  });
});

test('words from a file cannot become markup in a tooltip', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const text = tooltipText([{ seriesName: evil, marker: '', name: evil, value: 3 }], names, look);
  expect(text).not.toContain('<img');
  expect(text).toContain('&lt;img');
  expect(text).toContain('<b>3</b>');
});

test('a tooltip over time names the span that a point stands for', () => {
  const text = tooltipText([{ seriesName: 'High', marker: '', name: '', value: [0, 5] }], time, look);
  expect(text).toContain('January 1970');
});
