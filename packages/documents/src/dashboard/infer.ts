import { isEmptyCell, parseBoolean } from './cell.ts';
import { type DateOrder, numericSeparator, parseDate } from './parse-date.ts';
import { type ParsedNumber, parseNumber } from './parse-number.ts';
import type { Column, ColumnFormat, ColumnType } from './schema.ts';

export interface InferredColumn extends Column {
  /** Cells of the sample that hold nothing. */
  readonly empty: number;
  /** Cells of the sample that do not fit the type. */
  readonly unreadable: number;
  /** Different values in the sample. */
  readonly distinct: number;
  /** Dates whose day and month could be either way round: ask. */
  readonly ambiguous: boolean;
}

/** Share of the filled cells that must fit a type; the rest is reported as unreadable. */
const enough = 0.95;
const mostCategories = 50;
const smallTable = 30;
const idName = /(^|[\s_.-])(id|uuid|guid|key|code|sku|zip|postcode|plz)$/i;

/**
 * Types of columns from a sample of raw rows (header left out). `delimiter` breaks the tie of "1.234": files
 * separated by semicolons come from places that write a decimal comma.
 */
export function inferColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  delimiter = ',',
): InferredColumn[] {
  return uniqueNames(header).map((name, index) => {
    const cells = rows.map((row) => (row[index] ?? '').trim());
    return inferColumn(name, cells, delimiter);
  });
}

/** Column names as they stand, blank ones named by position, repeated ones numbered: names are references. */
export function uniqueNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((raw, index) => {
    const base =
      raw
        .replace(/^\uFEFF/, '')
        .trim()
        .slice(0, 500) || `Column ${index + 1}`;
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
    taken.add(name);
    return name;
  });
}

function inferColumn(name: string, cells: readonly string[], delimiter: string): InferredColumn {
  const filled = cells.filter((cell) => !isEmptyCell(cell));
  const distinct = new Set(filled).size;
  const done = (type: ColumnType, format: ColumnFormat = {}, fitting = filled.length, ambiguous = false) => ({
    name,
    type,
    format,
    empty: cells.length - filled.length,
    unreadable: filled.length - fitting,
    distinct,
    ambiguous,
  });
  const fits = (count: number) => count > 0 && count >= filled.length * enough;

  if (filled.length === 0) return done('text');
  if (filled.some((cell) => /^0\d+$/.test(cell))) return done('id');

  const booleans = filled.filter((cell) => parseBoolean(cell) !== null).length;
  if (fits(booleans)) return done('boolean', {}, booleans);

  const date = inferDate(filled);
  if (date !== null && fits(date.fitting))
    return done('date', { order: date.order }, date.fitting, date.ambiguous);

  const { numbers, decimal } = inferNumbers(filled, delimiter);
  if (fits(numbers.length)) {
    const type = numberType(numbers);
    if (type !== null) {
      const tooLong = filled.some((cell) => /^\d{16,}$/.test(cell));
      const named = idName.test(name) && type === 'integer' && distinct === filled.length;
      if (tooLong || named) return done('id');
      const currency = numbers.find((number) => number.currency !== null)?.currency ?? null;
      const format = { decimal, ...(type === 'currency' && currency !== null ? { currency } : {}) };
      return done(type, format, numbers.length);
    }
  }
  return done(textType(name, filled, distinct));
}

/** null: percent and plain numbers are mixed, which can't be one measure. */
function numberType(numbers: readonly ParsedNumber[]): ColumnType | null {
  const percents = numbers.filter(({ percent }) => percent).length;
  if (percents === numbers.length) return 'percent';
  if (percents > 0) return null;
  if (numbers.some(({ currency }) => currency !== null)) return 'currency';
  return numbers.every(({ fraction, value }) => !fraction && Number.isSafeInteger(value))
    ? 'integer'
    : 'decimal';
}

function textType(name: string, filled: readonly string[], distinct: number): ColumnType {
  const count = filled.length;
  const few = Math.max(count * 0.05, Math.min(20, count / 2));
  if (distinct <= mostCategories && distinct <= few) return 'category';
  const length = filled.reduce((sum, cell) => sum + cell.length, 0) / count;
  if (distinct === count && (idName.test(name) || codeLike(filled))) return 'id';
  if (count <= smallTable && length <= 40) return 'category';
  return 'text';
}

/** Unique strings without spaces and with digits, all of one length: UUIDs, hashes, article numbers. */
function codeLike(filled: readonly string[]): boolean {
  const length = filled[0]!.length;
  return (
    filled.length > 1 && filled.every((cell) => cell.length === length && /\d/.test(cell) && !/\s/.test(cell))
  );
}

function inferNumbers(
  filled: readonly string[],
  delimiter: string,
): { numbers: readonly ParsedNumber[]; decimal: '.' | ',' } {
  const read = (decimal: '.' | ',') => filled.flatMap((cell) => parseNumber(cell, decimal) ?? []);
  const point = read('.');
  const comma = read(',');
  if (point.length !== comma.length) {
    return point.length > comma.length ? { numbers: point, decimal: '.' } : { numbers: comma, decimal: ',' };
  }
  const marked = filled.some((cell) => cell.includes(',') || cell.includes('.'));
  return delimiter === ';' && marked ? { numbers: comma, decimal: ',' } : { numbers: point, decimal: '.' };
}

function inferDate(
  filled: readonly string[],
): { order: DateOrder; fitting: number; ambiguous: boolean } | null {
  const count = (order: DateOrder) => filled.filter((cell) => parseDate(cell, order) !== null).length;
  const ymd = count('ymd');
  if (ymd === filled.length) return { order: 'ymd', fitting: ymd, ambiguous: false };
  const separator = filled.map(numericSeparator).find((found) => found !== null) ?? null;
  if (separator === null) return ymd === 0 ? null : { order: 'ymd', fitting: ymd, ambiguous: false };
  const dmy = count('dmy');
  const mdy = count('mdy');
  if (dmy !== mdy) {
    return { order: dmy > mdy ? 'dmy' : 'mdy', fitting: Math.max(dmy, mdy), ambiguous: false };
  }
  if (dmy === 0) return null;
  // Points between the parts are written only where the day comes first.
  return separator === '.'
    ? { order: 'dmy', fitting: dmy, ambiguous: false }
    : { order: 'mdy', fitting: mdy, ambiguous: true };
}
