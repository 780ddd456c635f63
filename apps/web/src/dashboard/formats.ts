import type { Aggregation, ChartData, Column } from '@tidemark/documents/dashboard';

export type Bucket = Extract<ChartData, { kind: 'points' }>['bucket'];
type Cell = Extract<ChartData, { kind: 'table' }>['rows'][number][number];

export type NumberFormat = (value: number | null) => string;

type Style = Pick<Column, 'type' | 'format'> | null;

const none = '–';
const signs: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR' };

/** Numbers as the column's type asks for them; `compact` for axes: 12K, 3.4M. */
export function numberFormat(column: Style, agg: Aggregation | null, compact: boolean): NumberFormat {
  const formatter = new Intl.NumberFormat('en', optionsOf(agg === 'count' ? null : column, compact));
  return (value) => (value === null || !Number.isFinite(value) ? none : formatter.format(value));
}

/** What a chart's numbers count, as its makers wrote it: °C, mm, $. */
export function unitOf(options: { readonly [name: string]: unknown }): string {
  return typeof options.unit === 'string' ? options.unit.trim().slice(0, maxUnit) : '';
}

export const maxUnit = 12;

/** Currency signs stand before a number and % right behind it; all other units after a thin gap. */
export function withUnit(format: NumberFormat, unit: string): NumberFormat {
  if (unit === '') return format;
  return (value) => {
    const text = format(value);
    if (text === none) return text;
    if (unit in signs) return text.startsWith('-') ? `-${unit}${text.slice(1)}` : `${unit}${text}`;
    return unit === '%' ? `${text}%` : `${text}\u202f${unit}`;
  };
}

function optionsOf(column: Style, compact: boolean): Intl.NumberFormatOptions {
  const short: Intl.NumberFormatOptions = compact
    ? { notation: 'compact', maximumFractionDigits: 1 }
    : { maximumFractionDigits: 2 };
  if (column?.type === 'percent') return { style: 'percent', maximumFractionDigits: 1 };
  if (column?.type === 'currency') {
    const currency = currencyOf(column.format.currency);
    if (currency) {
      return { style: 'currency', currency, ...short, minimumFractionDigits: 0 };
    }
  }
  return short;
}

/** An ISO 4217 code from a code or a sign; null when it is neither. */
function currencyOf(text: string | undefined): string | null {
  if (!text) return null;
  if (/^[A-Z]{3}$/.test(text)) return text;
  return signs[text] ?? null;
}

const utc = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en', { timeZone: 'UTC', ...options });
  return (at: number) => format.format(at);
};

const byBucket: Readonly<Record<Bucket, (at: number) => string>> = {
  none: utc({ dateStyle: 'medium', timeStyle: 'short' }),
  minute: utc({ dateStyle: 'medium', timeStyle: 'short' }),
  hour: utc({ dateStyle: 'medium', timeStyle: 'short' }),
  day: utc({ dateStyle: 'medium' }),
  week: (at) => `Week of ${utc({ dateStyle: 'medium' })(at)}`,
  month: utc({ month: 'long', year: 'numeric' }),
  quarter: (at) => `Q${Math.floor(new Date(at).getUTCMonth() / 3) + 1} ${new Date(at).getUTCFullYear()}`,
  year: (at) => String(new Date(at).getUTCFullYear()),
};

/** A moment in the words of the span it stands for; midnight without a span is just a day. */
export function dateFormat(bucket: Bucket): (at: number) => string {
  if (bucket !== 'none') return byBucket[bucket];
  return (at) => (at % 86_400_000 === 0 ? byBucket.day(at) : byBucket.none(at));
}

/** One cell of a table chart. */
export function cellText(cell: Cell, column: Column): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (typeof cell === 'string') return cell;
  return column.type === 'date' ? dateFormat('none')(cell) : numberFormat(column, null, false)(cell);
}
