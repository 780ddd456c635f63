/** Runs plans again and tells what happened: `node replay.ts SEED …`, or a plan as JSON; `--trace` for all that happened. */
import './ambient.ts';
import { readFileSync } from 'node:fs';
import { type Plan, planOf } from './plan.ts';
import { runPlan } from './run.ts';

const given = process.argv.slice(2);
const traced = given.includes('--trace');

for (const word of given.filter((each) => each !== '--trace')) {
  const outcome = await runPlan(planFrom(word));
  console.log(
    `${word.slice(0, 60)}: hash ${outcome.hash}, ${outcome.events} events, ${JSON.stringify(outcome.counts)}`,
  );
  for (const { rule, what, at } of outcome.violations) console.log(`  ${rule} at ${at} ms: ${what}`);
  if (traced) console.log(outcome.trace.map((line) => `  ${line}`).join('\n'));
}

/** A seed, a plan, or a file with one. */
function planFrom(word: string): Plan {
  if (/^-?\d+$/.test(word)) return planOf(Number(word));
  return JSON.parse(word.startsWith('{') ? word : readFileSync(word, 'utf8')) as Plan;
}
