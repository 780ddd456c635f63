import * as Y from 'yjs';

/**
 * The full state of `doc` as one update, proved: a fresh replica made of it holds the same. Throws if it does not,
 * so that a wrong checkpoint is never stored. A pure function of bytes and one Y.Doc: it can move to a worker.
 */
export function makeCheckpoint(doc: Y.Doc): Uint8Array {
  const state = Y.encodeStateAsUpdate(doc);
  const copy = new Y.Doc();
  try {
    copy.transact(() => Y.applyUpdate(copy, state));
    const difference = differenceOf(doc, copy);
    if (difference !== null) throw new Error(`A checkpoint would differ from its document in ${difference}.`);
  } finally {
    copy.destroy();
  }
  return state;
}

/** The name of the first thing in which two replicas differ, or null if they hold the same. */
export function differenceOf(a: Y.Doc, b: Y.Doc): string | null {
  const one = Y.snapshot(a);
  const two = Y.snapshot(b);
  if (one.sv.size !== two.sv.size) return 'its writers';
  for (const [client, clock] of one.sv) {
    if (two.sv.get(client) !== clock) return `the clock of writer ${client}`;
  }
  if (!Y.equalDeleteSets(one.ds, two.ds)) return 'its deletions';
  if ((a.store.pendingStructs === null) !== (b.store.pendingStructs === null)) return 'what waits';
  if ((a.store.pendingDs === null) !== (b.store.pendingDs === null)) return 'the deletions that wait';
  return null;
}
