import type { LogEntry } from '@tidemark/sync';
import { applyLog } from '@tidemark/sync/workbench';
import * as Y from 'yjs';
import { Broken } from './broken.ts';
import { isBundle, unbundleEntries } from './bundle.ts';
import { applyPacked } from './packed-state.ts';
import type { Entries, Material, Packer } from './ports.ts';
import { unpackEntries } from './segment.ts';

/** Replicas of the past. Nobody reads them by their types while they are made (see `applyLog`), nor writes to them ever. */

/** The entries in (after, upTo], in order. Throws `Broken` when one is missing or a segment cannot be read. */
export function entriesIn(entries: Entries, after: number, upTo: number, packer: Packer): LogEntry[] {
  const found: LogEntry[] = [];
  for (const entry of available(entries, after, upTo, packer)) {
    if (entry.lsn !== after + found.length + 1) break;
    found.push(entry);
  }
  if (found.length < upTo - after) throw new Broken(`Entry ${after + found.length + 1} is missing.`);
  return found;
}

/** What there is of the entries in (after, upTo], in order, each once. */
export function* available(
  { segments, rows }: Entries,
  after: number,
  upTo: number,
  packer: Packer,
): Generator<LogEntry, void, undefined> {
  let last = after;
  for (const { first, last: end, content } of segments) {
    if (end <= last || first > upTo) continue;
    for (const entry of unpacked(content, packer)) {
      if (entry.lsn <= last || entry.lsn > upTo) continue;
      last = entry.lsn;
      yield entry;
    }
  }
  for (const row of rows) {
    if (row.lsn <= last || row.lsn > upTo) continue;
    last = row.lsn;
    yield row;
  }
}

/** The LSN after which the material begins. */
export function beginOf({ start, segments, rows }: Material): number {
  if (start !== null) return start.lsn;
  return (segments[0]?.first ?? rows[0]?.lsn ?? 1) - 1;
}

/** A replica at `lsn`. Throws `Broken` when the material cannot be applied. With `gc` false, content that entries delete stays in it. */
export function replicaAt(material: Material, lsn: number, packer: Packer, gc = true): Y.Doc {
  const { start } = material;
  const entries = entriesIn(material, Math.min(beginOf(material), lsn), lsn, packer);
  const doc = new Y.Doc({ gc });
  doc.transact(() => {
    if (start?.form === 'packed') orBroken(() => applyPacked(doc, start.state, packer));
    if (start?.form === 'v1') orBroken(() => applyLog(doc, [start.state]));
    goOn(doc, entries);
  }, 'loaded');
  return doc;
}

/** Applies further entries. Throws `Broken` when one cannot be. */
export function goOn(doc: Y.Doc, entries: readonly LogEntry[]): void {
  orBroken(() =>
    applyLog(
      doc,
      entries.map(({ update }) => update),
    ),
  );
}

function unpacked(content: Uint8Array, packer: Packer): LogEntry[] {
  return orBroken(() => (isBundle(content) ? unbundleEntries(content) : unpackEntries(content, packer)));
}

function orBroken<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Broken(String(error), { cause: error });
  }
}
