import { type Refusal, refuse } from '@tidemark/protocol';
import { lifeOf } from './gather.ts';
import type { HistoryStore } from './ports.ts';

/** See `History.lsnAt`. Never a neighbour: who looks at a time is shown that time, or told that it is gone. */
export async function lsnAt(
  store: HistoryStore,
  documentId: string,
  time: number,
): Promise<number | Refusal> {
  const { lsn, exact } = await store.lsnAt(documentId, time);
  // Asked afterwards: what was thinned meanwhile is seen.
  const place = await store.place(documentId);
  if (place === null) return refuse('not-found');
  if (lsn > place.thinned || (lsn === 0 && exact)) return lsn;
  const state = exact ? await store.stateBefore(documentId, lifeOf(place, lsn).after, lsn) : null;
  return state?.lsn === lsn
    ? lsn
    : refuse('no-detail', 'Of that time only versions are left, and none is that moment.');
}
