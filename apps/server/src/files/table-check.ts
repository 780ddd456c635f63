import { isUtf8 } from 'node:buffer';
import { inferColumns } from '@tidemark/documents/dashboard';
import { type Refusal, refuse } from '@tidemark/protocol';
import Papa from 'papaparse';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What is known of a table without reading what it says. */
export interface TableShape {
  /** Data rows, the header not counted. */
  readonly rows: number;
  /** Names in the file's order; a missing name is "Column 3", a second "price" is "price 2". */
  readonly columns: readonly string[];
  readonly encoding: Encoding;
  readonly delimiter: string;
}

const maxColumns = 1_000;
/** Share of rows that may have more or fewer cells than the header. */
const raggedShare = 0.2;
/** Characters parsed between two turns of the event loop: one or two milliseconds of work. */
const slice = 64 * 1024;

/** Looks whether the bytes are a CSV that can be charted: its shape, or a `not-a-table` refusal that says why not. */
export async function checkTable(content: AsyncIterable<Uint8Array>): Promise<TableShape | Refusal> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (bytes.length === 0) return notATable('The file is empty.');
  const known = knownFormat(bytes);
  if (known) return notATable(`The file is ${known}. Export it as CSV first.`);
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.trim() === '') return notATable('The file holds nothing but blanks.');
  if (looksBinary(text)) return notATable('The file holds binary data, not text.');
  return shapeOf(text, encoding);
}

async function shapeOf(text: string, encoding: Encoding): Promise<TableShape | Refusal> {
  const delimiter = Papa.parse(text.slice(0, slice), { preview: 50, skipEmptyLines: 'greedy' }).meta
    .delimiter;
  let header: readonly string[] = [];
  let wrong: string | null = null;
  let rows = 0;
  let ragged = 0;
  let firstRagged = 0;
  await eachRow(text, delimiter, (cells) => {
    if (header.length === 0) {
      header = cells;
      if (isBlank(cells)) wrong = 'The first line names no column.';
      if (cells.length > maxColumns) {
        wrong = `The file has ${cells.length} columns; at most ${maxColumns} can be read.`;
      }
      return wrong === null;
    }
    if (isBlank(cells)) return true;
    rows += 1;
    if (!fits(cells, header.length)) {
      ragged += 1;
      firstRagged ||= rows + 1;
    }
    return true;
  });
  if (wrong !== null) return notATable(wrong);
  if (header.length === 0) return notATable('The file holds no line with cells.');
  if (rows === 0) return notATable('The file has column names but no rows below them.');
  if (ragged > rows * raggedShare) {
    return notATable(
      `${ragged} of ${rows} rows do not have the ${header.length} cells of the first line; the first of them is row ${firstRagged}.`,
    );
  }
  return { rows, columns: inferColumns(header, []).map(({ name }) => name), encoding, delimiter };
}

/** Parses slice by slice, the event loop turning in between, until `take` has seen every row or says no. */
function eachRow(text: string, delimiter: string, take: (cells: string[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    Papa.parse<string[]>(text, {
      delimiter,
      skipEmptyLines: true,
      chunkSize: slice,
      chunk({ data }: Papa.ParseResult<string[]>, parser: Papa.Parser) {
        if (!data.every(take)) return parser.abort();
        parser.pause();
        setImmediate(() => parser.resume());
      },
      complete: () => resolve(),
    });
  });
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** Spreadsheets pad short rows with nothing and long ones with empty cells. */
function fits(cells: readonly string[], width: number): boolean {
  if (cells.length === width) return true;
  return cells.length > width && cells.slice(width).every((cell) => cell === '');
}

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function looksBinary(text: string): boolean {
  const head = text.slice(0, slice);
  let controls = 0;
  for (let at = 0; at < head.length; at += 1) {
    const code = head.charCodeAt(at);
    if (code === 0) return true;
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) controls += 1;
  }
  return controls > head.length / 100;
}

function knownFormat(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 8).toString('latin1');
  if (start.startsWith('PK\x03\x04')) return 'a spreadsheet or a ZIP archive';
  if (start.startsWith('\xd0\xcf\x11\xe0')) return 'an old Excel workbook';
  if (start.startsWith('%PDF')) return 'a PDF';
  if (start.startsWith('\x89PNG') || start.startsWith('\xff\xd8\xff') || start.startsWith('GIF8'))
    return 'a picture';
  if (start.startsWith('\x1f\x8b')) return 'compressed';
  if (/^\s*<(!doctype|html|\?xml|svg)/i.test(bytes.subarray(0, 200).toString('latin1')))
    return 'a web page or XML';
  return null;
}

function notATable(detail: string): Refusal {
  return refuse('not-a-table', detail);
}
