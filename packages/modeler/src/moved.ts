/**
 * The fewest items to take out of their places so that the others of `before` and `after` are in the same order:
 * all that is not in a longest increasing run of former places. Items that are only in one of them are left out.
 */
export function movedItems(before: readonly string[], after: readonly string[]): string[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  if (start === before.length || start === after.length) return [];
  const places = new Map<string, number>();
  for (let index = start; index < before.length; index += 1) places.set(before[index]!, index);
  const items: string[] = [];
  for (let index = start; index < after.length; index += 1) {
    if (places.has(after[index]!)) items.push(after[index]!);
  }
  const kept = longestRun(items.map((item) => places.get(item)!));
  return items.filter((_, index) => !kept.has(index));
}

/** Indices of a longest strictly increasing run (patience sorting). */
function longestRun(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = index;
  });
  const run = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index !== -1; index = previous[index]!) run.add(index);
  return run;
}
