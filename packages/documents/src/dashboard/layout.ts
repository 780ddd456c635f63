/** Tiles on the grid. Units are grid columns and rows; `y` grows downwards. */
export interface Tile {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Who was put down last, of several that begin in the same row; 0 when left out. */
  readonly turn?: number;
  /** The row it was given, where another has pushed it down from there. */
  readonly meant?: number;
}

export type Breakpoint = 'lg' | 'md' | 'sm';

/** Columns of the grid at each breakpoint. */
export const columnsAt: Readonly<Record<Breakpoint, number>> = { lg: 12, md: 6, sm: 1 };

/**
 * Takes overlaps apart the same way on every replica: tiles in order of (y, latest turn, x, id) are clamped to the
 * columns and pushed down until they are free. A pure reading: what comes out is never written back, so two people
 * who moved tiles onto the same place keep both their moves.
 */
export function resolveLayout(tiles: readonly Tile[], columns: number): Tile[] {
  const placed: Tile[] = [];
  for (const tile of tiles.map((each) => clamp(each, columns)).sort(byTurn))
    placed.push(settle(tile, placed));
  return placed.sort(compareTiles);
}

/** Fills narrower grids in reading order; each tile goes to the first place that is free. */
export function flowLayout(tiles: readonly Tile[], columns: number): Tile[] {
  const placed: Tile[] = [];
  for (const tile of tiles.map((wide) => clamp(wide, columnsAt.lg)).sort(compareTiles)) {
    const w = columns === 1 ? 1 : Math.max(2, Math.round((tile.w * columns) / columnsAt.lg));
    placed.push(firstFree({ ...tile, w: Math.min(w, columns) }, placed, columns));
  }
  return placed.sort(compareTiles);
}

/**
 * Where a tile in the hand comes down: over the upper half of another it takes that one's row, and by its turn its
 * place; over the lower half it stays, and the layout puts it below.
 */
export function landing(hand: Tile, tiles: readonly Tile[]): { x: number; y: number } {
  const aimed = tiles.filter(
    (other) =>
      other.id !== hand.id && overlap(hand, other) && other.y < hand.y && hand.y - other.y < other.h / 2,
  );
  return { x: hand.x, y: Math.min(hand.y, ...aimed.map(rowOf)) };
}

/** The row to be given to what shall stand in a tile's place. */
export function rowOf({ y, meant = y }: Tile): number {
  return meant;
}

/** The first place, reading from the top left, where a tile of this size overlaps nothing. */
export function freeSpot(
  size: { readonly w: number; readonly h: number },
  tiles: readonly Tile[],
  columns: number,
): { x: number; y: number } {
  const { x, y } = firstFree({ id: '', x: 0, y: 0, ...size }, tiles, columns);
  return { x, y };
}

function firstFree(tile: Tile, placed: readonly Tile[], columns: number): Tile {
  const w = Math.min(tile.w, columns);
  // A free place begins at the top or right below some tile: no other row needs a look.
  const rows = [...new Set([0, ...placed.map((other) => other.y + other.h)])].sort((a, b) => a - b);
  for (const y of rows) {
    for (let x = 0; x + w <= columns; x += 1) {
      const candidate = { ...tile, x, y, w };
      if (!placed.some((other) => overlap(candidate, other))) return candidate;
    }
  }
  throw new Error('Below the lowest tile there is always room.');
}

/** The first free row at or below the tile's own. */
function settle(tile: Tile, placed: readonly Tile[]): Tile {
  let { y } = tile;
  let moved = true;
  while (moved) {
    moved = false;
    for (const other of placed) {
      const beside = tile.x >= other.x + other.w || other.x >= tile.x + tile.w;
      if (beside || y >= other.y + other.h || other.y >= y + tile.h) continue;
      y = other.y + other.h;
      moved = true;
    }
  }
  return y === tile.y ? tile : { ...tile, y, meant: rowOf(tile) };
}

function clamp(tile: Tile, columns: number): Tile {
  const w = Math.min(Math.max(1, tile.w), columns);
  return {
    ...tile,
    w,
    h: Math.max(1, tile.h),
    x: Math.min(Math.max(0, tile.x), columns - w),
    y: Math.max(0, tile.y),
  };
}

export function overlap(a: Tile, b: Tile): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function byTurn(a: Tile, b: Tile): number {
  return a.y - b.y || (b.turn ?? 0) - (a.turn ?? 0) || compareTiles(a, b);
}

/** As one reads. */
function compareTiles(a: Tile, b: Tile): number {
  return a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
