import { lineKinds, riskOutcomes } from '@tidemark/documents/estimate';
import { parseAmount, parseQuantity, parseRate } from '@tidemark/estimating';
import type { EstimateData, LineData, SectionData } from '../estimate-data.ts';
import { type FileRefusal, refuseFile } from '../file-refusal.ts';
import { estimateFormat } from '../format.ts';
import type { ReadEstimate } from '../json/read-json.ts';
import { type FileNote, makeReport } from '../report.ts';
import { isYes } from '../table/row-kind.ts';
import { type Cell, isBlankRow, type Table, textOf } from '../table/table.ts';
import { actualColumns, actualHeadRow } from './actual-sheets.ts';
import { at, headRow } from './columns.ts';
import { lessonColumns, lessonHeadRow } from './lesson-sheet.ts';
import { riskColumns, riskHeadRow } from './risk-sheet.ts';
import { kindWords, outcomeWords, sheetNames } from './words.ts';

type Row = readonly Cell[];

/**
 * A workbook that `writeWorkbook` has written, with whatever a person has changed in it since: values, lines and rows that were added,
 * moved or taken away. Null for any other workbook.
 */
export function readWorkbook(table: Table): ReadEstimate | FileRefusal | null {
  const rowsOf = (name: string) => table.sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  const parameters = readParameters(rowsOf(sheetNames.parameters));
  const format = parameters.get('format');
  if (table.kind !== 'workbook' || format === undefined) return null;
  if (format !== estimateFormat) {
    return refuseFile(
      'not-an-estimate',
      `The workbook is "${String(format)}"; "${estimateFormat}" can be read.`,
    );
  }
  const notes: FileNote[] = [];
  const reader = cellReader(notes);
  const sections = readSections(rowsOf(sheetNames.estimate), reader);
  const risks = readRisks(rowsOf(sheetNames.risks), reader);
  const actuals = readActuals(rowsOf(sheetNames.actuals), reader);
  const lessons = readLessons(rowsOf(sheetNames.lessons));
  const records = [risks, actuals, lessons, ...sections.map(({ lines }) => lines)];
  const data = { ...settings(parameters, reader), sections, risks, actuals, lessons };
  return {
    data,
    report: makeReport(
      'utf-8',
      records.reduce((sum, { length }) => sum + length, 0),
      notes,
    ),
  };
}

interface CellReader {
  money(row: Row, column: number, about: string, line: number): number;
  quantity(row: Row, column: number, about: string, line: number): number;
  rate(row: Row, column: number, about: string, line: number): number;
}

/** Numbers to the document's units; what can't be read is 0 and said. */
function cellReader(notes: FileNote[]): CellReader {
  const read = (parse: typeof parseAmount) => (row: Row, column: number, about: string, line: number) => {
    const text = textOf(row[column]);
    if (text === '') return 0;
    const parsed = parse(text, 'en');
    if ('value' in parsed) return parsed.value;
    notes.push({
      code: 'value-left-out',
      fate: 'lost',
      element: about === '' ? null : { id: null, type: 'row', name: about },
      line,
      detail: `“${text.slice(0, 60)}” is left out: ${parsed.problem}`,
    });
    return 0;
  };
  const rate = read(parseRate);
  return {
    money: read(parseAmount),
    quantity: read(parseQuantity),
    rate: (row, column, about, line) => {
      const cell = row[column];
      // A cell in percent holds the share.
      return typeof cell === 'number' ? Math.round(cell * 10_000) : rate(row, column, about, line);
    },
  };
}

function readSections(rows: readonly Row[], read: CellReader): SectionData[] {
  const sections: { id?: string | null; name: string; lines: LineData[] }[] = [];
  rows.slice(headRow + 1).forEach((row, index) => {
    const kind = textOf(row[at.row]);
    const name = textOf(row[at.name]);
    const id = textOf(row[at.id]);
    if (isBlankRow(row) || kind === 'subtotal' || kind === 'total') return;
    const hasNumber = textOf(row[at.qty]) !== '' || textOf(row[at.unitCost]) !== '';
    if (kind === 'section' || (kind === '' && !hasNumber)) {
      const own = kind === 'section' ? { id: id === '' ? null : id } : {};
      sections.push({ ...own, name: raw(row[at.name]) || textOf(row[at.code]), lines: [] });
      return;
    }
    const lines = sections.at(-1)?.lines ?? [];
    if (sections.length === 0) sections.push({ id: null, name: '', lines });
    lines.push(readLine(row, headRow + 2 + index, name, id, read));
  });
  return sections;
}

function readLine(row: Row, line: number, name: string, id: string, read: CellReader): LineData {
  const { item, ...calc } = jsonOf(textOf(row[at.typed]));
  const said = textOf(row[at.kind]);
  return {
    ...(id === '' ? {} : { id }),
    code: textOf(row[at.code]),
    name: raw(row[at.name]),
    kind: lineKinds.find((kind) => kindWords[kind] === said) ?? 'mat',
    qty: read.quantity(row, at.qty, name, line),
    unit: raw(row[at.unit]),
    unitCost: read.money(row, at.unitCost, name, line),
    wasteBp: read.rate(row, at.waste, name, line),
    optional: isYes(textOf(row[at.optional])),
    note: raw(row[at.note]),
    item: typeof item === 'string' ? item : null,
    calc: calc as Record<string, string>,
  };
}

