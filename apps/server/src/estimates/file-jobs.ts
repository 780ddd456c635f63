import type { DocumentKind } from '@tidemark/documents';
import { kinds } from '@tidemark/documents';
import { type EstimateView, fillEstimate, type readTexts, setMeta } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import {
  type EstimateData,
  type FileRefusal,
  type FileReport,
  isFileRefusal,
  type Mapping,
  type ReadEstimate,
  readJson,
  readLines,
  readTable,
  readWorkbook,
  suggestMapping,
  writeCsv,
  writeJson,
  writeWorkbook,
} from '@tidemark/estimate-files';
import { calculate } from '@tidemark/estimating';
import * as Y from 'yjs';

/** What the file thread does for estimates. */

/** How a table is to be read; without one it is guessed. */
export interface TableChoice {
  /** From 0. */
  readonly sheet: number;
  readonly mapping: Mapping;
  readonly currency: string;
}

export type EstimateFormat = 'json' | 'xlsx' | 'csv';
export type EstimateRefusal = FileRefusal;

export type EstimateJob =
  | {
      readonly work: 'import-estimate';
      readonly bytes: Uint8Array;
      readonly isJson: boolean;
      readonly title: string;
      readonly choice: TableChoice | null;
      readonly userId: string;
    }
  | {
      readonly work: 'export-estimate';
      readonly format: EstimateFormat;
      readonly view: EstimateView;
      readonly texts: ReturnType<typeof readTexts>;
      /** Milliseconds. */
      readonly at: number;
    };

export interface ReadEstimateFile {
  readonly state: Uint8Array;
  readonly title: string;
  readonly report: FileReport;
}

export function isEstimateJob(job: { readonly work: string }): job is EstimateJob {
  return job.work === 'import-estimate' || job.work === 'export-estimate';
}

/** `doc` is an empty one for the job's own use. */
export async function performEstimate(
  job: EstimateJob,
  doc: Y.Doc,
): Promise<ReadEstimateFile | { readonly unread: EstimateRefusal } | { readonly file: Uint8Array }> {
  if (job.work === 'export-estimate') return { file: await write(job) };
  const read = await readFile(job);
  if (isFileRefusal(read)) return { unread: read };
  const kind: DocumentKind = kinds.estimate;
  kind.seed(doc, job.title);
  // Papers stay with the document that they are attached to.
  const actuals = read.data.actuals.map((actual) => ({ ...actual, fileId: null }));
  fillEstimate(doc, { ...read.data, actuals }, job.userId);
  const title = read.data.meta.title || job.title;
  if (kind.title(doc) !== title) setMeta(createEditor(doc, kind.schema, job.userId), { title });
  return { state: Y.encodeStateAsUpdate(doc), title, report: read.report };
}

async function write({
  format,
  view,
  texts,
  at,
}: EstimateJob & { work: 'export-estimate' }): Promise<Uint8Array> {
  const estimation = calculate(view);
  if (format === 'xlsx') return writeWorkbook({ view, estimation, texts, at: new Date(at) });
  const text = format === 'json' ? writeJson(view, estimation, texts) : writeCsv(view, estimation);
  return new TextEncoder().encode(text);
}

async function readFile({
  bytes,
  isJson,
  choice,
}: EstimateJob & { work: 'import-estimate' }): Promise<ReadEstimate | FileRefusal> {
  if (isJson) {
    const text = decodeJson(bytes);
    return text === null
      ? { refused: 'unknown-encoding', detail: 'The file is not text in UTF-8.' }
      : readJson(text);
  }
  const table = await readTable(bytes, { decode });
  if (isFileRefusal(table)) return table;
  const own = choice === null ? readWorkbook(table) : null;
  if (own !== null) return own;
  const sheet = table.sheets[choice?.sheet ?? 0];
  if (sheet === undefined) return { refused: 'invalid', detail: 'The file has no such sheet.' };
  const mapping = choice?.mapping ?? suggestMapping(sheet);
  const { columns } = mapping;
  const hasNumbers = ['qty', 'unitCost', 'amount'].some((field) =>
    columns.some((column) => column === field),
  );
  if (!columns.includes('name') || !hasNumbers) {
    const detail = 'It could not be told which columns hold descriptions and costs; say which.';
    return { refused: 'not-a-table', detail };
  }
  const currency = choice?.currency ?? 'USD';
  const { sections, report } = readLines(sheet, mapping, { currency, encoding: table.encoding });
  const data: EstimateData = {
    meta: { currency },
    params: {},
    proposal: {},
    review: {},
    // What stands before any heading is a section as well: it can be named.
    sections,
    risks: [],
    actuals: [],
    lessons: [],
    scope: '',
    terms: '',
    notes: '',
  };
  return { data, report };
}

function decodeJson(bytes: Uint8Array): string | null {
  try {
    return decode(bytes, 'utf-8');
  } catch {
    return null; // no UTF-8: the caller says so
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
