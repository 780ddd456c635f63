import { addSections, type LineInput, pasteBlock } from '@tidemark/documents/estimate';
import { readLines, suggestMapping } from '@tidemark/estimate-files';
import type { Grid } from './grid.ts';
import { linesOf } from './line-acts.ts';
import type { PasteIssue } from './paste-report.ts';
import type { PasteTarget } from './paste-target.ts';
import type { PastedRows } from './pasted.ts';

/**
 * A table that begins with the names of its columns, put where no line stands yet, is read by these names, as a file is. Null: it is
 * no such table, and its cells go where they are put.
 */
export function byHeads(
  grid: Grid,
  rows: PastedRows,
  { lines, place }: PasteTarget,
): { readonly added: number; readonly issues: readonly PasteIssue[] } | null {
  if (lines.length > 0 || rows.length < 2 || linesOf(grid, place.group).length > 0) return null;
  const sheet = { name: '', rows: rows.map((row) => row.map(({ text, number }) => number ?? text)) };
  const mapping = suggestMapping(sheet);
  if (mapping.headRow !== 0) return null;
  const { currency } = grid.reader.view().meta;
  const read = readLines(sheet, mapping, { currency, encoding: 'utf-8' });
  const sections = read.sections.filter(({ name, lines: own }) => name !== '' || own.length > 0);
  const issues = read.report.notes.map(({ line, element, detail }): PasteIssue => {
    return { row: line, line: null, column: null, text: element?.name ?? '', problem: detail };
  });
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

function inputOf({ id: _, ...line }: { readonly id?: string } & LineInput): LineInput {
  return line;
}
