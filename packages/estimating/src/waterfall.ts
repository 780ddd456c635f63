import type { Estimation } from './estimation.ts';
import type { Money } from './money.ts';

/** One bar: from where the last one ended to where this one ends; the first and the last stand on the ground. */
export interface WaterfallStep {
  readonly step: 'base' | 'contingency' | 'overhead' | 'risk' | 'margin' | 'tax' | 'total';
  readonly amount: Money;
  readonly from: Money;
  readonly to: Money;
}

/** From the base to what the customer pays. The step of the margin ends at the bid. */
export function waterfall(estimation: Estimation): WaterfallStep[] {
  const changes = [
    ['base', estimation.base],
    ['contingency', estimation.contingency],
    ['overhead', estimation.overhead],
    ['risk', estimation.riskExpected],
    ['margin', estimation.margin],
    ['tax', estimation.tax],
  ] as const;
  const steps: WaterfallStep[] = [];
  let at = 0;
  for (const [step, amount] of changes) {
    steps.push({ step, amount, from: at, to: at + amount });
    at += amount;
  }
  return [...steps, { step: 'total', amount: estimation.total, from: 0, to: estimation.total }];
}
