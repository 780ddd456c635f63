import type { ActualView, EstimateView } from '@tidemark/documents/estimate';
import { placeName } from './places.ts';

/** Costs in which every word stands somewhere: vendor, note, what for, date. The newest first. */
export function foundCosts(
  view: Pick<EstimateView, 'actuals' | 'lines' | 'groups'>,
  words: string,
): readonly ActualView[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const newest = [...view.actuals].reverse();
  if (wanted.length === 0) return newest;
  return newest.filter((actual) => {
    const text = [actual.vendor, actual.note, actual.date, placeName(actual, view)].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Today where one is, as a date of the document. */
export function today(now = new Date()): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
