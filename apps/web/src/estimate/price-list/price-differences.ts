import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import { amountOf } from '@tidemark/estimating';
import type { PriceItem } from '../../api/price-list.ts';

/** A line whose unit cost is not what its item costs now. */
export interface PriceDifference {
  readonly line: LineView;
  readonly item: PriceItem;
  /** By how much the line's amount changes. */
  readonly change: number;
}

/** The lines of an estimate beside the price list as it is now. */
export interface Differences {
  readonly changed: readonly PriceDifference[];
  /** Lines that are priced as their items are. */
  readonly same: number;
  /** Lines whose item is archived, or not in this company's list. */
  readonly gone: readonly LineView[];
  /** Lines whose item is priced in another currency. */
  readonly foreign: readonly { readonly line: LineView; readonly item: PriceItem }[];
}

/** Ids of the items that an estimate's lines came from. */
export function itemsIn({ lines }: EstimateView): readonly string[] {
  return [...new Set([...lines.values()].flatMap(({ item }) => item ?? []))];
}

export function differencesOf(view: EstimateView, items: ReadonlyMap<string, PriceItem>): Differences {
  const { currency } = view.meta;
  const changed: PriceDifference[] = [];
  const gone: LineView[] = [];
  const foreign: { line: LineView; item: PriceItem }[] = [];
  let same = 0;
  for (const line of view.lines.values()) {
    if (line.item === null) continue;
    const item = items.get(line.item);
    if (item === undefined || item.archivedAt !== null) gone.push(line);
    else if (item.currency !== currency) foreign.push({ line, item });
    else if (item.unitCost === line.unitCost) same += 1;
    else {
      const after = amountOf({ ...line, unitCost: item.unitCost }, currency);
      changed.push({ line, item, change: after - amountOf(line, currency) });
    }
  }
  return { changed, same, gone, foreign };
}

/** The view as it would be with these unit costs, by line: to be reckoned, never written. */
export function withUnitCosts(view: EstimateView, costs: ReadonlyMap<string, number>): EstimateView {
  const priced = (line: LineView): LineView => {
    const unitCost = costs.get(line.id);
    return unitCost === undefined ? line : { ...line, unitCost };
  };
  const sections = view.sections.map(({ group, lines }) => ({ group, lines: lines.map(priced) }));
  const lines = new Map(sections.flatMap((section) => section.lines.map((line) => [line.id, line])));
  return { ...view, sections, lines };
}
