import { chosenColumns, chosenLines, isBlock, type Selection } from './selection.ts';
import type { Sheet } from './sheet.ts';

/** What the chosen cells come to, as spreadsheets say it below the sheet. */
export interface Summary {
  readonly words: string;
  /** Money, ten-thousandths; null where adding up would mean nothing. */
  readonly sum: number | null;
  /** Millionths, where quantities of one unit are chosen. */
  readonly quantity: number | null;
}

/** Null while only one cell is chosen. */
export function summaryOf(
  selection: Selection,
  sheet: Sheet,
  amounts: ReadonlyMap<string, number>,
): Summary | null {
  if (!isBlock(selection)) return null;
  const lines = chosenLines(selection, sheet).flatMap(({ line, number }) => (number === 0 ? [] : [line]));
  if (lines.length === 0) return null;
  const columns = chosenColumns(selection, sheet);
  const words = `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`;
  if (columns.length === 1 && columns[0] === 'qty') {
    const alike = lines.every(({ unit }) => unit === lines[0]?.unit);
    return { words, sum: null, quantity: alike ? lines.reduce((sum, { qty }) => sum + qty, 0) : null };
  }
  const counts = columns.includes('amount');
  const sum = counts ? lines.reduce((total, { id }) => total + (amounts.get(id) ?? 0), 0) : null;
  return { words, sum, quantity: null };
}
