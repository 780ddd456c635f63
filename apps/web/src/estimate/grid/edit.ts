import { addGroup, addLines, type CellWrite, renameGroup, setCells } from '@tidemark/documents/estimate';
import { editText, readCell } from './cell-read.ts';
import { columnOf, isWritten, type WrittenColumn } from './columns.ts';
import { choose, currencyOf, type Grid, goTo, lineOf } from './grid.ts';
import { placeKey, type Refused } from './grid-store.ts';
import { advance, type Direction, target } from './moves.ts';
import { chosenColumns, chosenLines, type Place, select } from './selection.ts';
import { addLineKey, rowAt } from './sheet.ts';

/** Opening a cell, writing it, giving it up. */

/** Whether a place can be written by this person now. */
export function mayWrite(grid: Grid, { row, column }: Place): boolean {
  if (!grid.mayChange()) return false;
  const found = rowAt(grid.sheet(), row);
  if (found?.type === 'line') return isWritten(column);
  // Lines without a section have a head that is nobody's to name.
  return found !== null && (found.type !== 'section' || found.group !== null);
}

/** The text a place is opened with. */
export function textAt(grid: Grid, place: Place): string {
  const refused = grid.store.get().refused.get(placeKey(place));
  if (refused !== undefined) return refused.text;
  const row = rowAt(grid.sheet(), place.row);
  if (row?.type === 'section') return row.section.group?.name ?? '';
  if (row?.type !== 'line' || !isWritten(place.column)) return '';
  return editText(row.line, place.column);
}

/** Opens the active cell as it is, or says why it can't be. */
export function open(grid: Grid): boolean {
  const { selection, editing } = grid.store.get();
  if (selection === null || editing !== null) return false;
  const place = selection.active;
  if (!mayWrite(grid, place)) return false;
  const begin = textAt(grid, place);
  grid.store.draft = begin;
  grid.store.reveal = place;
  grid.store.set({ editing: { place, over: false, begin }, problem: null });
  return true;
}

/** The browser has put letters into the active cell's field: it is open now. */
export function typed(grid: Grid, text: string): void {
  const { selection, editing, problem } = grid.store.get();
  grid.store.draft = text;
  if (editing !== null) {
    if (problem !== null) grid.store.set({ problem: null });
    return;
  }
  if (selection === null || !mayWrite(grid, selection.active)) return;
  grid.store.set({ editing: { place: selection.active, over: true, begin: null }, problem: null });
}

export function cancel(grid: Grid): void {
  const { editing, refused } = grid.store.get();
  if (editing === null) return;
  grid.store.set({ editing: null, problem: null, refused: without(refused, editing.place) });
}

export type Onward = { readonly key: 'tab' | 'enter'; readonly back: boolean } | Direction | 'stay';

/**
 * Writes the open cell and goes on. What can't be read is not written: the cell stays open with the reason, or, when
 * somebody has gone on by the pointer (`stay`), keeps the text and is marked.
 */
export function commit(grid: Grid, onward: Onward): boolean {
  const { editing, refused } = grid.store.get();
  if (editing === null) return true;
  const { place } = editing;
  const text = grid.store.draft;
  const row = rowAt(grid.sheet(), place.row);
  const close = { editing: null, problem: null, refused: without(refused, place) };
  if (row?.type === 'add-line' || row?.type === 'add-section') {
    grid.store.set(close);
    return row.type === 'add-line'
      ? finishLine(grid, row.group, text, onward)
      : finishSection(grid, text, onward);
  }
  if (row?.type === 'section') {
    grid.store.set(close);
    if (row.group !== null) renameGroup(grid.editor, row.group, text.trim());
    proceed(grid, place, onward);
    return true;
  }
  if (row?.type !== 'line' || !isWritten(place.column)) return false;
  if (text !== editing.begin) {
    const read = readCell(place.column, text, currencyOf(grid));
    if ('problem' in read) {
      if (onward === 'stay')
        grid.store.set({ ...close, refused: withRefused(refused, place, { text, problem: read.problem }) });
      else grid.store.set({ problem: read.problem });
      return false;
    }
    write(grid, [{ id: row.line.id, column: place.column, ...read }]);
  } else if (refused.has(placeKey(place)) && onward === 'stay') {
    // Opened and left as it was: what could not be read is still not read.
    grid.store.set({ editing: null, problem: null });
    return false;
  } else if (refused.has(placeKey(place))) {
    grid.store.set({ problem: refused.get(placeKey(place))?.problem ?? null });
    return false;
  }
  grid.store.set(close);
  proceed(grid, place, onward);
  return true;
}

