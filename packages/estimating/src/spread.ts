import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';

/**
 * A total in parts by weight, each a whole number of the currency's minor units, which add up to the total: the method
 * of the largest remainder (A. Hamilton, 1792). Of equal remainders the earlier part gets the coin. Weights of nothing
 * share alike. The total is a whole number of minor units too.
 */
export function spread(total: Money, weights: readonly Money[], currency: string): Money[] {
  if (weights.length === 0) return [];
  const unit = minorUnit(currency);
  const coins = BigInt(total) / BigInt(unit);
  const sign = coins < 0n ? -1 : 1;
  const shares = shareOut(coins < 0n ? -coins : coins, weights.map(BigInt));
  return shares.map((share) => Number(share) * unit * sign + 0);
}

function shareOut(coins: bigint, given: readonly bigint[]): bigint[] {
  const sum = given.reduce((all, weight) => all + weight, 0n);
  const weights = sum === 0n ? given.map(() => 1n) : given;
  const all = sum === 0n ? BigInt(given.length) : sum;
  const parts = weights.map((weight, index) => {
    // Dividing by a sum below zero, both signs turn.
    const [numerator, denominator] = all < 0n ? [-coins * weight, -all] : [coins * weight, all];
    const whole = floor(numerator, denominator);
    return { index, whole, rest: numerator - whole * denominator };
  });
  const left = Number(coins - parts.reduce((sum, { whole }) => sum + whole, 0n));
  const lucky = [...parts].sort((a, b) => compare(b.rest, a.rest) || a.index - b.index).slice(0, left);
  const shares = parts.map(({ whole }) => whole);
  for (const { index, whole } of lucky) shares[index] = whole + 1n;
  return shares;
}

function floor(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
