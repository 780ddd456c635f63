import { isList, type Json } from '../records/json.ts';
import { type Cell, isNumeric, parseCell } from './cell.ts';
import type { Column, FilterOperator } from './schema.ts';
import { cellsOf, columnIndex, type Table } from './table.ts';
import type { FilterView } from './view.ts';

/** The part of a filter that decides on rows. */
export type RowFilter = Pick<FilterView, 'field' | 'op' | 'value' | 'enabled'>;

/** The dashboard's filters that bear on one chart. */
export function filtersFor(
  filters: readonly FilterView[],
  chart: { readonly id: string; readonly datasetId: string | null },
): FilterView[] {
  return filters.filter(
    ({ enabled, datasetId, charts }) =>
      enabled &&
      (datasetId === null || datasetId === chart.datasetId) &&
      (charts === null || charts.includes(chart.id)),
  );
}

/** Indexes of the rows that pass every filter. A filter on a column that the table lacks passes all rows. */
export function filterRows(table: Table, filters: readonly RowFilter[]): number[] {
  const tests = filters
    .filter(({ enabled }) => enabled)
    .flatMap((filter) => {
      const index = columnIndex(table, filter.field);
      if (index === -1) return [];
      const passes = testOf(table.columns[index]!, filter.op, filter.value);
      const cells = cellsOf(table, index);
      return passes === null ? [] : [(row: number) => passes(cells[row] ?? null)];
    });
  const rows: number[] = [];
  for (let row = 0; row < table.rows.length; row += 1) {
    if (tests.every((passes) => passes(row))) rows.push(row);
  }
  return rows;
}

/** null: the filter is not filled in far enough to decide anything. */
function testOf(column: Column, op: FilterOperator, value: Json): ((cell: Cell) => boolean) | null {
  switch (op) {
    case 'empty':
      return (cell) => cell === null;
    case 'not-empty':
      return (cell) => cell !== null;
    case 'contains': {
      const part = typeof value === 'string' ? value.trim().toLowerCase() : '';
      return part === '' ? null : (cell) => cell !== null && String(cell).toLowerCase().includes(part);
    }
    case 'is':
    case 'is-not': {
      const wanted = operand(column, value);
      if (wanted === null) return null;
      return op === 'is' ? (cell) => cell === wanted : (cell) => cell !== wanted;
    }
    case 'one-of': {
      const wanted = new Set((isList(value) ? value : []).map((item) => operand(column, item)));
      wanted.delete(null);
      return wanted.size === 0 ? null : (cell) => wanted.has(cell);
    }
    case 'at-least':
      return range(operand(column, value), null);
    case 'at-most':
      return range(null, operand(column, value));
    case 'between': {
      const [low = null, high = null] = isList(value) ? value : [];
      return range(operand(column, low), operand(column, high));
    }
  }
}

/** A filter's value in the column's own terms: dates and numbers may be written as text. */
function operand(column: Column, value: Json): Cell {
  if (typeof value === 'number')
    return isNumeric(column.type) || column.type === 'date' ? value : String(value);
  if (typeof value === 'boolean') return column.type === 'boolean' ? value : String(value);
  if (typeof value !== 'string') return null;
  // What a person types is ISO or written as in the file.
  const own = parseCell(column, value);
  if (own !== null || column.type !== 'date') return own;
  return parseCell({ type: 'date', format: { order: 'ymd' } }, value);
}

function range(low: Cell, high: Cell): ((cell: Cell) => boolean) | null {
  if (low === null && high === null) return null;
  return (cell) =>
    cell !== null &&
    (low === null || (typeof cell === typeof low && cell >= low)) &&
    (high === null || (typeof cell === typeof high && cell <= high));
}
