import type { ChartData } from '@tidemark/documents/dashboard';
import { expect, test } from 'vitest';
import { alignPoints } from './stacks.ts';

const drawn = { color: null, axis: 'left' } as const;

test('every series has a point at every place, so that what is stacked stands on what is below it', () => {
  const data: Extract<ChartData, { kind: 'points' }> = {
    kind: 'points',
    xType: 'time',
    bucket: 'quarter',
    series: [
      {
        ...drawn,
        id: 'rain',
        label: 'rain',
        points: [
          [1, 310],
          [3, 500],
        ],
      },
      { ...drawn, id: 'snow', label: 'snow', points: [[2, 5]] },
    ],
    notes: [],
  };
  expect(alignPoints(data).series.map(({ points }) => points)).toEqual([
    [
      [1, 310],
      [2, 0],
      [3, 500],
    ],
    [
      [1, 0],
      [2, 5],
      [3, 0],
    ],
  ]);
});
