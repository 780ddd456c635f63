import type { RiskView } from '@tidemark/documents/estimate';
import type { WriteSheet } from 'hucre/xlsx';
import { type Book, money, rate } from './book.ts';
import { plainRound, shareFormula } from './exact-formula.ts';
import { percentFormat } from './formats.ts';
import { pageOf } from './page.ts';
import { cellName, draftSheet, type SheetDraft } from './sheet-draft.ts';
import { outcomeWords, sheetNames, yes } from './words.ts';

/** Columns from 0. */
export const riskColumns = {
  title: 0,
  category: 1,
  prob: 2,
  low: 3,
  high: 4,
  mitigation: 5,
  mitigationCost: 6,
  mitigatedProb: 7,
  mitigatedLow: 8,
  mitigatedHigh: 9,
  applied: 10,
  lowExposure: 11,
  expected: 12,
  highExposure: 13,
  owner: 14,
  outcome: 15,
  actualImpact: 16,
  outcomeNote: 17,
  /** Hidden. */
  id: 18,
  by: 19,
} as const;
const at = riskColumns;

const heads = [
  'Risk',
  'Category',
  'Probability',
  'Low impact',
  'High impact',
  'Mitigation',
  'Mitigation cost',
  'Mitigated probability',
  'Mitigated low',
  'Mitigated high',
  'Applied',
  'Low',
  'Expected',
  'High',
  'Owner',
  'Outcome',
  'Actual impact',
  'Outcome note',
  'Id',
  'Applied by',
];
const widths = [34, 16, 12, 14, 14, 34, 14, 12, 14, 14, 9, 14, 14, 14, 16, 11, 14, 30, 10, 10];
export const riskHeadRow = 2;

export function riskSheet(book: Book): WriteSheet {
  const { estimation, formats, view } = book;
  const draft = draftSheet(sheetNames.risks, widths);
  draft.text(0, at.title, 'Risks', 'title');
  draft.height(0, 26);
  draft.height(riskHeadRow, 36);
  heads.forEach((head, column) => {
    const isNumber =
      (column >= at.prob && column <= at.high) || (column >= at.mitigationCost && column <= at.mitigatedHigh);
    const right =
      isNumber || (column >= at.lowExposure && column <= at.highExposure) || column === at.actualImpact;
    draft.text(riskHeadRow, column, head, right ? 'headRight' : 'head');
  });
  let row = riskHeadRow + 1;
  for (const risk of view.risks) writeRisk(draft, book, risk, row++);
  draft.text(row, at.title, 'Total', 'total');
  const totals = [
    ['RiskLow', at.lowExposure, estimation.riskLow],
    ['RiskExpected', at.expected, estimation.riskExpected],
    ['RiskHigh', at.highExposure, estimation.riskHigh],
  ] as const;
  for (const [name, column, value] of totals) {
    // From the heads on, so that a risk inserted first is in it.
    const range = `${cellName(riskHeadRow, column)}:${cellName(row - 1, column)}`;
    draft.formula(
      row,
      column,
      `ROUND(SUM(${range}),${formats.digits})`,
      money(value),
      formats.total,
      'total',
    );
    book.name(name, sheetNames.risks, cellName(row, column));
  }
  draft.fill(row, at.title, at.outcomeNote, 'total');
  return {
    ...draft.finish(),
    columns: widths.map((width, column) => ({ width, ...(column >= at.id ? { hidden: true } : {}) })),
    freezePane: { rows: riskHeadRow + 1, columns: 1 },
    ...pageOf({ area: `$A$1:$R$${row + 1}`, heads: `$${riskHeadRow + 1}:$${riskHeadRow + 1}` }),
  };
}

function writeRisk(draft: SheetDraft, book: Book, risk: RiskView, row: number): void {
  const { formats } = book;
  const cell = (column: number) => cellName(row, column);
  const amount = (column: number, value: number) =>
    draft.number(row, column, money(value), formats.input(value));
  draft.text(row, at.title, risk.title);
  draft.text(row, at.category, risk.category);
  draft.number(row, at.prob, rate(risk.probBp), percentFormat);
  amount(at.low, risk.low);
  amount(at.high, risk.high);
  draft.text(row, at.mitigation, risk.mitigation);
  amount(at.mitigationCost, risk.mitigationCost);
  draft.number(row, at.mitigatedProb, rate(risk.mitigatedProbBp), percentFormat);
  amount(at.mitigatedLow, risk.mitigatedLow);
  amount(at.mitigatedHigh, risk.mitigatedHigh);
  draft.text(row, at.applied, risk.applied === null ? '' : yes, 'center');

  const exposure = book.estimation.risks.get(risk.id);
  const plain = [risk.probBp, cell(at.prob)] as const;
  const mitigated = [risk.mitigatedProbBp, cell(at.mitigatedProb)] as const;
  const either = (column: number, value: number, now: string, then: string) => {
    const cost = `ROUND(${cell(at.mitigationCost)},${formats.digits})`;
    const formula = `ROUND(IF(${cell(at.applied)}="${yes}",${then}+${cost},${now}),${formats.digits})`;
    draft.formula(row, column, formula, money(value), formats.amount);
  };
  const one = (column: number, impact: number, [bp, prob]: typeof plain) =>
    part(book, { impact: cell(column), value: impact, halves: 1, bp, prob });
  const both = (low: number, high: number, sum: number, [bp, prob]: typeof plain) =>
    part(book, { impact: `(${cell(low)}+${cell(high)})`, value: sum, halves: 2, bp, prob });
  either(
    at.lowExposure,
    exposure?.low ?? 0,
    one(at.low, risk.low, plain),
    one(at.mitigatedLow, risk.mitigatedLow, mitigated),
  );
  either(
    at.expected,
    exposure?.expected ?? 0,
    both(at.low, at.high, risk.low + risk.high, plain),
    both(at.mitigatedLow, at.mitigatedHigh, risk.mitigatedLow + risk.mitigatedHigh, mitigated),
  );
  either(
    at.highExposure,
    exposure?.high ?? 0,
    one(at.high, risk.high, plain),
    one(at.mitigatedHigh, risk.mitigatedHigh, mitigated),
  );

  draft.text(row, at.owner, risk.owner);
  draft.text(row, at.outcome, outcomeWords[risk.outcome]);
  if (risk.actualImpact !== null) amount(at.actualImpact, risk.actualImpact);
  else draft.fill(row, at.actualImpact, at.actualImpact, 'number');
  draft.text(row, at.outcomeNote, risk.outcomeNote);
  draft.text(row, at.id, risk.id);
  draft.text(row, at.by, risk.applied === null ? '' : JSON.stringify(risk.applied));
}

interface Part {
  readonly impact: string;
  /** Ten-thousandths. */
  readonly value: number;
  /** 2: the impact is a sum of two, of which the mean counts. */
  readonly halves: 1 | 2;
  readonly bp: number;
  readonly prob: string;
}

function part({ formats: { digits } }: Book, { impact, value, halves, bp, prob }: Part): string {
  const plain = halves === 1 ? `${prob}*${impact}` : `${prob}*${impact}/2`;
  const by = 10_000 * halves;
  const share = {
    plain,
    cell: impact,
    amount: BigInt(value),
    scale: 10_000,
    times: { formula: `ROUND(${prob}*10000,0)`, value: BigInt(bp) },
    by: { formula: String(by), value: BigInt(by) },
  };
  return shareFormula(share, digits) ?? plainRound(plain, digits);
}
