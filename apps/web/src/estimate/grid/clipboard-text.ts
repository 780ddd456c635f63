import { type PastedRows, textCell, withoutTail } from './pasted.ts';

/** Blocks of cells as text: tabs between cells, a line for each row. */

/** Cells that hold a tab, a line break or a quotation mark stand in quotation marks, as all spreadsheets read them. */
export function writeText(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join('\t')).join('\r\n');
}

/**
 * Reads what a spreadsheet, or anything else, has put there as text. A quotation mark that opens a cell counts only when another closes it right
 * before the next tab or line: Excel writes `5" pipe` and `"best" grade` as they are.
 */
export function readText(text: string): PastedRows {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const row = rows.at(-1) ?? [];
    const quoted = text[at] === '"' ? quotedAt(text, at) : null;
    const end = quoted?.end ?? endOfCell(text, at);
    row.push(quoted?.text ?? text.slice(at, end));
    if (end >= text.length) break;
    if (text[end] !== '\t') rows.push([]);
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  return withoutTail(rows.map((row) => row.map(textCell)));
}

function endOfCell(text: string, from: number): number {
  const border = /[\t\r\n]/g;
  border.lastIndex = from;
  return border.exec(text)?.index ?? text.length;
}

/** The cell in quotation marks that begins here, and where it ends; null when it is none. */
function quotedAt(text: string, from: number): { readonly text: string; readonly end: number } | null {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    const next = text[at + 1];
    if (next !== undefined && !'\t\r\n'.includes(next)) return null;
    return { text: text.slice(from + 1, at).replaceAll('""', '"'), end: at + 1 };
  }
  return null;
}
