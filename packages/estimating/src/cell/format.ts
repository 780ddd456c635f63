import { decimalText } from '@tidemark/documents/estimate';
import { minorDigits } from '../minor-unit.ts';
import type { Money } from '../money.ts';

/** Making a formatter takes longer than using it a thousand times. */
const formatters = new Map<string, Intl.NumberFormat>();

/** With the currency's sign and decimals: `$1,234.50`. In English where no locale (BCP 47) is given, as all of these. */
export function formatMoney(money: Money, currency: string, locale?: string): string {
  const digits = minorDigits(currency);
  const format = formatter(locale, digits, digits, currency);
  return format.format(decimalText(money, 4));
}

/** The same without the sign, for columns: `1,234.50`. */
export function formatAmount(money: Money, currency: string, locale?: string): string {
  const digits = minorDigits(currency);
  return formatter(locale, digits, digits).format(decimalText(money, 4));
}

/** A unit cost, exact: at least the currency's decimals, up to four; no sign. */
export function formatUnitCost(money: Money, currency: string, locale?: string): string {
  return formatter(locale, minorDigits(currency), 4).format(decimalText(money, 4));
}

/** A unit cost with the currency's sign, exact: `$38.50`, `$0.0345`. */
export function formatPrice(money: Money, currency: string, locale?: string): string {
  return formatter(locale, minorDigits(currency), 4, currency).format(decimalText(money, 4));
}

/** Up to six decimals, none that say nothing: `1,234.5`. */
export function formatQuantity(quantity: number, locale?: string): string {
  return formatter(locale, 0, 6).format(decimalText(quantity, 6));
}

/** Basis points as percent: `12.5%`. */
export function formatRate(rateBp: number, locale?: string): string {
  return formatter(locale, 0, 2, 'percent').format(decimalText(rateBp, 4));
}

/** `kind` is empty for a plain number, `percent`, or a currency's code. */
function formatter(locale: string | undefined, least: number, most: number, kind = ''): Intl.NumberFormat {
  const key = `${locale ?? ''} ${kind} ${least} ${most}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  // Digits that every cell can be typed in again with.
  const options: Intl.NumberFormatOptions = {
    numberingSystem: 'latn',
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  };
  const style: Intl.NumberFormatOptions =
    kind === '' ? {} : kind === 'percent' ? { style: 'percent' } : { style: 'currency', currency: kind };
  const made = new Intl.NumberFormat(locale ?? 'en', { ...options, ...style });
  formatters.set(key, made);
  return made;
}
