/** Sets of places in the content of writers: per client ID, ranges of clocks. */
export class Ranges {
  readonly #clients = new Map<number, Range[]>();

  /** Adds [from, to) and answers those parts of it that were not there. */
  add(client: number, from: number, to: number): readonly Range[] {
    const ranges = this.#clients.get(client);
    if (ranges === undefined) {
      this.#clients.set(client, [{ from, to }]);
      return [{ from, to }];
    }
    const last = ranges.at(-1);
    // Nearly always: the writer goes on.
    if (last === undefined || from > last.to) {
      ranges.push({ from, to });
      return [{ from, to }];
    }
    if (from === last.to) {
      last.to = to;
      return [{ from, to }];
    }
    return merge(ranges, from, to);
  }
}

export interface Range {
  from: number;
  to: number;
}

function merge(ranges: Range[], from: number, to: number): Range[] {
  const start = firstReaching(ranges, from);
  const added: Range[] = [];
  const joined = { from, to };
  let end = start;
  let at = from;
  for (let range = ranges[end]; range !== undefined && range.from <= to; end += 1, range = ranges[end]) {
    if (range.from > at) added.push({ from: at, to: range.from });
    at = Math.max(at, range.to);
    joined.from = Math.min(joined.from, range.from);
    joined.to = Math.max(joined.to, range.to);
  }
  if (at < to) added.push({ from: at, to });
  ranges.splice(start, end - start, joined);
  return added;
}

/** The number of the first range that ends at or after `clock`. */
function firstReaching(ranges: readonly Range[], clock: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
