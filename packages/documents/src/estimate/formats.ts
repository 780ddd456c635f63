/** Money, quantities and rates as people read them: exact, in English, the currency's sign with them (docs/estimate.md). */

import { decimalText } from './decimal-text.ts';

/** Making a formatter takes longer than using it a thousand times. */
const formatters = new Map<string, Intl.NumberFormat>();

/** Ten-thousandths with the currency's sign, exact: `$38.50`, `$0.0345`. */
export function moneyWords(money: number, currency: string): string {
  // At least the currency's own decimals.
  return formatter({ style: 'currency', currency, maximumFractionDigits: 4 }).format(decimalText(money, 4));
}

/** Millionths: `1,234.5`. */
export function quantityWords(quantity: number): string {
  return formatter({ maximumFractionDigits: 6 }).format(decimalText(quantity, 6));
}

/** Basis points: `12.5%`. */
export function rateWords(rateBp: number): string {
  return formatter({ style: 'percent', maximumFractionDigits: 2 }).format(decimalText(rateBp, 4));
}

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${options.style} ${options.currency} ${options.maximumFractionDigits}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en', options);
  formatters.set(key, made);
  return made;
}
