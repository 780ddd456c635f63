import * as Y from 'yjs';

/** Merging grows faster than linearly with the number of updates, so it is done by the hundred. */
const together = 100;

/** The same updates as few: each of at most a hundred, in order. */
export function mergeInParts(updates: readonly Uint8Array[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < updates.length; start += together) {
    const [first, ...rest] = updates.slice(start, start + together);
    if (first !== undefined) parts.push(rest.length === 0 ? first : Y.mergeUpdates([first, ...rest]));
  }
  return parts;
}
