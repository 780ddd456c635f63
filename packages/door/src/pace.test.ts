import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

const limits = { framesPerSecond: 1_000, bytesPerSecond: 1_000_000, patience: 10_000 };

test('R62 a burst is welcome, and beyond it the pause is what the pace asks for', () => {
  const pace = new Pace(limits, 0);
  for (let i = 0; i < 1_000; i += 1) expect(pace.take(1, 0, 0)).toBe(0);
  expect(pace.take(1, 0, 0)).toBeCloseTo(501);
  // After it one may go on.
  expect(pace.take(1, 0, 501)).toBe(0);
});

test('R62 bytes count as frames do', () => {
  const pace = new Pace(limits, 0);
  expect(pace.take(1, 900_000, 0)).toBe(0);
  expect(pace.take(1, 900_000, 0)).toBeGreaterThan(1_000);
});

test('R62 at the pace itself there is never a pause', () => {
  const pace = new Pace(limits, 0);
  for (let ms = 0; ms < 60_000; ms += 1) expect(pace.take(1, 0, ms)).toBe(0);
});

/** Sends as fast as it is read. Returns when it was found pressing, or null. */
function press(pace: Pace, until: number): number | null {
  for (let now = 0; now < until; ) {
    const pause = pace.take(1, 0, now);
    if (pause > 0 && pace.pressing(now)) return now;
    now += pause;
  }
  return null;
}

test('R63 who is over the pace all the time is found pressing after the patience, not before', () => {
  const found = press(new Pace(limits, 0), 60_000);
  expect(found).toBeGreaterThan(limits.patience);
  expect(found).toBeLessThan(limits.patience + 1_000);
});

test('R63 who was slower than the pace in between begins anew', () => {
  const pace = new Pace(limits, 0);
  expect(press(pace, 9_000)).toBeNull();
  pace.take(1, 0, 11_000);
  expect(pace.pressing(11_000)).toBe(false);
});
