import { typesText } from '../../history/compare/type-words.tsx';
import { lineName } from './cell-text.ts';
import { type Grid, goTo, say } from './grid.ts';
import { type Row, sectionKey, sheetOf } from './sheet.ts';

/** Chooses the next row that differs, or the one before, in folded sections too; from the last one it goes on with the first. */
export function stepToChange(grid: Grid, by: 1 | -1): void {
  const { changes, selection, collapsed } = grid.store.get();
  if (changes === null) return;
  const { columns } = grid.sheet();
  const { rows } = sheetOf(grid.reader.view().sections, {
    columns,
    collapsed: new Set(),
    mayChange: false,
    gone: changes.gone,
  });
  const differs = ({ key }: Row) => (changes.rows.get(key)?.types.length ?? 0) > 0;
  const found = rows.filter(differs);
  const at = rows.findIndex(({ key }) => key === selection?.active.row);
  const next =
    by > 0
      ? (rows.slice(at + 1).find(differs) ?? found[0])
      : (rows.slice(0, Math.max(0, at)).findLast(differs) ?? found.at(-1));
  if (next === undefined) return;
  const home = sectionKey('group' in next ? next.group : null);
  if (next.type === 'line' && collapsed.has(home)) {
    grid.store.set({ collapsed: new Set([...collapsed].filter((key) => key !== home)) });
  }
  goTo(grid, next.key, selection?.active.column ?? 'name');
  const change = changes.rows.get(next.key);
  const words = change === undefined || change.fields.length === 0 ? '' : `: ${change.fields.join('; ')}`;
  say(
    grid,
    `${found.indexOf(next) + 1} of ${found.length}, ${nameOf(next)}, ${typesText(change?.types ?? []).toLowerCase()}${words}`,
  );
}

function nameOf(row: Row): string {
  if (row.type === 'line') return lineName(row.line, row.number);
  return row.type === 'section' ? row.section.group?.name || 'Untitled section' : '';
}
