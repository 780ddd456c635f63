import type { HistoryRetention } from '../api/company-history.ts';

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });
const count = new Intl.NumberFormat('en');

/** Spans that can be chosen, in days. */
const spans = [30, 90, 180, 365, 730, 1_825] as const;
const forGood = 'forever';

export interface SpanChoice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen; a number of days that a program has set is one of it. */
export function spanChoices(current: number | null): SpanChoice[] {
  const days = [...new Set<number>([...spans, ...(current === null ? [] : [current])])].sort((a, b) => a - b);
  return [
    ...days.map((span) => ({ value: String(span), label: spanWords(span) })),
    { value: forGood, label: 'For good' },
  ];
}

export function spanWords(days: number): string {
  if (days % 365 === 0) return days === 365 ? '1 year' : `${days / 365} years`;
  return `${count.format(days)} days`;
}

export function choiceOf(days: number | null): string {
  return days === null ? forGood : String(days);
}

export function daysOf(value: string): number | null {
  return value === forGood ? null : Number(value);
}

/** What the night removes by it, in one sentence. */
export function thinningWords(thins: HistoryRetention['thins']): string {
  if (thins === null) return 'Nothing is ever removed.';
  const before = day.format(Date.parse(thins.before));
  if (thins.entries === 0) return `No edits from before ${before} are there to be removed.`;
  const edits = thins.entries === 1 ? '1 edit' : `${count.format(thins.entries)} edits`;
  const documents = thins.documents === 1 ? '1 document' : `${count.format(thins.documents)} documents`;
  return `The next night removes the detail of ${edits} in ${documents}, from before ${before}.`;
}
