import { expect, test } from 'vitest';
import { ticksOf } from './ticks.ts';
import { trackOf } from './track.ts';

test('TIME-22 names of days never meet, nor leave the line, and ticks that would be a smear are left out', () => {
  const sixty = trackOf(
    Array.from({ length: 60 }, (_, day) => ({
      lsn: day + 1,
      by: 'ana',
      at: new Date(2026, 8, 1 + day, 9).toISOString(),
    })),
  );
  const named = (width: number) =>
    ticksOf(sixty, width)
      .filter(({ isNamed }) => isNamed)
      .map(({ place }) => (place / 60) * width);
  for (const width of [200, 1_200]) {
    const xs = named(width);
    expect(xs[0]).toBe(0);
    expect(xs.every((x, nth) => nth === 0 || x - (xs[nth - 1] ?? 0) >= 72)).toBe(true);
    expect(xs.at(-1)).toBeLessThanOrEqual(width - 72);
  }
  expect(named(1_200).length).toBeGreaterThan(8);
  expect(ticksOf(sixty, 1_200)).toHaveLength(60);
  expect(ticksOf(sixty, 200).length).toBeLessThanOrEqual(40);
});
