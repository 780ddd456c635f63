import { afterEach, expect, test, vi } from 'vitest';
import { nodeClock } from './clock.ts';

afterEach(() => vi.restoreAllMocks());

test('R15 the engine does not notice when the clock on the wall is put back', () => {
  const before = nodeClock.now();
  vi.spyOn(Date, 'now').mockReturnValue(0);
  expect(nodeClock.now()).toBeGreaterThanOrEqual(before);
  vi.spyOn(Date, 'now').mockReturnValue(9e15);
  expect(nodeClock.now()).toBeLessThan(before + 3_600_000);
});
