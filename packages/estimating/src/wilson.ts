/** The 97.5th percentile of the normal distribution. */
const z = 1.959964;

/**
 * The 95 % score interval of a rate seen k times in n, in basis points. E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22 (1927) 209–212. Good for few cases, where the plain one is not.
 */
export function wilson(k: number, n: number): { readonly low: number; readonly high: number } {
  if (n === 0) return { low: 0, high: 10_000 };
  const p = k / n;
  const square = z ** 2;
  const centre = (p + square / (2 * n)) / (1 + square / n);
  const half = (z / (1 + square / n)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n ** 2));
  const inBp = (rate: number) => Math.round(Math.min(1, Math.max(0, rate)) * 10_000);
  return { low: inBp(centre - half), high: inBp(centre + half) };
}
