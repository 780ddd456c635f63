import type { LogEntry, Unreadable } from '@tidemark/sync';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { authoredChanges } from './authors.ts';
import { Broken } from './broken.ts';
import { packState, storedAt } from './packed-state.ts';
import { isWorth, mayBeDue, weightOf } from './placement.ts';
import type { Comparison, HistoryBench, Material, Packed, Packer, WorkSession } from './ports.ts';
import { beginOf, entriesIn, replicaAt } from './replica.ts';
import { packEntries, unpackEntries } from './segment.ts';
import { workSessions } from './sessions.ts';

/**
 * Heavy work on the past as pure functions of bytes, so that a thread can run them. What they promise stands at the port `HistoryBench`, whose
 * methods bear the same names. They throw only on a bug.
 */
export function createBenchFunctions(packer: Packer) {
  return {
    stateAt: (material: Material, lsn: number) =>
      readable(
        () =>
          storedAt(material, lsn, packer) ??
          withDoc(replicaAt(material, lsn, packer), (doc) => Y.encodeStateAsUpdate(doc)),
      ),
    pack: (material: Material, range: { readonly first: number; readonly last: number }) =>
      pack(material, range, packer),
    packedState: (material: Material, lsn: number) => packedState(material, lsn, packer),
    sessions: (material: Material, range: Parameters<typeof workSessions>[1], open: readonly WorkSession[]) =>
      readable(() => workSessions(material, range, open, packer)),
    changes: (comparison: Comparison) => readable(() => authoredChanges(comparison, packer)),
  };
}

/** The bench without a thread: everything happens in the call. */
export function inlineBench(packer: Packer): HistoryBench {
  const bench = createBenchFunctions(packer);
  return {
    stateAt: async (material, lsn) => bench.stateAt(material, lsn),
    pack: async (material, range) => bench.pack(material, range),
    packedState: async (material, lsn) => bench.packedState(material, lsn),
    sessions: async (material, range, open) => bench.sessions(material, range, open),
    changes: async (comparison) => bench.changes(comparison),
  };
}

function pack(
  material: Material,
  { first, last }: { readonly first: number; readonly last: number },
  packer: Packer,
): Packed | Unreadable {
  const entries = readable(() => entriesIn(material, Math.min(beginOf(material), first - 1), last, packer));
  if ('unreadable' in entries) return entries;
  const mine = entries.filter(({ lsn }) => lsn >= first);
  const content = packEntries(mine, packer);
  if (!sameEntries(mine, unpackEntries(content, packer)))
    throw new Error('A segment would differ from its rows.');
  const sha256 = digest(joined(mine));
  const weight = weightOf(entries);
  if (!mayBeDue(weight, material.start?.state.length ?? 0)) return { content, sha256, state: null };
  const state = packedState(material, last, packer);
  // What cannot be read can still be packed as it is.
  return {
    content,
    sha256,
    state: state instanceof Uint8Array && isWorth(weight, state.length) ? state : null,
  };
}

function packedState(material: Material, lsn: number, packer: Packer): Uint8Array | Unreadable {
  const doc = readable(() => replicaAt(material, lsn, packer));
  return 'unreadable' in doc ? doc : withDoc(doc, () => packState(doc, packer));
}

function sameEntries(a: readonly LogEntry[], b: readonly LogEntry[]): boolean {
  const same = (one: LogEntry, other: LogEntry | undefined) =>
    one.lsn === other?.lsn &&
    one.at === other.at &&
    one.userId === other.userId &&
    one.clientId === other.clientId &&
    one.update.length === other.update.length &&
    one.update.every((byte, index) => byte === other.update[index]);
  return a.length === b.length && a.every((entry, index) => same(entry, b[index]));
}

function joined(entries: readonly LogEntry[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, { update }) => sum + update.length, 0));
  let place = 0;
  for (const { update } of entries) {
    bytes.set(update, place);
    place += update.length;
  }
  return bytes;
}

function readable<T>(read: () => T): T | Unreadable {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { unreadable: error.message };
  }
}

function withDoc<T>(doc: Y.Doc, use: (doc: Y.Doc) => T): T {
  try {
    return use(doc);
  } finally {
    doc.destroy();
  }
}
