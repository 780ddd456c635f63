import type { Done } from '@tidemark/documents/records';
import { isColumnName } from './columns.ts';
import { choose, type Grid, goTo } from './grid.ts';
import type { LostEdit } from './grid-store.ts';
import { select, settle } from './selection.ts';
import { rowAt, type Sheet, sectionKey } from './sheet.ts';

/** How the grid keeps up with what happens to the document. */

/** Where undo and redo lead: to the first thing they changed that is in the grid. */
export function followUndo(grid: Grid, { type, changes }: Done): void {
  if (type === 'command') return;
  const { lines, groups } = grid.reader.view();
  for (const { collection, id, register } of changes) {
    if (collection === 'lines' && lines.has(id)) {
      const name = register.replace(/^calc:/, '');
      const column = isColumnName(name) ? name : (grid.store.get().selection?.active.column ?? 'name');
      showLine(grid, id, column);
      return;
    }
    if (collection === 'groups' && groups.some((group) => group.id === id)) {
      goTo(grid, sectionKey(id), 'name');
      return;
    }
  }
}

/** The row in which a line or a section shows: its own, or that of the folded section it stands in. Null when it is gone. */
export function rowShowing(grid: Grid, id: string): string | null {
  const { indexes } = grid.sheet();
  if (indexes.has(id)) return id;
  const home = grid.reader
    .view()
    .sections.find(({ group, lines }) => group?.id === id || lines.some((line) => line.id === id));
  return home === undefined ? null : sectionKey(home.group?.id ?? null);
}

/** Chooses a line and brings it into sight, in a section that is folded too. */
export function showLine(
  grid: Grid,
  id: string,
  column = grid.store.get().selection?.active.column ?? 'name',
): void {
  if (rowAt(grid.sheet(), id) === null) {
    const home = grid.reader.view().sections.find(({ lines }) => lines.some((line) => line.id === id));
    if (home === undefined) return;
    const collapsed = new Set(grid.store.get().collapsed);
    collapsed.delete(sectionKey(home.group?.id ?? null));
    grid.store.set({ collapsed });
  }
  goTo(grid, id, column);
}

/**
 * After every change of the sheet: what is chosen stays on its rows or goes to those now in their place, and a cell
 * that was open on a row that is gone, or in an estimate that can't be written any more, gives its text back.
 */
export function keepUp(grid: Grid, before: Sheet, now: Sheet): void {
  const { selection, editing, refused } = grid.store.get();
  const view = grid.reader.view();
  if (editing !== null) {
    const { row } = editing.place;
    const here = rowAt(now, row);
    if (here === null && view.lines.has(row)) {
      // Somebody moved it into a section that is folded here.
      showLine(grid, row, editing.place.column);
      return;
    }
    const gone = here === null && !row.startsWith('+');
    if (gone || !grid.mayChange()) {
      const text = grid.store.draft;
      const why = gone && grid.mayChange() ? 'removed' : grid.whyNot();
      const { remover } = grid.store;
      const by = remover?.row === row ? remover.name : null;
      const kept: LostEdit | null = text === (editing.begin ?? '') ? null : { text, why, by };
      grid.store.set({ editing: null, problem: null, lost: kept ?? grid.store.get().lost });
    }
  }
  const standing = [...refused].filter(([key]) => view.lines.has(key.slice(0, key.indexOf(' '))));
  if (standing.length !== refused.size) grid.store.set({ refused: new Map(standing) });
  const next = selection === null ? first(now) : settle(selection, before, now);
  if (next !== selection) {
    if (selection === null || next === null) grid.store.set({ selection: next });
    else choose(grid, next);
  }
}

function first(sheet: Sheet) {
  const row = sheet.rows.find(({ type }) => type === 'line') ?? sheet.rows[0];
  const column = sheet.columns.find((name) => name === 'name');
  return row === undefined || column === undefined ? null : select({ row: row.key, column });
}
