import { planOf } from './plan.ts';
import { runPlan } from './run.ts';
import { report } from './shrink.ts';

export interface Storm {
  runs: number;
  events: number;
  readonly counts: Record<string, number>;
  /** One report for each failing seed, at most three. */
  readonly failures: string[];
}

/** Runs the plans of many seeds, one after another. */
export async function storm(seeds: Iterable<number>): Promise<Storm> {
  const total: Storm = { runs: 0, events: 0, counts: {}, failures: [] };
  for (const seed of seeds) {
    const plan = planOf(seed);
    const outcome = await runPlan(plan);
    total.runs += 1;
    total.events += outcome.events;
    for (const [what, count] of Object.entries(outcome.counts)) {
      total.counts[what] = (total.counts[what] ?? 0) + count;
    }
    if (outcome.violations.length === 0) continue;
    total.failures.push(await report(plan, outcome));
    if (total.failures.length === 3) break;
  }
  return total;
}
