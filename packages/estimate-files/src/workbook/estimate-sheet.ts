import type { LineView, Section } from '@tidemark/documents/estimate';
import type { WriteSheet } from 'hucre/xlsx';
import { type Book, money, quantity, rate } from './book.ts';
import { at, headRow, widths } from './columns.ts';
import { lineFormula } from './exact-formula.ts';
import { percentFormat, plainFormat } from './formats.ts';
import { pageOf } from './page.ts';
import { cellName, draftSheet, type SheetDraft } from './sheet-draft.ts';
import { writeSummary } from './summary.ts';
import { kindWords, lineHeads, looseSection, sheetNames, yes } from './words.ts';

/** Where other sheets find what they refer to. */
export interface EstimatePlaces {
  readonly lines: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string | null, string>;
}

export function estimateSheet(book: Book): { readonly sheet: WriteSheet; readonly places: EstimatePlaces } {
  const { meta } = book.view;
  const draft = draftSheet(sheetNames.estimate, widths);
  draft.text(0, 0, meta.title === '' ? 'Estimate' : meta.title, 'title');
  draft.height(0, 26);
  draft.text(1, 0, [meta.client, meta.site.replaceAll(/\s+/g, ' ')].filter(Boolean).join(' · '), 'about');
  const money = `All money in ${meta.currency}`;
  draft.text(
    2,
    0,
    [meta.number, money, meta.validUntil && `Valid until ${meta.validUntil}`].filter(Boolean).join(' · '),
    'about',
  );
  lineHeads.forEach((head, column) => {
    const right = column === at.qty || column === at.unitCost || column === at.waste || column === at.amount;
    draft.text(headRow, column, head, right ? 'headRight' : column === at.optional ? 'headCenter' : 'head');
  });
  draft.text(headRow, at.row, 'Row', 'head');
  draft.text(headRow, at.id, 'Id', 'head');
  draft.text(headRow, at.typed, 'Typed', 'head');
  draft.height(headRow, 22);

  const lines = new Map<string, string>();
  const sections = new Map<string | null, string>();
  let row = headRow + 1;
  for (const section of book.view.sections) row = writeSection(draft, book, section, row, lines, sections);
  const last = writeSummary(draft, book, [...sections.values()], row + 1);
  return { sheet: { ...draft.finish(), ...frame(last) }, places: { lines, sections } };
}

function frame(last: number): Omit<WriteSheet, 'name'> {
  return {
    columns: widths.map((width, column) => ({ width, ...(column >= at.row ? { hidden: true } : {}) })),
    freezePane: { rows: headRow + 1 },
    ...pageOf({ area: `$A$1:$J$${last}`, heads: `$${headRow + 1}:$${headRow + 1}` }),
  };
}

function writeSection(
  draft: SheetDraft,
  book: Book,
  { group, lines }: Section,
  from: number,
  lineCells: Map<string, string>,
  sectionCells: Map<string | null, string>,
): number {
  const name = group?.name ?? looseSection;
  draft.text(from, at.code, '', 'section');
  draft.text(from, at.name, name, 'section');
  draft.fill(from, at.code, at.note, 'section');
  draft.height(from, 22);
  draft.text(from, at.row, 'section');
  draft.text(from, at.id, group?.id ?? '');
  let row = from + 1;
  for (const line of lines) {
    writeLine(draft, book, line, row);
    lineCells.set(line.id, cellName(row, at.amount));
    row += 1;
  }
  const { amount } = book.formats;
  const range = (column: number) => `${cellName(from, column)}:${cellName(row - 1, column)}`;
  const sums = book.estimation.sections.get(group?.id ?? null) ?? { subtotal: 0, optional: 0 };
  draft.text(row, at.name, `Subtotal ${name}`.trim(), 'sum');
  // From the section's own row on, so that lines inserted first or last are in it.
  const subtotal = `ROUND(SUMIFS(${range(at.amount)},${range(at.optional)},"<>${yes}"),${book.formats.digits})`;
  draft.formula(row, at.amount, subtotal, money(sums.subtotal), amount, 'sum');
  draft.fill(row, at.code, at.note, 'sum');
  draft.text(row, at.row, 'subtotal');
  sectionCells.set(group?.id ?? null, cellName(row, at.amount));
  return row + 1;
}

function writeLine(draft: SheetDraft, { estimation, formats }: Book, line: LineView, row: number): void {
  const look = line.optional ? 'optional' : 'text';
  draft.text(row, at.code, line.code, look);
  draft.text(row, at.name, line.name, look);
  draft.text(row, at.kind, kindWords[line.kind], look);
  draft.number(row, at.qty, quantity(line.qty), plainFormat);
  draft.text(row, at.unit, line.unit, look);
  draft.number(row, at.unitCost, money(line.unitCost), formats.input(line.unitCost));
  draft.number(row, at.waste, line.wasteBp === 0 ? null : rate(line.wasteBp), percentFormat);
  draft.text(row, at.optional, line.optional ? yes : '', 'center');
  const value = money(estimation.amounts.get(line.id) ?? 0);
  const cells = {
    qty: cellName(row, at.qty),
    waste: cellName(row, at.waste),
    cost: cellName(row, at.unitCost),
  };
  const formula = lineFormula(cells, line, formats.digits);
  if (formula === null) draft.number(row, at.amount, value, formats.amount);
  else draft.formula(row, at.amount, formula, value, formats.amount);
  draft.text(row, at.note, line.note, look);
  draft.text(row, at.row, 'line');
  draft.text(row, at.id, line.id);
  const typed = { ...line.calc, ...(line.item === null ? {} : { item: line.item }) };
  draft.text(row, at.typed, Object.keys(typed).length === 0 ? '' : JSON.stringify(typed));
}
