import type { CellWrite, LineInput, LinePlace } from '@tidemark/documents/estimate';
import { looksLikeDate } from '@tidemark/estimate-files';
import { type CellRead, readCell } from './cell-read.ts';
import type { Clip } from './clip.ts';
import { type ColumnName, isWritten, type WrittenColumn } from './columns.ts';
import type { PasteIssue } from './paste-report.ts';
import type { PasteTarget } from './paste-target.ts';
import type { PastedCell, PastedRows } from './pasted.ts';

/** What comes from the clipboard. */
export interface Incoming {
  readonly rows: PastedRows;
  /** Where it was copied in an estimate: what its lines hold. */
  readonly clip: Clip | null;
}

export interface PastePlan {
  readonly cells: readonly CellWrite[];
  readonly newLines: { readonly place: LinePlace; readonly lines: readonly LineInput[] } | null;
  readonly issues: readonly PasteIssue[];
  /** The last row and columns that are written, to be chosen afterwards. */
  readonly covers: { readonly lines: readonly string[]; readonly columns: readonly ColumnName[] };
}

/** Rows after which a long block lets others have their turn. */
const stride = 50;

/** Reads a block against where it goes. Gives way after every few rows, telling how much is done, from 0 to 1. */
export function* planPaste(
  incoming: Incoming,
  target: PasteTarget,
  currency: string,
): Generator<number, PastePlan> {
  const { rows, clip } = incoming;
  const cells: CellWrite[] = [];
  const lines: LineInput[] = [];
  const issues: PasteIssue[] = [];
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const { columns } = target;
  const foreign = clip !== null && clip.currency !== currency;
  const across = target.tiled ? columns.length : Math.min(width, columns.length);
  const height = target.tiled ? target.lines.length : rows.length;
  if (width > across) issues.push(beyond(width - across));
  for (let at = 0; at < height; at += 1) {
    if (at > 0 && at % stride === 0) yield at / height;
    const from = at % rows.length;
    const row = rows[from] ?? [];
    const line = target.lines[at];
    if (line === undefined && row.every(({ text }) => text.trim() === '')) continue;
    const fresh: Record<string, unknown> = {};
    const calc: Record<string, string> = {};
    for (let j = 0; j < across; j += 1) {
      const column = columns[j];
      const source = j % width;
      const cell = row[source];
      // A sum is worked out here too; one that was copied says nothing.
      if (column === undefined || !isWritten(column) || cell === undefined) continue;
      if (foreign && isMoney(clip.columns[source])) continue;
      const kept = clip?.columns[source] === column ? heldIn(clip, from, column) : null;
      const read = kept ?? readPasted(column, cell, currency);
      if ('problem' in read) {
        const { problem } = read;
        issues.push({ row: from + 1, line: line ?? null, column, text: cell.text, problem });
      } else if (line !== undefined) cells.push({ id: line, column, ...read });
      else if (read.value !== null) {
        fresh[column] = read.value;
        if (read.calc !== null) calc[column] = read.calc;
      }
    }
    if (line === undefined) lines.push({ ...(fresh as LineInput), calc });
  }
  return {
    cells,
    newLines: lines.length === 0 ? null : { place: target.place, lines },
    issues,
    covers: { lines: target.lines.slice(0, height), columns: columns.slice(0, across) },
  };
}

/** Columns that mean something else in another currency. */
const isMoney = (column: ColumnName | undefined) => column === 'unitCost' || column === 'amount';

function beyond(count: number): PasteIssue {
  const columns = count === 1 ? 'One column reaches' : `${count} columns reach`;
  const problem = `${columns} beyond the last one here and were left out.`;
  return { row: null, line: null, column: null, text: '', problem };
}

/** The register itself, so that nothing is lost between two estimates. */
function heldIn(clip: Clip, row: number, column: WrittenColumn): CellRead | null {
  const line = clip.lines[row];
  if (line === undefined) return null;
  return { value: line[column] ?? null, calc: line.calc[column] ?? null };
}

/** How ledgers, and the accounting formats of spreadsheets, show nothing: `-`, `$ -`. */
const accountedZero = /^[\p{Sc}\s]*[-–—]\s*$/u;
const numbers: ReadonlySet<WrittenColumn> = new Set<WrittenColumn>(['qty', 'unitCost', 'wasteBp']);

/** A number as the other program held it, where its text is a number at all; a date is none. */
export function readPasted(column: WrittenColumn, { text, number }: PastedCell, currency: string): CellRead {
  if (looksLikeDate(text) && numbers.has(column)) return { problem: 'That looks like a date.' };
  if (accountedZero.test(text) && numbers.has(column)) return { value: 0, calc: null };
  if (number === null || (column !== 'qty' && column !== 'unitCost')) return readCell(column, text, currency);
  // What it shows tells whether it is an amount of this currency; how it writes its decimals is known.
  const read = readCell(column, text, currency, ['en']);
  const scientific = /^[-+]?[\d.,]+e[-+]?\d+$/i.test(text.trim());
  return 'problem' in read && !scientific ? read : readCell(column, plainNumber(number), currency, ['en']);
}

/** To the 15 digits that spreadsheets show, without an exponent. */
function plainNumber(number: number): string {
  const text = String(Number(number.toPrecision(15)));
  return text.includes('e') ? number.toFixed(6) : text;
}
