import type { EstimateView } from '@tidemark/documents/estimate';
import { divideRounded, roundMoney, sum, type TooLarge } from './exact.ts';
import type { Money } from './money.ts';

export type Params = EstimateView['params'];

/** From base and risk to what the customer pays. */
export interface Totals {
  readonly base: Money;
  readonly contingency: Money;
  readonly overhead: Money;
  readonly risk: Money;
  readonly cost: Money;
  readonly bid: Money;
  readonly tax: Money;
  readonly total: Money;
}

const whole = 10_000n;

export function totalsOf(base: Money, risk: Money, params: Params, unit: number, tooLarge: TooLarge): Totals {
  const contingency = share(base, params.contingencyBp, unit, tooLarge);
  const overhead = share(base, params.overheadBp, unit, tooLarge);
  const cost = sum([base, contingency, overhead, risk], unit, tooLarge);
  const bid = bidFor(cost, params, unit, tooLarge);
  const tax = share(bid, params.taxBp, unit, tooLarge);
  return { base, contingency, overhead, risk, cost, bid, tax, total: sum([bid, tax], unit, tooLarge) };
}

/** What to ask for a cost. A margin that no price has (100 % and above) asks the cost. */
export function bidFor(cost: Money, params: Params, unit: number, tooLarge: TooLarge): Money {
  if (params.marginMode === 'markup') return byMarkup(cost, params.targetBp, unit, tooLarge);
  return byMargin(cost, params.targetBp, unit, tooLarge) ?? cost;
}

/** cost / (1 − m), so that m of the price is profit; null when no price has that margin. */
export function byMargin(cost: Money, targetBp: number, unit: number, tooLarge: TooLarge): Money | null {
  const kept = whole - BigInt(targetBp);
  return kept > 0n ? roundMoney(BigInt(cost) * whole, kept, unit, tooLarge) : null;
}

/** cost × (1 + m), so that the profit is m of the cost. */
export function byMarkup(cost: Money, targetBp: number, unit: number, tooLarge: TooLarge): Money {
  return roundMoney(BigInt(cost) * (whole + BigInt(targetBp)), whole, unit, tooLarge);
}

/** amount × rate. */
export function share(amount: Money, rateBp: number, unit: number, tooLarge: TooLarge): Money {
  return roundMoney(BigInt(amount) * BigInt(rateBp), whole, unit, tooLarge);
}

/** part / all in basis points; null when there is nothing to be a part of. */
export function rateOf(part: Money, all: Money): number | null {
  if (all === 0) return null;
  const sign = all < 0 ? -1n : 1n;
  return Number(divideRounded(BigInt(part) * whole * sign, BigInt(all) * sign));
}
