import './ambient.ts';
import { expect, test } from 'vitest';
import type { CastMember, Plan } from './plan.ts';
import { runPlan } from './run.ts';

const person = (user: string, home: number): CastMember => ({ kind: 'person', user, home });
const day = 86_400_000;

/** Plans that once broke a rule, shrunk, under the name of what was wrong. */
const found: readonly { what: string; plan: Plan }[] = [
  {
    what: 'I11: presence stood still for as long as the clock of the server was put back',
    plan: {
      seed: 76,
      processes: 2,
      cast: [
        person('user0', 0),
        { kind: 'raw', user: 'user1', home: 1 },
        person('user2', 0),
        person('user3', 0),
      ],
      steps: [
        { at: 10_087, do: 'drain', process: 0, ms: 100 },
        { at: 12_766, do: 'skew-process', process: 0, ms: -2 * day },
      ],
    },
  },
  {
    what: 'I5: a client whose clock was put back did not notice its dead line for as long',
    plan: {
      seed: 450,
      processes: 2,
      cast: [person('user0', 1), { kind: 'stock', user: 'user1', home: 1 }, person('user2', 0)],
      steps: [
        { at: 731, do: 'skew', who: 0, ms: -2 * day },
        { at: 2_261, do: 'hang', who: 0 },
        { at: 2_587, do: 'edit', who: 1, salt: 97_918, times: 1 },
      ],
    },
  },
  {
    what: 'I13: the comparison with the server went on after the provider was destroyed',
    plan: { seed: 1, processes: 1, cast: [person('user0', 0)], steps: [] },
  },
];

test.each(found)('$what', async ({ plan }) => {
  const { violations } = await runPlan(plan);
  expect(violations).toEqual([]);
});