function readRisks(rows: readonly Row[], read: CellReader): EstimateData['risks'] {
  return below(rows, riskHeadRow, riskColumns.title).map(({ row, line }) => {
    const title = raw(row[riskColumns.title]);
    const money = (column: number) => read.money(row, column, title, line);
    const applied = isYes(textOf(row[riskColumns.applied]));
    const by = jsonOf(textOf(row[riskColumns.by]));
    const outcome = textOf(row[riskColumns.outcome]);
    const id = textOf(row[riskColumns.id]);
    return {
      ...(id === '' ? {} : { id }),
      title,
      category: raw(row[riskColumns.category]),
      probBp: read.rate(row, riskColumns.prob, title, line),
      low: money(riskColumns.low),
      high: money(riskColumns.high),
      mitigation: raw(row[riskColumns.mitigation]),
      mitigationCost: money(riskColumns.mitigationCost),
      mitigatedProbBp: read.rate(row, riskColumns.mitigatedProb, title, line),
      mitigatedLow: money(riskColumns.mitigatedLow),
      mitigatedHigh: money(riskColumns.mitigatedHigh),
      applied: applied
        ? { at: typeof by.at === 'string' ? by.at : '', by: typeof by.by === 'string' ? by.by : null }
        : null,
      owner: raw(row[riskColumns.owner]),
      outcome: riskOutcomes.find((one) => outcomeWords[one] === outcome) ?? 'open',
      actualImpact: textOf(row[riskColumns.actualImpact]) === '' ? null : money(riskColumns.actualImpact),
      outcomeNote: raw(row[riskColumns.outcomeNote]),
    };
  });
}

function readActuals(rows: readonly Row[], read: CellReader): EstimateData['actuals'] {
  return below(rows, actualHeadRow, actualColumns.about).map(({ row, line }) => {
    const reference = (column: number) => textOf(row[column]) || null;
    const id = textOf(row[actualColumns.id]);
    const date = textOf(row[actualColumns.date]);
    return {
      ...(id === '' ? {} : { id }),
      date: /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : '',
      lineId: reference(actualColumns.line),
      groupId: reference(actualColumns.group),
      fileId: reference(actualColumns.file),
      vendor: raw(row[actualColumns.vendor]),
      amount: read.money(row, actualColumns.amount, textOf(row[actualColumns.vendor]), line),
      note: raw(row[actualColumns.note]),
    };
  });
}

function readLessons(rows: readonly Row[]): EstimateData['lessons'] {
  return rows.slice(lessonHeadRow + 1).flatMap((row) => {
    if (isBlankRow(row)) return [];
    const id = textOf(row[lessonColumns.id]);
    const kind = textOf(row[lessonColumns.kind]) === 'Issue' ? 'issue' : 'lesson';
    const riskId = textOf(row[lessonColumns.risk]) || null;
    return [{ ...(id === '' ? {} : { id }), kind, text: raw(row[lessonColumns.text]), riskId }];
  });
}

/** The rows between the heads and the sum, with their numbers from 1. */
function below(
  rows: readonly Row[],
  heads: number,
  sumColumn: number,
): { readonly row: Row; readonly line: number }[] {
  const there = rows.map((row, index) => ({ row, line: index + 1 })).slice(heads + 1);
  const kept = there.filter(({ row }) => !isBlankRow(row));
  const last = kept.at(-1)?.row;
  return last && textOf(last[sumColumn]) === 'Total' ? kept.slice(0, -1) : kept;
}

/** Key → what stands beside it; texts that went over several rows in one piece. */
function readParameters(rows: readonly Row[]): Map<string, Cell> {
  const found = new Map<string, Cell>();
  for (const row of rows) {
    const key = textOf(row[2]);
    if (key === '') continue;
    const before = found.get(key);
    found.set(key, before === undefined ? (row[1] ?? null) : raw(before) + raw(row[1]));
  }
  return found;
}

function settings(
  parameters: ReadonlyMap<string, Cell>,
  read: CellReader,
): Pick<EstimateData, 'meta' | 'params' | 'proposal' | 'review' | 'scope' | 'terms' | 'notes'> {
  const parts: Record<'meta' | 'params' | 'proposal' | 'review', Record<string, unknown>> = {
    meta: {},
    params: {},
    proposal: {},
    review: {},
  };
  for (const [key, cell] of parameters) {
    const [part = '', name = ''] = key.split('.');
    if (!(part in parts)) continue;
    const into = parts[part as keyof typeof parts];
    if (name.endsWith('Bp')) into[name] = read.rate([cell], 0, name, 0);
    else if (name.startsWith('show')) into[name] = isYes(textOf(cell));
    else if (name.endsWith('Days')) into[name] = typeof cell === 'number' ? Math.round(cell) : null;
    else into[name] = raw(cell);
  }
  const text = (key: string) => raw(parameters.get(key));
  return { ...parts, scope: text('scope'), terms: text('terms'), notes: text('notes') };
}

/** As it stands, blanks at the ends included. */
function raw(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : textOf(cell);
}

function jsonOf(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {}; // somebody wrote into a hidden column: what it said is gone, the row is not
  }
}
