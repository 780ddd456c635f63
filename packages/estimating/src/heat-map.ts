import type { EstimateView, RiskView } from '@tidemark/documents/estimate';
import type { Estimation } from './estimation.ts';
import { sum } from './exact.ts';
import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';
import { share } from './totals.ts';

/** From here on up to the next band, in basis points: of certainty for a probability, of the base for an impact. */
export const probabilityBands = [0, 1_000, 3_000, 5_000, 7_000] as const;
export const impactBands = [0, 50, 100, 250, 500] as const;

export type HeatLevel = 'low' | 'medium' | 'high' | 'severe';

export interface HeatCell {
  readonly level: HeatLevel;
  readonly risks: readonly RiskView[];
  /** Σ of what they are expected to cost. */
  readonly expected: Money;
}

export interface HeatMap {
  /** `cells[probability band][impact band]`, the lowest first. */
  readonly cells: readonly (readonly HeatCell[])[];
  /** Where each impact band begins, in money. */
  readonly impactsFrom: readonly Money[];
}

/** `now`: with the mitigations that are applied; else all as they are, or all mitigated. */
export type HeatMapOf = 'now' | 'unmitigated' | 'mitigated';

/**
 * The risks by probability and by impact, which is the mean of low and high against the base; an opportunity counts by
 * its size. Without a base every impact but none is in the highest band.
 */
export function heatMap(view: EstimateView, estimation: Estimation, of: HeatMapOf = 'now'): HeatMap {
  const unit = minorUnit(view.meta.currency);
  const ignored = () => undefined;
  const placed = Map.groupBy(view.risks, (risk) => {
    const mitigated = of === 'mitigated' || (of === 'now' && risk.applied !== null);
    const probability = mitigated ? risk.mitigatedProbBp : risk.probBp;
    const twice = mitigated
      ? BigInt(risk.mitigatedLow) + BigInt(risk.mitigatedHigh)
      : BigInt(risk.low) + BigInt(risk.high);
    return `${bandOf(probability)} ${impactBand(twice, estimation.base)}`;
  });
  const cells = probabilityBands.map((_, probability) =>
    impactBands.map((_, impact): HeatCell => {
      const risks = placed.get(`${probability} ${impact}`) ?? [];
      const amounts = risks.map(({ id }) => {
        const exposure = estimation.risks.get(id);
        return (of === 'now' ? exposure : exposure?.[of])?.expected ?? 0;
      });
      return { level: levelOf(probability + impact), risks, expected: sum(amounts, unit, ignored) };
    }),
  );
  return { cells, impactsFrom: impactBands.map((bp) => share(Math.abs(estimation.base), bp, unit, ignored)) };
}

function bandOf(probability: number): number {
  return probabilityBands.findLastIndex((from) => probability >= from);
}

/** By exact comparison of 2 × impact / base with the bands. */
function impactBand(twice: bigint, base: Money): number {
  const size = (twice < 0n ? -twice : twice) * 10_000n;
  if (size === 0n) return 0;
  const of = 2n * BigInt(Math.abs(base));
  return impactBands.findLastIndex((from) => size >= of * BigInt(from));
}

/** Steps from the lowest corner: 0 to 8. */
function levelOf(steps: number): HeatLevel {
  if (steps <= 2) return 'low';
  if (steps <= 4) return 'medium';
  return steps <= 6 ? 'high' : 'severe';
}
