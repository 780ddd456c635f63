import { divideRounded, roundMoney } from './exact.ts';
import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';
import type { PastRisk } from './patterns.ts';

/** What struck risks cost against what was estimated. */
export interface ImpactPattern {
  /** Struck, with an impact written down, in this currency. */
  readonly risks: number;
  /** Mean of (low + high) / 2. */
  readonly estimatedMean: Money;
  readonly mean: Money;
  readonly median: Money;
  readonly lowest: Money;
  readonly highest: Money;
  /** How many came between their low and their high. */
  readonly within: number;
  /** Σ actual / Σ estimated, in basis points; null when nothing was estimated. */
  readonly ratioBp: number | null;
}

export function impactPattern(struck: readonly PastRisk[], currency: string): ImpactPattern | null {
  const cases = struck.flatMap(({ currency: of, actualImpact, low, high }) =>
    of === currency && actualImpact !== null ? [{ actual: actualImpact, low, high }] : [],
  );
  const sorted = cases.map(({ actual }) => actual).sort((a, b) => a - b);
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  if (lowest === undefined || highest === undefined) return null;
  const unit = minorUnit(currency);
  const n = BigInt(cases.length);
  const actual = cases.reduce((sum, one) => sum + BigInt(one.actual), 0n);
  const twice = cases.reduce((sum, { low, high }) => sum + BigInt(low) + BigInt(high), 0n);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? highest;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? lowest);
  return {
    risks: cases.length,
    estimatedMean: roundMoney(twice, 2n * n, unit, ignored),
    mean: roundMoney(actual, n, unit, ignored),
    median: roundMoney(BigInt(lower) + BigInt(upper), 2n, unit, ignored),
    lowest,
    highest,
    within: cases.filter(({ actual, low, high }) => low <= actual && actual <= high).length,
    ratioBp: twice > 0n ? Number(divideRounded(actual * 20_000n, twice)) : null,
  };
}

const ignored = () => undefined;
