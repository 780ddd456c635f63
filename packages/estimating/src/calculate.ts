import type { EstimateView, LineKind, Section } from '@tidemark/documents/estimate';
import type { Estimation, Outlook, SectionSum } from './estimation.ts';
import { sum, type TooLarge } from './exact.ts';
import { type EstimationFinding, tooLargeFinding } from './finding.ts';
import { lineAmount } from './line-amount.ts';
import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';
import { type RiskExposure, riskExposure } from './risk-exposure.ts';
import { bidFor, byMargin, byMarkup, type Params, rateOf, share, totalsOf } from './totals.ts';

const known = new WeakMap<EstimateView, Estimation>();

/**
 * What an estimate comes to, by the rules of docs/estimate.md: a function of the view alone. Exact; it never throws
 * for a view and never gives anything but safe integers. What was reckoned for a view or a line is remembered.
 */
export function calculate(view: EstimateView): Estimation {
  const before = known.get(view);
  if (before !== undefined) return before;
  const fresh = reckon(view);
  known.set(view, fresh);
  return fresh;
}

function reckon(view: EstimateView): Estimation {
  const unit = minorUnit(view.meta.currency);
  const findings: EstimationFinding[] = [];
  let cutOff = false;
  const tooLarge: TooLarge = () => {
    cutOff = true;
  };

  const lines = reckonLines(view.sections, unit, view.params, findings);
  const base = sum(
    [...lines.sections.values()].map(({ subtotal }) => subtotal),
    unit,
    tooLarge,
  );
  const risks = reckonRisks(view, unit, findings);
  const exposures = [...risks.values()];
  const riskLow = sum(
    exposures.map(({ low }) => low),
    unit,
    tooLarge,
  );
  const riskExpected = sum(
    exposures.map(({ expected }) => expected),
    unit,
    tooLarge,
  );
  const riskHigh = sum(
    exposures.map(({ high }) => high),
    unit,
    tooLarge,
  );

  const totals = totalsOf(base, riskExpected, view.params, unit, tooLarge);
  const { cost, bid } = totals;
  const margin = sum([bid, -cost], unit, tooLarge);
  const outlook = (risk: Money): Outlook => {
    const { cost, bid, total } = totalsOf(base, risk, view.params, unit, tooLarge);
    return { cost, bid, total };
  };
  const asMargin = byMargin(cost, view.params.targetBp, unit, ignored);
  if (asMargin === null && view.params.marginMode === 'margin') findings.push(noSuchMargin);
  const estimation: Estimation = {
    ...lines,
    base,
    contingency: totals.contingency,
    overhead: totals.overhead,
    risks,
    riskLow,
    riskExpected,
    riskHigh,
    cost,
    bid,
    margin,
    marginBp: rateOf(margin, bid),
    markupBp: rateOf(margin, cost),
    byMargin: asMargin,
    byMarkup: byMarkup(cost, view.params.targetBp, unit, ignored),
    tax: totals.tax,
    total: totals.total,
    low: outlook(riskLow),
    high: outlook(riskHigh),
    findings,
  };
  if (cutOff) findings.push(tooLargeFinding('total', null));
  return estimation;
}

/** For the bid by the other way, which is only shown: it is no finding of this estimate. */
const ignored: TooLarge = () => undefined;

const noSuchMargin: EstimationFinding = {
  code: 'no-such-margin',
  about: 'total',
  id: null,
  detail: 'No price has a margin of 100 % or more; the bid is shown without profit.',
};

function reckonLines(
  all: readonly Section[],
  unit: number,
  params: Params,
  findings: EstimationFinding[],
): Pick<Estimation, 'amounts' | 'sections' | 'byKind' | 'options'> {
  const amounts = new Map<string, Money>();
  const sections = new Map<string | null, SectionSum>();
  const options = new Map<string, Money>();
  const kinds: Record<LineKind, Money[]> = { mat: [], lab: [], equip: [], sub: [], other: [] };
  for (const { group, lines } of all) {
    const counted: Money[] = [];
    const optional: Money[] = [];
    for (const line of lines) {
      const { amount, tooLarge } = lineAmount(line, unit);
      amounts.set(line.id, amount);
      if (tooLarge) findings.push(tooLargeFinding('line', line.id));
      if (line.optional) {
        optional.push(amount);
        options.set(line.id, optionPrice(amount, params, unit));
      } else {
        counted.push(amount);
        kinds[line.kind].push(amount);
      }
    }
    const id = group?.id ?? null;
    const told = once(() => findings.push(tooLargeFinding('section', id)));
    sections.set(id, { subtotal: sum(counted, unit, told), optional: sum(optional, unit, told) });
  }
  const byKind = {
    mat: sum(kinds.mat, unit, ignored),
    lab: sum(kinds.lab, unit, ignored),
    equip: sum(kinds.equip, unit, ignored),
    sub: sum(kinds.sub, unit, ignored),
    other: sum(kinds.other, unit, ignored),
  };
  return { amounts, sections, byKind, options };
}

/** What an optional line adds to the bid when it is taken: with contingency, overhead and profit, no risk. */
function optionPrice(amount: Money, params: Params, unit: number): Money {
  const parts = [
    amount,
    share(amount, params.contingencyBp, unit, ignored),
    share(amount, params.overheadBp, unit, ignored),
  ];
  return bidFor(sum(parts, unit, ignored), params, unit, ignored);
}

function reckonRisks(
  view: EstimateView,
  unit: number,
  findings: EstimationFinding[],
): ReadonlyMap<string, RiskExposure> {
  return new Map(
    view.risks.map((risk) => {
      const told = once(() => findings.push(tooLargeFinding('risk', risk.id)));
      const mitigated = risk.applied !== null;
      if (mitigated ? risk.mitigatedLow > risk.mitigatedHigh : risk.low > risk.high) {
        findings.push({
          code: 'low-above-high',
          about: 'risk',
          id: risk.id,
          detail: 'The low impact is above the high one; both count as they stand.',
        });
      }
      return [risk.id, riskExposure(risk, unit, told)];
    }),
  );
}

function once(tell: () => void): () => void {
  let told = false;
  return () => {
    if (!told) tell();
    told = true;
  };
}
