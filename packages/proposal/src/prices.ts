/** What a customer pays for each section and line: the bid, spread over them as their costs are. */
import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import { amountOf, type Estimation, minorUnit, spread } from '@tidemark/estimating';

export interface PricedSection {
  readonly name: string;
  readonly price: number;
  readonly lines: readonly { readonly line: LineView; readonly price: number }[];
}

/**
 * Sections come to the bid and the lines of each to the section, to the smallest coin. Optional lines are in none. A bid that no line
 * bears, such as one of risks alone, is the price of the work as a whole.
 */
export function pricesOf({ meta, sections }: EstimateView, { amounts, bid }: Estimation): PricedSection[] {
  const counted = sections
    .map(({ group, lines }) => ({
      name: group?.name ?? '',
      lines: lines.filter(({ optional }) => !optional),
    }))
    .filter(({ lines }) => lines.length > 0);
  const weights = counted.map(({ lines }) => lines.map(({ id }) => amounts.get(id) ?? 0));
  const sums = weights.map((parts) => parts.reduce((sum, part) => sum + part, 0));
  const base = sums.reduce((sum, part) => sum + part, 0);
  if (base <= 0 && bid !== 0) return [{ name: 'Work as described', price: bid, lines: [] }];
  const prices = spread(bid, sums, meta.currency);
  return counted.map(({ name, lines }, section) => {
    const price = prices[section] ?? 0;
    const linePrices = spread(price, weights[section] ?? [], meta.currency);
    return {
      name: name.trim() || (counted.length === 1 ? 'Work' : 'Other work'),
      price,
      lines: lines.map((line, index) => ({ line, price: linePrices[index] ?? 0 })),
    };
  });
}

/**
 * The price of one unit with the fewest decimals, from the coin's to four, with which it comes to the line's price when a customer
 * multiplies; with four where none does. Null for a line without a quantity, or with so little of one that its unit is beyond reckoning.
 */
export function unitPriceOf(price: number, quantity: number, currency: string): number | null {
  if (quantity === 0) return null;
  const coin = minorUnit(currency);
  let found = 0;
  for (let step = coin; step >= 1; step /= 10) {
    found = quotient(price, quantity, step);
    if (!Number.isSafeInteger(found)) return null;
    if (multiplies({ quantity, unitPrice: found, price }, currency)) return found;
  }
  return found;
}

/** Whether quantity × unit price, rounded to the coin, is the line's price. */
export function multiplies(
  { quantity, unitPrice, price }: { quantity: number; unitPrice: number; price: number },
  currency: string,
): boolean {
  return amountOf({ qty: quantity, unitCost: unitPrice, wasteBp: 0 }, currency) === price;
}

/** price / quantity in whole steps, halves away from zero. */
function quotient(price: number, quantity: number, step: number): number {
  const sign = price < 0 !== quantity < 0 ? -1 : 1;
  const [dividend, divisor] = [
    BigInt(Math.abs(price)) * 1_000_000n,
    BigInt(Math.abs(quantity)) * BigInt(step),
  ];
  return Number((2n * dividend + divisor) / (2n * divisor)) * step * sign + 0;
}
