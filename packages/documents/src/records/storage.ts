import * as Y from 'yjs';
import { isJson, type Json } from './json.ts';
import type { Layout } from './schema.ts';
import { flatKey, isRecordId, rootMap } from './state.ts';

/** Reads and writes of single registers, whatever the layout. Only `editor.ts`, seeds and migrations write. */

export function readRegister(
  doc: Y.Doc,
  collection: string,
  layout: Layout,
  id: string,
  register: string,
): Json | undefined {
  const place = placeOf(doc, collection, layout, id, register);
  const value = place?.map.get(place.key);
  return value === null || value === undefined || !isJson(value) ? undefined : value;
}

/** Registers of one record whose names begin with `prefix`: rest of the name → value. */
export function readMembers(
  doc: Y.Doc,
  collection: string,
  layout: Layout,
  id: string,
  prefix: string,
): Map<string, Json> {
  const members = new Map<string, Json>();
  const place = placeOf(doc, collection, layout, id, prefix);
  if (place === null) return members;
  for (const [key, value] of place.map.entries()) {
    if (key.startsWith(place.key) && value !== null && isJson(value))
      members.set(key.slice(place.key.length), value);
  }
  return members;
}

export function recordExists(doc: Y.Doc, collection: string, layout: Layout, id: string): boolean {
  const root = rootMap(doc, collection);
  if (root === null) return false;
  if (layout === 'single') return id === collection;
  if (layout === 'nested') return root.get(id) instanceof Y.Map;
  const prefix = flatKey(id, '');
  for (const key of root.keys()) if (key.startsWith(prefix)) return true;
  return false;
}

/** False when there is no such record to write to. */
export function writeRegister(
  doc: Y.Doc,
  collection: string,
  layout: Layout,
  id: string,
  register: string,
  value: Json,
): boolean {
  const place = placeOf(doc, collection, layout, id, register);
  if (place === null) return false;
  place.map.set(place.key, value);
  return true;
}

/** Throws on a nested id that is taken: setting a second Y.Map would lose what others write into the first. */
export function createRecord(
  doc: Y.Doc,
  collection: string,
  layout: Layout,
  id: string,
  registers: ReadonlyMap<string, Json>,
): void {
  const root = rootMap(doc, collection);
  if (root === null) throw new TypeError(`"${collection}" is not a map in this document.`);
  if (layout !== 'single' && !isRecordId(id)) throw new TypeError(`"${id.slice(0, 100)}" can't be an id.`);
  if (layout === 'nested') {
    if (root.has(id)) throw new TypeError(`The id "${id}" is taken in ${collection}.`);
    root.set(id, new Y.Map(registers));
    return;
  }
  if (layout === 'flat' && id.includes('|')) throw new TypeError(`"|" may not stand in an id: "${id}".`);
  for (const [register, value] of registers)
    root.set(layout === 'flat' ? flatKey(id, register) : register, value);
}

function placeOf(
  doc: Y.Doc,
  collection: string,
  layout: Layout,
  id: string,
  register: string,
): { map: Y.Map<unknown>; key: string } | null {
  const root = rootMap(doc, collection);
  if (root === null) return null;
  if (layout === 'single') return { map: root, key: register };
  if (layout === 'flat') return { map: root, key: flatKey(id, register) };
  const record = root.get(id);
  return record instanceof Y.Map ? { map: record, key: register } : null;
}
