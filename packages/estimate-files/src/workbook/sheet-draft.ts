import type { Cell, CellValue, WriteSheet } from 'hucre/xlsx';
import { type Look, styleOf } from './styles.ts';

/** A worksheet that is being put together, cell by cell. Rows and columns count from 0. */
export interface SheetDraft {
  text(row: number, column: number, text: string, look?: Look): void;
  /** Nothing for null. */
  number(row: number, column: number, value: number | null, format: string, look?: Look): void;
  /** `value` is what it comes to, for programs that only show. */
  formula(row: number, column: number, formula: string, value: number | string, format: string, look?: Look): void;
  /** Looks of cells that hold nothing. */
  fill(row: number, from: number, to: number, look: Look): void;
  height(row: number, points: number): void;
  finish(): Pick<WriteSheet, 'name' | 'rows' | 'cells' | 'rowDefs'>;
}

/** What a cell of Excel holds at most. */
export const cellLength = 32_000;

export function draftSheet(name: string): SheetDraft {
  const cells = new Map<string, Partial<Cell>>();
  const rowDefs = new Map<number, { height: number }>();
  const put = (row: number, column: number, cell: Partial<Cell>) => cells.set(`${row},${column}`, cell);
  return {
    text(row, column, text, look = 'text') {
      const value: CellValue = text === '' ? null : plain(text);
      put(row, column, { value, style: styleOf(look) });
    },
    number(row, column, value, format, look = 'number') {
      put(row, column, { value, style: styleOf(look, format) });
    },
    formula(row, column, formula, value, format, look = 'number') {
      put(row, column, { value, formula, formulaResult: value, style: styleOf(look, format) });
    },
    fill(row, from, to, look) {
      for (let column = from; column <= to; column += 1) {
        if (!cells.has(`${row},${column}`)) put(row, column, { value: null, style: styleOf(look) });
      }
    },
    height: (row, points) => rowDefs.set(row, { height: points }),
    finish: () => ({ name, rows: [], cells, rowDefs }),
  };
}

/** As XML can hold it; what looks like an escape of the format is escaped itself. */
function plain(text: string): string {
  return text
    .slice(0, cellLength)
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, '_x005F_x$1_');
}

/** `A1`, from a row and a column that count from 0. */
export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (column % 26));
}
