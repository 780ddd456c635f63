import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minorUnit } from './minor-unit.ts';
import { anyCurrency } from './random-estimates.ts';
import { spread } from './spread.ts';

const weights = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 });
const mixed = fc.array(fc.integer({ min: -1_000_000, max: 10_000_000 }), { minLength: 1, maxLength: 20 });

test('CALC-15 parts are whole coins, add up to the total, and are less than a coin from their exact share', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -99_999_999, max: 99_999_999 }),
      mixed,
      anyCurrency,
      (coins, weights, currency) => {
        const unit = minorUnit(currency);
        const total = coins * unit;
        const parts = spread(total, weights, currency);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        expect(parts.every((part) => part % unit === 0)).toBe(true);
        const all = weights.reduce((sum, weight) => sum + weight, 0);
        for (const [index, part] of parts.entries()) {
          const weight = weights[index] ?? 0;
          const share =
            all === 0
              ? [BigInt(total), BigInt(weights.length)]
              : [BigInt(total) * BigInt(weight), BigInt(all)];
          const apart = BigInt(part) * share[1]! - share[0]!;
          const size = apart < 0n ? -apart : apart;
          expect(size < BigInt(unit) * (share[1]! < 0n ? -share[1]! : share[1]!)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('CALC-15 a bigger weight never gets less, and a credit is spread as its cost', () => {
  fc.assert(
    fc.property(fc.nat({ max: 9_999_999 }), weights, (coins, weights) => {
      const parts = spread(coins * 100, weights, 'USD');
      const sorted = weights
        .map((weight, index) => [weight, parts[index]!] as const)
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (const [index, [, part]] of sorted.entries()) {
        if (index > 0) expect(part).toBeGreaterThanOrEqual(sorted[index - 1]![1]);
      }
      expect(spread(-coins * 100, weights, 'USD').map((part) => -part + 0)).toEqual(parts);
    }),
  );
  expect(spread(1_000_000, [1, 1, 1], 'USD')).toEqual([333_400, 333_300, 333_300]);
  expect(spread(1_000_000, [1, 1, 1], 'JPY')).toEqual([340_000, 330_000, 330_000]);
  expect(spread(1_000_000, [0, 0], 'USD')).toEqual([500_000, 500_000]);
  expect(spread(1_000_000, [], 'USD')).toEqual([]);
});
