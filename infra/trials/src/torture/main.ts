/** `npm run torture`; see docs/faults.md. */
import { parseArgs } from 'node:util';
import { longForm } from './plans.ts';
import { torture } from './torture.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY);
const rounds = values.rounds === undefined ? null : Number(values.rounds);
if (![seed, minutes, rounds ?? 0].every((value) => value >= 0)) {
  console.error('npm run torture -- [--rounds N] [--minutes M] [--seed S]: each is a number');
  process.exit(2);
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
let told = 0;
console.log(`torture: seed ${seed}`);
try {
  const tally = await torture({
    plan: longForm(rounds),
    seed,
    houses: 2,
    budgetMs: minutes * 60_000,
    awaitHeartbeat: true,
    stop: stop.signal,
    played(so) {
      if (seconds() - told < 60) return;
      told = seconds();
      console.log(`${Math.round(told / 60)} min: ${so.line()}`);
    },
  });
  console.log(tally.report(seconds(), seed));
  process.exit(tally.lost === 0 ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(1);
}
