/** `npm run fuzz`; see docs/faults.md. */
import { parseArgs } from 'node:util';
import { describeReport, fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const minutes = Number(values.minutes ?? 10);
if (!(seed >= 0 && minutes >= 0)) {
  console.error('npm run fuzz -- [--minutes M] [--seed S]: each is a number');
  process.exit(2);
}

const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
let told = 0;
console.log(`fuzz: seed ${seed}`);
try {
  const report = await fuzz({
    seed,
    forMs: minutes * 60_000,
    silent: 10_000,
    sent(so) {
      if (seconds() - told < 60) return;
      told = seconds();
      console.log(`${Math.round(told / 60)} min: ${so.frames} hostile frames`);
    },
  });
  console.log(describeReport(report, seconds(), seed));
} catch (error) {
  console.error(error);
  process.exit(1);
}
