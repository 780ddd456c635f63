import type { Json } from '../records/json.ts';
import type { Register } from '../records/register.ts';

/** Registers of an estimate: what a merge, an old version or a hostile client left in them is brought inside. */

/** A whole number in bounds; a fraction is rounded, what lies beyond is brought to the nearest bound. */
export function whole(fallback: number, min: number, max: number): Register<number> {
  return {
    fallback,
    read: (raw) =>
      Number.isSafeInteger(raw) && Number(raw) >= min && Number(raw) <= max ? Number(raw) : undefined,
    mend: (raw) =>
      typeof raw === 'number' && Number.isFinite(raw)
        ? Math.min(max, Math.max(min, Math.round(raw))) + 0
        : undefined,
  };
}

/** Text of at most `max` UTF-16 units; what is longer is cut. */
export function tidyText(max: number): Register<string> {
  return {
    fallback: '',
    read: (raw) => (typeof raw === 'string' && raw.length <= max && raw.isWellFormed() ? raw : undefined),
    // Half a surrogate pair would reach the others as another character than it is here.
    mend: (raw) => (typeof raw === 'string' ? raw.slice(0, max).toWellFormed() : undefined),
  };
}

/** `2026-03-31`, or '' for none. */
export function calendarDate(): Register<string> {
  return {
    fallback: '',
    read: (raw) => (raw === '' || isCalendarDate(raw) ? raw : undefined),
  };
}

function isCalendarDate(raw: Json): raw is string {
  if (typeof raw !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(raw)) return false;
  const [year, month, day] = raw.split('-').map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Three capital letters, ISO 4217. */
export function currencyCode(fallback: string): Register<string> {
  return {
    fallback,
    read: (raw) => (typeof raw === 'string' && /^[A-Z]{3}$/.test(raw) ? raw : undefined),
    mend: (raw) => (typeof raw === 'string' && /^[a-z]{3}$/i.test(raw) ? raw.toUpperCase() : undefined),
  };
}

/** An ISO 8601 moment in UTC, or '' for one that can't be read. */
export function momentOf(raw: Json | undefined): string {
  if (typeof raw !== 'string' || raw.length > 30 || !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(raw)) return '';
  return Number.isNaN(Date.parse(raw)) ? '' : raw;
}
