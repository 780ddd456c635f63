import { type ColumnName, isWritten } from './columns.ts';
import { blockOf, columnIndex, extend, isBlock, type Place, type Selection, select } from './selection.ts';
import type { Sheet } from './sheet.ts';

/** Where keys lead. Pure: a sheet and a selection in, a selection out. */

export type Direction = 'up' | 'down' | 'left' | 'right';
export type Move =
  /** One cell on. */
  | { readonly by: 'step'; readonly direction: Direction }
  /** To the edge of what is filled in, as Ctrl with an arrow does. */
  | { readonly by: 'jump'; readonly direction: Direction }
  | { readonly by: 'page'; readonly direction: 'up' | 'down' }
  /** To the first or last column of the row. */
  | { readonly by: 'row-edge'; readonly direction: 'left' | 'right' }
  /** To the first or last cell of all. */
  | { readonly by: 'end'; readonly direction: 'up' | 'down' };

export interface Surroundings {
  readonly sheet: Sheet;
  /** Rows that a page has. */
  readonly page: number;
  /** Whether a line has nothing in a column. */
  isEmpty(row: string, column: ColumnName): boolean;
}

const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);

/** Where a move leads from a place. */
export function target(from: Place, move: Move, around: Surroundings): Place {
  const { sheet } = around;
  const row = sheet.indexes.get(from.row) ?? 0;
  const column = columnIndex(sheet, from.column);
  const at = (r: number, c: number): Place => ({
    row: sheet.rows[clamp(r, sheet.rows.length - 1)]?.key ?? from.row,
    column: sheet.columns[clamp(c, sheet.columns.length - 1)] ?? from.column,
  });
  switch (move.by) {
    case 'step': {
      const [down, right] = steps[move.direction];
      return at(row + down, column + right);
    }
    case 'page':
      return at(row + (move.direction === 'down' ? around.page : -around.page), column);
    case 'row-edge':
      return at(row, move.direction === 'left' ? 0 : sheet.columns.length - 1);
    case 'end':
      return move.direction === 'up' ? at(0, 0) : at(sheet.rows.length - 1, sheet.columns.length - 1);
    case 'jump': {
      const [down, right] = steps[move.direction];
      const filled = (r: number, c: number) => {
        const key = sheet.rows[r]?.key;
        const name = sheet.columns[c];
        return key !== undefined && name !== undefined && !around.isEmpty(key, name);
      };
      const end = right === 0 ? sheet.rows.length - 1 : sheet.columns.length - 1;
      const [start, step] = right === 0 ? [row, down] : [column, right];
      const on = (index: number) => (right === 0 ? filled(index, column) : filled(row, index));
      const landed = jump(start, step, end, on);
      return right === 0 ? at(landed, column) : at(row, landed);
    }
  }
}

const steps: Record<Direction, readonly [down: number, right: number]> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
};

/** From inside of what is filled to its edge; from its edge or from nothing to the next that is filled, or to the end. */
function jump(start: number, step: number, end: number, filled: (index: number) => boolean): number {
  const last = step > 0 ? end : 0;
  if (start === last) return start;
  let index = start + step;
  if (filled(start) && filled(index)) {
    while (index !== last && filled(index + step)) index += step;
    return index;
  }
  while (index !== last && !filled(index)) index += step;
  return index;
}

/** Arrows and their like: the selection becomes one cell, or with `reach` its block is drawn out. */
export function move(selection: Selection, by: Move, reach: boolean, around: Surroundings): Selection {
  if (reach) return extend(selection, target(selection.lead, by, around));
  return select(target(selection.active, by, around));
}

/** Tab and Enter. In a block they go round in it; null when Tab would leave the grid. */
export function advance(
  selection: Selection,
  key: 'tab' | 'enter',
  back: boolean,
  sheet: Sheet,
): Selection | null {
  const block = isBlock(selection) && selection.apart.size === 0 ? blockOf(selection, sheet) : null;
  const step = back ? -1 : 1;
  const row = sheet.indexes.get(selection.active.row) ?? 0;
  const column = columnIndex(sheet, selection.active.column);
  if (block !== null) {
    const lines = Array.from({ length: block.bottom - block.top + 1 }, (_, at) => block.top + at).filter(
      (index) => sheet.rows[index]?.type === 'line',
    );
    if (lines.length > 0)
      return { ...selection, active: around(lines, block, row, column, key, step, sheet) };
  }
  if (key === 'enter') {
    const home = selection.home ?? selection.active.column;
    const next = sheet.rows[clamp(row + step, sheet.rows.length - 1)];
    return next ? select({ row: next.key, column: home }) : selection;
  }
  return tab(selection, row, column, step, sheet);
}

/** The next cell of a block: Tab row by row, Enter column by column. */
function around(
  lines: readonly number[],
  block: { left: number; right: number },
  row: number,
  column: number,
  key: 'tab' | 'enter',
  step: number,
  sheet: Sheet,
): Place {
  const width = block.right - block.left + 1;
  const line = Math.max(0, lines.indexOf(row));
  const across = clamp(column - block.left, width - 1);
  const count = lines.length * width;
  const place = key === 'tab' ? line * width + across : across * lines.length + line;
  const next = (place + step + count) % count;
  const [nextLine, nextAcross] =
    key === 'tab'
      ? [Math.floor(next / width), next % width]
      : [next % lines.length, Math.floor(next / lines.length)];
  return { row: sheet.rows[lines[nextLine]!]!.key, column: sheet.columns[block.left + nextAcross]! };
}

/** The next cell that can be written; rows that are not lines are one stop. Null beyond the first and the last. */
function tab(
  selection: Selection,
  row: number,
  column: number,
  step: number,
  sheet: Sheet,
): Selection | null {
  const home = selection.home ?? selection.active.column;
  const width = sheet.columns.length;
  let at = row;
  let across = column;
  while (true) {
    const here = sheet.rows[at];
    across = here?.type === 'line' ? across + step : step > 0 ? width : -1;
    if (across < 0 || across >= width) {
      at += step;
      const next = sheet.rows[at];
      if (next === undefined) return null;
      if (next.type !== 'line') {
        return { ...select({ row: next.key, column: selection.active.column }), home: null };
      }
      across = step > 0 ? 0 : width - 1;
    }
    const name = sheet.columns[across]!;
    // A run that has come to another row begins anew there.
    if (isWritten(name))
      return { ...select({ row: sheet.rows[at]!.key, column: name }), home: at === row ? home : name };
  }
}
