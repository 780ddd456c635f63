import { formatMoney, formatRate } from '@tidemark/estimating';
import type { CategoryPattern, PastCost } from '../api/patterns.ts';

/** `29%`: these numbers are not known any better. */
export function percent(rateBp: number): string {
  return formatRate(Math.round(rateBp / 100) * 100);
}

/** `+12%`, `−3%`. */
export function signedPercent(rateBp: number): string {
  const rounded = Math.round(rateBp / 100);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${percent(Math.abs(rateBp))}`;
}

export function signedMoney(money: number, currency: string): string {
  return `${money > 0 ? '+' : money < 0 ? '−' : ''}${formatMoney(Math.abs(money), currency)}`;
}

/** What a category is called. */
export function categoryName(category: string): string {
  return category.trim() === '' ? 'No category' : category;
}

/** `struck in 3 of 11`. */
export function struckOf({ struck, decided }: Pick<CategoryPattern, 'struck' | 'decided'>): string {
  return `struck ${struck} of ${decided} ${decided === 1 ? 'time' : 'times'}`;
}

/** What a chart of rates shows, for those who do not see it; the table has all of it. */
export function ratesInWords(shown: readonly CategoryPattern[]): string {
  const each = shown.map(
    (pattern) =>
      `${categoryName(pattern.category)} ${struckOf(pattern)}, ${percent(pattern.rateBp ?? 0)} where ${percent(pattern.calibration?.estimatedBp ?? 0)} was estimated`,
  );
  return `How often risks struck. ${each.join('; ')}.`;
}

export function impactsInWords(shown: readonly CategoryPattern[], currency: string): string {
  const each = shown.flatMap(({ category, impact }) =>
    impact === null
      ? []
      : [
          `${categoryName(category)} ${formatMoney(impact.mean, currency)} where ${formatMoney(impact.estimatedMean, currency)} was estimated`,
        ],
  );
  return `What risks that struck cost on average. ${each.join('; ')}.`;
}

export function costsInWords(costs: readonly PastCost[]): string {
  const over = costs.filter(({ variance }) => variance > 0).length;
  return `Actual cost against the estimate of ${costs.length} projects, in the order of time: ${over} cost more than estimated, ${costs.length - over} did not.`;
}

export const couldNotLoad = 'Past projects could not be loaded';
