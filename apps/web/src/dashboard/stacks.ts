import type { ChartData } from '@tidemark/documents/dashboard';

type Points = Extract<ChartData, { kind: 'points' }>;

/**
 * Gives every series a point at every place. ECharts stacks the first point on the first, the second on the second,
 * wherever they stand: where one series has a gap, what comes after it would hang in the air.
 */
export function alignPoints(data: Points): Points {
  const places = [...new Set(data.series.flatMap(({ points }) => points.map(([x]) => x)))].sort(
    (a, b) => a - b,
  );
  return {
    ...data,
    series: data.series.map((series) => {
      const known = new Map(series.points.map(([x, y]) => [x, y]));
      return { ...series, points: places.map((x) => [x, known.get(x) ?? 0] as const) };
    }),
  };
}
