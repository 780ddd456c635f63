import { addSections, type LineInput, pasteBlock } from '@tidemark/documents/estimate';
import { readLines, suggestMapping } from '@tidemark/estimate-files';
import type { Grid } from './grid.ts';
import { linesOf } from './line-acts.ts';
import { readPasted } from './paste-plan.ts';
import type { PasteIssue } from './paste-report.ts';
import type { PasteTarget } from './paste-target.ts';
import type { PastedCell, PastedRows } from './pasted.ts';

/**
 * A table that begins with the names of its columns, or has them below its title, put where no line stands yet, is read by these names,
 * as a file is. Null: it is no such table, and its cells go where they are put.
 */
export function byHeads(
  grid: Grid,
  rows: PastedRows,
  { lines, place }: PasteTarget,
): { readonly added: number; readonly issues: readonly PasteIssue[] } | null {
  if (lines.length > 0 || rows.length < 2 || linesOf(grid, place.group).length > 0) return null;
  const { currency } = grid.reader.view().meta;
  const sheet = { name: '', rows: rows.map((row) => row.map((cell) => heldBy(cell, currency))) };
  const mapping = suggestMapping(sheet);
  const { headRow } = mapping;
  if (headRow === null) return null;
  const titles = rows.slice(0, headRow).map((row) => row.map(({ text }) => text.trim()));
  // Rows that may be lines as well as titles are not thrown away.
  if (headRow > 0 && (filled(sheet.rows[headRow] ?? []) < 3 || !titles.every((row) => filled(row) < 3))) {
    return null;
  }
  const read = readLines(sheet, mapping, { currency, encoding: 'utf-8' });
  const sections = read.sections.filter(({ name, lines: own }) => name !== '' || own.length > 0);
  const issue = (row: number | null, text: string, problem: string): PasteIssue => {
    return { row, line: null, column: null, text, problem };
  };
  const issues = [
    ...titles.flatMap((row, index) => {
      const text = row.filter((cell) => cell !== '').join(' ');
      return text === '' ? [] : issue(index + 1, text, 'It stands above the names of the columns.');
    }),
    ...read.report.notes.map(({ line, element, detail }) => issue(line, element?.name ?? '', detail)),
  ];
  const added = sections.reduce((sum, section) => sum + section.lines.length, 0);
  if (added === 0) return null;
  const inputs = sections.map(({ name, lines: own }) => ({ name, lines: own.map(inputOf) }));
  const [only] = inputs;
  const done =
    inputs.length === 1 && only?.name === ''
      ? pasteBlock(grid.editor, { cells: [], newLines: { place, lines: only.lines } })
      : addSections(grid.editor, inputs, 'Paste');
  return { added: done === null ? 0 : added, issues };
}

/** Of titles, and of what a table is about with its value, there are at most two in a row. */
function filled(row: readonly (string | number | boolean | null)[]): number {
  return row.filter((cell) => cell !== null && cell !== '').length;
}

/** The number that the other program held, but the text where that says more: another currency, percent, a date. */
function heldBy(cell: PastedCell, currency: string): string | number {
  const { text, number } = cell;
  if (number === null || text.includes('%')) return text;
  return 'problem' in readPasted('unitCost', cell, currency) ? text : number;
}

function inputOf({ id: _, ...line }: { readonly id?: string } & LineInput): LineInput {
  return line;
}
