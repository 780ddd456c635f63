import type { Cell, CellValue, WriteSheet } from 'hucre/xlsx';
import { type Look, styleOf } from './styles.ts';

/** A worksheet that is being put together, cell by cell. Rows and columns count from 0. */
export interface SheetDraft {
  text(row: number, column: number, text: string, look?: Look): void;
  /** Nothing for null. */
  number(row: number, column: number, value: number | null, format: string, look?: Look): void;
  /** `value` is what it comes to, for programs that only show. */
  formula(
    row: number,
    column: number,
    formula: string,
    value: number | string,
    format: string,
    look?: Look,
  ): void;
  /** Looks of cells that hold nothing. */
  fill(row: number, from: number, to: number, look: Look): void;
  height(row: number, points: number): void;
  finish(): Pick<WriteSheet, 'name' | 'rows' | 'cells' | 'rowDefs'>;
}

/** Points. */
const lineHeight = 13;
const padding = 5;

const isWrapped = (look: Look) => styleOf(look).alignment?.wrapText === true;

/** What a cell of Excel holds at most. */
export const cellLength = 32_000;

export function draftSheet(name: string, widths: readonly number[]): SheetDraft {
  const cells = new Map<string, Partial<Cell>>();
  const rowDefs = new Map<number, { height: number }>();
  /** Rows do not grow by themselves in every program. */
  const grow = (row: number, column: number, text: string) => {
    const width = 1.15 * Math.max(1, widths[column] ?? 10);
    const lines = text
      .split('\n')
      .reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / width)), 0);
    const height = Math.min(400, lineHeight * lines + padding);
    if (height > (rowDefs.get(row)?.height ?? 0)) rowDefs.set(row, { height });
  };
  const put = (row: number, column: number, cell: Partial<Cell>) => cells.set(`${row},${column}`, cell);
  return {
    text(row, column, text, look = 'text') {
      const value: CellValue = text === '' ? null : plain(text);
      put(row, column, { value, style: styleOf(look) });
      grow(row, column, isWrapped(look) ? text : '');
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
    .replaceAll(/[^\t\n\r\P{Cc}]|[\ufffe\uffff]/gu, '')
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
