import { amountOf, formatMoney } from '@tidemark/estimating';
import type { Component, OwnLine } from '../api/price-list.ts';

/** What a component is of and costs now: its item, or the line of its own. */
export function priceOf(component: Pick<Component, 'item' | 'line'>): OwnLine | null {
  return component.item ?? component.line;
}

export function wasteOf({ wasteBp, item }: Pick<Component, 'wasteBp' | 'item'>): number {
  return wasteBp ?? item?.wasteBp ?? 0;
}

/**
 * What one unit of an assembly costs on average, by currency: parts of bundles count as parts, since whole ones are taken for the whole
 * job and not for each square.
 */
export function unitPrices(components: readonly Component[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const component of components) {
    const price = priceOf(component);
    if (price === null) continue;
    const { currency, unitCost } = price;
    const amount = amountOf({ qty: component.quantity, unitCost, wasteBp: wasteOf(component) }, currency);
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return sums;
}

export function unitPriceText({ components }: { components: readonly Component[] }): string {
  const sums = [...unitPrices(components)];
  return sums.length === 0 ? '–' : sums.map(([currency, sum]) => formatMoney(sum, currency)).join(' + ');
}
