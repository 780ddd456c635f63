import { type Book, money } from './book.ts';
import { at } from './columns.ts';
import { plainRound, type ShareFormula, shareFormula } from './exact-formula.ts';
import { percentFormat } from './formats.ts';
import { cellName, type SheetDraft } from './sheet-draft.ts';
import type { Look } from './styles.ts';
import { sheetNames } from './words.ts';

interface Row {
  readonly label: string;
  readonly rate?: { readonly formula: string; readonly value: number };
  readonly formula: string;
  readonly value: number;
  /** What formulas call it by. */
  readonly name?: string;
  readonly look?: Look;
  /** After an empty row. */
  readonly apart?: boolean;
}

/** From the base to what the customer pays, below the lines. Returns the number of the last row, from 1. */
export function writeSummary(
  draft: SheetDraft,
  book: Book,
  subtotals: readonly string[],
  from: number,
): number {
  const { estimation: sum, formats, view } = book;
  const { params } = view;
  const { digits } = formats;
  const rounded = (formula: string) => `ROUND(${formula},${digits})`;
  const share = (base: string, amount: number, named: string, bp: number) =>
    exact(book, {
      plain: `${base}*${named}`,
      cell: base,
      amount,
      times: { formula: `ROUND(${named}*10000,0)`, value: BigInt(bp) },
      by: { formula: '10000', value: 10_000n },
    });
  const bid = (cost: string, amount: number) => bidFormula(book, cost, amount);
  const named = (name: string, bp: number) => ({ formula: name, value: bp / 10_000 });
  const isMarkup = params.marginMode === 'markup';
  const outlook = (label: 'Low' | 'High', { cost, bid: price, total }: typeof sum.low): Row[] => [
    {
      label: `Cost if risks turn out ${label.toLowerCase()}`,
      formula: rounded(`BaseCost+Contingency+Overhead+Risk${label}`),
      value: cost,
      name: `Cost${label}`,
      apart: true,
    },
    {
      label: `Bid, ${label.toLowerCase()}`,
      formula: bid(`Cost${label}`, cost),
      value: price,
      name: `Bid${label}`,
    },
    {
      label: `Total, ${label.toLowerCase()}`,
      formula: rounded(`Bid${label}+${share(`Bid${label}`, price, 'TaxRate', params.taxBp)}`),
      value: total,
    },
  ];
  const rows: Row[] = [
    {
      label: 'Base cost',
      formula: subtotals.length === 0 ? '0' : rounded(sumOf(subtotals)),
      value: sum.base,
      name: 'BaseCost',
      look: 'sum',
    },
    {
      label: 'Contingency',
      rate: named('ContingencyRate', params.contingencyBp),
      formula: share('BaseCost', sum.base, 'ContingencyRate', params.contingencyBp),
      value: sum.contingency,
      name: 'Contingency',
    },
    {
      label: 'Overhead',
      rate: named('OverheadRate', params.overheadBp),
      formula: share('BaseCost', sum.base, 'OverheadRate', params.overheadBp),
      value: sum.overhead,
      name: 'Overhead',
    },
    { label: 'Risk, expected', formula: 'RiskExpected', value: sum.riskExpected },
    {
      label: 'Cost',
      formula: rounded('BaseCost+Contingency+Overhead+RiskExpected'),
      value: sum.cost,
      name: 'TotalCost',
      look: 'sum',
    },
    {
      label: isMarkup ? 'Markup' : 'Margin',
      rate: named('TargetRate', params.targetBp),
      formula: rounded('Bid-TotalCost'),
      value: sum.margin,
    },
    { label: 'Bid', formula: bid('TotalCost', sum.cost), value: sum.bid, name: 'Bid', look: 'total' },
    {
      label: 'Tax',
      rate: named('TaxRate', params.taxBp),
      formula: share('Bid', sum.bid, 'TaxRate', params.taxBp),
      value: sum.tax,
      name: 'TaxAmount',
    },
    {
      label: 'Total',
      formula: rounded('Bid+TaxAmount'),
      value: sum.total,
      name: 'GrandTotal',
      look: 'total',
    },
    ...outlook('Low', sum.low),
    ...outlook('High', sum.high),
  ];
  let row = from;
  for (const one of rows) {
    if (one.apart) row += 1;
    const look = one.look ?? 'label';
    draft.text(row, at.name, one.label, look);
    if (one.rate) draft.formula(row, at.waste, one.rate.formula, one.rate.value, percentFormat, look);
    draft.formula(
      row,
      at.amount,
      one.formula,
      money(one.value),
      one.look ? formats.total : formats.amount,
      look,
    );
    draft.fill(row, at.code, at.note, look);
    draft.text(row, at.row, 'total');
    if (look === 'total') draft.height(row, 24);
    if (one.name) book.name(one.name, sheetNames.estimate, cellName(row, at.amount));
    row += 1;
  }
  return row;
}

/** Function calls hold 255 arguments at most; a plus sign for each would be too long for a cell. */
function sumOf(cells: readonly string[]): string {
  const parts: string[] = [];
  for (let start = 0; start < cells.length; start += 200)
    parts.push(`SUM(${cells.slice(start, start + 200).join(',')})`);
  return parts.join('+');
}

function bidFormula(book: Book, cost: string, amount: number): string {
  const { targetBp } = book.view.params;
  const markup = exact(book, {
    plain: `${cost}*(1+TargetRate)`,
    cell: cost,
    amount,
    times: { formula: 'ROUND((1+TargetRate)*10000,0)', value: BigInt(10_000 + targetBp) },
    by: { formula: '10000', value: 10_000n },
  });
  const margin = exact(book, {
    plain: `${cost}/(1-TargetRate)`,
    cell: cost,
    amount,
    times: { formula: '10000', value: 10_000n },
    by: { formula: 'ROUND((1-TargetRate)*10000,0)', value: BigInt(Math.max(1, 10_000 - targetBp)) },
  });
  return `IF(MarginMode="markup",${markup},IF(TargetRate<1,${margin},${cost}))`;
}

/** Amounts are whole minor units. Beyond 10¹⁴ of these no spreadsheet is exact; there the plain formula stands. */
function exact(
  book: Book,
  share: Omit<ShareFormula, 'scale' | 'amount'> & { readonly amount: number },
): string {
  const { digits } = book.formats;
  const amount = BigInt(share.amount) / 10n ** BigInt(4 - digits);
  return shareFormula({ ...share, amount, scale: 10 ** digits }, digits) ?? plainRound(share.plain, digits);
}
