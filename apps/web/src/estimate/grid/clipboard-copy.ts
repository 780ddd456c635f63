import { plainText } from './cell-text.ts';
import { type Clip, clipLine, writeClip } from './clip.ts';
import { escaped } from './clipboard-html.ts';
import { writeText } from './clipboard-text.ts';
import { type ColumnName, isWritten } from './columns.ts';
import type { Grid } from './grid.ts';
import { chosenColumns, chosenLines, type LineRow } from './selection.ts';
import { rowAt } from './sheet.ts';

/** What is put on the clipboard, in the forms that others ask for. */
export interface Copied {
  readonly text: string;
  readonly html: string;
  /** How many lines, to be said. */
  readonly lines: number;
}

/** The attribute of the table that holds all registers, for another estimate. */
export const clipAttribute = 'data-tidemark-estimate';

/** What is chosen; null when no line is among it. `amounts`: what each line comes to. `cut`: the token of whole lines that are cut. */
export function copyOf(
  grid: Grid,
  amounts: ReadonlyMap<string, number>,
  cut: string | null = null,
): Copied | null {
  const { selection } = grid.store.get();
  if (selection === null) return null;
  const sheet = grid.sheet();
  const lines = chosenLines(selection, sheet);
  const row = rowAt(sheet, selection.active.row);
  if (lines.length === 0) return row?.type === 'section' ? nameOnly(row.section.group?.name ?? '') : null;
  const columns = chosenColumns(selection, sheet);
  const clip: Clip = {
    whole: selection.whole,
    currency: grid.reader.view().meta.currency,
    columns,
    lines: lines.map(({ line }) => clipLine(line)),
    cut: selection.whole ? cut : null,
  };
  const cells = lines.map((line) => columns.map((column) => cellOf(line, column, amounts)));
  const body = cells.map((row) => `<tr>${row.map(htmlCell).join('')}</tr>`).join('');
  return {
    text: writeText(cells.map((row) => row.map(({ text }) => text))),
    html: `<meta charset="utf-8"><table xmlns:x="urn:schemas-microsoft-com:office:excel" ${clipAttribute}="${escaped(writeClip(clip))}">${body}</table>`,
    lines: lines.length,
  };
}

const nameOnly = (name: string): Copied => ({ text: name, html: escaped(name), lines: 0 });

interface CopiedCell {
  readonly text: string;
  /** As a number that programs read whatever their language; null: words. */
  readonly number: string | null;
}

/** Whole units of a number of the document, from its smallest parts. */
const parts: Readonly<Partial<Record<ColumnName, number>>> = {
  qty: 1_000_000,
  unitCost: 10_000,
  amount: 10_000,
  wasteBp: 10_000,
};

function cellOf(row: LineRow, column: ColumnName, amounts: ReadonlyMap<string, number>): CopiedCell {
  const { line } = row;
  const part = parts[column];
  if (part === undefined) return { text: isWritten(column) ? plainText(line, column) : '', number: null };
  if (column === 'amount') {
    const amount = String((amounts.get(line.id) ?? 0) / part);
    return { text: amount, number: amount };
  }
  const text = isWritten(column) ? plainText(line, column) : '';
  const value = column === 'qty' ? line.qty : column === 'unitCost' ? line.unitCost : line.wasteBp;
  return { text, number: text === '' ? null : String(value / part) };
}

/** Excel reads `x:num`, LibreOffice `sdval`; words are kept words, so that "007" stays a code and "1/2" no date. */
function htmlCell({ text, number }: CopiedCell): string {
  const words = escaped(text).replaceAll('\n', '<br>');
  if (number !== null) return `<td x:num="${number}" sdval="${number}">${words}</td>`;
  return text === '' ? '<td></td>' : `<td style="mso-number-format:'\\@'">${words}</td>`;
}
