import { toStorable } from '@tidemark/database';
import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { calculate, type Estimation, pastRisks } from '@tidemark/estimating';
import type * as Y from 'yjs';

/** What lists and patterns know of an estimate. Money in ten-thousandths; null: it cannot be reckoned, or there is none. */
export interface Figures {
  readonly status: EstimateView['meta']['status']['is'];
  readonly client: string;
  readonly number: string;
  readonly currency: string;
  readonly base: number | null;
  readonly cost: number | null;
  readonly bid: number | null;
  readonly total: number | null;
  readonly lines: number;
  /** As they counted in the bid: mitigated where that was applied. */
  readonly risks: readonly {
    readonly id: string;
    readonly category: string;
    readonly title: string;
    readonly probBp: number;
    readonly low: number;
    readonly high: number;
    readonly expected: number | null;
    readonly applied: boolean;
    readonly outcome: 'open' | 'struck' | 'avoided';
    readonly actualImpact: number | null;
  }[];
  readonly actual: number | null;
  readonly plannedDays: number | null;
  readonly actualDays: number | null;
  /** ISO 8601; when it was won or lost. */
  readonly decidedAt: string | null;
  readonly lessons: readonly {
    readonly id: string;
    readonly kind: 'issue' | 'lesson';
    readonly text: string;
    readonly risk: { readonly title: string; readonly category: string } | null;
  }[];
}

/** What a version came to, as its row keeps it. Money in ten-thousandths, rates in basis points. */
export interface Totals {
  readonly currency: string;
  readonly lines: number;
  readonly base: number;
  readonly contingency: number;
  readonly overhead: number;
  readonly riskExpected: number;
  readonly cost: number;
  readonly bid: number;
  readonly margin: number;
  readonly marginBp: number | null;
  readonly markupBp: number | null;
  readonly tax: number;
  readonly total: number;
  readonly lowBid: number;
  readonly highBid: number;
}

export function viewOf(doc: Y.Doc): EstimateView {
  const reader = createReader(doc, estimate);
  const view = reader.view();
  reader.destroy();
  return view;
}

export function figuresOf(view: EstimateView): Figures {
  const { meta, review } = view;
  const estimation = calculate(view);
  const reckoned = isReckoned(estimation);
  const money = (amount: number) => (reckoned ? amount : null);
  const { is, at } = meta.status;
  return {
    status: is,
    client: toStorable(meta.client),
    number: toStorable(meta.number),
    currency: meta.currency,
    base: money(estimation.base),
    cost: money(estimation.cost),
    bid: money(estimation.bid),
    total: money(estimation.total),
    lines: view.lines.size,
    risks: risksOf(view, estimation),
    actual: sumOf(view.actuals.map(({ amount }) => amount)),
    plannedDays: review.plannedDays,
    actualDays: review.actualDays,
    decidedAt: (is === 'won' || is === 'lost') && at !== '' ? at : null,
    lessons: lessonsOf(view),
  };
}

function risksOf(view: EstimateView, estimation: Estimation): Figures['risks'] {
  const counted = pastRisks('', view);
  return view.risks.map(({ id, category, title, applied, outcome, actualImpact, ...own }, i) => {
    const { probBp, low, high } = counted[i] ?? own;
    return {
      id,
      category: toStorable(category),
      title: toStorable(title),
      probBp,
      low,
      high,
      expected: estimation.risks.get(id)?.expected ?? null,
      applied: applied !== null,
      outcome,
      actualImpact,
    };
  });
}

function lessonsOf({ lessons, risks }: EstimateView): Figures['lessons'] {
  const about = new Map(
    risks.map(({ id, title, category }) => [
      id,
      { title: toStorable(title), category: toStorable(category) },
    ]),
  );
  return lessons
    .filter(({ text }) => text.trim() !== '')
    .map(({ id, kind, text, riskId }) => ({
      id,
      kind,
      text: toStorable(text),
      risk: riskId === null ? null : (about.get(riskId) ?? null),
    }));
}

export function totalsOf(view: EstimateView): Totals {
  const {
    base,
    contingency,
    overhead,
    riskExpected,
    cost,
    bid,
    margin,
    marginBp,
    markupBp,
    tax,
    total,
    ...rest
  } = calculate(view);
  return {
    currency: view.meta.currency,
    lines: view.lines.size,
    base,
    contingency,
    overhead,
    riskExpected,
    cost,
    bid,
    margin,
    marginBp,
    markupBp,
    tax,
    total,
    lowBid: rest.low.bid,
    highBid: rest.high.bid,
  };
}

/** Whether the sums are what the rules say, and nothing was cut off or left out on the way. */
function isReckoned({ findings }: Estimation): boolean {
  return findings.every(({ code }) => code === 'low-above-high');
}

/** Null when there are none, and when their sum is beyond what can be told exactly. */
function sumOf(amounts: readonly number[]): number | null {
  const sum = amounts.reduce((so, amount) => so + amount, 0);
  return amounts.length > 0 && Number.isSafeInteger(sum) ? sum : null;
}
