import {
  type EstimateData,
  type FileRefusal,
  isFileRefusal,
  type Mapping,
  readJson,
  readTable,
  readWorkbook,
  suggestMapping,
  type Table,
} from '@tidemark/estimate-files';

/** A file of lines, as it was opened here. */
export type OpenedFile =
  /** One of ours: nothing has to be asked. */
  | { readonly is: 'estimate'; readonly file: File; readonly data: EstimateData }
  | { readonly is: 'table'; readonly file: File; readonly table: Table };

/** How a table is to be read; what the server is told. */
export interface TableChoice {
  readonly sheet: number;
  readonly mapping: Mapping;
  readonly currency: string;
}

/** Larger ones are refused without being read; the server takes no more either. */
const mostBytes = 10 * 1024 * 1024;

export async function openFile(file: File): Promise<OpenedFile | FileRefusal> {
  if (file.size > mostBytes) return { refused: 'too-large', detail: 'The file is larger than 10 MB.' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (/\.json$/i.test(file.name)) {
    const read = readJson(new TextDecoder().decode(bytes));
    return isFileRefusal(read) ? read : { is: 'estimate', file, data: read.data };
  }
  const table = await readTable(bytes, { decode });
  if (isFileRefusal(table)) return table;
  const own = readWorkbook(table);
  if (own === null) return { is: 'table', file, table };
  return isFileRefusal(own) ? own : { is: 'estimate', file, data: own.data };
}

/** The sheet with the most headings that are known, and how it is probably to be read. */
export function firstChoice({ sheets }: Table, currency: string): TableChoice {
  const known = sheets.map((sheet) => suggestMapping(sheet));
  const count = (mapping: Mapping) => mapping.columns.filter((field) => field !== null).length;
  const best = known.reduce(
    (at, mapping, index) => (count(mapping) > count(known[at] ?? mapping) ? index : at),
    0,
  );
  return { sheet: best, mapping: known[best] ?? { headRow: null, columns: [] }, currency };
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
