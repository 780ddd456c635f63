import type { Period, Track } from './track.ts';

/** The period that an LSN lies in; null where there is none, as before the first edit that is kept. */
export function periodOf({ periods }: Pick<Track, 'periods'>, lsn: number): Period | null {
  const period = periods.find(({ to }) => lsn <= to);
  return period !== undefined && lsn >= period.from ? period : null;
}

/** Which of the edits of a period it is, from 1 on, and how many there are. */
export function countOf({ from, to }: Period, lsn: number): { readonly nth: number; readonly of: number } {
  return { nth: lsn - from + 1, of: to - from + 1 };
}

/** Where an edit lies on the period's own line, 0 to 1: each as wide as the other. */
export function shareInPeriod({ from, to }: Period, lsn: number): number {
  return to === from ? 0.5 : Math.min(1, Math.max(0, (lsn - from) / (to - from)));
}

/** The edit that lies nearest to a share of the line. */
export function lsnAtShare({ from, to }: Period, share: number): number {
  return from + Math.round(Math.min(1, Math.max(0, share)) * (to - from));
}

/** Where a key takes the thumb of the period's line; null when the key is none of it. */
export function lsnAfterKey({ from, to }: Period, lsn: number, key: string): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(to, lsn + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(from, lsn - 1);
    case 'Home':
      return from;
    case 'End':
      return to;
    default:
      return null;
  }
}

/** Steps of play through one period at most: a long one goes by in strides. */
const mostSteps = 120;

/** Edits from one step of play to the next. */
export function strideOf({ from, to }: Period): number {
  return Math.max(1, Math.ceil((to - from + 1) / mostSteps));
}
