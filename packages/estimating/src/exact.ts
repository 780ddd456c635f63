/** Exact arithmetic on money: products in BigInt, results in safe integers. */

/** Told when a result lies outside of ±(2⁵³ − 1) and was cut to it. */
export type TooLarge = () => void;

const largest = BigInt(Number.MAX_SAFE_INTEGER);

/** numerator / denominator to a whole number, halves away from zero, as spreadsheets' ROUND. The denominator is above zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const half = numerator < 0n ? -denominator : denominator;
  return (2n * numerator + half) / (2n * denominator);
}

/** numerator / denominator ten-thousandths, rounded to whole minor units. */
export function roundMoney(numerator: bigint, denominator: bigint, unit: number, tooLarge: TooLarge): number {
  const step = BigInt(unit);
  return clamp(divideRounded(numerator, denominator * step) * step, unit, tooLarge);
}

/** A sum that does not depend on the order: BigInt as soon as a part of it leaves the safe integers. */
export function sum(values: readonly number[], unit: number, tooLarge: TooLarge): number {
  let total = 0;
  for (const value of values) {
    total += value;
    if (!Number.isSafeInteger(total)) {
      return clamp(
        values.reduce((all, one) => all + BigInt(one), 0n),
        unit,
        tooLarge,
      );
    }
  }
  return total;
}

/** Cut to the largest whole number of minor units that is safe. */
function clamp(value: bigint, unit: number, tooLarge: TooLarge): number {
  if (value <= largest && value >= -largest) return Number(value);
  tooLarge();
  const step = BigInt(unit);
  const limit = Number((largest / step) * step);
  return value < 0n ? -limit : limit;
}
