import Papa from 'papaparse';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A file as strings; what a cell means is decided later. */
export interface ParsedTable {
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Says in words for people why a file is no table. */
export class NotATable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotATable';
  }
}

const mostColumns = 1000;

/** By byte order mark, else UTF-8 when the bytes are that, else the Windows encoding of western Europe. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    // Not UTF-8: every byte means something in the older encoding.
    return 'windows-1252';
  }
}

/** Parses a delimited file. Throws NotATable. */
export function parseTable(
  bytes: Uint8Array,
  known: { readonly encoding?: string; readonly delimiter?: string } = {},
): ParsedTable {
  if (bytes.length === 0) throw new NotATable('The file is empty.');
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new NotATable('This is a spreadsheet or an archive. Export it as CSV first.');
  }
  const encoding = (known.encoding as Encoding | undefined) ?? encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.trim() === '') throw new NotATable('The file holds nothing but blanks.');
  if (text.includes('\u0000')) throw new NotATable('The file holds binary data, not text.');
  const parsed = Papa.parse<string[]>(text, {
    ...(known.delimiter ? { delimiter: known.delimiter } : {}),
    skipEmptyLines: 'greedy',
  });
  const [header, ...rows] = parsed.data;
  if (!header || header.every((cell) => cell.trim() === '')) {
    throw new NotATable('The first line names no column.');
  }
  if (header.length > mostColumns) {
    throw new NotATable(`The file has ${header.length} columns; at most ${mostColumns} can be read.`);
  }
  if (rows.length === 0) throw new NotATable('The file has a header but no rows.');
  return { encoding, delimiter: parsed.meta.delimiter, header, rows };
}
