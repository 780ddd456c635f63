import type { CellWrite, LineView } from '@tidemark/documents/estimate';
import { editText, readCell } from './cell-read.ts';
import { type ColumnName, isWritten, type WrittenColumn } from './columns.ts';
import { write } from './edit.ts';
import { choose, type Grid, say } from './grid.ts';
import { blockOf, chosenColumns, chosenLines, type LineRow, type Selection } from './selection.ts';

/** Filling: what stands in some cells goes into those beside them, as one step. */

/** Ctrl+D and Ctrl+R: the first line, or column, of the block into the rest of it; of one alone, the one before it. */
export function fillFrom(grid: Grid, selection: Selection, direction: 'down' | 'right'): boolean {
  if (!grid.mayChange()) return false;
  const sheet = grid.sheet();
  const lines = chosenLines(selection, sheet);
  const columns = chosenColumns(selection, sheet);
  const [first, ...rest] = lines;
  if (first === undefined) return false;
  if (direction === 'down') {
    const source = rest.length > 0 ? first : lineAbove(grid, first);
    return source !== null && fill(grid, [source], rest.length > 0 ? rest : [first], columns, columns);
  }
  const [left, ...others] = columns;
  if (left === undefined) return false;
  const before = sheet.columns[sheet.columns.indexOf(left) - 1];
  const source = others.length > 0 ? left : before;
  return source !== undefined && fill(grid, null, lines, [source], others.length > 0 ? others : [left]);
}

function lineAbove(grid: Grid, { key }: LineRow): LineRow | null {
  const { rows, indexes } = grid.sheet();
  const above = rows.slice(0, indexes.get(key) ?? 0).findLast(({ type }) => type === 'line');
  return above?.type === 'line' ? above : null;
}

/** How far the fill handle was drawn: to a row or a column beyond the block, indexes of the sheet. */
export type Reach =
  | { readonly along: 'rows'; readonly to: number }
  | { readonly along: 'columns'; readonly to: number };

/** The way that a pointer at a row and a column draws the block out; null: it is still in it. */
export function reachOf(grid: Grid, selection: Selection, row: number, column: number): Reach | null {
  const block = blockOf(selection, grid.sheet());
  if (block === null) return null;
  const down = row > block.bottom ? row - block.bottom : Math.min(0, row - block.top);
  const across = column > block.right ? column - block.right : Math.min(0, column - block.left);
  if (down === 0 && across === 0) return null;
  return down !== 0 ? { along: 'rows', to: row } : { along: 'columns', to: column };
}

/** Repeats the block up to where the handle was let go, and chooses all of it. */
export function fillTo(grid: Grid, selection: Selection, reach: Reach): boolean {
  const sheet = grid.sheet();
  const block = blockOf(selection, sheet);
  if (block === null || !grid.mayChange()) return false;
  const { top, bottom, left, right } = block;
  const next =
    reach.along === 'rows'
      ? { ...block, top: Math.min(top, reach.to), bottom: Math.max(bottom, reach.to) }
      : { ...block, left: Math.min(left, reach.to), right: Math.max(right, reach.to) };
  const isLine = (row: (typeof sheet.rows)[number]): row is LineRow => row.type === 'line';
  const lines = sheet.rows.slice(top, bottom + 1).filter(isLine);
  const columns = sheet.columns.slice(left, right + 1);
  const from = { row: sheet.rows[next.top]?.key, column: sheet.columns[next.left] };
  const to = { row: sheet.rows[next.bottom]?.key, column: sheet.columns[next.right] };
  const done =
    reach.along === 'rows'
      ? fill(
          grid,
          reach.to < top ? lines.toReversed() : lines,
          reach.to < top
            ? sheet.rows.slice(next.top, top).filter(isLine).toReversed()
            : sheet.rows.slice(bottom + 1, next.bottom + 1).filter(isLine),
          columns,
          columns,
        )
      : fill(
          grid,
          null,
          lines,
          reach.to < left ? columns.toReversed() : columns,
          reach.to < left
            ? sheet.columns.slice(next.left, left).toReversed()
            : sheet.columns.slice(right + 1, next.right + 1),
        );
  if (from.row === undefined || from.column === undefined) return done;
  if (to.row === undefined || to.column === undefined) return done;
  const anchor = { row: from.row, column: from.column };
  choose(grid, { ...selection, anchor, lead: { row: to.row, column: to.column } }, selection.active);
  return done;
}

/** `sources` repeat down the targets, their columns across theirs. Null: each line from itself. */
function fill(
  grid: Grid,
  sources: readonly LineRow[] | null,
  targets: readonly LineRow[],
  from: readonly ColumnName[],
  into: readonly ColumnName[],
): boolean {
  const cells: CellWrite[] = [];
  targets.forEach((target, at) => {
    const source = sources === null ? target : sources[at % sources.length];
    into.forEach((column, j) => {
      const origin = from[j % from.length];
      if (source === undefined || origin === undefined || !isWritten(column) || !isWritten(origin)) return;
      const held = heldFor(source.line, origin, column);
      if (held !== null) cells.push({ id: target.line.id, column, ...held });
    });
  });
  if (!write(grid, cells, 'Fill')) return false;
  say(grid, cells.length === 1 ? 'Cell filled.' : `${cells.length} cells filled.`);
  return true;
}

/** What a cell holds, for the same column of another line; what another column can't hold is left out. */
function heldFor(line: LineView, from: WrittenColumn, into: WrittenColumn) {
  if (from === into) return { value: line[from], calc: line.calc[from] ?? null };
  const read = readCell(into, editText(line, from), undefined, ['en']);
  return 'problem' in read ? null : read;
}
