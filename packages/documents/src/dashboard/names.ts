import { isList, type Json } from '../records/json.ts';
import type { Past } from '../records/past.ts';
import { isRemoved } from '../records/schema.ts';
import type { RecordState } from '../records/state.ts';
import { type ChartType, chartRegisters } from './schema.ts';

/** What the things of a dashboard are called, and how single values read. */

export const typeWords: Readonly<Record<ChartType, string>> = {
  line: 'Line',
  bar: 'Bar',
  area: 'Area',
  scatter: 'Scatter',
  pie: 'Pie',
  table: 'Table',
  number: 'Number',
  histogram: 'Histogram',
};

/** A register as it is declared. */
export type Read<T> = { readonly fallback: T; read(raw: Json): T | undefined };

/** As the reader reads it, without telling what can't be read. */
export function valueIn<T>(record: RecordState, register: string, { read, fallback }: Read<T>): T {
  const raw = record.get(register);
  return raw === undefined ? fallback : (read(raw) ?? fallback);
}

/** The name of what a reference leads to; `gone` where that is no longer there. */
export function titled(past: Past, collection: string, id: string | null, gone: string): string | null {
  if (id === null) return null;
  const record = past.state[collection]?.get(id);
  if (record === undefined || isRemoved(record)) return gone;
  return collection === 'charts'
    ? chartName(record)
    : textIn(record, collection === 'tabs' ? 'title' : 'name') || 'Untitled';
}

export function textIn(record: RecordState, register: string): string {
  const value = record.get(register);
  return typeof value === 'string' ? value : '';
}

export function chartName(record: RecordState): string {
  const type = valueIn(record, 'type', chartRegisters.type);
  return textIn(record, 'title') || `Untitled ${typeWords[type].toLowerCase()}`;
}

export const yesNo = (value: boolean) => (value ? 'yes' : 'no');

/** `numberFormat` as people say it: "Number format". */
export function spelled(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A plain value in words; what is nested, as JSON. */
export function plainWords(raw: Json | undefined): string | null {
  if (raw === undefined || raw === null || raw === '') return null;
  if (typeof raw === 'boolean') return yesNo(raw);
  if (isList(raw)) return raw.map((part) => plainWords(part) ?? '…').join(', ');
  return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
}
