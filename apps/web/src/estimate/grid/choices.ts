import { type LineView, lineKinds } from '@tidemark/documents/estimate';
import { lineKindWords } from '../kind-words.ts';
import type { ColumnName } from './columns.ts';
import type { Grid } from './grid.ts';

/** What an open cell offers to choose from. */

/** Units that people count, measure and weigh in, while an estimate has none of its own. */
const usualUnits = ['ea', 'hr', 'day', 'lf', 'sf', 'sq', 'cy', 'ls', 'm', 'm²', 'm³', 'kg'];
const most = 8;

/** `query` is what was typed since the cell was opened; null: nothing. */
export function choicesOf(grid: Grid, column: ColumnName, query: string | null): readonly string[] {
  if (column === 'kind')
    return matching(
      lineKinds.map((kind) => lineKindWords[kind]),
      query,
    );
  if (column !== 'unit') return [];
  const units = [...new Set([...unitsOf(grid.reader.view().lines.values()), ...usualUnits])];
  const found = matching(units, query);
  // What stands there already is no suggestion.
  return (found.length === 1 && found[0] === query ? [] : found).slice(0, most);
}

function matching(choices: readonly string[], query: string | null): readonly string[] {
  const typed = (query ?? '').trim().toLowerCase();
  return choices.filter((choice) => choice.toLowerCase().startsWith(typed));
}

/** Those in use, the most used first. */
function unitsOf(lines: Iterable<LineView>): string[] {
  const counts = new Map<string, number>();
  for (const { unit } of lines) if (unit !== '') counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([unit]) => unit);
}
