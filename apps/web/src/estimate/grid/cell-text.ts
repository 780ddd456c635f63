import type { LineView } from '@tidemark/documents/estimate';
import type { Format } from '../format.ts';
import { lineKindWords } from '../kind-words.ts';
import type { ColumnName, WrittenColumn } from './columns.ts';

/** What cells say: as they are shown, and as they are opened to be changed. */

const moneyDigits = 4;
const quantityDigits = 6;
/** Rates are basis points: hundredths of a per cent. */
const rateDigits = 2;

/** `-12.34` for -123400 at four digits: exact, no needless zeros, a point. */
export function plainDecimal(value: number, digits: number): string {
  const sign = value < 0 ? '-' : '';
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  const decimals = text.slice(text.length - digits).replace(/0+$/, '');
  return `${sign}${text.slice(0, text.length - digits)}${decimals === '' ? '' : `.${decimals}`}`;
}

/** A cell as it is shown. `amount` is what the line comes to. */
export function shownText(line: LineView, column: ColumnName, amount: number, format: Format): string {
  switch (column) {
    case 'qty':
      return format.quantity(line.qty);
    case 'unitCost':
      return format.unitCost(line.unitCost);
    case 'wasteBp':
      return line.wasteBp === 0 ? '' : format.rate(line.wasteBp);
    case 'kind':
      return lineKindWords[line.kind];
    case 'amount':
      return format.amount(amount);
    default:
      return line[column];
  }
}

/** The same value in a form that reads back to it, with nothing left out. Zero is nothing typed yet. */
export function plainText(line: LineView, column: WrittenColumn): string {
  switch (column) {
    case 'qty':
      return line.qty === 0 ? '' : plainDecimal(line.qty, quantityDigits);
    case 'unitCost':
      return line.unitCost === 0 ? '' : plainDecimal(line.unitCost, moneyDigits);
    case 'wasteBp':
      return line.wasteBp === 0 ? '' : `${plainDecimal(line.wasteBp, rateDigits)}%`;
    case 'kind':
      return lineKindWords[line.kind];
    default:
      return line[column];
  }
}

/** Whether a line holds nothing in a column: what Ctrl with an arrow passes over. */
export function isEmptyCell(line: LineView, column: ColumnName): boolean {
  if (column === 'kind' || column === 'amount') return false;
  const value = line[column];
  return value === '' || value === 0;
}

/** What a line is called where it is spoken of. */
export function lineName(line: LineView, number: number): string {
  return line.name || line.code || (number === 0 ? 'A line' : `Line ${number}`);
}
