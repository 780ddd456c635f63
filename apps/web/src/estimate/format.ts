import { formatAmount, formatMoney, formatQuantity, formatRate, formatUnitCost } from '@tidemark/estimating';
import { useMemo } from 'react';
import { useView } from './context.ts';

/** Numbers of the document as text, in its currency. */
export interface Format {
  /** ISO 4217. */
  readonly currency: string;
  /** With the currency's sign: `$1,234.50`. */
  money(money: number): string;
  /** Without it, for columns: `1,234.50`. */
  amount(money: number): string;
  /** With up to four decimals, without the sign. */
  unitCost(money: number): string;
  quantity(quantity: number): string;
  /** `12.5%`. */
  rate(rateBp: number): string;
}

/** The same object as long as the currency is. */
export function useFormat(): Format {
  const currency = useView((view) => view.meta.currency);
  return useMemo(
    () => ({
      currency,
      money: (money) => formatMoney(money, currency),
      amount: (money) => formatAmount(money, currency),
      unitCost: (money) => formatUnitCost(money, currency),
      quantity: (quantity) => formatQuantity(quantity),
      rate: (rateBp) => formatRate(rateBp),
    }),
    [currency],
  );
}
