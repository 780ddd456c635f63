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
  const kept = longestRise(keys);
  let index = 0;
  while (index < wanted.length) {
    if (kept.has(index)) {
      index += 1;
      continue;
    }
    let end = index;
    while (end < wanted.length && !kept.has(end)) end += 1;
    const fresh = keysBetween(keys[index - 1] ?? null, keys[end] ?? null, end - index);
    for (const key of fresh) {
      keys[index] = key;
      write.set(collection, id, prefix + wanted[index]!, key);
      index += 1;
    }
  }
}

/** Indexes of a longest strictly rising subsequence, leaving out nulls. */
function longestRise(keys: readonly (string | null)[]): Set<number> {
  const length: number[] = [];
  const previous: number[] = [];
  let best = -1;
  keys.forEach((key, index) => {
    length[index] = key === null ? 0 : 1;
    previous[index] = -1;
    if (key === null) return;
    for (let before = 0; before < index; before += 1) {
      const other = keys[before];
      if (other !== null && other !== undefined && other < key && length[before]! + 1 > length[index]!) {
        length[index] = length[before]! + 1;
        previous[index] = before;
      }
    }
    if (best === -1 || length[index]! > length[best]!) best = index;
  });
  const kept = new Set<number>();
  for (let at = best; at !== -1; at = previous[at]!) kept.add(at);
  return kept;
}
