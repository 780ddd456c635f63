import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculate } from './calculate.ts';
import { exposureTotals, hasMitigation, mitigationWorth } from './exposure.ts';
import { anyEstimate, estimateOf, risk } from './random-estimates.ts';

const usd = (amount: number) => Math.round(amount * 10_000);
const applied = { at: '', by: null };

test('CALC-23 what applied mitigations are worth is the step from the unmitigated exposure to the one in the bid', () => {
  fc.assert(
    fc.property(anyEstimate, (view) => {
      const found = calculate(view);
      const totals = exposureTotals(view, found);
      expect(totals.now.expected).toBe(found.riskExpected);
      expect(totals.unmitigated.expected - totals.applied.worth).toBe(totals.now.expected);
      for (const part of [totals.applied, totals.open]) expect(part.saves - part.costs).toBe(part.worth);
      expect(totals.applied.count).toBe(view.risks.filter((one) => one.applied !== null).length);
    }),
  );
});

test('CALC-23 a mitigation saves what it takes off the expected impact, and is worth that less its cost', () => {
  const roof = { probBp: 4_000, low: usd(800), high: usd(4_500) };
  const plan = {
    mitigationCost: usd(250),
    mitigatedProbBp: 1_000,
    mitigatedLow: usd(800),
    mitigatedHigh: usd(1_200),
  };
  const view = estimateOf({ risks: [risk({ ...roof, ...plan })] });
  const exposure = calculate(view).risks.get(view.risks[0]?.id ?? '');
  // 40 % of 2,650 = 1,060; 10 % of 1,000 = 100.
  expect(exposure && mitigationWorth(exposure, 'USD')).toEqual({
    saves: usd(960),
    costs: usd(250),
    worth: usd(710),
  });
});

test('CALC-23 a risk without a plan is not offered as a saving; nor is a plan that costs more than it brings', () => {
  const bare = risk({ probBp: 5_000, low: usd(100), high: usd(100) });
  const dear = risk({
    probBp: 5_000,
    low: usd(100),
    high: usd(100),
    mitigation: 'Crane',
    mitigationCost: usd(900),
  });
  const good = risk({
    probBp: 5_000,
    low: usd(100),
    high: usd(100),
    mitigation: 'Tarps',
    mitigationCost: usd(10),
  });
  const done = risk({ probBp: 5_000, low: usd(100), high: usd(100), applied });
  expect([bare, dear, good, done].map(hasMitigation)).toEqual([false, true, true, true]);
  const view = estimateOf({ risks: [bare, dear, good, done] });
  const { open, applied: now } = exposureTotals(view, calculate(view));
  expect(open).toEqual({ count: 1, saves: usd(50), costs: usd(10), worth: usd(40) });
  expect(now).toEqual({ count: 1, saves: usd(50), costs: 0, worth: usd(50) });
});
