import { type Money, parseAmount, parseQuantity, parseRate } from '@tidemark/estimating';
import type { Field, Mapping } from './fields.ts';
import { decimalMark, looksLikeDate } from './numbers.ts';
import { type Cell, textOf } from './table.ts';

/** A number of a cell in the document's units, and what had to be done to it. */
export type ReadNumber =
  /** `dash`: a dash stands there, as ledgers write nothing. */
  | { readonly is: 'none'; readonly dash: boolean }
  | { readonly is: 'number'; readonly value: number; readonly rounded: boolean }
  | { readonly is: 'unreadable'; readonly text: string; readonly why: string };

export interface NumberReader {
  qty(row: readonly Cell[]): ReadNumber;
  unitCost(row: readonly Cell[]): ReadNumber;
  amount(row: readonly Cell[]): ReadNumber;
  waste(row: readonly Cell[]): ReadNumber;
  /** Whether waste stands as a share (0.1) and not in percent (10). */
  readonly wasteIsShare: boolean;
}

type Parse = (text: string, locale: string) => { readonly value: Money } | { readonly problem: string };

/** Reads the numbers of a sheet; which mark its decimals have is seen in the column as a whole. Amounts that say another currency are none. */
export function numberReader(
  rows: readonly (readonly Cell[])[],
  { columns }: Mapping,
  currency: string,
): NumberReader {
  const parseMoney: Parse = (text, locale) => parseAmount(text, locale, currency);
  const columnOf = (field: Field) => columns.indexOf(field);
  const texts = (column: number) =>
    rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column]] : []));
  const localeOf = (column: number) => (decimalMark(texts(column)) === ',' ? 'de' : 'en');
  const reader = (field: Field, parse: Parse, digits: number) => {
    const column = columnOf(field);
    const locale = column === -1 ? 'en' : localeOf(column);
    return (row: readonly Cell[]): ReadNumber => {
      const cell = column === -1 ? null : (row[column] ?? null);
      const text = textOf(cell);
      const dash = /^[\p{Sc}\s]*[-–—]$/u.test(text);
      if (text === '' || dash) return { is: 'none', dash };
      if (looksLikeDate(text)) return { is: 'unreadable', text, why: 'That looks like a date.' };
      const plain = typeof cell === 'number';
      const read = parse(text, plain ? 'en' : locale);
      if ('problem' in read) return { is: 'unreadable', text, why: read.problem };
      return { is: 'number', value: read.value, rounded: decimalsOf(text, plain ? 'en' : locale) > digits };
    };
  };
  const waste = columnOf('waste');
  const shares = rows.flatMap((row) => (waste === -1 ? [] : (numberIn(row[waste]) ?? [])));
  const wasteIsShare =
    shares.length > 0 &&
    shares.every((value) => value <= 1) &&
    shares.some((value) => value > 0 && value < 1);
  const percent = reader('waste', parseRate, 2);
  return {
    qty: reader('qty', parseQuantity, 6),
    unitCost: reader('unitCost', parseMoney, 4),
    amount: reader('amount', parseMoney, 4),
    wasteIsShare,
    waste(row) {
      const number = numberIn(row[waste]);
      if (!wasteIsShare || number === null) return percent(row);
      const exact = number * 10_000;
      const value = Math.round(exact);
      return { is: 'number', value, rounded: Math.abs(exact - value) > 1e-6 };
    },
  };
}

/** A number that stands without a percent sign. */
function numberIn(cell: Cell | undefined): number | null {
  if (typeof cell === 'number') return cell;
  const text = textOf(cell);
  return /^\d*[.,]?\d+$/.test(text) ? Number(text.replace(',', '.')) : null;
}

function decimalsOf(text: string, locale: string): number {
  const mark = locale === 'de' ? ',' : '.';
  const match = new RegExp(`\\${mark}(\\d+)(?=\\D*$)`).exec(text);
  return match?.[1] === undefined ? 0 : match[1].replace(/0+$/, '').length;
}
