import type { EstimateView } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import { writeXlsx } from 'hucre/xlsx';
import type { Texts } from '../estimate-data.ts';
import { actualSheets } from './actual-sheets.ts';
import { openBook } from './book.ts';
import { estimateSheet } from './estimate-sheet.ts';
import { moneyFormats } from './formats.ts';
import { lessonSheet } from './lesson-sheet.ts';
import { parameterSheet } from './parameter-sheet.ts';
import { riskSheet } from './risk-sheet.ts';

export interface WorkbookInput {
  readonly view: EstimateView;
  readonly estimation: Estimation;
  readonly texts: Texts;
  /** Stands in the file as the time it was made. */
  readonly at: Date;
}

/**
 * An Excel workbook (OOXML) that goes on calculating: every sum is a formula over the lines, risks and rates, and comes to what
 * `calculate` comes to. Text is text whatever it begins with. Complete: `readWorkbook` reads it back.
 */
export async function writeWorkbook({ view, estimation, texts, at }: WorkbookInput): Promise<Uint8Array> {
  const book = openBook({ view, estimation, texts, formats: moneyFormats(view.meta.currency) });
  const { sheet, places } = estimateSheet(book);
  const sheets = [
    sheet,
    riskSheet(book),
    ...actualSheets(book, places),
    ...(view.lessons.length > 0 ? [lessonSheet(book)] : []),
    parameterSheet(book),
  ];
  return writeXlsx({
    sheets,
    namedRanges: [...book.names],
    defaultFont: { name: 'Arial', size: 10 },
    properties: { title: view.meta.title, creator: 'Tidemark', created: at, modified: at },
  });
}
