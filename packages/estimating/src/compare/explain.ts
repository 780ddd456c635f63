import type { EstimateView } from '@tidemark/documents/estimate';
import { calculate } from '../calculate.ts';
import { minorUnit } from '../minor-unit.ts';
import type { Money } from '../money.ts';
import { type Totals, totalsOf } from '../totals.ts';

export type Cause = 'currency' | 'lines' | 'contingency' | 'overhead' | 'risks' | 'profit' | 'tax';

/** What changed when one thing more was taken from the later estimate. */
export interface Explanation {
  readonly cause: Cause;
  readonly base: Money;
  readonly risk: Money;
  readonly cost: Money;
  readonly bid: Money;
  readonly total: Money;
}

/**
 * The way from one bid to another, one cause after the other: each step takes one thing more from the later estimate and
 * reckons again, so the steps add up to the whole change, to the cent. A step has all that follows from it at the rates
 * of that moment: dearer lines carry the old contingency, overhead and profit; a new margin bears on the new cost.
 */
export function explain(from: EstimateView, to: EstimateView): Explanation[] {
  const relabelled = calculate({ ...from, meta: { ...from.meta, currency: to.meta.currency } });
  const later = calculate(to);
  const unit = minorUnit(to.meta.currency);
  const reckon = (base: Money, risk: Money, params: EstimateView['params']) =>
    totalsOf(base, risk, params, unit, ignored);

  const rates = { ...from.params };
  const stages: [Cause, Totals][] = [
    ['currency', reckon(relabelled.base, relabelled.riskExpected, rates)],
    ['lines', reckon(later.base, relabelled.riskExpected, rates)],
  ];
  const then = (cause: Cause, risk: Money, params: Partial<EstimateView['params']>) => {
    Object.assign(rates, params);
    stages.push([cause, reckon(later.base, risk, rates)]);
  };
  const { contingencyBp, overheadBp, targetBp, marginMode, taxBp } = to.params;
  then('contingency', relabelled.riskExpected, { contingencyBp });
  then('overhead', relabelled.riskExpected, { overheadBp });
  then('risks', later.riskExpected, {});
  then('profit', later.riskExpected, { targetBp, marginMode });
  then('tax', later.riskExpected, { taxBp });

  const earlier = calculate(from);
  let last: Pick<Totals, 'base' | 'risk' | 'cost' | 'bid' | 'total'> = {
    ...earlier,
    risk: earlier.riskExpected,
  };
  return stages.map(([cause, now]) => {
    const step = {
      cause,
      base: now.base - last.base,
      risk: now.risk - last.risk,
      cost: now.cost - last.cost,
      bid: now.bid - last.bid,
      total: now.total - last.total,
    };
    last = now;
    return step;
  });
}

const ignored = () => undefined;
