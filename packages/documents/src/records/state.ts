import * as Y from 'yjs';
import type { Report } from './finding.ts';
import { isJson, type Json } from './json.ts';
import type { KindSchema, Layout } from './schema.ts';

/** One record: register → value. A register that is absent or null is not in it. */
export type RecordState = ReadonlyMap<string, Json>;
export type CollectionState = ReadonlyMap<string, RecordState>;

/** All registers of the collections a kind knows, as plain values: what views, diffs and undo work on. */
export type State = Readonly<Record<string, CollectionState>>;

const separator = '|';

/** Reads a whole replica. Total: whatever is not a record of JSON registers is left out and reported. */
export function readState(doc: Y.Doc, schema: KindSchema, report: Report = ignore): State {
  return Object.fromEntries(
    Object.entries(schema.collections).map(([name, { layout }]) => [
      name,
      readCollection(doc, name, layout, report),
    ]),
  );
}

export function readCollection(doc: Y.Doc, name: string, layout: Layout, report: Report): CollectionState {
  const root = rootMap(doc, name);
  if (root === null) {
    report({
      code: 'wrong-type',
      collection: name,
      id: null,
      register: null,
      detail: `"${name}" is not a map.`,
    });
    return new Map();
  }
  const records = new Map<string, RecordState>();
  if (layout === 'single') return records.set(name, readRecord(root, name, name, report));
  if (layout === 'nested') {
    for (const id of root.keys()) {
      const record = readNested(root, name, id, report);
      if (record !== null) records.set(id, record);
    }
    return records;
  }
  const flat = new Map<string, Map<string, Json>>();
  for (const [key, value] of root.entries()) {
    const [id, register] = splitFlat(key);
    if (!isRecordId(id)) {
      report({ code: 'wrong-type', collection: name, id, register, detail: 'This is no id of a record.' });
      continue;
    }
    let record = flat.get(id);
    if (record === undefined) {
      record = new Map();
      flat.set(id, record);
    }
    keep(record, register, value, name, id, report);
  }
  for (const [id, record] of flat) if (record.size > 0) records.set(id, record);
  return records;
}

/** One record of a flat collection by the names of its registers, or null when there is none that can be read. */
export function readFlat(
  root: Y.Map<unknown>,
  collection: string,
  id: string,
  registers: Iterable<string>,
  report: Report,
): RecordState | null {
  const record = new Map<string, Json>();
  for (const register of registers) {
    const value = root.get(flatKey(id, register));
    if (isRecordId(id)) keep(record, register, value, collection, id, report);
    else report({ code: 'wrong-type', collection, id, register, detail: 'This is no id of a record.' });
  }
  return record.size > 0 ? record : null;
}

/** One record of a nested collection, or null when there is none that can be read. */
export function readNested(
  root: Y.Map<unknown>,
  collection: string,
  id: string,
  report: Report,
): RecordState | null {
  const value = root.get(id);
  if (value === undefined) return null;
  if (isRecordId(id) && value instanceof Y.Map) return readRecord(value, collection, id, report);
  report({ code: 'wrong-type', collection, id, register: null, detail: 'This is not a record.' });
  return null;
}

function readRecord(map: Y.Map<unknown>, collection: string, id: string, report: Report): RecordState {
  const record = new Map<string, Json>();
  for (const [register, value] of map.entries()) keep(record, register, value, collection, id, report);
  return record;
}

function keep(
  record: Map<string, Json>,
  register: string,
  value: unknown,
  collection: string,
  id: string,
  report: Report,
): void {
  if (value === null || value === undefined) return;
  if (isJson(value)) {
    record.set(register, value);
    return;
  }
  report({ code: 'wrong-type', collection, id, register, detail: 'This register holds no plain value.' });
}

/** Ids are not empty and can be referred to. */
export function isRecordId(id: string): boolean {
  return id !== '' && id.length <= 500;
}

/** The root map of a collection, or null when this replica uses that name for another type. */
export function rootMap(doc: Y.Doc, name: string): Y.Map<unknown> | null {
  const known = doc.share.get(name);
  if (known instanceof Y.Map) return known;
  // An untyped root (content arrived before anybody asked for it) becomes a map here; Yjs throws for other types.
  if (known !== undefined && known.constructor !== Y.AbstractType) return null;
  return doc.getMap(name);
}

export function flatKey(id: string, register: string): string {
  return id + separator + register;
}

/** A register name may hold the separator, an id may not. */
export function splitFlat(key: string): [id: string, register: string] {
  const at = key.indexOf(separator);
  return at === -1 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
}

function ignore(): void {
  // For callers that want the reading and not the findings.
}
