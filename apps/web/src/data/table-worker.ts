import {
  type ChartData,
  type ChartRequest,
  type Column,
  chartData,
  type DatasetColumn,
  type InferredColumn,
  inferColumns,
  type Suggestion,
  suggestCharts,
} from '@tidemark/documents/dashboard';
import * as Comlink from 'comlink';
import { NotATable, type ParsedTable, parseTable } from './parse-table.ts';

/** How a file looked at its first reading. */
export type Inspection =
  | {
      readonly encoding: string;
      readonly delimiter: string;
      readonly rows: number;
      readonly columns: readonly InferredColumn[];
    }
  | { readonly wrong: string };

/** Rows the inference looks at: the first ones and as many others, spread evenly. */
const sampleRows = 1000;
/** Values offered for a filter. */
const mostValues = 500;

const tables = new Map<string, ParsedTable>();

function sampleOf(rows: ParsedTable['rows']): ParsedTable['rows'] {
  if (rows.length <= 2 * sampleRows) return rows;
  const rest = rows.slice(sampleRows);
  const step = rest.length / sampleRows;
  return [
    ...rows.slice(0, sampleRows),
    ...Array.from({ length: sampleRows }, (_, index) => rest[Math.floor(index * step)]!),
  ];
}

/** Tables live here, off the main thread; the screen gets ready-to-draw data only. */
const api = {
  has: (key: string): boolean => tables.has(key),

  load(key: string, bytes: Uint8Array, known: { encoding?: string; delimiter?: string }): void {
    tables.set(key, parseTable(bytes, known));
  },

  inspect(key: string, bytes: Uint8Array): Inspection {
    try {
      const table = parseTable(bytes);
      tables.set(key, table);
      const { encoding, delimiter, header, rows } = table;
      return {
        encoding,
        delimiter,
        rows: rows.length,
        columns: inferColumns(header, sampleOf(rows), delimiter),
      };
    } catch (error) {
      if (error instanceof NotATable) return { wrong: error.message };
      throw error;
    }
  },

  chart(key: string, columns: readonly Column[], request: Omit<ChartRequest, 'table'>): ChartData {
    const table = tables.get(key);
    return chartData({ ...request, table: table ? { columns, rows: table.rows } : null });
  },

  /** Charts that suit the table, by the types its columns have now. */
  suggest(key: string, columns: readonly DatasetColumn[]): Suggestion[] {
    const rows = sampleOf(tables.get(key)?.rows ?? []);
    const facts = columns.map((column, index) => ({
      ...column,
      distinct: new Set(rows.map((row) => row[index]?.trim() ?? '').filter(Boolean)).size,
    }));
    return suggestCharts(facts, rows.length);
  },

  /** Different texts of one column, the most frequent first. */
  values(key: string, column: number): string[] {
    const counts = new Map<string, number>();
    for (const row of tables.get(key)?.rows ?? []) {
      const cell = row[column]?.trim() ?? '';
      if (cell) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    return [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, mostValues)
      .map(([text]) => text);
  },
};

export type TableWorker = typeof api;

Comlink.expose(api);
