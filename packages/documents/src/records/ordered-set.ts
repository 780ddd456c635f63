import type { Write } from './editor.ts';
import { isOrderKey, keysBetween } from './order-key.ts';

/**
 * An ordered set inside a record: registers `<prefix><member>` → order key, or null for a member taken out. A
 * nested Y.Map would lose one side when two people write its first member; registers meet.
 *
 * Makes the set be `members` in this order and writes as little as it can: members that stand in order among
 * themselves keep their keys.
 */
export function writeOrderedSet(
  write: Write,
  collection: string,
  id: string,
  prefix: string,
  members: readonly string[],
): void {
  const wanted = [...new Set(members)];
  const before = write.members(collection, id, prefix);
  for (const member of before.keys()) {
    if (!wanted.includes(member)) write.set(collection, id, prefix + member, null);
  }
  const keys = wanted.map((member) => {
    const key = before.get(member);
    return isOrderKey(key) ? key : null;
  });
  for (const [index, key] of rearrange(keys, null, null)) {
    write.set(collection, id, prefix + wanted[index]!, key);
  }
}

/**
 * The fewest new order keys that make a list rise, between two neighbours outside of it: index → key. Null is a
 * member that has no key yet.
 */
export function rearrange(
  keys: readonly (string | null)[],
  below: string | null,
  above: string | null,
): Map<number, string> {
  const fresh = new Map<number, string>();
  const kept = longestRise(
    keys.map((key) =>
      key === null || (below !== null && key <= below) || (above !== null && key >= above) ? null : key,
    ),
  );
  let low = below;
  for (let index = 0; index < keys.length; index += 1) {
    if (kept.has(index)) {
      low = keys[index]!;
      continue;
    }
    let end = index;
    while (end < keys.length && !kept.has(end)) end += 1;
    for (const key of keysBetween(low, keys[end] ?? above, end - index)) {
      fresh.set(index, key);
      low = key;
      index += 1;
    }
    index -= 1;
  }
  return fresh;
}

/** Indexes of a longest strictly rising subsequence, leaving out nulls (patience sorting, n log n). */
export function longestRise<T extends string | number>(keys: readonly (T | null)[]): Set<number> {
  const previous: number[] = [];
  /** The smallest end of a rise of length + 1. */
  const ends: number[] = [];
  keys.forEach((key, index) => {
    if (key === null) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[ends[middle]!]! < key) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at]!) kept.add(at);
  return kept;
}
