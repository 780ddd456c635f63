import type { Cell } from './cell.ts';
import type { ChartData } from './chart-picture.ts';
import { type Resolved, take } from './chart-request.ts';
import type { Column } from './schema.ts';

const defaultRows = 200;

/** Rows as they are: the chosen columns, or all; sorted by the first of them or by the first measure. */
export function tableData({ table, rows, request, x }: Resolved): ChartData {
  const { mapping } = request;
  const names = [mapping.x, mapping.group, ...mapping.y.map(({ field }) => field)].filter(
    (name) => name !== null,
  );
  const chosen = names.length === 0 ? table.columns.map(({ name }) => name) : [...new Set(names)];
  const columns = chosen.flatMap((name) => take(table, name) ?? []);
  const byX = mapping.sort.startsWith('x') ? x : null;
  const byValue = mapping.sort.startsWith('value') ? take(table, mapping.y[0]?.field ?? null) : null;
  const key = byX ?? byValue;
  const direction = mapping.sort.endsWith('desc') ? -1 : 1;
  const sorted =
    key === null
      ? rows
      : rows.toSorted((a, b) => compareCells(key.cells[a] ?? null, key.cells[b] ?? null, direction) || a - b);
  return {
    kind: 'table',
    columns: columns.map(({ column }): Column => column),
    rows: sorted
      .slice(0, mapping.limit ?? defaultRows)
      .map((row) => columns.map(({ cells }) => cells[row] ?? null)),
    total: rows.length,
  };
}

/** Empty cells stand last either way. */
function compareCells(a: Cell, b: Cell, direction: 1 | -1): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -direction : direction;
}
