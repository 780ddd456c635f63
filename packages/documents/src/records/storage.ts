import * as Y from 'yjs';
import { flatRegisters, noteFlat } from './flat-index.ts';
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
  const names = layout === 'flat' ? flatRegisters(place.map, id) : place.map.keys();
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const value = place.map.get(layout === 'flat' ? flatKey(id, name) : name);
    if (value !== undefined && value !== null && isJson(value)) members.set(name.slice(prefix.length), value);
  }
  return members;
}

export function recordExists(doc: Y.Doc, collection: string, layout: Layout, id: string): boolean {
  const root = rootMap(doc, collection);
  if (root === null) return false;
  if (layout === 'single') return id === collection;
  if (layout === 'nested') return root.get(id) instanceof Y.Map;
  return flatRegisters(root, id).size > 0;
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
  if (layout === 'flat') noteFlat(place.map, place.key);
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
  for (const [register, value] of registers) {
    const key = layout === 'flat' ? flatKey(id, register) : register;
    root.set(key, value);
    if (layout === 'flat') noteFlat(root, key);
  }
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
