import type { EstimateView } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import { dataOf, type Texts } from '../estimate-data.ts';
import { estimateFormat } from '../format.ts';

/** What the numbers of a file count. */
const units = { money: '1/10000', quantity: '1/1000000', rate: '1/10000' };

/** All of an estimate as JSON, and what it comes to for those who only read. The same estimate gives the same text. */
export function writeJson(view: EstimateView, estimation: Estimation, texts: Texts): string {
  const { base, contingency, overhead, riskExpected, cost, bid, tax, total } = estimation;
  const totals = { base, contingency, overhead, risk: riskExpected, cost, bid, tax, total };
  return `${JSON.stringify({ format: estimateFormat, units, ...dataOf(view, texts), totals }, null, 2)}\n`;
}
