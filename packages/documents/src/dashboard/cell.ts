import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';
import type { Column } from './schema.ts';

/** A cell as its column's type reads it. Dates are milliseconds since 1970. null: empty or unreadable. */
export type Cell = number | string | boolean | null;

const emptyWords = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', '-', '–', '—']);
const yes = new Set(['true', 'yes', 'y', 't', 'on', 'ja', 'oui', 'si', 'sí']);
const no = new Set(['false', 'no', 'n', 'f', 'off', 'nein', 'non']);

/** Whether people leave such a cell for "nothing known". */
export function isEmptyCell(raw: string): boolean {
  return raw.length <= 4 && emptyWords.has(raw.trim().toLowerCase());
}

/** Reads one raw cell under its column's type and format. Total: never throws. */
export function parseCell(column: Pick<Column, 'type' | 'format'>, raw: string | undefined): Cell {
  if (raw === undefined || isEmptyCell(raw)) return null;
  switch (column.type) {
    case 'integer':
    case 'decimal':
    case 'currency':
    case 'percent':
      return parseNumber(raw, column.format.decimal ?? '.')?.value ?? null;
    case 'date':
      return parseDate(raw, column.format.order ?? 'ymd');
    case 'boolean':
      return parseBoolean(raw);
    case 'category':
    case 'id':
    case 'text':
      return raw.trim();
  }
}

export function parseBoolean(raw: string): boolean | null {
  const word = raw.trim().toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}

export function isNumeric(type: Column['type']): boolean {
  return type === 'integer' || type === 'decimal' || type === 'currency' || type === 'percent';
}
