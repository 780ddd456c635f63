import type { LineInput } from '@tidemark/documents/estimate';
import { amountOf, expandAssembly } from '@tidemark/estimating';
import type { Assembly, Component, OwnLine, PriceItem } from '../../api/price-list.ts';
import { priceOf, wasteOf } from '../../price-list/assembly-price.ts';

/** A quantity of one. */
export const one = 1_000_000;

/** A line of an item. A price in another currency is never taken for one of the estimate's: it is left at nothing. */
export function lineOfItem(item: PriceItem, qty: number, currency: string): LineInput {
  return { ...fieldsOf(item, currency), qty, wasteBp: item.wasteBp, item: item.id };
}

/** A line that an assembly comes to, before it is in the estimate. */
export interface AssemblyLine {
  readonly component: Component;
  readonly input: LineInput;
  readonly price: OwnLine;
  readonly qty: number;
  readonly wasteBp: number;
  /** Null: its price is in another currency. */
  readonly amount: number | null;
}

/** What so much of an assembly comes to; null when a quantity is beyond what is counted exactly. */
export function linesOfAssembly(
  { components }: Pick<Assembly, 'components'>,
  quantity: number,
  currency: string,
): readonly AssemblyLine[] | null {
  // An item that the company no longer has makes no line; archived ones do.
  const known = components.flatMap((component) => {
    const price = priceOf(component);
    return price === null ? [] : [{ ...component, price, wasteBp: wasteOf(component) }];
  });
  const expanded = expandAssembly({ components: known }, quantity);
  return (
    expanded?.map(({ component, qty, wasteBp }) => {
      const { price } = component;
      const foreign = price.currency !== currency;
      return {
        component,
        price,
        qty,
        wasteBp,
        amount: foreign ? null : amountOf({ qty, wasteBp, unitCost: price.unitCost }, currency),
        input: { ...fieldsOf(price, currency), qty, wasteBp, item: component.itemId },
      };
    }) ?? null
  );
}

function fieldsOf(price: OwnLine, currency: string): LineInput {
  const { code, name, unit, kind } = price;
  return { code, name, unit, kind, unitCost: price.currency === currency ? price.unitCost : 0 };
}
