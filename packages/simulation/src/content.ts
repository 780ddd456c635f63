/** Questions about updates and replicas that Yjs has no function for. */
import * as Y from 'yjs';

/** Whether applying `update` would change nothing: all of its content and all of its deletions are in `doc`. */
export function holds(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue;
    if (Y.getState(doc.store, struct.id.client) < struct.id.clock + struct.length) return waits(doc, update);
  }
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (!deleted(doc, client, clock, clock + len)) return waits(doc, update);
    }
  }
  return true;
}

function deleted(doc: Y.Doc, client: number, from: number, to: number): boolean {
  const structs = doc.store.clients.get(client);
  if (structs === undefined || Y.getState(doc.store, client) < to) return false;
  for (let i = Y.findIndexSS(structs, from); i < structs.length; i += 1) {
    const struct = structs[i]!;
    if (struct.id.clock >= to) break;
    if (!struct.deleted) return false;
  }
  return true;
}

/** Content that waits for what came before it is held too, but only Yjs itself knows it. */
function waits(doc: Y.Doc, update: Uint8Array): boolean {
  if (whole(doc)) return false;
  const copy = replayOf([Y.encodeStateAsUpdate(doc)]);
  const before = Y.encodeStateAsUpdate(copy);
  Y.applyUpdate(copy, update);
  const after = Y.encodeStateAsUpdate(copy);
  return before.length === after.length && before.every((byte, i) => after[i] === byte);
}

/** Whether nothing waits for missing content. */
export function whole(doc: Y.Doc): boolean {
  return doc.store.pendingStructs === null && doc.store.pendingDs === null;
}

/** A replica made of updates alone. */
export function replayOf(updates: Iterable<Uint8Array>): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

/** The name of the first thing in which two replicas differ, or null. */
export function differenceOf(a: Y.Doc, b: Y.Doc): string | null {
  if (whole(a) !== whole(b)) return 'what waits';
  const one = Y.snapshot(a);
  const two = Y.snapshot(b);
  if (one.sv.size !== two.sv.size) return 'writers';
  for (const [client, clock] of one.sv) if (two.sv.get(client) !== clock) return `writer ${client}`;
  return Y.equalDeleteSets(one.ds, two.ds) ? null : 'deletions';
}
