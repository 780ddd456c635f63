import { type Cell, isNumeric } from './cell.ts';
import type { ChartProblem, ChartRequest } from './chart-picture.ts';
import { filterRows } from './filter-rows.ts';
import type { Aggregation, ChartType, Column } from './schema.ts';
import { cellsOf, columnIndex, type Table } from './table.ts';

/** A column of the table with its parsed cells. */
export interface ColumnCells {
  readonly column: Column;
  readonly cells: readonly Cell[];
}

/** One measure: what is added up for each row that counts. */
export interface Measure {
  readonly id: string;
  readonly label: string;
  readonly color: string | null;
  readonly axis: 'left' | 'right';
  readonly agg: Aggregation;
  /** The row's number; null leaves the row out. */
  value(row: number): number | null;
}

/** A request whose columns are all there. */
export interface Resolved {
  readonly type: ChartType;
  readonly table: Table;
  /** Indexes of the rows that pass the filters. */
  readonly rows: readonly number[];
  readonly x: ColumnCells | null;
  readonly group: ColumnCells | null;
  readonly measures: readonly Measure[];
  readonly request: ChartRequest;
  readonly maxPoints: number;
}

export function problem(
  problem: ChartProblem['problem'],
  detail: string,
  column: string | null = null,
): ChartProblem {
  return { kind: 'problem', problem, detail, column };
}

export function resolveRequest(request: ChartRequest): Resolved | ChartProblem {
  const { type, mapping, table } = request;
  if (table === null) return problem('no-dataset', 'The data of this chart is not there.');
  const wanted = [mapping.x, mapping.group, ...mapping.y.map(({ field }) => field)];
  for (const name of wanted) {
    if (name !== null && columnIndex(table, name) === -1) {
      return problem('missing-column', `The dataset has no column "${name}".`, name);
    }
  }
  const x = take(table, mapping.x);
  if (x === null && type !== 'number' && type !== 'table' && type !== 'histogram') {
    return problem('no-columns', 'Choose a column for the horizontal axis.');
  }
  const measures = mapping.y.map((series): Measure => {
    const { column, cells } = take(table, series.field)!;
    const agg = series.agg ?? mapping.agg;
    return {
      id: series.id,
      label: series.label ?? labelOf(column),
      color: series.color,
      axis: series.axis,
      agg,
      value: agg === 'count' ? (row) => (cells[row] === null ? null : 1) : (row) => numberOf(cells[row]),
    };
  });
  if (type !== 'table') {
    for (const [index, { field }] of mapping.y.entries()) {
      const { column } = take(table, field)!;
      if (measures[index]!.agg !== 'count' && !isNumeric(column.type)) {
        return problem(
          'not-a-number',
          `"${field}" holds no numbers: count it, or choose another column.`,
          field,
        );
      }
    }
    if (measures.length === 0) measures.push(countRows);
  }
  const rows = filterRows(table, request.filters ?? []);
  if (rows.length === 0 && type !== 'table' && type !== 'number') {
    return problem(
      'no-rows',
      table.rows.length === 0 ? 'The dataset has no rows.' : 'No row passes the filters.',
    );
  }
  const maxPoints = Math.max(3, request.maxPoints ?? 1000);
  return { type, table, rows, x, group: take(table, mapping.group), measures, request, maxPoints };
}

/** Without a measure a chart counts rows. */
const countRows: Measure = {
  id: 'rows',
  label: 'Rows',
  color: null,
  axis: 'left',
  agg: 'count',
  value: () => 1,
};

export function take(table: Table, name: string | null): ColumnCells | null {
  const index = name === null ? -1 : columnIndex(table, name);
  return index === -1 ? null : { column: table.columns[index]!, cells: cellsOf(table, index) };
}

function labelOf(column: Column & { readonly label?: string }): string {
  return column.label ?? column.name;
}

function numberOf(cell: Cell | undefined): number | null {
  return typeof cell === 'number' ? cell : null;
}

/** A number that can be drawn; sums can overflow. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

export function isBucket<T extends string>(value: unknown, known: readonly T[]): value is T {
  return known.some((bucket) => bucket === value);
}
