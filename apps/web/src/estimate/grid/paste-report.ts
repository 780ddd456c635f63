import { type ColumnName, columnOf } from './columns.ts';

/** Something that was not taken. */
export interface PasteIssue {
  /** Row of what was pasted, from 1; null: all of it. */
  readonly row: number | null;
  /** The line whose cell was left as it is. */
  readonly line: string | null;
  readonly column: ColumnName | null;
  readonly text: string;
  readonly problem: string;
}

/** What became of a block that was pasted, where something of it was not taken. */
export interface PasteReport {
  readonly cells: number;
  readonly added: number;
  /** Lines that were cut and now stand elsewhere. */
  readonly moved?: number;
  readonly issues: readonly PasteIssue[];
}

/** "40 cells pasted, 2 lines added. 3 things were left out." */
export function reportWords({ cells, added, moved = 0, issues }: PasteReport): string {
  const count = (many: number, one: string) => `${many} ${one}${many === 1 ? '' : 's'}`;
  const done = [
    cells > 0 ? `${count(cells, 'cell')} pasted` : null,
    moved > 0 ? `${count(moved, 'line')} moved` : null,
    added > 0 ? `${count(added, 'line')} added` : null,
  ].filter((part) => part !== null);
  const left = issues.filter(({ text }) => text !== '').length;
  const head = done.length === 0 ? 'Nothing was pasted.' : `${done.join(', ')}.`;
  return left === 0
    ? head
    : `${head} ${count(left, 'cell')} could not be read and ${left === 1 ? 'was' : 'were'} left out.`;
}

/** Where an issue stands: "Row 3, Quantity". */
export function issuePlace({ row, column }: PasteIssue): string {
  const words = [row === null ? null : `Row ${row}`, column === null ? null : columnOf(column).label];
  return words.filter((word) => word !== null).join(', ');
}
