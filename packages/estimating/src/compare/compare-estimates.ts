import type { EstimateView, RiskView } from '@tidemark/documents/estimate';
import { calculate } from '../calculate.ts';
import type { Estimation } from '../estimation.ts';
import { minorUnit } from '../minor-unit.ts';
import type { Money } from '../money.ts';
import { riskExposure } from '../risk-exposure.ts';
import { compareLines, type LineChanges } from './compare-lines.ts';
import { type Explanation, explain } from './explain.ts';
import { changedFields, type FieldChange } from './fields.ts';
import { match, type Pair } from './match.ts';

const riskFields = [
  'title',
  'category',
  'probBp',
  'low',
  'high',
  'mitigation',
  'mitigationCost',
  'mitigatedProbBp',
  'mitigatedLow',
  'mitigatedHigh',
  'applied',
  'owner',
] as const;
const paramFields = ['targetBp', 'marginMode', 'overheadBp', 'contingencyBp', 'taxBp'] as const;
const metaFields = [
  'title',
  'number',
  'client',
  'clientAddress',
  'clientEmail',
  'site',
  'currency',
  'validUntil',
  'preparedBy',
] as const;
const totalFields = [
  'base',
  'contingency',
  'overhead',
  'riskExpected',
  'cost',
  'margin',
  'bid',
  'tax',
  'total',
] as const;
export type TotalField = (typeof totalFields)[number];

/** From one estimate to another, in the words of estimates. */
export interface Comparison {
  readonly lines: LineChanges;
  readonly risks: RiskChanges;
  readonly params: readonly FieldChange<EstimateView['params'], (typeof paramFields)[number]>[];
  readonly meta: readonly FieldChange<EstimateView['meta'], (typeof metaFields)[number]>[];
  readonly totals: readonly TotalChange[];
  /** Adds up to the change of base, risk, cost, bid and total. The lines' deltas add up to the base of its step. */
  readonly explanation: readonly Explanation[];
  readonly estimations: Pair<Estimation>;
}

export interface RiskChanges {
  readonly added: readonly RiskEntry[];
  readonly removed: readonly RiskEntry[];
  readonly changed: readonly RiskChange[];
}

export interface RiskEntry {
  readonly risk: RiskView;
  /** What it does to the risk expected. */
  readonly delta: Money;
}

export interface RiskChange extends Pair<RiskView> {
  readonly fields: readonly FieldChange<RiskView, (typeof riskFields)[number]>[];
  readonly delta: Money;
}

export interface TotalChange extends Pair<Money> {
  readonly total: TotalField;
  readonly delta: Money;
}

/**
 * What became of an estimate: two documents, or a document and a frozen version of it. Lines, sections and risks are
 * the same by id, else by what they are called. Amounts are compared number by number, also across currencies.
 */
export function compareEstimates(before: EstimateView, after: EstimateView): Comparison {
  const estimations = { before: calculate(before), after: calculate(after) };
  return {
    lines: compareLines(before, after),
    risks: compareRisks(before, after),
    params: changedFields(before.params, after.params, paramFields),
    meta: changedFields(before.meta, after.meta, metaFields),
    totals: totalFields.map((total) => {
      const [old, now] = [estimations.before[total], estimations.after[total]];
      return { total, before: old, after: now, delta: now - old };
    }),
    explanation: explain(before, after),
    estimations,
  };
}

function compareRisks(before: EstimateView, after: EstimateView): RiskChanges {
  const unit = minorUnit(after.meta.currency);
  const expected = (risk: RiskView) => riskExposure(risk, unit, ignored).expected;
  const { pairs, added, removed } = match(before.risks, after.risks, ({ title }) => title);
  return {
    added: added.map((risk) => ({ risk, delta: expected(risk) })),
    removed: removed.map((risk) => ({ risk, delta: -expected(risk) + 0 })),
    changed: pairs.flatMap(({ before, after }): RiskChange[] => {
      const fields = changedFields(before, after, riskFields);
      if (fields.length === 0) return [];
      return [{ before, after, fields, delta: expected(after) - expected(before) }];
    }),
  };
}

const ignored = () => undefined;
