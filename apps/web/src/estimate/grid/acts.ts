import { isEmptyCell } from './cell-text.ts';
import { widthOf, withWidth } from './column-layout.ts';
import { columnOf, isWritten } from './columns.ts';
import { giveUpCut } from './cut.ts';
import { cancel, commit, commitBlock, heldValue, mayWrite, open, without, write } from './edit.ts';
import { fillFrom } from './fill.ts';
import { choose, type Grid, lineOf, say } from './grid.ts';
import { placeKey } from './grid-store.ts';
import type { EditAct, KeyAct } from './keys.ts';
import { insertLine, moveChosen, removeChosen } from './line-acts.ts';
import { advance, move, type Surroundings } from './moves.ts';
import { collapse, moveSection, removeSection } from './section-acts.ts';
import { chosenColumns, chosenLines, isBlock, type Selection, select, selectAll } from './selection.ts';
import { rowAt } from './sheet.ts';

/** Does what a key asks for while no cell is open. False leaves the key to the browser. */
export function act(grid: Grid, what: KeyAct): boolean {
  const { selection } = grid.store.get();
  if (selection === null) return false;
  switch (what.act) {
    case 'move':
      if (!what.reach && what.move.by === 'step' && folds(grid, selection, what.move.direction)) return true;
      show(grid, move(selection, what.move, what.reach, surroundings(grid)), what.reach);
      return true;
    case 'advance':
      return goOn(grid, selection, what.key, what.back);
    case 'edit':
      open(grid);
      return true;
    case 'clear':
      clear(grid, selection);
      return true;
    case 'fill-block':
      fillBlock(grid, selection);
      return true;
    case 'fill':
      fillFrom(grid, selection, what.direction);
      return true;
    case 'escape':
      return giveUp(grid, selection);
    case 'press':
      return pressRow(grid, selection);
    case 'select-all':
      grid.store.set({ selection: selectAll(grid.sheet(), selection) });
      return true;
    case 'select-rows':
      grid.store.set({ selection: { ...selection, whole: true } });
      return true;
    case 'select-columns':
      selectColumns(grid, selection);
      return true;
    case 'insert-line':
      insertLine(grid, 'above');
      return true;
    case 'remove-lines': {
      const group = headOf(grid, selection);
      if (group === null) removeChosen(grid);
      else removeSection(grid, group);
      return true;
    }
    case 'move-lines': {
      const group = headOf(grid, selection);
      if (group === null) moveChosen(grid, what.direction);
      else moveSection(grid, group, what.direction);
      return true;
    }
    case 'widen':
      widen(grid, selection, what.by);
      return true;
    case 'undo':
    case 'redo': {
      const label = grid.undo[what.act]();
      if (label === null) say(grid, what.act === 'undo' ? 'Nothing to undo.' : 'Nothing to redo.');
      else say(grid, `${what.act === 'undo' ? 'Undone' : 'Redone'}: ${label}.`);
      return true;
    }
    // Where it opens is known to the screen alone.
    case 'menu':
      return false;
  }
}

/** Does what a key asks for in an open cell; choosing among suggestions is the field's own. */
export function editStep(grid: Grid, what: Exclude<EditAct, { act: 'choose' }>): void {
  if (what.act === 'cancel') cancel(grid);
  else if (what.act === 'commit-block') commitBlock(grid);
  else commit(grid, what.onward);
}

function show(grid: Grid, next: Selection, reach: boolean): void {
  choose(grid, next, reach ? next.lead : next.active);
}

export function surroundings(grid: Grid): Surroundings {
  return {
    sheet: grid.sheet(),
    page: grid.page,
    isEmpty(row, column) {
      const line = lineOf(grid, row);
      return line === null || isEmptyCell(line, column);
    },
  };
}

/** The section whose head alone is chosen. */
function headOf(grid: Grid, selection: Selection): string | null {
  const row = rowAt(grid.sheet(), selection.active.row);
  return row?.type === 'section' && !isBlock(selection) ? row.group : null;
}

