import { type Estimation, waterfall } from '@tidemark/estimating';

/** One bar of the picture from base to bid. Money in ten-thousandths. */
export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly amount: number;
  /** A sum stands on the ground and goes up to here; a step goes from one height to the other. */
  readonly from: number;
  readonly to: number;
  readonly sum: boolean;
  /** Of the risk: where it would end if all went well, or badly. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

const words = {
  base: 'Base',
  contingency: 'Contingency',
  overhead: 'Overhead',
  risk: 'Risk',
  margin: 'Profit',
  tax: 'Tax',
  total: 'Total',
} as const;

/** Steps that are nothing are left out; cost and bid stand between the steps that lead to them. */
export function waterfallBars(estimation: Estimation): readonly Bar[] {
  const bars: Bar[] = [];
  const stand = (key: string, label: string, height: number) =>
    bars.push({ key, label, amount: height, from: 0, to: height, sum: true, range: null });
  for (const { step, amount, from, to } of waterfall(estimation)) {
    if (step === 'base') stand(step, words.base, amount);
    else if (step === 'total') {
      if (estimation.tax !== 0) stand(step, words.total, amount);
    } else {
      if (step === 'margin') stand('cost', 'Cost', estimation.cost);
      const range =
        step === 'risk' ? { low: from + estimation.riskLow, high: from + estimation.riskHigh } : null;
      if (amount !== 0 || step === 'risk' || step === 'margin')
        bars.push({ key: step, label: words[step], amount, from, to, sum: false, range });
      if (step === 'margin') stand('bid', 'Bid', estimation.bid);
    }
  }
  return bars;
}

/** The heights that all bars lie between, the ground included. */
export function extentOf(bars: readonly Bar[]): { readonly low: number; readonly high: number } {
  const heights = bars.flatMap(({ from, to, range }) => [
    from,
    to,
    ...(range ? [range.low, range.high] : []),
  ]);
  const low = Math.min(0, ...heights);
  return { low, high: Math.max(low + 1, ...heights) };
}
