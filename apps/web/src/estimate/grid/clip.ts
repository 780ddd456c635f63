import { type LineInput, type LineKind, type LineView, lineKinds } from '@tidemark/documents/estimate';
import { type ColumnName, columnNames, isColumnName, isWritten, type WrittenColumn } from './columns.ts';

/**
 * What was copied in an estimate, in the form in which it comes into another one: every register of its lines, also of columns that were not
 * among those chosen. It travels beside the table that other programs read.
 */
export interface Clip {
  /** Whole lines, or cells of them. */
  readonly whole: boolean;
  /** ISO 4217: amounts are of this currency. */
  readonly currency: string;
  /** Those that were chosen, in their order. */
  readonly columns: readonly ColumnName[];
  readonly lines: readonly ClipLine[];
  /** By what the estimate in which the lines were cut knows them; null: they were copied. */
  readonly cut: string | null;
}

export type ClipLine = LineInput & { readonly calc: Readonly<Partial<Record<WrittenColumn, string>>> };

export function clipLine(line: LineView): ClipLine {
  const { code, name, qty, unit, unitCost, wasteBp, kind, note, optional, item } = line;
  const typed = Object.entries(line.calc).filter(([column]) => isColumnName(column) && isWritten(column));
  const calc = Object.fromEntries(typed) as ClipLine['calc'];
  return { code, name, qty, unit, unitCost, wasteBp, kind, note, optional, item, calc };
}

const version = 1;

export function writeClip(clip: Clip): string {
  return JSON.stringify({ version, ...clip });
}

/** Longest that a document takes of what was typed. */
const longestCalc = 500;
const mostLines = 20_000;

/** Reads what says that it was copied here. Anybody can have written it: what is not of its form is left out, and nothing is null. */
export function readClip(text: string | undefined): Clip | null {
  if (text === undefined) return null;
  const raw = object(parsed(text));
  const { columns, lines, currency } = raw;
  if (raw.version !== version || !Array.isArray(columns) || !Array.isArray(lines)) return null;
  if (typeof currency !== 'string') return null;
  const known = columnNames.filter((name) => columns.includes(name));
  if (known.length === 0 || lines.length === 0) return null;
  return {
    whole: raw.whole === true,
    currency: currency.slice(0, 3),
    columns: known,
    cut: typeof raw.cut === 'string' ? raw.cut.slice(0, 100) : null,
    lines: lines.slice(0, mostLines).map((line) => readLine(object(line))),
  };
}

function readLine(raw: Readonly<Record<string, unknown>>): ClipLine {
  const texts = (['code', 'name', 'unit', 'note'] as const).filter((name) => typeof raw[name] === 'string');
  const numbers = (['qty', 'unitCost', 'wasteBp'] as const).filter((name) => Number.isSafeInteger(raw[name]));
  const fields = Object.fromEntries([...texts, ...numbers].map((name) => [name, raw[name]])) as LineInput;
  const kind = lineKinds.find((name): name is LineKind => name === raw.kind);
  const item = typeof raw.item === 'string' && raw.item !== '' ? raw.item.slice(0, 500) : null;
  const calc = Object.entries(object(raw.calc)).filter(
    ([name, typed]) =>
      isColumnName(name) && isWritten(name) && typeof typed === 'string' && typed.length <= longestCalc,
  );
  return {
    ...fields,
    ...(kind && { kind }),
    optional: raw.optional === true,
    item,
    calc: Object.fromEntries(calc) as ClipLine['calc'],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
