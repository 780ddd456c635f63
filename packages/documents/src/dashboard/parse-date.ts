/** Dates without a zone are read as UTC: a chart shows the wall time that the file holds, wherever it is opened. */

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const fullMonths = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const time = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`);
const yearMonth = /^(\d{4})[-/](\d{1,2})$/;
const numeric = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${time}$`);
const monthFirst = new RegExp(
  String.raw`^([A-Za-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})${time}$`,
);
const dayFirst = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]+([A-Za-z]{3,9})\.?,?[ -]+(\d{4}|\d{2})${time}$`,
);
const monthYear = /^([A-Za-z]{3,9})\.?,?[ -]+(\d{4})$/;
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i;
const longest = 60;

/**
 * Milliseconds since 1970, or null for what is no date. `order` decides 3/4/2024; dates that say by themselves
 * what is what (ISO, month names) are read under any order.
 */
export function parseDate(raw: string, order: DateOrder): number | null {
  const text = raw.trim().replace(weekday, '');
  if (text.length < 6 || text.length > longest) return null;
  let match = yearFirst.exec(text);
  if (match !== null) return build(match[1]!, Number(match[3]), Number(match[4]), match.slice(5));
  match = yearMonth.exec(text);
  if (match !== null) return build(match[1]!, Number(match[2]), 1, []);
  match = numeric.exec(text);
  if (match !== null) {
    if (order === 'ymd') return null;
    const [first, second] = [Number(match[1]), Number(match[3])];
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    return build(match[4]!, month, day, match.slice(5));
  }
  match = monthFirst.exec(text);
  if (match !== null) return build(match[3]!, monthNumber(match[1]!), Number(match[2]), match.slice(4));
  match = dayFirst.exec(text);
  if (match !== null) return build(match[3]!, monthNumber(match[2]!), Number(match[1]), match.slice(4));
  match = monthYear.exec(text);
  if (match !== null) return build(match[2]!, monthNumber(match[1]!), 1, []);
  return null;
}

/** The separator of a date written in numbers with the year last ("3/4/2024" → "/"), else null. */
export function numericSeparator(raw: string): string | null {
  return numeric.exec(raw.trim())?.[2] ?? null;
}

function monthNumber(name: string): number {
  const lower = name.toLowerCase();
  const full = fullMonths.indexOf(lower);
  if (full !== -1) return full + 1;
  return months.indexOf(lower === 'sept' ? 'sep' : lower) + 1;
}

function build(
  year: string,
  month: number,
  day: number,
  [hours, minutes, seconds, fraction, half, zone]: readonly (string | undefined)[],
): number | null {
  const fullYear = year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) + Number(year) : Number(year);
  let hour = Number(hours ?? 0);
  const minute = Number(minutes ?? 0);
  const second = Number(seconds ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 59) return null;
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  const ms = Math.floor(Number(`0.${fraction ?? '0'}`) * 1000);
  const date = new Date(0);
  date.setUTCFullYear(fullYear, month - 1, day);
  // A day that the month does not have would roll over into the next.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  date.setUTCHours(hour, minute, second, ms);
  return date.getTime() - offset(zone);
}

function offset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
