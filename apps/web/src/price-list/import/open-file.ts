import { isFileRefusal, readTable, type TableSheet } from '@tidemark/estimate-files';
import { pickFiles } from '../../shell/files.ts';

/** The tables of a file that a person has chosen. */
export interface OpenedFile {
  readonly name: string;
  readonly sheets: readonly TableSheet[];
}

const accept = '.xlsx,.csv,.tsv,.txt';

/** Asks for a file and reads it; null when none was chosen, a text when it cannot be read. */
export async function openFile(): Promise<OpenedFile | string | null> {
  const [file] = await pickFiles(accept);
  if (file === undefined) return null;
  const table = await readTable(new Uint8Array(await file.arrayBuffer()), {
    decode: (bytes, encoding) => new TextDecoder(encoding, { fatal: true }).decode(bytes),
  });
  return isFileRefusal(table) ? table.detail : { name: file.name, sheets: table.sheets };
}
