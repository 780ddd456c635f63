/** `npm run torture` in short: the same code and every kind of fault, a few rounds of each. */
import { expect, test } from 'vitest';
import { shortForm } from './torture/plans.ts';
import { torture } from './torture/torture.ts';

const seed = Number(process.env.TORTURE_SEED ?? 20261121);

test('R1 R2 R3 after kills, stops, cuts, full disks, failing INSERTs, wrong clocks: all that was acknowledged is stored, all replicas are equal', async () => {
  const began = performance.now();
  const tally = await torture({ plan: shortForm, seed, houses: 2, budgetMs: 30_000, awaitHeartbeat: false });
  console.log(tally.report((performance.now() - began) / 1000, seed));
  expect(tally.lost).toBe(0);
  expect([...tally.rounds.keys()].sort()).toEqual(Object.keys(shortForm).sort());
  expect(tally.kills).toBeGreaterThanOrEqual(5);
  expect(tally.acknowledged).toBeGreaterThan(tally.totalRounds * 5);
});
