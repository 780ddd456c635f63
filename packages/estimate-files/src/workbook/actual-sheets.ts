import type { ActualView, EstimateView } from '@tidemark/documents/estimate';
import type { WriteSheet } from 'hucre/xlsx';
import { type Book, money } from './book.ts';
import type { EstimatePlaces } from './estimate-sheet.ts';
import { dateFormat, percentFormat } from './formats.ts';
import { pageOf } from './page.ts';
import { cellName, draftSheet } from './sheet-draft.ts';
import { looseSection, sheetNames } from './words.ts';

/** Columns of the sheet Actuals, from 0. */
export const actualColumns = {
  date: 0,
  about: 1,
  vendor: 2,
  amount: 3,
  note: 4,
  /** Hidden: ids in the document, and the section that the amount counts for. */
  id: 5,
  line: 6,
  group: 7,
  file: 8,
  section: 9,
} as const;
const at = actualColumns;
export const actualHeadRow = 2;
const heads = ['Date', 'For', 'Vendor', 'Amount', 'Note', 'Id', 'Line', 'Section', 'File', 'Counts for'];
const widths = [12, 46, 26, 16, 44, 10, 10, 10, 10, 10];
/** What stands for "no section" where formulas look for it. */
const loose = 'none';

/** What was spent, and beside it, in a sheet of its own, what was expected. */
export function actualSheets(book: Book, places: EstimatePlaces): WriteSheet[] {
  const { view, formats } = book;
  const draft = draftSheet(sheetNames.actuals, widths);
  draft.text(0, 0, 'Actual costs', 'title');
  draft.height(0, 26);
  heads.forEach((head, column) => {
    draft.text(actualHeadRow, column, head, column === at.amount ? 'headRight' : 'head');
  });
  let row = actualHeadRow + 1;
  for (const actual of view.actuals) {
    if (actual.date === '') draft.text(row, at.date, '');
    else if (actual.date < '1900-03-01') draft.text(row, at.date, actual.date);
    else draft.number(row, at.date, serialOf(actual.date), dateFormat);
    draft.text(row, at.about, aboutOf(view, actual));
    draft.text(row, at.vendor, actual.vendor);
    draft.number(row, at.amount, money(actual.amount), formats.input(actual.amount));
    draft.text(row, at.note, actual.note);
    draft.text(row, at.id, actual.id);
    draft.text(row, at.line, actual.lineId ?? '');
    draft.text(row, at.group, actual.groupId ?? '');
    draft.text(row, at.file, actual.fileId ?? '');
    draft.text(row, at.section, sectionOf(view, actual) ?? loose);
    row += 1;
  }
  const range = (column: number) =>
    `${sheetNames.actuals}!$${cellName(actualHeadRow, column).replace(/(\d+)/, '$$$1')}:$${cellName(row - 1, column).replace(/(\d+)/, '$$$1')}`;
  const total = view.actuals.reduce((sum, { amount }) => sum + amount, 0);
  draft.text(row, at.about, 'Total', 'total');
  draft.formula(row, at.amount, `SUM(${range(at.amount)})`, money(total), formats.total, 'total');
  draft.fill(row, at.date, at.note, 'total');
  const sheet: WriteSheet = {
    ...draft.finish(),
    columns: widths.map((width, column) => ({ width, ...(column >= at.id ? { hidden: true } : {}) })),
    freezePane: { rows: actualHeadRow + 1 },
    ...pageOf({ area: `$A$1:$E$${row + 1}`, heads: `$${actualHeadRow + 1}:$${actualHeadRow + 1}` }),
  };
  return [sheet, varianceSheet(book, places, range)];
}

