/**
 * Decimals of the currencies that do not have two: ISO 4217, list one. A table of our own and not `Intl`, whose data
 * differ between browsers and servers: totals must be the same on each.
 */
const digitsOf: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Decimals of the money of a currency, 0 to 4; two for a code nobody knows. */
export function minorDigits(currency: string): number {
  return Object.hasOwn(digitsOf, currency) ? (digitsOf[currency] ?? 2) : 2;
}

/** The smallest coin of a currency in ten-thousandths: 100 for USD, 10,000 for JPY, 10 for KWD. */
export function minorUnit(currency: string): number {
  return 10 ** (4 - minorDigits(currency));
}
