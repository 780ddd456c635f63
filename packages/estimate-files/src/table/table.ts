/** A cell as files have it: a date is its ISO form. */
export type Cell = string | number | boolean | null;

export interface TableSheet {
  readonly name: string;
  /** Of different lengths; the first row is the sheet's first. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface Table {
  readonly kind: 'workbook' | 'text';
  /** What a text was read as; `utf-8` for a workbook. */
  readonly encoding: string;
  /** At least one, each with at least one row that holds something. */
  readonly sheets: readonly TableSheet[];
}

/** What a file may hold at most. */
export const tableLimits = { rows: 20_000, columns: 200, sheets: 30, unpackedBytes: 150 * 1024 * 1024 };

/** What a cell says, without blanks around it. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return plainNumber(cell);
  return String(cell).trim();
}

/** Without an exponent, to the 15 digits that a spreadsheet shows: 0.1 + 0.2 is 0.3. */
function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return '';
  const short = Number(value.toPrecision(15));
  const text = String(short);
  return text.includes('e') ? short.toFixed(12).replace(/\.?0+$/, '') : text;
}

export function isBlankRow(row: readonly Cell[]): boolean {
  return row.every((cell) => textOf(cell) === '');
}
