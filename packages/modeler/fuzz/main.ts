/** `npm run fuzz-diagram`; see docs/diagram-fuzz.md. */
import { parseArgs } from 'node:util';
import { openFuzzBrowser } from './browser.ts';
import { startFiles } from './files.ts';
import { planOf } from './plan.ts';
import { shrink } from './shrink.ts';
import { createTotals } from './totals.ts';

const usage =
  'npm run fuzz-diagram -- [--seed S] [--runs N] [--modelers 2|5] [--minutes M] [--file NAME] [--log] [--no-shrink]';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    modelers: { type: 'string' },
    minutes: { type: 'string' },
    file: { type: 'string' },
    log: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 30));
const runs = Number(values.runs ?? (values.minutes === undefined ? 100 : Number.POSITIVE_INFINITY));
const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY);
const modelers = Number(values.modelers ?? 2);
if (![first, runs, minutes, modelers].every((value) => value >= 0)) {
  console.error(usage);
  process.exit(2);
}
const files = values.file === undefined ? startFiles() : [values.file];

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
const began = performance.now();
const over = () => performance.now() - began > minutes * 60_000;
const totals = createTotals();
const browser = await openFuzzBrowser();
console.log(`diagram fuzz: ${modelers} modelers, seeds from ${first}, ${files.length} start files`);
try {
  for (let seed = first; seed < first + runs && !over() && !stop.signal.aborted; seed += 1) {
    const plan = planOf(seed, { modelers, files });
    const outcome = await browser.run(plan);
    totals.add(seed, outcome);
    if (values.log) console.log(outcome.log.join('\n'));
    if (outcome.problems.length > 0) {
      console.log(
        `\nseed ${seed} (${plan.file}), step ${outcome.problems[0]?.step} of ${plan.steps.length}:`,
      );
      for (const { rule, text } of outcome.problems.slice(0, 4)) console.log(`  ${rule}  ${text}`);
      if (values.shrink) {
        const short = await shrink(plan, outcome, (shorter) => browser.run(shorter));
        console.log(`  shrunk to ${short.steps.length} steps: ${JSON.stringify(short)}`);
      }
    }
    if (totals.sessions % 25 === 0) console.log(totals.line());
  }
} finally {
  await browser.close();
}
console.log(totals.report((performance.now() - began) / 1000));
process.exit(totals.failed.length === 0 ? 0 : 1);
