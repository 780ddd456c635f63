import { divideRounded } from '../exact.ts';

/** An exact number; the denominator is above zero. Not reduced: what a cell holds is short. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `12.5`, with an exponent of ten. */
export function fractionOf(decimal: string, exponent = 0): Fraction {
  const [whole = '', decimals = ''] = decimal.split('.');
  const digits = BigInt(`${whole}${decimals}` || '0');
  const power = exponent - decimals.length;
  return power < 0
    ? { numerator: digits, denominator: 10n ** BigInt(-power) }
    : { numerator: digits * 10n ** BigInt(power), denominator: 1n };
}

export function add(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

export function negate(a: Fraction): Fraction {
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** null for zero. */
export function invert(a: Fraction): Fraction | null {
  if (a.numerator === 0n) return null;
  const sign = a.numerator < 0n ? -1n : 1n;
  return { numerator: a.denominator * sign, denominator: a.numerator * sign };
}

/** In whole `1/scale`; null beyond the safe integers. */
export function scaled({ numerator, denominator }: Fraction, scale: number): number | null {
  const value = Number(divideRounded(numerator * BigInt(scale), denominator));
  return Number.isSafeInteger(value) ? value : null;
}
