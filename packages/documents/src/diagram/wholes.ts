import { isList, type Json } from '../records/json.ts';
import { isRemoved } from '../records/schema.ts';
import type { RecordState, State } from '../records/state.ts';
import { collectionOf, isKeyOf, ownerOfKey } from './key.ts';
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
  /** Keys of all that makes up a thing, its own among them; of one that is gone, what is left of it. */
  partsOf(key: string): readonly string[];
  /** Keys of what says to lie in an element, with the property. */
  contentsOf(owner: string): readonly (readonly [key: string, property: string])[];
  /** The smallest key of all that are of a type; null when there is none. */
  firstOf(type: string): string | null;
  /** Who refers to an element by a register that holds one key, or as what it reads data from. */
  referrersOf(key: string): readonly (readonly [key: string, register: string])[];
  /** The registers of lanes that say that an element lies in them. */
  lanesOf(key: string): readonly (readonly [lane: string, register: string, value: Json])[];
}

const laneClaim = '&*flowNodeRef/';
/** What a data association reads from. */
export const sourceList = '&*sourceRef';

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
  const referrers = new Map<string, [string, string][]>();
  const lanes = new Map<string, [string, string, Json][]>();
  for (const collection of ['el', 'one']) {
    for (const [key, record] of state[collection] ?? []) {
      if (isRemoved(record) || !isKeyOf(collection as 'el', key)) continue;
      for (const [register, value] of record) {
        if (register.startsWith(laneClaim))
          add(lanes, register.slice(laneClaim.length), [key, register, value]);
        else if (register.startsWith(`${sourceList}/`))
          add(referrers, register.slice(sourceList.length + 1), [key, sourceList]);
        else if (register.startsWith('&') && typeof value === 'string')
          add(referrers, value, [key, register]);
      }
      for (const register of ['&processRef', '&dataObjectRef']) {
        const behind = record.get(register);
        if (typeof behind !== 'string') continue;
        const other = faces.get(behind);
        if (other === undefined || key < other) faces.set(behind, key);
      }
      const [owner, property] = placeOf(record);
      if (collection === 'el' && owner !== '') add(contents, owner, [key, property]);
    }
  }

  const ownerOf = (collection: string, key: string, record: RecordState): string | null => {
    const face = faces.get(key);
    if (face !== undefined) return face;
    // A page is its plane's owner, whatever is drawn on it.
    if (record.get('t') === 'bpmndi:BPMNPlane') return ownerOfKey(key)?.[0] ?? null;
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

  let owned: Map<string, string[]> | null = null;
  const ownedBy = (owner: string): readonly string[] => {
    if (owned === null) {
      owned = new Map();
      for (const collection of ['el', 'one']) {
        for (const key of state[collection]?.keys() ?? []) {
          const record = collectionOf(key) === collection ? at(key) : null;
          const of = record === null ? null : ownerOf(collection, key, record);
          if (of !== null) add(owned, of, key);
        }
      }
    }
    return owned.get(owner) ?? [];
  };

  return {
    at,
    thingOf,
    partsOf(key) {
      const parts = new Set([key]);
      for (const part of parts) for (const of of ownedBy(part)) parts.add(of);
      return [...parts].filter((part) => at(part) !== null);
    },
    contentsOf: (owner) => contents.get(owner) ?? [],
    firstOf(type) {
      let first: string | null = null;
      for (const collection of ['el', 'one']) {
        for (const [key, record] of state[collection] ?? []) {
          if (record.get('t') === type && at(key) !== null && (first === null || key < first)) first = key;
        }
      }
      return first;
    },
    referrersOf: (key) => referrers.get(key) ?? [],
    lanesOf: (key) => lanes.get(key) ?? [],
  };
}

/** Where a record says it lies; '' where it does not. */
export function placeOf(record: RecordState): readonly [owner: string, property: string] {
  const place = record.get('pf');
  if (place === undefined || !isList(place)) return ['', ''];
  const [owner, property] = place;
  return typeof owner === 'string' && typeof property === 'string' ? [owner, property] : ['', ''];
}

function add<T>(index: Map<string, T[]>, at: string, value: T): void {
  const list = index.get(at);
  if (list === undefined) index.set(at, [value]);
  else list.push(value);
}
