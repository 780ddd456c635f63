/** The grid's measures in pixels: how grid units become pixels and back. */
export interface Geometry {
  readonly width: number;
  readonly columns: number;
  readonly rowHeight: number;
  readonly gap: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Width of one column, pixels, the gap left out. */
export function columnWidth({ width, columns, gap }: Geometry): number {
  return (width - gap * (columns - 1)) / columns;
}

/** Where a tile of grid units stands, pixels from the grid's top left. */
export function boxOf(
  geometry: Geometry,
  tile: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
): Box {
  const column = columnWidth(geometry);
  const { rowHeight, gap } = geometry;
  return {
    left: tile.x * (column + gap),
    top: tile.y * (rowHeight + gap),
    width: tile.w * column + (tile.w - 1) * gap,
    height: tile.h * rowHeight + (tile.h - 1) * gap,
  };
}