/** Writes what is typed into all lines that are chosen, in the open cell's column. */
export function commitBlock(grid: Grid): boolean {
  const { editing, selection, refused } = grid.store.get();
  if (editing === null || selection === null) return false;
  const { column } = editing.place;
  const lines = chosenLines(selection, grid.sheet());
  if (lines.length < 2 || !isWritten(column)) return commit(grid, 'stay');
  const columns = chosenColumns(selection, grid.sheet()).filter(isWritten);
  const cells: CellWrite[] = [];
  for (const name of selection.whole ? [column] : columns) {
    const read = readCell(name, grid.store.draft, currencyOf(grid));
    if ('problem' in read) {
      grid.store.set({ problem: `${columnOf(name).label}: ${read.problem}` });
      return false;
    }
    for (const { line } of lines) cells.push({ id: line.id, column: name, ...read });
  }
  write(grid, cells);
  grid.store.set({ editing: null, problem: null, refused: without(refused, editing.place) });
  return true;
}

/** Cells of one step; its label names the column when there is only one. */
export function write(grid: Grid, cells: readonly CellWrite[], label?: string): boolean {
  const names = new Set(cells.map(({ column }) => column));
  const [first] = names;
  const column = names.size === 1 && first !== undefined ? labelOf(first) : 'cells';
  return setCells(grid.editor, cells, label ?? `Change ${column}`);
}

function labelOf(column: CellWrite['column']): string {
  if (column === 'optional') return 'optional';
  return column === 'item' ? 'price' : columnOf(column).label.toLowerCase();
}

/** A line begun at the end of its section: Enter comes back to begin the next one, Tab goes on in it. */
function finishLine(grid: Grid, group: string | null, text: string, onward: Onward): boolean {
  const name = text.trim();
  if (name === '') return true;
  const [id] = addLines(grid.editor, { group }, [{ name }]) ?? [];
  if (id === undefined) return false;
  if (typeof onward === 'object' && onward.key === 'tab' && !onward.back) goOn(grid, id);
  else if (onward !== 'stay') goTo(grid, addLineKey(group), 'name');
  return true;
}

/** To the first cell after the description, in a run that began there. */
function goOn(grid: Grid, id: string): void {
  const sheet = grid.sheet();
  const next = advance(select({ row: id, column: 'name' }), 'tab', false, sheet);
  choose(grid, next ?? select({ row: id, column: 'name' }));
}

function finishSection(grid: Grid, text: string, onward: Onward): boolean {
  const name = text.trim();
  if (name === '') return true;
  const id = addGroup(grid.editor, name);
  if (id === null) return false;
  if (onward !== 'stay') goTo(grid, addLineKey(id), 'name');
  return true;
}

function proceed(grid: Grid, from: Place, onward: Onward): void {
  if (onward === 'stay') return;
  const { selection } = grid.store.get();
  const sheet = grid.sheet();
  const base = selection?.active.row === from.row ? selection : select(from);
  if (typeof onward === 'object') {
    const next = advance(base, onward.key, onward.back, sheet);
    if (next !== null) choose(grid, next);
    return;
  }
  const around = { sheet, page: grid.page, isEmpty: () => false };
  choose(grid, select(target(from, { by: 'step', direction: onward }, around)));
}

export function without(refused: ReadonlyMap<string, Refused>, place: Place): ReadonlyMap<string, Refused> {
  if (!refused.has(placeKey(place))) return refused;
  const rest = new Map(refused);
  rest.delete(placeKey(place));
  return rest;
}

function withRefused(
  refused: ReadonlyMap<string, Refused>,
  place: Place,
  entry: Refused,
): ReadonlyMap<string, Refused> {
  return new Map(refused).set(placeKey(place), entry);
}

/** The value a line has in a column, to be written into others. */
export function heldValue(
  grid: Grid,
  id: string,
  column: WrittenColumn,
): Pick<CellWrite, 'value' | 'calc'> | null {
  const line = lineOf(grid, id);
  return line === null ? null : { value: line[column], calc: line.calc[column] ?? null };
}
