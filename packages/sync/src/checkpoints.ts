import * as Y from 'yjs';
import { sameBytes } from './same-bytes.ts';

/**
 * Applies updates, in one transaction, to a replica whose types nobody has used yet: linear, where merging updates or one
 * transaction each is not. Throws if one cannot be applied.
 */
export function applyLog(doc: Y.Doc, log: readonly Uint8Array[]): void {
  doc.transact((transaction) => {
    for (const update of log) Y.applyUpdate(doc, update, 'loaded');
    // A foreign transaction lets Yjs remove formatting that has lost its text: edits that are in no log, and wrong while
    // part of the document is still to come.
    transaction.local = true;
  }, 'loaded');
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

/** The name of the first thing in which what `state` makes differs from `doc`, or null if it makes the same. */
export function differenceFrom(doc: Y.Doc, state: Uint8Array): string | null {
  const copy = new Y.Doc();
  try {
    applyLog(copy, [state]);
    const writer = contentDifference(Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdate(copy));
    return differenceOf(doc, copy) ?? (writer === null ? null : `the content of writer ${writer}`);
  } finally {
    copy.destroy();
  }
}

/** The first writer of whom two states hold different content, or null. How it is cut into structs does not matter. */
function contentDifference(one: Uint8Array, two: Uint8Array): number | null {
  if (sameBytes(one, two)) return null;
  const a = contents(one);
  const b = contents(two);
  for (const [client, bytes] of a) {
    const other = b.get(client);
    if (other === undefined || !sameBytes(bytes, other)) return client;
  }
  for (const client of b.keys()) if (!a.has(client)) return client;
  return null;
}

/** Per writer its content in the order of clocks, neighbours joined. */
function contents(update: Uint8Array): Map<number, Uint8Array> {
  const encoders = new Map<number, Y.UpdateEncoderV1>();
  let joined: { readonly id: Y.ID; length: number; readonly content: Content } | null = null;
  const flush = () => {
    if (joined === null) return;
    const { id, content } = joined;
    const encoder = encoders.get(id.client) ?? new Y.UpdateEncoderV1();
    encoders.set(id.client, encoder);
    encoder.writeLen(id.clock);
    encoder.writeInfo(content.getRef());
    content.write(encoder, 0);
  };
  for (const struct of Y.decodeUpdate(update).structs) {
    if (struct instanceof Y.Skip) continue;
    const content: Content =
      struct instanceof Y.Item ? (struct.content as Content) : new Y.ContentDeleted(struct.length);
    const follows =
      joined !== null &&
      joined.id.client === struct.id.client &&
      joined.id.clock + joined.length === struct.id.clock &&
      joined.content.constructor === content.constructor;
    if (follows && joined?.content.mergeWith(content)) {
      joined.length += struct.length;
      continue;
    }
    flush();
    joined = { id: struct.id, length: struct.length, content };
  }
  flush();
  return new Map([...encoders].map(([client, encoder]) => [client, encoder.toUint8Array()]));
}

interface Content {
  getRef(): number;
  write(encoder: Y.UpdateEncoderV1, offset: number): void;
  mergeWith(right: Content): boolean;
}
