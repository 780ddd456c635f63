import { isRefusal } from '@tidemark/protocol';
import { isUnreadable } from '@tidemark/sync/workbench';
import { endOf, gather, lifeOf } from './gather.ts';
import type { HistoryPlace } from './ports.ts';
import type { HistoryWorld } from './world.ts';

/** A segment is read whole for any of its entries. */
export const segmentEntries = 4_096;
const segmentBytes = 1024 * 1024;
/** Fewer wait for more: a small segment compresses badly. */
const fewEntries = 1_024;
const fewBytes = 256 * 1024;

/**
 * Packs what may be packed, up to `upTo` if that is given, and has history checkpoints made where they are due. Small rests wait for more,
 * but for those of former lives, and before `upTo`.
 */
export async function archive(world: HistoryWorld, documentId: string, upTo: number | null): Promise<void> {
  // What people write meanwhile is for the next time.
  const end = (await world.store.place(documentId))?.packable ?? 0;
  for (;;) {
    const place = await world.store.place(documentId);
    if (place === null || place.packed >= end || !(await archiveNext(world, documentId, place, upTo))) return;
  }
}

/** False: nothing is left to do, or another process does it. */
async function archiveNext(
  world: HistoryWorld,
  documentId: string,
  place: HistoryPlace,
  upTo: number | null,
): Promise<boolean> {
  const { store, bench } = world;
  const { packed, packable } = place;
  const life = lifeOf(place, packed + 1);
  const end = Math.min(packable, endOf(place, life), upTo ?? packable);
  if (end <= packed) return false;
  const last = await store.reach(documentId, packed, Math.min(end, packed + segmentEntries), segmentBytes);
  const material = await gather(store, documentId, place, packed, last);
  if (isRefusal(material)) return false;
  const count = last - packed;
  const rows = material.segments.filter((bundle) => bundle.first > packed);
  const bytes = rows.reduce((sum, { content: bundled }) => sum + bundled.length, 0);
  const isRest = last === end && (upTo !== null || (end === endOf(place, life) && end < place.head));
  if (count < fewEntries && bytes < fewBytes && !isRest) return false;
  const first = packed + 1;
  const made = await bench.pack(material, { first, last });
  if (isUnreadable(made)) {
    world.unreadable(documentId, made.unreadable);
    return false;
  }
  const { content, sha256, state } = made;
  // Before the rows go: whoever stops between the two leaves a checkpoint that is true all the same.
  if (state !== null) await store.keepState(documentId, last, state);
  const outcome = await store.pack(documentId, { first, last, content, sha256 });
  if (outcome === 'packed')
    world.journal.debug('history-packed', { documentId, first, last, bytes, packed: content.length });
  return outcome === 'packed';
}
