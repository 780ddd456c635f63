/** Spans of time that rows are gathered in. `none` keeps every instant by itself. */
export const buckets = ['none', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type Bucket = (typeof buckets)[number];

const minute = 60_000;
const day = 24 * 60 * minute;
/** About how long each lasts; choosing needs no more. */
const lengths: Readonly<Record<Exclude<Bucket, 'none'>, number>> = {
  minute,
  hour: 60 * minute,
  day,
  week: 7 * day,
  month: 30 * day,
  quarter: 91 * day,
  year: 365 * day,
};

/** The finest bucket that makes at most `most` of them out of the range (milliseconds). */
export function chooseBucket(from: number, to: number, most: number): Exclude<Bucket, 'none'> {
  for (const bucket of ['minute', 'hour', 'day', 'week', 'month', 'quarter'] as const) {
    if ((to - from) / lengths[bucket] <= most) return bucket;
  }
  return 'year';
}

/** The beginning (UTC, weeks on Monday) of the bucket that an instant falls in. */
export function bucketStart(at: number, bucket: Bucket): number {
  switch (bucket) {
    case 'none':
      return at;
    case 'minute':
    case 'hour':
    case 'day':
      return Math.floor(at / lengths[bucket]) * lengths[bucket];
    case 'week':
      // 1970 began on a Thursday; the Monday before it is day −3.
      return Math.floor((at + 3 * day) / (7 * day)) * 7 * day - 3 * day;
    case 'month':
    case 'quarter':
    case 'year': {
      const date = new Date(at);
      const step = { month: 1, quarter: 3, year: 12 }[bucket];
      const month = Math.floor(date.getUTCMonth() / step) * step;
      const start = new Date(0);
      start.setUTCFullYear(date.getUTCFullYear(), month, 1);
      return start.getTime();
    }
  }
}
