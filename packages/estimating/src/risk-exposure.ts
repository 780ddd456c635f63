import type { RiskView } from '@tidemark/documents/estimate';
import { roundMoney, sum, type TooLarge } from './exact.ts';
import type { Money } from './money.ts';

/** What a risk adds to the cost. */
export interface Range {
  readonly low: Money;
  readonly expected: Money;
  readonly high: Money;
}

/** As it counts now, and both ways it can be had: as it is, and mitigated with the mitigation's cost in it. */
export interface RiskExposure extends Range {
  readonly unmitigated: Range;
  readonly mitigated: Range;
  readonly mitigationCost: Money;
}

export function riskExposure(risk: RiskView, unit: number, tooLarge: TooLarge): RiskExposure {
  const mitigationCost = roundMoney(BigInt(risk.mitigationCost), 1n, unit, tooLarge);
  const unmitigated = range(risk.probBp, risk.low, risk.high, 0, unit, tooLarge);
  const mitigated = range(
    risk.mitigatedProbBp,
    risk.mitigatedLow,
    risk.mitigatedHigh,
    mitigationCost,
    unit,
    tooLarge,
  );
  const counted = risk.applied === null ? unmitigated : mitigated;
  return { ...counted, unmitigated, mitigated, mitigationCost };
}

/** round(p × low), round(p × (low + high) / 2), round(p × high), each plus the cost. */
function range(
  probBp: number,
  low: Money,
  high: Money,
  cost: Money,
  unit: number,
  tooLarge: TooLarge,
): Range {
  const p = BigInt(probBp);
  const plus = (impact: bigint) =>
    sum([roundMoney(p * impact, 20_000n, unit, tooLarge), cost], unit, tooLarge);
  return {
    low: plus(2n * BigInt(low)),
    expected: plus(BigInt(low) + BigInt(high)),
    high: plus(2n * BigInt(high)),
  };
}
