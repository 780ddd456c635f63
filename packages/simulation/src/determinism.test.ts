import './ambient.ts';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';

test('I16: the same plan goes the same way, in this process and in another', async () => {
  const seeds = Array.from({ length: 12 }, (_, i) => 100 + i);
  const here: string[] = [];
  for (const seed of seeds) here.push((await runPlan(planOf(seed))).hash);
  // In another order and not for the first time: nothing is left over from run to run.
  for (const [i, seed] of [...seeds.entries()].reverse()) {
    expect((await runPlan(planOf(seed))).hash, `seed ${seed}`).toBe(here[i]);
  }
  const replay = fileURLToPath(new URL('replay.ts', import.meta.url));
  const there = spawnSync(process.execPath, [replay, ...seeds.map(String)], { encoding: 'utf8' });
  expect(there.stderr).toBe('');
  expect([...there.stdout.matchAll(/hash (\w+)/g)].map((match) => match[1])).toEqual(here);
});

test('I16: a plan survives being written down', async () => {
  const plan = planOf(7);
  const again = JSON.parse(JSON.stringify(plan));
  expect((await runPlan(again)).hash).toBe((await runPlan(plan)).hash);
});

test('other seeds go other ways', async () => {
  const hashes = new Set<string>();
  for (let seed = 1; seed <= 20; seed += 1) hashes.add((await runPlan(planOf(seed))).hash);
  expect(hashes.size).toBe(20);
});
