import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculate } from './calculate.ts';
import { heatMap, impactBands, probabilityBands } from './heat-map.ts';
import { anyEstimate, costing, estimateOf, risk, section } from './random-estimates.ts';
import { waterfall } from './waterfall.ts';

const usd = (amount: number) => Math.round(amount * 10_000);

test('CALC-16 the waterfall has no gap and ends at the total', () => {
  fc.assert(
    fc.property(anyEstimate, (view) => {
      const found = calculate(view);
      const steps = waterfall(found);
      expect(steps.map(({ step }) => step)).toEqual([
        'base',
        'contingency',
        'overhead',
        'risk',
        'margin',
        'tax',
        'total',
      ]);
      for (const [index, { from, to, amount }] of steps.entries()) {
        expect(to - from).toBe(amount);
        expect(from).toBe(index === 0 || index === 6 ? 0 : steps[index - 1]?.to);
      }
      expect(steps[4]?.to).toBe(found.bid);
      expect([steps[5]?.to, steps[6]?.to]).toEqual([found.total, found.total]);
    }),
  );
});

test('CALC-17 every risk stands in one cell, and the cells add up to the risk expected', () => {
  fc.assert(
    fc.property(anyEstimate, (view) => {
      const found = calculate(view);
      const { cells } = heatMap(view, found);
      const all = cells.flat();
      expect(all.length).toBe(probabilityBands.length * impactBands.length);
      expect(all.flatMap(({ risks }) => risks.map(({ id }) => id)).sort()).toEqual(
        view.risks.map(({ id }) => id).sort(),
      );
      expect(all.reduce((sum, { expected }) => sum + expected, 0)).toBe(found.riskExpected);
    }),
  );
});

test('CALC-17 bands begin at their threshold, by exact comparison; mitigation moves a risk', () => {
  const base = section('a', [costing(usd(10_000))]);
  const place = (probBp: number, impact: number, applied: boolean, of?: 'unmitigated' | 'mitigated') => {
    const one = risk({ probBp, low: impact, high: impact, applied: applied ? { at: '', by: null } : null });
    const view = estimateOf({ sections: [base], risks: [one] });
    const { cells } = heatMap(view, calculate(view), of);
    const probability = cells.findIndex((row) => row.some(({ risks }) => risks.length > 0));
    return [probability, cells[probability]?.findIndex(({ risks }) => risks.length > 0)];
  };
  expect(place(999, usd(50) - 1, false)).toEqual([0, 0]);
  expect(place(1_000, usd(50), false)).toEqual([1, 1]);
  expect(place(6_999, usd(500) - 1, false)).toEqual([3, 3]);
  expect(place(7_000, usd(500), false)).toEqual([4, 4]);
  expect(place(7_000, usd(500), true)).toEqual([0, 0]);
  expect(place(7_000, usd(500), true, 'unmitigated')).toEqual([4, 4]);
  expect(place(7_000, usd(500), false, 'mitigated')).toEqual([0, 0]);
  const bare = estimateOf({ risks: [risk({ low: 1, high: 1 }), risk()] });
  expect(heatMap(bare, calculate(bare)).cells[0]?.map(({ risks }) => risks.length)).toEqual([1, 0, 0, 0, 1]);
  const view = estimateOf({ sections: [base] });
  expect(heatMap(view, calculate(view)).impactsFrom).toEqual([0, 50, 100, 250, 500].map(usd));
  expect(
    heatMap(view, calculate(view)).cells.map((row) => row.map(({ level }) => level[0]).join('')),
  ).toEqual(['lllmm', 'llmmh', 'lmmhh', 'mmhhs', 'mhhss']);
});
