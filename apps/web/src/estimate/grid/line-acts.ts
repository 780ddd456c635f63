import { addLines, duplicateLines, moveLines, removeLines } from '@tidemark/documents/estimate';
import { open, write } from './edit.ts';
import { choose, type Grid, goTo, say } from './grid.ts';
import { chosenLines, type LineRow, type Selection, select, selectRow } from './selection.ts';
import { rowAt } from './sheet.ts';

/** What is done with whole lines, from keys and menus. It applies to all that are chosen. */

export function chosenNow(grid: Grid): readonly LineRow[] {
  const { selection } = grid.store.get();
  return selection === null ? [] : chosenLines(selection, grid.sheet());
}

/** An empty line beside those that are chosen, in their section; then one writes into it. */
export function insertLine(grid: Grid, where: 'above' | 'below'): string | null {
  const chosen = chosenNow(grid);
  const edge = where === 'above' ? chosen[0] : chosen.at(-1);
  const place = edge ? besides(grid, edge, where) : endOfSection(grid);
  if (place === null || !grid.mayChange()) return null;
  const [id] = addLines(grid.editor, place, [{}]) ?? [];
  if (id === undefined) return null;
  goTo(grid, id, grid.store.get().selection?.active.column ?? 'name');
  say(grid, 'Line inserted.');
  return id;
}

function besides(grid: Grid, { line, group }: LineRow, where: 'above' | 'below') {
  if (where === 'above') return { group, before: line.id };
  const lines = linesOf(grid, group);
  return { group, before: lines[lines.findIndex(({ id }) => id === line.id) + 1]?.id ?? null };
}

function endOfSection(grid: Grid) {
  const { selection } = grid.store.get();
  const row = selection && rowAt(grid.sheet(), selection.active.row);
  return row && row.type !== 'add-section' ? { group: row.group } : null;
}

/** An empty line at the end of a section, opened to be named. */
export function beginLine(grid: Grid, group: string | null): void {
  if (!grid.mayChange()) return;
  const [id] = addLines(grid.editor, { group }, [{}]) ?? [];
  if (id === undefined) return;
  goTo(grid, id, 'name');
  open(grid);
}

export function linesOf(grid: Grid, group: string | null) {
  return grid.reader.view().sections.find((section) => (section.group?.id ?? null) === group)?.lines ?? [];
}

export function removeChosen(grid: Grid): boolean {
  const chosen = chosenNow(grid);
  if (
    chosen.length === 0 ||
    !removeLines(
      grid.editor,
      chosen.map(({ key }) => key),
    )
  )
    return false;
  say(grid, chosen.length === 1 ? 'Line removed.' : `${chosen.length} lines removed.`);
  return true;
}

export function duplicateChosen(grid: Grid): boolean {
  const copies =
    duplicateLines(
      grid.editor,
      chosenNow(grid).map(({ key }) => key),
    ) ?? [];
  if (copies.length === 0) return false;
  chooseLines(grid, copies);
  say(grid, copies.length === 1 ? 'Line duplicated.' : `${copies.length} lines duplicated.`);
  return true;
}

/** One place up or down among all lines: beyond the edge of a section lies the next one. */
export function moveChosen(grid: Grid, direction: 'up' | 'down'): boolean {
  const chosen = chosenNow(grid);
  const to = neighbourPlace(grid, chosen, direction);
  if (to === null || !grid.mayChange()) return false;
  return put(grid, chosen, to.group, to.before);
}

export function moveChosenTo(grid: Grid, group: string | null): boolean {
  return put(grid, chosenNow(grid), group, null);
}

/** Puts lines before another one, or last in a section; they stay chosen. */
export function put(
  grid: Grid,
  chosen: readonly LineRow[],
  group: string | null,
  before: string | null,
): boolean {
  const { selection } = grid.store.get();
  const ids = chosen.map(({ key }) => key);
  if (selection === null || ids.length === 0 || !moveLines(grid.editor, ids, group, before)) return false;
  choose(grid, selection);
  say(grid, ids.length === 1 ? 'Line moved.' : `${ids.length} lines moved.`);
  return true;
}

interface LinePlace {
  readonly group: string | null;
  readonly before: string | null;
}

function neighbourPlace(grid: Grid, chosen: readonly LineRow[], direction: 'up' | 'down'): LinePlace | null {
  const edge = direction === 'up' ? chosen[0] : chosen.at(-1);
  if (edge === undefined) return null;
  const { sections } = grid.reader.view();
  const at = sections.findIndex((section) => (section.group?.id ?? null) === edge.group);
  const lines = sections[at]?.lines ?? [];
  const place = lines.findIndex(({ id }) => id === edge.key);
  const beyond = sections[at + (direction === 'up' ? -1 : 1)];
  if (direction === 'up') {
    const above = lines[place - 1];
    if (above) return { group: edge.group, before: above.id };
    return beyond ? { group: beyond.group?.id ?? null, before: null } : null;
  }
  if (place + 1 < lines.length) return { group: edge.group, before: lines[place + 2]?.id ?? null };
  return beyond ? { group: beyond.group?.id ?? null, before: beyond.lines[0]?.id ?? null } : null;
}

export function setOptional(grid: Grid, optional: boolean): boolean {
  const cells = chosenNow(grid).map(({ key }) => ({
    id: key,
    column: 'optional' as const,
    value: optional || null,
  }));
  const many = cells.length === 1 ? 'line' : 'lines';
  if (!write(grid, cells, optional ? `Make ${many} optional` : `Count ${many} in the base`)) return false;
  say(grid, optional ? 'Optional.' : 'Not optional.');
  return true;
}

/** Chooses whole lines that follow each other. */
export function chooseLines(grid: Grid, ids: readonly string[]): void {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return;
  const column = grid.store.get().selection?.active.column ?? 'name';
  const next: Selection = { ...selectRow({ row: first, column }), lead: { row: last, column } };
  choose(grid, ids.length === 1 ? select(next.active) : next);
}
