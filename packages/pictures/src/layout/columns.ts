/** Where the boxes of a flow lie: columns from left to right, in each of them from top to bottom, band by band (a band is a lane). */
import type { Box } from '../path.ts';
import type { Size } from './model.ts';
import { type Edge, type Ranks, ranksOf } from './ranks.ts';

/** A box, or the place where an edge passes a column. */
interface Item {
  readonly rank: number;
  readonly band: number;
  readonly size: Size;
  /** Items of columns to the left that it belongs to. */
  readonly before: { readonly item: number; readonly drop: number }[];
}

export interface FlowEdge extends Edge {
  /** How far below the middle of `from` the edge begins: of one from a boundary event. */
  readonly drop: number;
}

export interface Columns {
  readonly boxes: readonly Box[];
  readonly ranks: Ranks;
  /** Where each edge passes the columns between its ends, by its index. */
  readonly passes: readonly (readonly Box[])[];
  /** Left end of each box's column. */
  readonly lefts: readonly number[];
  /** Top and height of each band. */
  readonly bands: readonly { readonly y: number; readonly height: number }[];
  readonly width: number;
  readonly height: number;
}

export const gap = { column: 50, named: 110, row: 40, pass: 20, band: 30 } as const;

/** Edges of a hostile file could pass more columns than there is memory; then they cross what lies between. */
const mostPasses = 20_000;
const passSize: Size = { width: 1, height: 10 };

export function columnsOf(
  sizes: readonly Size[],
  bandOf: readonly number[],
  bandCount: number,
  edges: readonly FlowEdge[],
  columnGap: number,
): Columns {
  const ranks = ranksOf(sizes.length, edges);
  const items: Item[] = sizes.map((size, i) => ({
    rank: ranks.rank[i] ?? 0,
    band: bandOf[i] ?? 0,
    size,
    before: [],
  }));
  const passItems = addPasses(items, ranks, edges);
  const columns = Map.groupBy(items.keys(), (i) => items[i]?.rank ?? 0);
  const { left, width } = widthsOf(columns, items, columnGap);
  const { y, bands, height } = rowsOf(columns, items, bandCount);
  const place = (i: number): Box => {
    const { rank, size } = items[i] ?? { rank: 0, size: passSize };
    const column = left[rank] ?? { x: 0, width: 0 };
    // A pass is as wide as its column, so that the edge is straight through it.
    const isPass = i >= sizes.length;
    return {
      x: isPass ? column.x : column.x + (column.width - size.width) / 2,
      y: y[i] ?? 0,
      width: isPass ? column.width : size.width,
      height: size.height,
    };
  };
  return {
    boxes: sizes.map((_, i) => place(i)),
    lefts: sizes.map((_, i) => left[ranks.rank[i] ?? 0]?.x ?? 0),
    passes: passItems.map((list) => list.map(place)),
    ranks,
    bands,
    width,
    height,
  };
}

function addPasses(items: Item[], { rank, back }: Ranks, edges: readonly FlowEdge[]): number[][] {
  const boxes = items.length;
  return edges.map(({ from, to, drop }, index) => {
    const passes: number[] = [];
    if (back.has(index)) return passes;
    let before = { item: from, drop };
    for (let r = (rank[from] ?? 0) + 1; r < (rank[to] ?? 0); r += 1) {
      if (items.length - boxes >= mostPasses) break;
      passes.push(items.length);
      items.push({ rank: r, band: items[from]?.band ?? 0, size: passSize, before: [before] });
      before = { item: items.length - 1, drop: 0 };
    }
    items[to]?.before.push(before);
    return passes;
  });
}

function widthsOf(
  columns: ReadonlyMap<number, readonly number[]>,
  items: readonly Item[],
  columnGap: number,
) {
  const left: { x: number; width: number }[] = [];
  let x = 0;
  for (let rank = 0; rank < columns.size; rank += 1) {
    const width = Math.max(0, ...(columns.get(rank) ?? []).map((i) => items[i]?.size.width ?? 0));
    left.push({ x, width });
    x += width + columnGap;
  }
  return { left, width: Math.max(0, x - columnGap) };
}

/** Each item as high as the first that leads to it, so that the main way is a straight line, and below those above it. */
function rowsOf(columns: ReadonlyMap<number, readonly number[]>, items: readonly Item[], bandCount: number) {
  const y = new Array<number>(items.length).fill(0);
  // The middle of what begins a band is 0 until it is known how high the rest stands.
  const extents = Array.from({ length: bandCount }, () => ({ top: 0, bottom: 0 }));
  for (let rank = 0; rank < columns.size; rank += 1) {
    const column = (columns.get(rank) ?? []).map((i) => ({ i, wish: wishOf(i, items, y) }));
    column.sort((a, b) => a.wish - b.wish || a.i - b.i);
    const free = new Array<number>(bandCount).fill(-Infinity);
    for (const { i, wish } of column) {
      const { band, size } = items[i] ?? { band: 0, size: passSize };
      const top = Math.max(wish - size.height / 2, free[band] ?? 0);
      y[i] = top;
      free[band] = top + size.height + (size === passSize ? gap.pass : gap.row);
      const extent = extents[band];
      if (extent === undefined) continue;
      extent.top = Math.min(extent.top, top);
      extent.bottom = Math.max(extent.bottom, top + size.height);
    }
  }
  const bands: { y: number; height: number }[] = [];
  let next = 0;
  for (const { top, bottom } of extents) {
    const height = Math.max(bottom - top, bandCount > 1 ? 60 : 0);
    bands.push({ y: next, height });
    next += height + 2 * gap.band;
  }
  for (const [i, { band }] of items.entries()) {
    y[i] = (y[i] ?? 0) - (extents[band]?.top ?? 0) + (bands[band]?.y ?? 0);
  }
  return { y, bands, height: Math.max(0, next - 2 * gap.band) };
}

/** The middle that an item would have by itself. */
function wishOf(i: number, items: readonly Item[], y: readonly number[]): number {
  const item = items[i];
  const same = item?.before.filter((one) => items[one.item]?.band === item.band) ?? [];
  if (same.length === 0) return 0;
  return Math.min(
    ...same.map((one) => (y[one.item] ?? 0) + (items[one.item]?.size.height ?? 0) / 2 + one.drop),
  );
}
