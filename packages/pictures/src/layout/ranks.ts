/** Which column each box of a flow stands in: as far right as the longest way to it, loops aside. */

export interface Edge {
  readonly from: number;
  readonly to: number;
}

export interface Ranks {
  /** Column of each box. */
  readonly rank: readonly number[];
  /** Edges that lead back, by their index. */
  readonly back: ReadonlySet<number>;
}

export function ranksOf(count: number, edges: readonly Edge[]): Ranks {
  const outgoing: number[][] = Array.from({ length: count }, () => []);
  const incoming = new Array<number>(count).fill(0);
  edges.forEach(({ from, to }, index) => {
    outgoing[from]?.push(index);
    incoming[to] = (incoming[to] ?? 0) + 1;
  });
  const beginnings = [...incoming.keys()].filter((box) => incoming[box] === 0);
  const back = backEdges(count, edges, outgoing, beginnings);
  return { rank: longestWays(count, edges, outgoing, back), back };
}

/** Edges to a box that is still being walked from. What begins comes first, then whatever is left, in the order of the file. */
function backEdges(
  count: number,
  edges: readonly Edge[],
  outgoing: readonly (readonly number[])[],
  beginnings: readonly number[],
): Set<number> {
  const back = new Set<number>();
  const state = new Uint8Array(count); // 1 while it is walked from, 2 after
  for (const start of [...beginnings, ...state.keys()]) {
    if (state[start] !== 0) continue;
    state[start] = 1;
    const path = [{ box: start, next: 0 }];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const index = outgoing[at.box]?.[at.next];
      at.next += 1;
      if (index === undefined) {
        state[at.box] = 2;
        path.pop();
        continue;
      }
      const to = edges[index]?.to ?? 0;
      if (state[to] === 1) back.add(index);
      else if (state[to] === 0) {
        state[to] = 1;
        path.push({ box: to, next: 0 });
      }
    }
  }
  return back;
}

function longestWays(
  count: number,
  edges: readonly Edge[],
  outgoing: readonly (readonly number[])[],
  back: ReadonlySet<number>,
): number[] {
  const rank = new Array<number>(count).fill(0);
  const open = new Array<number>(count).fill(0);
  edges.forEach(({ to }, index) => {
    if (!back.has(index)) open[to] = (open[to] ?? 0) + 1;
  });
  const ready = [...open.keys()].filter((box) => open[box] === 0);
  for (let i = 0; i < ready.length; i += 1) {
    const box = ready[i] ?? 0;
    for (const index of outgoing[box] ?? []) {
      if (back.has(index)) continue;
      const to = edges[index]?.to ?? 0;
      rank[to] = Math.max(rank[to] ?? 0, (rank[box] ?? 0) + 1);
      open[to] = (open[to] ?? 0) - 1;
      if (open[to] === 0) ready.push(to);
    }
  }
  return rank;
}
