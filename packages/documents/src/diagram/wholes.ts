import { isRemoved } from '../records/schema.ts';
import type { RecordState, State } from '../records/state.ts';
import { collectionOf, isKeyOf } from './key.ts';
import { diagramSchema } from './schema.ts';

/**
 * What people see as one thing: an element with its shape or edge, its label and its details; a pool with its process, a data
 * object with what it refers to. Read from the records alone: made once for a state and kept with it.
 */
export interface Wholes {
  /** Null for what was removed, is not there, or lies in the other collection. */
  at(key: string): RecordState | null;
  /** Key of the thing that a record is a part of; its own for most. */
  thingOf(collection: string, key: string): string;
  /** Keys of all that makes up a thing, its own among them. */
  partsOf(thing: string): readonly string[];
  /** Keys of what says to lie in an element, with the property. */
  contentsOf(owner: string): readonly (readonly [key: string, property: string])[];
}

const memory = new WeakMap<State, Wholes>();

export function wholesOf(state: State): Wholes {
  const known = memory.get(state);
  if (known !== undefined) return known;
  const made = createWholes(state);
  memory.set(state, made);
  return made;
}

function createWholes(state: State): Wholes {
  const at = (key: string) => {
    const record = state[collectionOf(key)]?.get(key);
    return record === undefined || isRemoved(record) || !isKeyOf(collectionOf(key), key) ? null : record;
  };
  /** What stands behind something people see → that: a process → its pool. */
  const faces = new Map<string, string>();
  const contents = new Map<string, [string, string][]>();
  for (const collection of ['el', 'one']) {
    for (const [key, record] of state[collection] ?? []) {
      if (isRemoved(record) || !isKeyOf(collection as 'el', key)) continue;
      for (const register of ['&processRef', '&dataObjectRef']) {
        const behind = record.get(register);
        if (typeof behind !== 'string') continue;
        const other = faces.get(behind);
        if (other === undefined || key < other) faces.set(behind, key);
      }
      const place = record.get('pf');
      if (collection !== 'el' || !Array.isArray(place)) continue;
      const [owner, property] = place as unknown[];
      if (typeof owner !== 'string' || typeof property !== 'string') continue;
      const list = contents.get(owner);
      if (list === undefined) contents.set(owner, [[key, property]]);
      else list.push([key, property]);
    }
  }

  const ownerOf = (collection: string, key: string, record: RecordState): string | null => {
    const face = faces.get(key);
    if (face !== undefined) return face;
    return diagramSchema.partOf(collection, key, record);
  };
  const things = new Map<string, string>();
  const thingOf = (collection: string, key: string): string => {
    if (!isKeyOf(collection as 'el', key)) return key;
    const known = things.get(key);
    if (known !== undefined) return known;
    const path = new Set<string>();
    let top = key;
    for (let record = at(top); record !== null; ) {
      path.add(top);
      const owner = ownerOf(collectionOf(top), top, record);
      record = owner === null ? null : at(owner);
      if (record === null || owner === null) break;
      // Garbage can make a circle of parts: all of it is what its smallest key names.
      if (path.has(owner)) {
        top = [...path].sort()[0]!;
        break;
      }
      top = owner;
    }
    for (const part of path) things.set(part, top);
    return top;
  };

  let parts: Map<string, string[]> | null = null;
  const allParts = () => {
    if (parts !== null) return parts;
    parts = new Map();
    for (const collection of ['el', 'one']) {
      for (const key of state[collection]?.keys() ?? []) {
        if (collectionOf(key) !== collection || at(key) === null) continue;
        const thing = thingOf(collection, key);
        const list = parts.get(thing);
        if (list === undefined) parts.set(thing, [key]);
        else list.push(key);
      }
    }
    return parts;
  };

  return {
    at,
    thingOf,
    partsOf: (thing) => allParts().get(thing) ?? (at(thing) === null ? [] : [thing]),
    contentsOf: (owner) => contents.get(owner) ?? [],
  };
}
