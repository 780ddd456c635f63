import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketStart, buckets, chooseBucket } from './bucket.ts';
import { downsample } from './downsample.ts';

describe('thinning and time', () => {
  test('DATA-9: a long line keeps its ends, its order and its highest peak', () => {
    const points = Array.from({ length: 5000 }, (_, x) => [x, x === 3210 ? 99 : Math.sin(x / 50)] as const);
    const thin = downsample(points, 200);
    expect(thin).toHaveLength(200);
    expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)]);
    expect(thin.map(([x]) => x)).toEqual(thin.map(([x]) => x).toSorted((a, b) => a - b));
    expect(thin).toContainEqual([3210, 99]);
    expect(downsample(points.slice(0, 200), 200)).toEqual(points.slice(0, 200));
  });

  test('DATA-9: buckets begin where calendars say, and cover what falls into them', () => {
    const at = Date.UTC(2024, 4, 15, 13, 45, 30);
    const starts = Object.fromEntries(
      buckets.map((bucket) => [bucket, new Date(bucketStart(at, bucket)).toISOString()]),
    );
    expect(starts).toEqual({
      none: '2024-05-15T13:45:30.000Z',
      minute: '2024-05-15T13:45:00.000Z',
      hour: '2024-05-15T13:00:00.000Z',
      day: '2024-05-15T00:00:00.000Z',
      week: '2024-05-13T00:00:00.000Z',
      month: '2024-05-01T00:00:00.000Z',
      quarter: '2024-04-01T00:00:00.000Z',
      year: '2024-01-01T00:00:00.000Z',
    });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('3000-01-01'), noInvalidDate: true }),
        fc.constantFrom(...buckets),
        (date, bucket) => {
          const start = bucketStart(date.getTime(), bucket);
          expect(start).toBeLessThanOrEqual(date.getTime());
          expect(bucketStart(start, bucket)).toBe(start);
        },
      ),
    );
  });

  test('DATA-9: the range chooses the bucket', () => {
    const day = 86_400_000;
    const chosen = [0.02, 2, 50, 300, 1500, 5000, 20_000].map((days) => chooseBucket(0, days * day, 60));
    expect(chosen).toEqual(['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year']);
  });
});
