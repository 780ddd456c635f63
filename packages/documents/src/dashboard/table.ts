import { type Cell, parseCell } from './cell.ts';
import type { Column } from './schema.ts';

/** A dataset's rows as they stand in the file, header left out. Short rows lack their last cells. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const parsed = new WeakMap<Table['rows'], Map<string, readonly Cell[]>>();

/** All cells of a column, parsed once per type and format however many charts ask. */
export function cellsOf(table: Table, index: number): readonly Cell[] {
  const column = table.columns[index]!;
  const known = parsed.get(table.rows) ?? new Map<string, readonly Cell[]>();
  parsed.set(table.rows, known);
  const key = JSON.stringify([index, column.type, column.format]);
  let cells = known.get(key);
  if (cells === undefined) {
    cells = table.rows.map((row) => parseCell(column, row[index]));
    known.set(key, cells);
  }
  return cells;
}

export function columnIndex(table: Table, name: string): number {
  return table.columns.findIndex((column) => column.name === name);
}
