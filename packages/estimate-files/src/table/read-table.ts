import { EncryptedFileError, HucreError } from 'hucre';
import { readXlsx } from 'hucre/xlsx';
import Papa from 'papaparse';
import { type FileRefusal, isFileRefusal, refuseFile } from '../file-refusal.ts';
import { unneutral } from '../neutral.ts';
import { type Decode, decodeText } from './decode.ts';
import { type Cell, isBlankRow, type Table, type TableSheet, tableLimits } from './table.ts';
import { checkZip } from './zip-check.ts';

/** Reads an Excel workbook (.xlsx) or a text with separators (.csv, .tsv) into rows of cells; formulas are what they came to. */
export async function readTable(
  bytes: Uint8Array,
  { decode }: { readonly decode: Decode },
): Promise<Table | FileRefusal> {
  if (bytes.length === 0) return refuseFile('not-a-table', 'The file is empty.');
  const other = otherFormat(bytes);
  if (other !== null) return other;
  const table = startsWith(bytes, [0x50, 0x4b]) ? await readBook(bytes) : readText(bytes, decode);
  if (isFileRefusal(table)) return table;
  const sheets = table.sheets.filter(({ rows }) => rows.some((row) => !isBlankRow(row)));
  if (sheets.length === 0) return nothing();
  const large = sheets.find(({ rows }) => rows.length > tableLimits.rows);
  if (large) {
    const detail = `${large.name}: at most ${tableLimits.rows.toLocaleString('en')} rows can be read.`;
    return refuseFile('too-large', detail);
  }
  return { ...table, sheets };
}

async function readBook(bytes: Uint8Array): Promise<Table | FileRefusal> {
  const unsafe = checkZip(bytes);
  if (unsafe !== null) return unsafe;
  try {
    const { sheets } = await readXlsx(bytes, {
      sheets: ({ index, hidden, veryHidden }) => index < tableLimits.sheets && !hidden && !veryHidden,
      maxRows: tableLimits.rows + 1,
    });
    return {
      kind: 'workbook',
      encoding: 'utf-8',
      sheets: sheets.map(({ name, rows }) => ({ name, rows: rows.map(rowOf) })),
    };
  } catch (error) {
    if (error instanceof EncryptedFileError) return locked();
    if (!(error instanceof HucreError) && !(error instanceof RangeError)) throw error;
    return refuseFile('not-a-table', 'The workbook cannot be read: it is broken, or no Excel workbook.');
  }
}

function rowOf(row: readonly (Cell | Date | undefined)[]): Cell[] {
  return row.slice(0, tableLimits.columns).map((cell) => {
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 10);
    return cell ?? null;
  });
}

function readText(bytes: Uint8Array, decode: Decode): Table | FileRefusal {
  const decoded = decodeText(bytes, decode);
  if (isFileRefusal(decoded)) return decoded;
  if (/^[\s;,|]*$/.test(decoded.text)) return nothing();
  const { data } = Papa.parse<string[]>(decoded.text, {
    delimitersToGuess: [',', ';', '\t', '|'],
    preview: tableLimits.rows + 1,
  });
  const rows = data.map((row) => row.slice(0, tableLimits.columns).map(unneutral));
  // A line break at the end is no row.
  const last = rows.at(-1);
  if (last && isBlankRow(last)) rows.pop();
  const sheet: TableSheet = { name: 'Table', rows };
  return { kind: 'text', encoding: decoded.encoding, sheets: [sheet] };
}

function otherFormat(bytes: Uint8Array): FileRefusal | null {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    // A container of old: an encrypted workbook names its content so, an .xls has none of that name.
    return includes(bytes, utf16('EncryptedPackage')) ? locked() : old();
  }
  if (startsWith(bytes, [0x09, 0x08]) || startsWith(bytes, [0x09, 0x04])) return old();
  if (startsWith(bytes, ascii('%PDF')))
    return refuseFile('not-a-table', 'The file is a PDF. Save the table as .xlsx or .csv.');
  return null;
}

const nothing = () => refuseFile('not-a-table', 'The file holds no cell with content.');
const locked = () =>
  refuseFile(
    'password-protected',
    'The workbook is protected by a password. Save it without one, then import it.',
  );
const old = () =>
  refuseFile(
    'old-format',
    'The file is in the format of Excel 97 (.xls). Open it and save it as .xlsx, then import that.',
  );

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const utf16 = (text: string) => ascii(text).flatMap((code) => [code, 0]);

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function includes(bytes: Uint8Array, part: readonly number[]): boolean {
  for (let at = bytes.indexOf(part[0] ?? 0); at !== -1; at = bytes.indexOf(part[0] ?? 0, at + 1)) {
    if (startsWith(bytes.subarray(at), part)) return true;
  }
  return false;
}