function varianceSheet(
  { view, estimation, formats }: Book,
  places: EstimatePlaces,
  range: (column: number) => string,
): WriteSheet {
  const draft = draftSheet('Variance', [46, 16, 16, 16, 13]);
  draft.text(0, 0, 'Variance', 'title');
  draft.height(0, 26);
  ['Section or line', 'Estimated', 'Actual', 'Variance', 'Variance %'].forEach((head, column) => {
    draft.text(actualHeadRow, column, head, column === 0 ? 'head' : 'headRight');
  });
  let row = actualHeadRow + 1;
  const write = (
    name: string,
    estimated: { cell: string; value: number },
    actual: { formula: string; value: number },
    look: 'sum' | 'label' | 'total',
  ) => {
    const [expected, spent, difference] = [1, 2, 3].map((column) => cellName(row, column));
    const variance = actual.value - estimated.value;
    const format = look === 'total' ? formats.total : formats.amount;
    draft.text(row, 0, name, look);
    draft.formula(row, 1, estimated.cell, money(estimated.value), format, look);
    draft.formula(row, 2, actual.formula, money(actual.value), format, look);
    draft.formula(row, 3, `${spent}-${expected}`, money(variance), format, look);
    const share = estimated.value === 0 ? '' : variance / estimated.value;
    draft.formula(row, 4, `IF(${expected}=0,"",${difference}/${expected})`, share, percentFormat, look);
    row += 1;
  };
  const spent = (keep: (actual: ActualView) => boolean) =>
    view.actuals.reduce((sum, actual) => (keep(actual) ? sum + actual.amount : sum), 0);
  const ofSection = (id: string | null) => ({
    formula: `SUMIFS(${range(at.amount)},${range(at.section)},"${id ?? loose}")`,
    value: spent((actual) => sectionOf(view, actual) === id),
  });
  for (const { group, lines } of view.sections) {
    const id = group?.id ?? null;
    const cell = `${sheetNames.estimate}!${places.sections.get(id)}`;
    write(
      group?.name ?? looseSection,
      { cell, value: estimation.sections.get(id)?.subtotal ?? 0 },
      ofSection(id),
      'sum',
    );
    for (const line of lines) {
      const value = spent(({ lineId }) => lineId === line.id);
      if (value === 0 && !view.actuals.some(({ lineId }) => lineId === line.id)) continue;
      const formula = `SUMIFS(${range(at.amount)},${range(at.line)},"${line.id}")`;
      const estimated = {
        cell: `${sheetNames.estimate}!${places.lines.get(line.id)}`,
        value: estimation.amounts.get(line.id) ?? 0,
      };
      write(`    ${line.name}`, estimated, { formula, value }, 'label');
    }
  }
  if (
    !view.sections.some(({ group }) => group === null) &&
    view.actuals.some((actual) => sectionOf(view, actual) === null)
  ) {
    write(looseSection, { cell: '0', value: 0 }, ofSection(null), 'sum');
  }
  write(
    'Total',
    { cell: 'BaseCost', value: estimation.base },
    { formula: `SUM(${range(at.amount)})`, value: spent(() => true) },
    'total',
  );
  return {
    ...draft.finish(),
    columns: [{ width: 46 }, { width: 16 }, { width: 16 }, { width: 16 }, { width: 13 }],
    freezePane: { rows: actualHeadRow + 1 },
    ...pageOf({ heads: `$${actualHeadRow + 1}:$${actualHeadRow + 1}` }),
  };
}

/** The section that an actual cost counts for: its line's, or the one it names; null when neither is there. */
function sectionOf(view: EstimateView, { lineId, groupId }: ActualView): string | null {
  const line = lineId === null ? undefined : view.lines.get(lineId);
  const id = line === undefined ? groupId : line.group;
  return view.groups.some((group) => group.id === id) ? id : null;
}

function aboutOf(view: EstimateView, actual: ActualView): string {
  const section = sectionOf(view, actual);
  const group = view.groups.find(({ id }) => id === section)?.name ?? '';
  const line = actual.lineId === null ? '' : (view.lines.get(actual.lineId)?.name ?? '');
  return [group, line].filter(Boolean).join(' › ');
}

/** Days since the end of 1899, as spreadsheets count. */
function serialOf(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
}
