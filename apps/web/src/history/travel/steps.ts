import type { HistoryItem, MomentRef } from '../../api/history.ts';

/** What can be stepped to: each single edit where there is detail, and the versions of the time before it. */
export interface Steps {
  /** Detail begins after this LSN. */
  readonly thinned: number;
  /** The last LSN. */
  readonly head: number;
  /** Versions of the time without detail, in order. */
  readonly kept: readonly Kept[];
}

export interface Kept {
  readonly lsn: number;
  readonly ref: MomentRef;
}

/** The moments that are left of the time without detail, as far as the items tell. */
export function keptOf(items: readonly HistoryItem[], thinned: number): Kept[] {
  const kept = new Map<number, Kept>();
  for (const item of items) {
    if ((item.type !== 'automatic' && item.type !== 'version') || item.lsn === null) continue;
    const { lsn } = item;
    if (lsn > thinned) continue;
    // A version keeps a state of its own, and has a name to be called by.
    const ref = item.type === 'version' ? { versionId: item.version.id } : { lsn };
    if (item.type === 'version' || !kept.has(lsn)) kept.set(lsn, { lsn, ref });
  }
  return [...kept.values()].sort((a, b) => a.lsn - b.lsn);
}

/** One stored edit on from a moment; over what is thinned, to the next version. Null: there is none, or none is known. */
export function stepFrom({ thinned, head, kept }: Steps, lsn: number, by: 1 | -1): Kept | null {
  const next = lsn + by;
  if (next > thinned) return next >= 1 && next <= head ? { lsn: next, ref: { lsn: next } } : null;
  if (by < 0) return kept.findLast((each) => each.lsn < lsn) ?? null;
  const first = thinned + 1;
  return kept.find((each) => each.lsn > lsn) ?? (first <= head ? { lsn: first, ref: { lsn: first } } : null);
}
