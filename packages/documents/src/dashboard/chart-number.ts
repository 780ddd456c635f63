import { type Accumulator, accumulator } from './accumulate.ts';
import { type Bucket, bucketStart, buckets, chooseBucket } from './bucket.ts';
import type { ChartData } from './chart-picture.ts';
import { finite, isBucket, type Resolved } from './chart-request.ts';

const mostPeriods = 24;

/** One figure. With a date column it is the last period's, compared with the period before. */
export function numberData({ rows, x, measures, request }: Resolved): ChartData {
  const measure = measures[0]!;
  const all = accumulator(measure.agg);
  const instants: number[] = [];
  for (const row of rows) {
    const value = measure.value(row);
    if (value !== null) all.add(value);
    const at = x?.column.type === 'date' ? x.cells[row] : null;
    if (typeof at === 'number') instants.push(at);
  }
  const base = { kind: 'number', label: measure.label } as const;
  if (x === null || instants.length === 0) {
    return { ...base, value: finite(all.result()), previous: null, change: null, bucket: 'none' };
  }
  const from = instants.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const to = instants.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  const asked = request.options?.bucket;
  const bucket: Bucket = isBucket(asked, buckets) ? asked : chooseBucket(from, to, mostPeriods);
  const periods = new Map<number, Accumulator>();
  for (const row of rows) {
    const at = x.cells[row];
    if (typeof at !== 'number') continue;
    const start = bucketStart(at, bucket);
    const period = periods.get(start) ?? accumulator(measure.agg);
    periods.set(start, period);
    const value = measure.value(row);
    if (value !== null) period.add(value);
  }
  const [last, before] = [...periods].sort((a, b) => b[0] - a[0]);
  const value = finite(last?.[1].result() ?? null);
  const previous = finite(before?.[1].result() ?? null);
  const change =
    value === null || previous === null || previous === 0 ? null : (value - previous) / Math.abs(previous);
  return { ...base, value, previous, change: finite(change), bucket };
}