/** Left and right fold and unfold a section whose head is active. */
function folds(grid: Grid, selection: Selection, direction: string): boolean {
  const row = rowAt(grid.sheet(), selection.active.row);
  if (row?.type !== 'section' || (direction !== 'left' && direction !== 'right')) return false;
  collapse(grid, row.key, direction === 'left');
  return true;
}

function pressRow(grid: Grid, selection: Selection): boolean {
  const row = rowAt(grid.sheet(), selection.active.row);
  if (row === null || row.type === 'line') return false;
  if (row.type === 'section') collapse(grid, row.key, !grid.store.get().collapsed.has(row.key));
  else open(grid);
  return true;
}

function goOn(grid: Grid, selection: Selection, key: 'tab' | 'enter', back: boolean): boolean {
  const row = rowAt(grid.sheet(), selection.active.row);
  if (key === 'enter' && !back && !isBlock(selection) && row !== null && row.type !== 'line') {
    if (open(grid)) return true;
  }
  const next = advance(selection, key, back, grid.sheet());
  if (next === null) return false;
  choose(grid, next);
  return true;
}

function clear(grid: Grid, selection: Selection): void {
  const lines = chosenLines(selection, grid.sheet());
  const columns = chosenColumns(selection, grid.sheet()).filter(isWritten);
  if (!grid.mayChange() || lines.length === 0) return;
  const { refused } = grid.store.get();
  if (refused.size > 0) {
    const chosen = new Set(
      lines.flatMap(({ key }) => columns.map((column) => placeKey({ row: key, column }))),
    );
    grid.store.set({ refused: new Map([...refused].filter(([key]) => !chosen.has(key))) });
  }
  const cells = lines.flatMap(({ line }) =>
    columns
      .filter((column) => column !== 'kind' || !selection.whole)
      .map((column) => ({ id: line.id, column, value: null, calc: null })),
  );
  const only = columns.length === 1 ? columns[0] : undefined;
  const name = only === undefined ? 'cells' : columnOf(only).label.toLowerCase();
  if (write(grid, cells, `Clear ${name}`) && cells.length > 1) say(grid, `${cells.length} cells cleared.`);
}

/** Ctrl+Enter: what the active cell holds goes into all that are chosen in its column. */
function fillBlock(grid: Grid, selection: Selection): void {
  const { row, column } = selection.active;
  if (!mayWrite(grid, selection.active) || !isWritten(column)) return;
  const value = heldValue(grid, row, column);
  const lines = chosenLines(selection, grid.sheet());
  if (value === null || lines.length < 2) return;
  const cells = lines.map(({ line }) => ({ id: line.id, column, ...value }));
  write(grid, cells, `Fill ${columnOf(column).label.toLowerCase()}`);
}

/** Gives up text that could not be read; then what is cut; then the block; then lets Tab out of the grid. */
function giveUp(grid: Grid, selection: Selection): boolean {
  const { refused } = grid.store.get();
  if (refused.has(placeKey(selection.active))) {
    grid.store.set({ refused: without(refused, selection.active) });
    return true;
  }
  if (giveUpCut(grid)) return true;
  if (isBlock(selection)) {
    grid.store.set({ selection: select(selection.active) });
    return true;
  }
  return false;
}

function selectColumns(grid: Grid, selection: Selection): void {
  const lines = grid.sheet().rows.filter(({ type }) => type === 'line');
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  const { active, anchor, lead } = selection;
  const next: Selection = {
    ...select(active),
    anchor: { ...anchor, row: first.key },
    lead: { ...lead, row: last.key },
  };
  grid.store.set({ selection: next });
}

function widen(grid: Grid, { active: { column } }: Selection, by: number): void {
  const { layout } = grid.store.get();
  const next = withWidth(layout, column, widthOf(layout, column) + by);
  grid.store.set({ layout: next });
  say(grid, `${columnOf(column).label}: ${widthOf(next, column)} pixels.`);
}
