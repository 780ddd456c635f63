/** Prints what reckoning costs: `node packages/estimating/src/figures.ts`. Medians of CPU milliseconds of this process. */
import type { EstimateView, LineView, Section } from '@tidemark/documents/estimate';
import { calculate } from './calculate.ts';
import { compareEstimates } from './compare/compare-estimates.ts';
import { estimateOf, line, risk, section } from './random-estimates.ts';

const rounds = 51;
const perSection = 40;

function estimate(count: number): EstimateView {
  const lines = Array.from({ length: count }, (_, i) =>
    line({
      name: `Line ${i}`,
      qty: 1_000_000 + i * 12_345,
      unitCost: 98_765 + i * 7,
      wasteBp: (i % 4) * 500,
      optional: i % 50 === 0,
    }),
  );
  const sections = Array.from({ length: Math.ceil(count / perSection) }, (_, i) =>
    section(`g${i}`, lines.slice(i * perSection, (i + 1) * perSection)),
  );
  const risks = Array.from({ length: 20 }, () => risk({ probBp: 2_500, low: 10_000_000, high: 50_000_000 }));
  const params = { targetBp: 1_500, overheadBp: 1_000, contingencyBp: 500, taxBp: 825 };
  return estimateOf({ sections, risks, params });
}

/** As a reader gives it after one cell was edited: one new line, one new section, all else the same objects. */
function edited(view: EstimateView, round: number): EstimateView {
  const at = round % view.sections.length;
  const bump = (old: LineView, index: number) => (index === 1 ? { ...old, qty: old.qty + round + 1 } : old);
  const sections = view.sections.map(
    (old, index): Section => (index === at ? { group: old.group, lines: old.lines.map(bump) } : old),
  );
  return { ...view, sections };
}

function median(work: (round: number) => () => void): string {
  const times = Array.from({ length: rounds }, (_, round) => {
    const run = work(round);
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return (times.sort((a, b) => a - b)[rounds >> 1] ?? 0).toFixed(3);
}

console.log('lines'.padStart(7), ...['cold', 'one edit', 'compare'].map((head) => head.padStart(9)), '  ms');
for (const count of [100, 2_000, 10_000]) {
  const view = estimate(count);
  calculate(view);
  const cold = median(() => {
    const fresh = structuredClone(view);
    return () => calculate(fresh);
  });
  const edit = median((round) => {
    const next = edited(view, round);
    return () => calculate(next);
  });
  const compare = median((round) => {
    const next = edited(view, round);
    return () => compareEstimates(view, next);
  });
  console.log(
    count.toLocaleString('en').padStart(7),
    ...[cold, edit, compare].map((time) => time.padStart(9)),
  );
}
