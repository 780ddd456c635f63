import type { EstimateView } from '@tidemark/documents/estimate';
import { compareEstimates, type Money, type RiskChange } from '@tidemark/estimating';

/** Of a risk, what the bid hangs on; the rest may be written while prices stand still. */
const pricedOfRisks: ReadonlySet<RiskChange['fields'][number]['field']> = new Set([
  'probBp',
  'low',
  'high',
  'mitigationCost',
  'mitigatedProbBp',
  'mitigatedLow',
  'mitigatedHigh',
  'applied',
]);

/**
 * How an estimate that is not a draft differs from what was submitted: by edits made before, on devices that were
 * offline. Null when nothing that stands still differs.
 */
export function submittedDifference(
  submitted: EstimateView,
  now: EstimateView,
): { readonly changes: number; readonly bid: Money } | null {
  const { lines, risks, params, meta, estimations } = compareEstimates(submitted, now);
  const { added, removed, renamed, moved } = lines.groups;
  const lists = [lines.added, lines.removed, lines.changed, lines.moved, added, removed, renamed, moved];
  const changes =
    [...lists, risks.added, risks.removed, params].reduce((sum, { length }) => sum + length, 0) +
    risks.changed.filter(({ fields }) => fields.some(({ field }) => pricedOfRisks.has(field))).length +
    meta.filter(({ field }) => field === 'currency').length;
  return changes === 0 ? null : { changes, bid: estimations.after.bid - estimations.before.bid };
}
