import type * as Y from 'yjs';
import { splitFlat } from './state.ts';

/**
 * Which registers each record of a flat collection has. A flat collection is one map of `id|register`; without
 * this every look for a record would walk all keys. Built at the first question, kept up to date by the
 * map's events and by what `storage.ts` writes, since events come only when a transaction ends.
 */
const indexes = new WeakMap<Y.Map<unknown>, Map<string, Set<string>>>();
const none: ReadonlySet<string> = new Set();

export function flatRegisters(root: Y.Map<unknown>, id: string): ReadonlySet<string> {
  return indexOf(root).get(id) ?? none;
}

/** Takes note of a register that was just written. */
export function noteFlat(root: Y.Map<unknown>, key: string): void {
  const index = indexes.get(root);
  if (index !== undefined) put(index, root, key);
}

function indexOf(root: Y.Map<unknown>): Map<string, Set<string>> {
  const known = indexes.get(root);
  if (known !== undefined) return known;
  const index = new Map<string, Set<string>>();
  for (const key of root.keys()) put(index, root, key);
  root.observe((event) => {
    for (const key of event.keysChanged) put(index, root, key);
  });
  indexes.set(root, index);
  return index;
}

function put(index: Map<string, Set<string>>, root: Y.Map<unknown>, key: string): void {
  const [id, register] = splitFlat(key);
  const registers = index.get(id);
  if (root.has(key)) {
    if (registers === undefined) index.set(id, new Set([register]));
    else registers.add(register);
  } else if (registers?.delete(register) && registers.size === 0) index.delete(id);
}
