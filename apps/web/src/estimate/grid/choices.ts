import { type LineView, lineKinds } from '@tidemark/documents/estimate';
import { lineKindWords } from '../kind-words.ts';
import type { ColumnName } from './columns.ts';
import type { Grid } from './grid.ts';

/** What an open cell offers to choose from. */

export interface Choice {
  readonly key: string;
  /** What is written. */
  readonly text: string;
  /** What stands behind it, to tell it from others. */
  readonly note?: string;
  /** Where more is written than the text: writes all of it. */
  readonly take?: () => void;
}

/** Units that people count, measure and weigh in, while an estimate has none of its own. */
const usualUnits = ['ea', 'hr', 'day', 'lf', 'sf', 'sq', 'cy', 'ls', 'm', 'm²', 'm³', 'kg'];
const most = 8;

/** `query` is what was typed since the cell was opened; null: nothing. */
export function choicesOf(grid: Grid, column: ColumnName, query: string | null): readonly Choice[] {
  if (column === 'kind')
    return matching(
      lineKinds.map((kind) => lineKindWords[kind]),
      query,
    );
  if (column !== 'unit') return [];
  const units = [...new Set([...unitsOf(grid.reader.view().lines.values()), ...usualUnits])];
  const found = matching(units, query);
  // What stands there already is no suggestion.
  return (found.length === 1 && found[0]?.text === query ? [] : found).slice(0, most);
}

function matching(choices: readonly string[], query: string | null): readonly Choice[] {
  const typed = (query ?? '').trim().toLowerCase();
  const found = choices.filter((choice) => choice.toLowerCase().startsWith(typed));
  return found.map((text) => ({ key: text, text }));
}

/** Those in use, the most used first. */
function unitsOf(lines: Iterable<LineView>): string[] {
  const counts = new Map<string, number>();
  for (const { unit } of lines) if (unit !== '') counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([unit]) => unit);
}
