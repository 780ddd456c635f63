import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PastRisk, pastRisks, patterns } from './patterns.ts';
import { estimateOf, risk } from './random-estimates.ts';
import { wilson } from './wilson.ts';

const usd = (amount: number) => Math.round(amount * 10_000);

function past(fields: Partial<PastRisk>): PastRisk {
  return {
    documentId: 'd',
    category: 'Weather',
    currency: 'USD',
    probBp: 3_000,
    low: usd(1_000),
    high: usd(3_000),
    outcome: 'open',
    actualImpact: null,
    ...fields,
  };
}

test('CALC-19 how often, how sure, and what to begin with', () => {
  const weather = [
    past({ documentId: '1', outcome: 'struck', actualImpact: usd(2_500) }),
    past({ documentId: '1', outcome: 'struck', actualImpact: usd(4_000), category: ' weather ' }),
    past({ documentId: '2', outcome: 'struck', actualImpact: usd(1_000) }),
    past({ documentId: '2', outcome: 'avoided' }),
    past({ documentId: '3', outcome: 'avoided' }),
    past({ documentId: '3', outcome: 'avoided', currency: 'EUR' }),
    past({ documentId: '3', outcome: 'struck', actualImpact: usd(99), currency: 'EUR' }),
    past({ documentId: '4' }),
  ];
  const [found, other, ...more] = patterns(
    [past({ category: 'Access', outcome: 'struck' }), ...weather],
    'USD',
  );
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    category: 'Weather',
    projects: 4,
    struck: 4,
    avoided: 3,
    decided: 7,
    open: 1,
    rateBp: 5_714,
    suggestion: { probBp: 5_556, struck: 4, decided: 7 },
    impact: {
      risks: 3,
      estimatedMean: usd(2_000),
      mean: usd(2_500),
      median: usd(2_500),
      lowest: usd(1_000),
      highest: usd(4_000),
      within: 2,
      ratioBp: 12_500,
    },
  });
  expect(found?.calibration?.estimatedBp).toBe(3_000);
  expect(found?.calibration?.brier).toBeCloseTo((4 * 0.49 + 3 * 0.09) / 7, 12);
  expect(found?.risks).toEqual(weather);
  expect(other).toMatchObject({ category: 'Access', decided: 1, suggestion: null, impact: null });
});

test('CALC-19 a median of an even number is the mean of the two in the middle, in whole coins', () => {
  const struck = [100.01, 100.02, 900, 1].map((impact) =>
    past({ outcome: 'struck', actualImpact: usd(impact) }),
  );
  expect(patterns(struck, 'USD')[0]?.impact?.median).toBe(usd(100.02));
  expect(patterns(struck, 'JPY')[0]?.impact).toBe(null);
});

test('CALC-19 the interval is the one of the tables', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I: 81/263, 15/148, 0/20, 1/29.
  expect(wilson(81, 263)).toEqual({ low: 2_553, high: 3_662 });
  expect(wilson(15, 148)).toEqual({ low: 624, high: 1_605 });
  expect(wilson(0, 20)).toEqual({ low: 0, high: 1_611 });
  expect(wilson(1, 29)).toEqual({ low: 61, high: 1_718 });
});

test('CALC-19 rate and suggestion lie in the interval, and nothing decided says nothing', () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), fc.nat({ max: 300 }), (struck, avoided) => {
      const risks = [
        ...Array.from({ length: struck }, () => past({ outcome: 'struck' })),
        ...Array.from({ length: avoided }, () => past({ outcome: 'avoided' })),
        past({}),
      ];
      const [found] = patterns(risks, 'USD');
      if (found === undefined) throw new Error('one category');
      const { low, high } = found.interval;
      if (found.rateBp === null) expect([low, high, found.calibration]).toEqual([0, 10_000, null]);
      else expect(low <= found.rateBp && found.rateBp <= high).toBe(true);
      if (found.suggestion !== null) {
        expect(low <= found.suggestion.probBp && found.suggestion.probBp <= high).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('CALC-19 a project’s risks count as they counted in its bid', () => {
  const figures = {
    probBp: 4_000,
    low: 2,
    high: 4,
    mitigatedProbBp: 1_000,
    mitigatedLow: 1,
    mitigatedHigh: 3,
  };
  const view = estimateOf({
    currency: 'EUR',
    risks: [
      risk(figures),
      risk({ ...figures, applied: { at: '', by: null }, outcome: 'struck', actualImpact: 5 }),
    ],
  });
  expect(pastRisks('d', view)).toMatchObject([
    { documentId: 'd', currency: 'EUR', probBp: 4_000, low: 2, high: 4, outcome: 'open' },
    { probBp: 1_000, low: 1, high: 3, outcome: 'struck', actualImpact: 5 },
  ]);
});
