import { addGroup, moveGroup, removeGroup } from '@tidemark/documents/estimate';
import { open } from './edit.ts';
import { type Grid, goTo, say } from './grid.ts';
import { chooseLines, linesOf } from './line-acts.ts';
import { sectionKey } from './sheet.ts';

/** What is done with sections, from keys and menus. */

/** Takes the lines of a section out of sight on this screen, or shows them. */
export function collapse(grid: Grid, key: string, hide: boolean): void {
  const { collapsed } = grid.store.get();
  if (collapsed.has(key) === hide) return;
  const next = new Set(collapsed);
  if (hide) next.add(key);
  else next.delete(key);
  grid.store.set({ collapsed: next });
}

export function collapseAll(grid: Grid, hide: boolean): void {
  const { sections } = grid.reader.view();
  grid.store.set({
    collapsed: new Set(hide ? sections.map(({ group }) => sectionKey(group?.id ?? null)) : []),
  });
}

/** A new section, after another one or last, opened to be named. */
export function beginSection(grid: Grid, after: string | null = null): void {
  const { groups } = grid.reader.view();
  const at = groups.findIndex(({ id }) => id === after);
  const id = grid.mayChange()
    ? addGroup(grid.editor, '', at === -1 ? null : (groups[at + 1]?.id ?? null))
    : null;
  if (id === null) return;
  goTo(grid, sectionKey(id), 'name');
  open(grid);
}

export function renameSection(grid: Grid, key: string): void {
  goTo(grid, key, 'name');
  open(grid);
}

export function mayMoveSection(grid: Grid, id: string, direction: 'up' | 'down'): boolean {
  const { groups } = grid.reader.view();
  const at = groups.findIndex((group) => group.id === id);
  return at !== -1 && (direction === 'up' ? at > 0 : at < groups.length - 1);
}

export function moveSection(grid: Grid, id: string, direction: 'up' | 'down'): void {
  const { groups } = grid.reader.view();
  const at = groups.findIndex((group) => group.id === id);
  const before = groups[direction === 'up' ? at - 1 : at + 2]?.id ?? null;
  if (!mayMoveSection(grid, id, direction) || !moveGroup(grid.editor, id, before)) return;
  goTo(grid, sectionKey(id), 'name');
  say(grid, 'Section moved.');
}

export function removeSection(grid: Grid, id: string): void {
  const count = linesOf(grid, id).length;
  if (removeGroup(grid.editor, id))
    say(grid, `Section removed with ${count} ${count === 1 ? 'line' : 'lines'}.`);
}

export function chooseSection(grid: Grid, key: string, group: string | null): void {
  collapse(grid, key, false);
  chooseLines(
    grid,
    linesOf(grid, group).map(({ id }) => id),
  );
}
