import type { Plan, Step } from './plan.ts';
import { type Outcome, runPlan } from './run.ts';
import type { Tamper } from './tamper.ts';

export interface Shrunk {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/**
 * A smaller plan that breaks the same rule: leaves out steps, by halves first and one by one in the end, as long as it
 * still fails (ddmin, Zeller and Hildebrandt 2002, without its complements). Stops after `tries` runs.
 */
export async function shrink(
  failing: Plan,
  outcome: Outcome,
  tamper: Tamper = {},
  tries = 300,
): Promise<Shrunk> {
  const rule = outcome.violations[0]?.rule;
  let best: Shrunk = { plan: failing, outcome };
  let left = tries;
  const fails = async (steps: readonly Step[]): Promise<boolean> => {
    left -= 1;
    const plan = { ...best.plan, steps };
    const result = await runPlan(plan, tamper);
    if (!result.violations.some((violation) => violation.rule === rule)) return false;
    best = { plan, outcome: result };
    return true;
  };
  for (let size = Math.ceil(failing.steps.length / 2); size >= 1 && left > 0; ) {
    let shorter = false;
    for (let from = 0; from < best.plan.steps.length && left > 0; ) {
      const { steps } = best.plan;
      if (await fails([...steps.slice(0, from), ...steps.slice(from + size)])) shorter = true;
      else from += size;
    }
    if (!shorter || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return best;
}

/** What to say of a failing run, and how to see it again. */
export async function report(plan: Plan, outcome: Outcome): Promise<string> {
  const small = await shrink(plan, outcome);
  const broken = small.outcome.violations.slice(0, 5);
  return [
    `Seed ${plan.seed} breaks ${broken.map(({ rule, what, at }) => `${rule} at ${at} ms: ${what}`).join('\n  ')}`,
    `Shrunk from ${plan.steps.length} to ${small.plan.steps.length} steps:`,
    JSON.stringify(small.plan),
    `The last that happened:\n  ${small.outcome.trace.slice(-25).join('\n  ')}`,
    `Again: SIM_SEED=${plan.seed} SIM_RUNS=1 npx vitest run --config vitest.workspace.ts --project simulation storm`,
  ].join('\n');
}
