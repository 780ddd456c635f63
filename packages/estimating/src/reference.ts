import type { EstimateView, LineView } from '@tidemark/documents/estimate';

/**
 * The calculation once more, for tests, as plainly as docs/estimate.md says it: fractions of BigInt in the currency's
 * own unit, rounded where the page says `round` and nowhere else. Shares nothing with what it checks.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

const of = (n: number | bigint, d: number | bigint = 1): Fraction => ({ n: BigInt(n), d: BigInt(d) });
const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n });
const total = (all: readonly Fraction[]) => all.reduce(plus, of(0));
const bp = (rate: number) => of(rate, 10_000);

const decimals: Readonly<Record<string, number>> = { JPY: 0, KWD: 3, CLF: 4 };

/** Halves away from zero, by looking at the digits: whole part of |x| × 10^digits, one more when the rest is a half or more. */
export function round(value: Fraction, currency: string): Fraction {
  const ten = 10n ** BigInt(decimals[currency] ?? 2);
  const negative = value.n < 0n !== value.d < 0n;
  const n = (value.n < 0n ? -value.n : value.n) * ten;
  const d = value.d < 0n ? -value.d : value.d;
  const down = n / d;
  const rounded = (n % d) * 2n >= d ? down + 1n : down;
  return of(negative ? -rounded : rounded, ten);
}

export interface Expected {
  readonly base: bigint;
  readonly contingency: bigint;
  readonly overhead: bigint;
  readonly risk: bigint;
  readonly cost: bigint;
  readonly bid: bigint;
  readonly tax: bigint;
  readonly total: bigint;
}

export type Side = 'low' | 'expected' | 'high';

export function expected({ meta, params, sections, risks }: EstimateView, side: Side = 'expected'): Expected {
  const rounded = (value: Fraction) => round(value, meta.currency);
  const amount = ({ qty, wasteBp, unitCost }: LineView) =>
    rounded(times(times(of(qty, 1_000_000), plus(of(1), bp(wasteBp))), of(unitCost, 10_000)));
  const base = total(
    sections.flatMap(({ lines }) => lines.filter(({ optional }) => !optional).map((line) => amount(line))),
  );
  const contingency = rounded(times(base, bp(params.contingencyBp)));
  const overhead = rounded(times(base, bp(params.overheadBp)));
  const risk = total(
    risks.map((one) => {
      const mitigated = one.applied !== null;
      const low = of(mitigated ? one.mitigatedLow : one.low, 10_000);
      const high = of(mitigated ? one.mitigatedHigh : one.high, 10_000);
      const impact = { low, expected: over(plus(low, high), of(2)), high }[side];
      const exposure = rounded(times(bp(mitigated ? one.mitigatedProbBp : one.probBp), impact));
      return mitigated ? plus(exposure, rounded(of(one.mitigationCost, 10_000))) : exposure;
    }),
  );
  const cost = total([base, contingency, overhead, risk]);
  const target = bp(params.targetBp);
  const bid = rounded(
    params.marginMode === 'margin'
      ? over(cost, plus(of(1), times(of(-1), target)))
      : times(cost, plus(of(1), target)),
  );
  const tax = rounded(times(bid, bp(params.taxBp)));
  const money = (value: Fraction) => (value.n * 10_000n) / value.d;
  return {
    base: money(base),
    contingency: money(contingency),
    overhead: money(overhead),
    risk: money(risk),
    cost: money(cost),
    bid: money(bid),
    tax: money(tax),
    total: money(plus(bid, tax)),
  };
}
