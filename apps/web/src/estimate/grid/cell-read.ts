import { type LineKind, type LineView, lineKinds } from '@tidemark/documents/estimate';
import { type Parsed, type ParseProblem, parseAmount, parseQuantity, parseRate } from '@tidemark/estimating';
import { lineKindWords } from '../kind-words.ts';
import { typedIn } from '../languages.ts';
import { plainText } from './cell-text.ts';
import type { WrittenColumn } from './columns.ts';

/** What a text that somebody wrote into a cell comes to. */
export type CellRead =
  | {
      readonly value: string | number | null;
      /** What was typed, where the value was worked out from it; null: nothing was. */
      readonly calc: string | null;
    }
  | { readonly problem: string };

/** Longest texts of a line, as the document takes them. */
const longest: Readonly<Partial<Record<WrittenColumn, number>>> = {
  code: 100,
  name: 500,
  unit: 40,
  note: 10_000,
};

/** Reads what was typed or pasted into an estimate of a currency. Nothing at all clears the cell: null. */
export function readCell(
  column: WrittenColumn,
  text: string,
  currency?: string,
  languages: readonly string[] = typedIn,
): CellRead {
  const tidy = text.replaceAll(/\s+/g, ' ').trim();
  switch (column) {
    case 'qty':
      return tidy === '' ? cleared : number(parseQuantity(tidy, languages));
    case 'unitCost':
      return tidy === '' ? cleared : number(parseAmount(tidy, languages, currency));
    case 'wasteBp': {
      if (tidy === '') return cleared;
      const read = number(parseRate(tidy, languages));
      if ('value' in read && Number(read.value) < 0) return { problem: 'Waste is not negative.' };
      if ('value' in read && Number(read.value) > 100_000) return { problem: 'Waste is at most 1000 %.' };
      return read;
    }
    case 'kind': {
      if (tidy === '') return cleared;
      const kind = readKind(tidy);
      const words = Object.values(lineKindWords).join(', ');
      return kind === null ? { problem: `One of: ${words}.` } : { value: kind, calc: null };
    }
    default: {
      const limit = longest[column] ?? 500;
      if (tidy.length > limit) return { problem: `At most ${limit} characters.` };
      return { value: tidy === '' ? null : tidy, calc: null };
    }
  }
}

const cleared: CellRead = { value: null, calc: null };

function number(parsed: Parsed | ParseProblem): CellRead {
  if ('problem' in parsed) return { problem: parsed.problem };
  return { value: parsed.value, calc: parsed.calc ?? null };
}

/** Other words that lists of prices use. */
const otherWords: Readonly<Record<string, LineKind>> = {
  labor: 'lab',
  work: 'lab',
  rental: 'equip',
  subcontractor: 'sub',
};

/** A kind by its word or the beginning of it; null when it is none. */
export function readKind(text: string): LineKind | null {
  const typed = text.trim().toLowerCase();
  if (typed === '') return null;
  const exact = lineKinds.find((kind) => kind === typed || lineKindWords[kind].toLowerCase() === typed);
  const begun = lineKinds.find((kind) => lineKindWords[kind].toLowerCase().startsWith(typed));
  return exact ?? begun ?? otherWords[typed] ?? null;
}

/** What a cell holds, as text that can be changed: what was typed as long as it still comes to the same. */
export function editText(line: LineView, column: WrittenColumn): string {
  const typed = line.calc[column];
  if (typed !== undefined) {
    // Kept in one form for all languages.
    const read = readCell(column, typed, undefined, ['en']);
    if ('value' in read && read.value === line[column]) return typed;
  }
  return plainText(line, column);
}
