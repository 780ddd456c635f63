import type { Outcome } from './outcome.ts';
import type { Plan, Step } from './plan.ts';

/** A shorter plan that breaks the same rule. `tries` bounds how many sessions are spent on it. */
export async function shrink(
  plan: Plan,
  outcome: Outcome,
  run: (plan: Plan) => Promise<Outcome>,
  tries = 80,
): Promise<Plan> {
  const problem = outcome.problems[0];
  if (problem === undefined) return plan;
  let steps: readonly Step[] = plan.steps.slice(0, problem.step + 1);
  let left = tries;
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1 && left > 0;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = steps.length - 1 - size; from > -size && left > 0; from -= size) {
      const shorter = steps.filter((_, index) => index < Math.max(from, 0) || index >= from + size);
      if (shorter.length === steps.length) continue;
      left -= 1;
      const again = await run({ ...plan, steps: shorter });
      if (again.problems.some(({ rule }) => rule === problem.rule)) {
        const last = again.problems[0]?.step ?? shorter.length;
        steps = shorter.slice(0, last + 1);
      }
    }
  }
  return { ...plan, steps };
}
