import { type LinePlace, moveGroup, moveLines } from '@tidemark/documents/estimate';
import { standThere } from './cut.ts';
import { choose, type Grid, say } from './grid.ts';
import { linesOf } from './line-acts.ts';
import { select } from './selection.ts';
import { rowAt, type Sheet, sectionKey } from './sheet.ts';

/** Lines or a section in somebody's hand, and where they would fall. */

export type Dragged =
  | { readonly type: 'lines'; readonly ids: readonly string[] }
  | { readonly type: 'section'; readonly id: string };

export interface Drop {
  /** Where a line goes; of a section, `before` is the section that it goes before. */
  readonly place: LinePlace;
  /** The row at whose upper edge it is marked: an index of the sheet. */
  readonly mark: number;
}

/** Where it falls when it is let go at a row: `lower` in the lower half of it. Null: nowhere. */
export function dropAt(grid: Grid, dragged: Dragged, index: number, lower: boolean): Drop | null {
  const sheet = grid.sheet();
  const at = Math.min(Math.max(index, 0), sheet.rows.length - 1);
  return dragged.type === 'lines'
    ? lineDrop(grid, sheet, new Set(dragged.ids), at, lower)
    : sectionDrop(grid, sheet, at, lower);
}

function lineDrop(
  grid: Grid,
  sheet: Sheet,
  ids: ReadonlySet<string>,
  index: number,
  lower: boolean,
): Drop | null {
  const row = sheet.rows[index];
  if (row === undefined) return null;
  if (row.type === 'add-section') {
    const above = sheet.rows[index - 1];
    return above === undefined || above.type === 'add-section'
      ? null
      : { place: { group: above.group }, mark: index };
  }
  const lines = linesOf(grid, row.group);
  const folded = row.type === 'section' && sheet.rows[index + 1]?.type !== 'line';
  const from =
    row.type === 'line'
      ? lines.findIndex(({ id }) => id === row.key) + (lower ? 1 : 0)
      : row.type === 'section' && !folded
        ? 0
        : lines.length;
  // Those in the hand are no neighbours.
  const before = lines.slice(from).find(({ id }) => !ids.has(id))?.id ?? null;
  const mark = row.type === 'section' || (row.type === 'line' && lower) ? index + 1 : index;
  return { place: { group: row.group, before }, mark };
}

/** Before the section that lies there, or behind it in its lower half. */
function sectionDrop(grid: Grid, sheet: Sheet, index: number, lower: boolean): Drop | null {
  const { groups } = grid.reader.view();
  const row = sheet.rows[index];
  const group = row === undefined || row.type === 'add-section' ? null : row.group;
  const at = groups.findIndex(({ id }) => id === group);
  const next = at === -1 ? null : groups[at + 1];
  const top = at === -1 ? null : (sheet.indexes.get(sectionKey(group)) ?? null);
  const endRow = next ? sheet.indexes.get(sectionKey(next.id)) : endOfGroups(sheet);
  if (endRow === undefined) return null;
  const middle = top === null ? -1 : (top + endRow - 1) / 2;
  const behind = top === null || index > middle || (index === middle && lower);
  if (behind) return { place: { group: next?.id ?? null }, mark: endRow };
  return { place: { group }, mark: top };
}

/** Behind the last section: lines without one, and the place for the next, come after. */
function endOfGroups(sheet: Sheet): number {
  return sheet.indexes.get(sectionKey(null)) ?? sheet.rows.length - 1;
}

/** Lets it fall. What others have taken away meanwhile stays away, the rest is moved. */
export function drop(grid: Grid, dragged: Dragged, place: LinePlace): boolean {
  if (!grid.mayChange()) {
    say(grid, 'Nothing was moved: the estimate can’t be changed now.');
    return false;
  }
  return dragged.type === 'section'
    ? dropSection(grid, dragged.id, place.group)
    : dropLines(grid, dragged.ids, place);
}

function dropLines(grid: Grid, dragged: readonly string[], { group, before = null }: LinePlace): boolean {
  const { lines, groups } = grid.reader.view();
  const ids = dragged.filter((id) => lines.has(id));
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) {
    say(grid, 'Nothing was moved: somebody removed what you were moving.');
    return false;
  }
  if (standThere(grid, ids, group, before) || !moveLines(grid.editor, ids, group, before)) return false;
  if (rowAt(grid.sheet(), first) !== null) {
    const column = grid.store.get().selection?.active.column ?? 'name';
    choose(grid, { ...select({ row: first, column }), lead: { row: last, column }, whole: true });
  }
  const section = groups.find(({ id }) => id === group)?.name || 'the last section';
  const where = before === null ? 'last' : `before ${lines.get(before)?.name || 'a line'}`;
  say(grid, `${ids.length === 1 ? 'Line' : `${ids.length} lines`} moved to ${section}, ${where}.`);
  return true;
}

function dropSection(grid: Grid, id: string, before: string | null): boolean {
  const { groups } = grid.reader.view();
  const name = groups.find((group) => group.id === id)?.name || 'Section';
  const after = groups[groups.findIndex((group) => group.id === id) + 1]?.id ?? null;
  if (before === id || before === after || !moveGroup(grid.editor, id, before)) return false;
  const next = groups.find((group) => group.id === before);
  say(grid, `${name} moved ${next ? `before ${next.name || 'a section'}` : 'to the end'}.`);
  return true;
}
