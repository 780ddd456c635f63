/** Waits between attempts, milliseconds, before jitter. */
const steps = [2_000, 4_000, 8_000, 16_000, 32_000] as const;

/**
 * How long to wait after the `failures`-th failure in a row (1, 2, …): the step, jittered between half of it and
 * one and a half, so that a thousand clients cut at once do not come back at once.
 */
export function backoff(failures: number, random: () => number): number {
  const step = steps[Math.min(Math.max(failures, 1), steps.length) - 1] ?? 32_000;
  return Math.round(step * (0.5 + random()));
}
