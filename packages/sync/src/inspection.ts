/**
 * Looks at an update before it is applied: a malformed update applied to a Y.Doc throws *and* is half applied,
 * so nothing reaches a replica that was not decoded whole first.
 */
import { type Refusal, refuse } from '@tidemark/protocol';
import * as Y from 'yjs';
import { deepestType } from './nesting.ts';
import { survey } from './survey.ts';

export type Decoded = ReturnType<typeof Y.decodeUpdate>;

/** Deeper values decode, but overflow the stack when the document is encoded again. */
const maxDepth = 200;
/** Each root type costs every later sync step 2; people's documents have a handful. */
const maxRoots = 1_000;
/** Far above what a document of people holds: an object costs up to a hundred times its bytes on the wire. */
const maxParts = 1_000_000;
/** As many bytes as so many parts make. */
const maxDeletions = 4_000_000;
/** Each is a whole Y.Doc. */
const maxSubdocuments = 1_000;

const tooDeep = `An update with a value nested deeper than ${maxDepth} levels.`;

/** Bytes → decoded update, or `malformed` / `too-large`. Never throws and changes nothing. */
export function inspect(update: Uint8Array, doc: Y.Doc): Decoded | Refusal {
  let decoded: Decoded;
  try {
    const { parts, subdocuments, deletions, depth } = survey(update);
    if (parts > maxParts) return refuse('too-large', `An update of more than ${maxParts} parts.`);
    if (deletions > maxDeletions) {
      return refuse('too-large', `An update of more than ${maxDeletions} deleted ranges.`);
    }
    if (subdocuments > 0 && doc.subdocs.size + subdocuments > maxSubdocuments) {
      return refuse('too-large', `A document may hold ${maxSubdocuments} others.`);
    }
    if (depth > maxDepth) return refuse('malformed', tooDeep);
    decoded = Y.decodeUpdate(update);
  } catch (error) {
    return refuse('malformed', `An update that cannot be decoded (${(error as Error).message}).`);
  }
  const roots = new Set<string>();
  for (const struct of decoded.structs) {
    if (!Number.isSafeInteger(struct.id.clock + struct.length)) {
      return refuse('malformed', 'An update with a clock beyond all counting.');
    }
    if (struct.length === 0) return refuse('malformed', 'An update with content of no length.');
    if (!(struct instanceof Y.Item)) continue;
    if (isBeforeItself(struct)) return refuse('malformed', 'An update that refers to its own future.');
    const parent: unknown = struct.parent;
    if (typeof parent === 'string' && !doc.share.has(parent)) roots.add(parent);
    if (isTooDeep(valuesOf(struct))) {
      return refuse('malformed', tooDeep);
    }
  }
  for (const ranges of decoded.ds.clients.values()) {
    for (const { clock, len } of ranges) {
      if (len === 0 || !Number.isSafeInteger(clock + len)) {
        return refuse('malformed', 'An update with a deletion of nothing.');
      }
    }
  }
  if (roots.size > 0 && doc.share.size + roots.size > maxRoots) {
    return refuse('too-large', `A document may have ${maxRoots} root types.`);
  }
  if (deepestType(decoded.structs, doc) > maxDepth) {
    return refuse('malformed', `An update with types nested deeper than ${maxDepth} levels.`);
  }
  return decoded;
}

/** Whether the replica holds all of the update already, deletions included. Looks only at what the update names. */
export function changesNothing({ structs, ds }: Decoded, doc: Y.Doc): boolean {
  for (const { id, length } of structs) {
    if (id.clock + length > Y.getState(doc.store, id.client)) return false;
  }
  return deletionsKnown(ds, doc);
}

/** Whether all that a delete set names is deleted in the replica. */
function deletionsKnown(ds: Decoded['ds'], doc: Y.Doc): boolean {
  for (const [client, ranges] of ds.clients) {
    const known = doc.store.clients.get(client) ?? [];
    const state = Y.getState(doc.store, client);
    for (const { clock, len } of ranges) {
      if (clock + len > state || !isDeleted(known, clock, clock + len)) return false;
    }
  }
  return true;
}

/** Whether a delete set deletes something that the replica shows. What it names beyond that can only wait. */
export function deletesSomething(ds: Decoded['ds'], doc: Y.Doc): boolean {
  for (const [client, ranges] of ds.clients) {
    const known = doc.store.clients.get(client) ?? [];
    const state = Y.getState(doc.store, client);
    for (const { clock, len } of ranges) {
      if (clock < state && !isDeleted(known, clock, Math.min(clock + len, state))) return true;
    }
  }
  return false;
}

function isDeleted(structs: (Y.Item | Y.GC)[], from: number, to: number): boolean {
  for (let i = Y.findIndexSS(structs, from); i < structs.length; i += 1) {
    const struct = structs[i];
    if (struct === undefined || struct.id.clock >= to) return true;
    if (!struct.deleted) return false;
  }
  return true;
}

/** Whether the update refers to content that neither the replica nor the update itself holds. */
export function hasGap(decoded: Decoded, doc: Y.Doc): boolean {
  const known = new Map<number, number>();
  const reach = (client: number) => known.get(client) ?? Y.getState(doc.store, client);
  for (const struct of decoded.structs) {
    if (struct instanceof Y.Skip || struct.id.clock > reach(struct.id.client)) return true;
    known.set(struct.id.client, Math.max(reach(struct.id.client), struct.id.clock + struct.length));
  }
  for (const struct of decoded.structs) {
    if (!(struct instanceof Y.Item)) continue;
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (id instanceof Y.ID && id.clock >= reach(id.client)) return true;
    }
  }
  for (const [client, ranges] of decoded.ds.clients) {
    for (const range of ranges) if (range.clock + range.len > reach(client)) return true;
  }
  return false;
}

/** Nobody can refer to what the same writer has yet to write; Yjs takes it for granted, and breaks half way. */
function isBeforeItself(item: Y.Item): boolean {
  return [item.origin, item.rightOrigin, item.parent].some(
    (id) => id instanceof Y.ID && id.client === item.id.client && id.clock >= item.id.clock,
  );
}

function valuesOf(item: Y.Item): unknown {
  const { content } = item;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr;
  if (content instanceof Y.ContentEmbed) return content.embed;
  if (content instanceof Y.ContentFormat) return content.value;
  return null;
}

/** Iterative, since a recursive look would overflow on what it looks for. */
function isTooDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
      for (const child of Object.values(value)) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
  return false;
}
