import { formatPrice, formatRate } from '@tidemark/estimating';
import type { ItemFields } from '../api/price-list.ts';
import { lineKindWords } from '../estimate/kind-words.ts';

/** What a price is for: `per bundle`, `each`; nothing for no unit. */
export function perUnit(unit: string): string {
  return /^(each|ea)?$/i.test(unit) ? unit : `per ${unit}`;
}

/** One value of an item as people read it. */
export function fieldText(field: string, value: string | number, currency: string): string {
  if (field === 'unitCost' && typeof value === 'number') return formatPrice(value, currency);
  if (field === 'wasteBp' && typeof value === 'number') return formatRate(value);
  if (field === 'kind') return lineKindWords[value as ItemFields['kind']] ?? String(value);
  return value === '' ? '(empty)' : String(value);
}

/** By how much a price has changed, such as `+4.2%`; null when it began at nothing. */
export function shareText(from: number, to: number): string | null {
  if (from === 0) return null;
  const share = ((to - from) / Math.abs(from)) * 100;
  return `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(share).toLocaleString('en', { maximumFractionDigits: 1 })}%`;
}
