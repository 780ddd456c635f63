import { isRefusal } from '@tidemark/protocol';
import { isUnreadable } from '@tidemark/sync/workbench';
import { approach } from './approach.ts';
import { endOf, lifeOf } from './gather.ts';
import type { HistoryPlace, StoredState, WorkSession } from './ports.ts';
import { sessionGapMs } from './sessions.ts';
import type { HistoryWorld } from './world.ts';

/** Entries looked at in one go: each time the state before them is read first. */
const chunk = 20_000;
/** What of them is in memory at the same time, but for a single one that is larger. */
const chunkBytes = 8 * 1024 * 1024;
/** So much of the log is read again for sessions that may go on. */
const openBytes = 32 * 1024 * 1024;

/** Makes sessions of work of all that is in the log by now; where people write on, the rest is for the next time. */
export async function settle(world: HistoryWorld, documentId: string): Promise<void> {
  const end = (await world.store.place(documentId))?.head ?? 0;
  const way: Way = { passed: null };
  for (;;) {
    const place = await world.store.place(documentId);
    if (place === null || place.settled >= end) return;
    if (!(await settleChunk(world, documentId, place, way))) return;
  }
}

/** The last state that was made on the way to a part of the log: the way to the next part begins there. */
interface Way {
  passed: StoredState | null;
}

/** False: nothing can be done at present. When another process was faster, that is as good. */
async function settleChunk(
  world: HistoryWorld,
  documentId: string,
  place: HistoryPlace,
  way: Way,
): Promise<boolean> {
  const { store, bench } = world;
  const { kind, settled, thinned } = place;
  const life = lifeOf(place, settled + 1);
  if (settled < thinned) {
    // Never so by `thin`, which waits for sessions; of what is gone there is nothing to tell.
    return (await store.saveSessions(documentId, settled, thinned, [])) === 'saved';
  }
  const most = Math.min(endOf(place, life), settled + chunk);
  const upTo = await store.reach(documentId, settled, most, chunkBytes);
  const time = (await store.earliest(documentId, settled, upTo)) ?? Number.POSITIVE_INFINITY;
  const begun = (await store.openSessions(documentId, time - sessionGapMs)).filter(
    ({ first }) => first > Math.max(life.after, thinned),
  );
  const open = await readable(world, documentId, settled, begun);
  const after = Math.min(settled, ...open.map(({ first }) => first - 1));
  const material = await approach(world, documentId, place, after, upTo, {
    near: way.passed,
    passed: (state) => {
      way.passed = state;
    },
  });
  if (isRefusal(material)) return false;
  const sessions = await bench.sessions(material, { kind, after, settled, upTo }, open);
  if (isUnreadable(sessions)) {
    world.unreadable(documentId, sessions.unreadable);
    return false;
  }
  await store.saveSessions(documentId, settled, upTo, sessions);
  return true;
}

/** Those that can be read anew from their first entry: one that so much was written since, by anybody, is over. */
async function readable(
  { store }: HistoryWorld,
  documentId: string,
  settled: number,
  open: readonly WorkSession[],
): Promise<readonly WorkSession[]> {
  const inOrder = [...open].sort((a, b) => b.first - a.first);
  for (let oldest = inOrder.at(-1); oldest !== undefined; oldest = inOrder.at(-1)) {
    if ((await store.reach(documentId, oldest.first - 1, settled, openBytes)) >= settled) break;
    inOrder.pop();
  }
  return inOrder;
}
