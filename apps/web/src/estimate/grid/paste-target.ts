import type { LinePlace } from '@tidemark/documents/estimate';
import type { ColumnName } from './columns.ts';
import type { Grid } from './grid.ts';
import { linesOf } from './line-acts.ts';
import { chosenColumns, chosenLines, isBlock, type Selection } from './selection.ts';
import { rowAt } from './sheet.ts';

/** Where a block goes. */
export interface PasteTarget {
  /** Lines that are written over, from the first. */
  readonly lines: readonly string[];
  /** From the first that is written; the sheet's own, `amount` among them. */
  readonly columns: readonly ColumnName[];
  /** The block is repeated until it fills what is chosen. */
  readonly tiled: boolean;
  /** Where lines are made beyond the last. */
  readonly place: LinePlace;
}

export interface BlockSize {
  readonly rows: number;
  readonly columns: number;
  /** What the columns are, where the block was copied in an estimate. */
  readonly names: readonly ColumnName[] | null;
}

/**
 * Where whole lines go: below the last that is chosen. On a head they come first in its section, where a line is begun last in it, and
 * where a section is begun last of all. `moving` are no neighbours. Null: nothing is chosen.
 */
export function linesPlace(
  grid: Grid,
  moving: ReadonlySet<string> = new Set(),
): { readonly group: string | null; readonly before: string | null } | null {
  const { selection } = grid.store.get();
  const sheet = grid.sheet();
  const row = selection && rowAt(sheet, selection.active.row);
  if (selection === null || row === null) return null;
  if (row.type === 'add-section')
    return { group: grid.reader.view().sections.at(-1)?.group?.id ?? null, before: null };
  const last = chosenLines(selection, sheet).at(-1);
  const group = last?.group ?? row.group;
  if (last === undefined && row.type !== 'section') return { group, before: null };
  const home = linesOf(grid, group);
  const at = last === undefined ? -1 : home.findIndex(({ id }) => id === last.key);
  return { group, before: home.slice(at + 1).find(({ id }) => !moving.has(id))?.id ?? null };
}

/** From the first cell that is chosen, down to the end of its section; null: nothing of lines is chosen. */
export function targetOf(grid: Grid, size: BlockSize): PasteTarget | null {
  const { rows, columns: width } = size;
  const { selection } = grid.store.get();
  const sheet = grid.sheet();
  if (selection === null) return null;
  const chosen = chosenLines(selection, sheet);
  const [first] = chosen;
  if (first === undefined) return emptyTarget(grid, selection, size);
  const columns = columnsFrom(selection, sheet.columns, chosenColumns(selection, sheet), width);
  const inBlock = isBlock(selection);
  const named = selection.whole ? columns.slice(0, width) : chosenColumns(selection, sheet);
  const repeats = chosen.length % rows === 0 && named.length % width === 0;
  if (inBlock && repeats && (chosen.length > rows || named.length > width)) {
    return {
      lines: chosen.map(({ key }) => key),
      columns: named,
      tiled: true,
      place: { group: first.group },
    };
  }
  const lines = linesOf(grid, first.group).map(({ id }) => id);
  const from = lines.indexOf(first.key);
  return { lines: lines.slice(from, from + rows), columns, tiled: false, place: { group: first.group } };
}

function columnsFrom(
  { whole, active }: Selection,
  all: readonly ColumnName[],
  chosen: readonly ColumnName[],
  width: number,
): readonly ColumnName[] {
  // One column of values on whole rows goes where the active cell is.
  if (whole) return width === 1 ? [active.column] : all;
  const [first] = chosen;
  return first === undefined ? all : all.slice(all.indexOf(first));
}

/** On the head of a section and where a line is begun, everything becomes lines at the end of that section. */
function emptyTarget(grid: Grid, { active }: Selection, { names }: BlockSize): PasteTarget | null {
  const sheet = grid.sheet();
  const row = rowAt(sheet, active.row);
  if (row === null || row.type === 'line' || row.type === 'add-section') return null;
  // Rows that are no lines are one cell: a block from elsewhere begins at the description there.
  const columns = names ?? sheet.columns.slice(Math.max(0, sheet.columns.indexOf('name')));
  return {
    lines: [],
    columns,
    tiled: false,
    place: { group: row.group },
  };
}
