import { type PastedCell, type PastedRows, withoutTail } from './pasted.ts';

/**
 * Tables as HTML. Read by their own few tags and not by a DOM: what stands on the clipboard is anybody's, and nothing of it is to be
 * built, fetched or run.
 */

export interface HtmlTable {
  readonly rows: PastedRows;
  /** Attributes of the table itself, in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** How wide and tall a merged cell may say that it is. */
const maxSpan = 200;
const maxRows = 20_000;

/** The first table of an HTML text; null: there is none, or nothing in it. */
export function readHtml(html: string): HtmlTable | null {
  let attributes: ReadonlyMap<string, string> | null = null;
  const rows: PastedCell[][] = [];
  /** Cells that hang down from merged ones above: column → rows left. */
  const hanging = new Map<number, number>();
  let cell: { readonly number: number | null; readonly span: number; text: string } | null = null;
  let depth = 0;

  const fillHanging = () => {
    const row = rows.at(-1);
    for (let left = row && hanging.get(row.length); row && left; left = hanging.get(row.length)) {
      hanging.set(row.length, left - 1);
      row.push({ text: '', number: null });
    }
  };
  const endCell = () => {
    if (cell === null) return;
    const row = rows.at(-1);
    row?.push({ text: tidy(cell.text), number: cell.number });
    for (let more = 1; row && more < cell.span; more += 1) row.push({ text: '', number: null });
    cell = null;
  };
  for (const token of tokensOf(html)) {
    if ('text' in token) {
      if (cell !== null) cell.text += token.text;
      continue;
    }
    const { name, close } = token;
    if (name === 'table') {
      depth += close ? -1 : 1;
      if (!close) attributes ??= attributesOf(token.rest);
      if (close && depth === 0) break;
    }
    // A table within a cell is words of that cell.
    if (depth > 1) continue;
    if (name === 'tr' && attributes !== null) {
      endCell();
      if (!close && rows.length < maxRows) {
        rows.push([]);
      }
      if (close) fillHanging();
    } else if ((name === 'td' || name === 'th') && rows.length > 0) {
      endCell();
      if (close) continue;
      fillHanging();
      const said = attributesOf(token.rest);
      const span = spanOf(said.get('colspan'));
      const down = spanOf(said.get('rowspan'));
      const from = rows.at(-1)?.length ?? 0;
      for (let at = 0; down > 1 && at < span; at += 1) hanging.set(from + at, down - 1);
      cell = { text: '', number: numberOf(said), span };
    } else if (cell !== null && (name === 'br' || (name === 'p' && cell.text.trim() !== '')))
      cell.text += breakMark;
  }
  endCell();
  // Excel writes what its cells show, and which mark it shows before decimals.
  const comma = /mso-displayed-decimal-separator:\s*"\\?,"/.test(html);
  const read = withoutTail(comma ? rows.map((row) => row.map(withComma)) : rows);
  return attributes === null || read.length === 0 ? null : { rows: read, attributes };
}

/** The number that a cell shows with a comma before its decimals and points between its thousands. */
function withComma(cell: PastedCell): PastedCell {
  const bare = cell.text.replaceAll(/[\s\u00a0\u202f'’€$£]|\b(EUR|CHF|USD|GBP)\b/g, '');
  if (cell.number !== null || !/^[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(bare)) return cell;
  return { ...cell, number: Number(bare.replaceAll('.', '').replace(',', '.')) };
}

/** Line breaks in the source mean a blank, those that are tags stay. */
const breakMark = '\u0000';

function tidy(text: string): string {
  return text
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .split(breakMark)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

type Token =
  | { readonly text: string }
  | { readonly name: string; readonly close: boolean; readonly rest: string };

const tag =
  /<!--[\s\S]*?-->|<(style|script|title|xml)\b[\s\S]*?<\/\1\s*>|<!\[[^>]*>|<(\/?)([a-z][a-z0-9:]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;

function* tokensOf(html: string): Generator<Token> {
  let at = 0;
  for (const match of html.matchAll(tag)) {
    if (match.index > at) yield { text: decode(html.slice(at, match.index)) };
    at = match.index + match[0].length;
    const [, , close, name, rest = ''] = match;
    if (name !== undefined) yield { name: name.toLowerCase(), close: close === '/', rest };
  }
  if (at < html.length) yield { text: decode(html.slice(at)) };
}

function attributesOf(rest: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of rest.matchAll(
    /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g,
  ))
    found.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  return found;
}

const spanOf = (text: string | undefined): number => {
  const span = Number(text ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, maxSpan) : 1;
};

/** What the cell held: LibreOffice says it in `sdval`, Excel in `x:num`, Google Sheets in `data-sheets-value`. */
function numberOf(said: ReadonlyMap<string, string>): number | null {
  const plain = said.get('sdval') ?? said.get('x:num');
  if (plain !== undefined) return finite(plain);
  const sheets = said.get('data-sheets-value');
  return sheets === undefined ? null : finite(/^\{"1":3,"3":([-+\d.eE]+)\}$/.exec(sheets)?.[1] ?? '');
}

function finite(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

export const escaped = (text: string): string =>
  text.replaceAll(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );
