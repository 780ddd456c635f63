import './ambient.ts';
import { expect, test } from 'vitest';
import { storm } from './storm.ts';

const runs = Number(process.env.SIM_RUNS ?? 3_000);
const first = Number(process.env.SIM_SEED ?? 1);

/** Every `shares`-th seed from the first on: two test files, so that two workers share the work. */
export function stormOf(share: number, shares: number): void {
  test(`I1–I17 hold through ${runs} plans from seed ${first} on, share ${share} of ${shares}`, async () => {
    const seeds = Array.from({ length: runs }, (_, i) => first + i).filter(
      (_, i) => i % shares === share - 1,
    );
    const total = await storm(seeds);
    console.log(`simulation: ${total.runs} runs, ${total.events} events ${JSON.stringify(total.counts)}`);
    expect(total.failures.join('\n\n')).toBe('');
    // A storm that is none proves nothing.
    if (total.runs >= 500) {
      for (const [what, count] of Object.entries(total.counts)) expect(count, what).toBeGreaterThan(0);
    }
  });
}
