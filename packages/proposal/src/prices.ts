/** What a customer pays for each section and line: the bid, spread over them as their costs are. */
import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import { type Estimation, minorUnit, spread } from '@tidemark/estimating';

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
 * The price of one unit, to the smallest coin; to a ten-thousandth where the coin is too coarse to be of use (under half a percent off).
 * Null for a line without a quantity.
 */
export function unitPriceOf(price: number, quantity: number, currency: string): number | null {
  if (quantity === 0) return null;
  const exact = (price * 1_000_000) / quantity;
  const unit = minorUnit(currency);
  const rounded = Math.round(exact / unit) * unit;
  return Math.abs(rounded - exact) <= Math.abs(exact) / 200 ? rounded : Math.round(exact);
}
