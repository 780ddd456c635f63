import { amountOf, formatMoney, type Money } from '@tidemark/estimating';
import type { LineData, SectionData } from '../estimate-data.ts';
import { type FileNote, type FileReport, makeReport } from '../report.ts';
import { looseSection } from '../workbook/words.ts';
import { headWords, type Mapping, plainWords } from './fields.ts';
import { type NumberReader, numberReader } from './line-numbers.ts';
import { type RowCells, readLine, type Say } from './read-line.ts';
import { isBareSum, isExtra, isSum } from './row-kind.ts';
import { type Cell, isBlankRow, type TableSheet, textOf } from './table.ts';

export interface ReadLines {
  /** In the order of the file; a first one without a name holds what stands before any heading. */
  readonly sections: readonly SectionData[];
  readonly report: FileReport;
  /** The file's own amounts of the lines that were read, and what these lines come to; null when it has no such column. */
  readonly check: { readonly file: Money; readonly ours: Money } | null;
}

interface Source {
  readonly currency: string;
  /** What the file was read as. */
  readonly encoding: string;
}

/**
 * Lines and sections of a table. A row with words and no number begins a section; sums, and what follows from rates, are left out; whatever
 * is left out or changed is said by row.
 */
export function readLines({ rows }: TableSheet, mapping: Mapping, { currency, encoding }: Source): ReadLines {
  const first = (mapping.headRow ?? -1) + 1;
  const below = rows.slice(first);
  const numbers = numberReader(below, mapping, currency);
  const notes: FileNote[] = [];
  const sections = gatherSections();
  const sums = { file: 0, ours: 0 };
  let read = 0;
  for (const [index, row] of below.entries()) {
    if (isBlankRow(row)) continue;
    read += 1;
    const cells = cellsOf(row, mapping, numbers);
    const about = cells.text('name') || cells.text('code') || textOf(row.find((cell) => textOf(cell) !== ''));
    const say: Say = (code, fate, detail) =>
      notes.push({
        code,
        fate,
        element: { id: null, type: 'row', name: about.slice(0, 200) },
        line: first + index + 1,
        detail,
      });
    const other = notALine(row, about, cells, mapping);
    if (other !== null) {
      if (other.section !== null) sections.open(other.section);
      else say(other.code, 'lost', other.detail);
      continue;
    }
    const line = readLine(cells, say);
    sections.add(cells.text('section'), line);
    if (cells.amount.is !== 'number') continue;
    const ours = amountOf(line, currency);
    sums.file += cells.amount.value;
    sums.ours += ours;
    if (cells.amount.value === ours) continue;
    const said = `The file says ${formatMoney(cells.amount.value, currency, 'en')}`;
    say('totals-differ', 'changed', `${said}; the line comes to ${formatMoney(ours, currency, 'en')}.`);
  }
  const all = [...aboutFile(sums, numbers, { currency, encoding }), ...notes];
  return {
    sections: sections.list(),
    report: makeReport(encoding, read, all),
    check: mapping.columns.includes('amount') ? sums : null,
  };
}

function cellsOf(row: readonly Cell[], mapping: Mapping, numbers: NumberReader): RowCells {
  return {
    text: (field) => {
      const column = mapping.columns.indexOf(field);
      return column === -1 ? '' : textOf(row[column]);
    },
    qty: numbers.qty(row),
    unitCost: numbers.unitCost(row),
    waste: numbers.waste(row),
    amount: numbers.amount(row),
  };
}

type NotALine =
  | { readonly section: string }
  | { readonly section: null; readonly code: 'row-left-out' | 'summary-row'; readonly detail: string };

/** A heading, a sum, a rate or a section; null: a line. */
function notALine(row: readonly Cell[], about: string, cells: RowCells, mapping: Mapping): NotALine | null {
  const leave = (code: 'row-left-out' | 'summary-row', detail: string) => ({ section: null, code, detail });
  if (isHeading(row, mapping))
    return leave('row-left-out', 'The headings stand here again; the row is left out.');
  const isCost = cells.unitCost.is !== 'none';
  // "Total 9.00" under the costs of one piece is a sum; a total station with a cost is a thing.
  if (cells.qty.is !== 'none' || (isCost && !isBareSum(about))) return null;
  if (isSum(about)) return leave('summary-row', 'The row is a sum; sums are worked out from the lines.');
  if (isExtra(about)) {
    return leave('summary-row', 'Taxes, overhead and profit are rates of the estimate; the row is left out.');
  }
  if (cells.amount.is !== 'none') return null;
  const words = row.some((cell) => typeof cell === 'string' && /\p{L}/u.test(cell));
  if (!words) return leave('row-left-out', 'The row has neither words nor numbers of a line.');
  return { section: cells.text('name') || cells.text('section') || about };
}

/** Headings that stand again, on the next page of a printed table. */
function isHeading(row: readonly Cell[], { columns, headRow }: Mapping): boolean {
  if (headRow === null) return false;
  const there = columns.flatMap((field, column) => {
    const text = textOf(row[column]);
    return field === null || text === '' ? [] : [{ field, words: plainWords(text) }];
  });
  return there.length >= 2 && there.every(({ field, words }) => headWords[field].includes(words));
}

/** Lines by section: the one that their own column names, else the last that was begun. */
function gatherSections() {
  const sections: { name: string; lines: LineData[] }[] = [];
  const byName = new Map<string, { lines: LineData[] }>();
  const open = (name: string) => {
    const section = { name: name.slice(0, 500), lines: [] };
    sections.push(section);
    return section;
  };
  return {
    open,
    add(named: string, line: LineData) {
      const name = named === looseSection ? '' : named;
      const section = name === '' ? (sections.at(-1) ?? open('')) : (byName.get(name) ?? open(name));
      if (name !== '') byName.set(name, section);
      section.lines.push(line);
    },
    list: (): SectionData[] => sections,
  };
}

function aboutFile(
  sums: { readonly file: Money; readonly ours: Money },
  { wasteIsShare }: NumberReader,
  { currency, encoding }: Source,
): FileNote[] {
  const notes: FileNote[] = [];
  const note = (code: FileNote['code'], fate: FileNote['fate'], detail: string) =>
    notes.push({ code, fate, element: null, line: null, detail });
  if (encoding !== 'utf-8') note('read-as', 'kept', `The file is not UTF-8; it was read as ${encoding}.`);
  if (wasteIsShare) note('read-as', 'kept', 'Waste stands as a share in the file: 0.1 was read as 10 %.');
  if (sums.file !== sums.ours) {
    const [file, ours] = [sums.file, sums.ours].map((sum) => formatMoney(sum, currency, 'en'));
    note('totals-differ', 'changed', `The file's amounts come to ${file}, the lines to ${ours}.`);
  }
  return notes;
}
