/** Two things that are the same one in two estimates. */
export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export interface Matched<T> {
  readonly pairs: readonly Pair<T>[];
  readonly added: readonly T[];
  readonly removed: readonly T[];
}

/**
 * What is the same in two lists: by id, as in a document and its versions; what is left by what it is called, one by
 * one in order, as in a document that was typed or imported anew. A call of '' matches nothing. Pairs come in the order
 * of the first list.
 */
export function match<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  callOf: (item: T) => string,
): Matched<T> {
  const byId = new Map(after.map((item) => [item.id, item]));
  const partner = new Map<T, T>();
  const taken = new Set<T>();
  const join = (old: T, now: T | undefined) => {
    if (now === undefined) return;
    partner.set(old, now);
    taken.add(now);
  };
  for (const old of before) join(old, byId.get(old.id));

  const byCall = Map.groupBy(
    after.filter((item) => !taken.has(item)),
    callOf,
  );
  byCall.delete('');
  for (const queue of byCall.values()) queue.reverse();
  for (const old of before) {
    if (!partner.has(old)) join(old, byCall.get(callOf(old))?.pop());
  }
  return {
    pairs: before.flatMap((old) => {
      const now = partner.get(old);
      return now === undefined ? [] : [{ before: old, after: now }];
    }),
    added: after.filter((item) => !taken.has(item)),
    removed: before.filter((item) => !partner.has(item)),
  };
}

/**
 * The fewest things that one must move to bring a list into another order: all but a longest increasing run of the new
 * positions. M. L. Fredman, "On computing the length of longest increasing subsequences", Discrete Mathematics 11
 * (1975) 29–35. Returns indices.
 */
export function movedAmong(positions: readonly number[]): ReadonlySet<number> {
  /** ends[n]: index of the smallest position that a run of n + 1 ends with. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, position] of positions.entries()) {
    const length = lengthBelow(ends, positions, position);
    previous.push(ends[length - 1]);
    ends[length] = index;
  }
  const moved = new Set(positions.keys());
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) moved.delete(at);
  return moved;
}

/** How many runs end below the position: the ends are sorted, so by halves. */
function lengthBelow(ends: readonly number[], positions: readonly number[], position: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[ends[middle] ?? 0] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
