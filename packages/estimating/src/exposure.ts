import type { EstimateView, RiskView } from '@tidemark/documents/estimate';
import type { Estimation } from './estimation.ts';
import { sum } from './exact.ts';
import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';
import type { Range, RiskExposure } from './risk-exposure.ts';

/** What a mitigation takes off the expected impact, and what it costs itself. */
export interface MitigationWorth {
  readonly saves: Money;
  readonly costs: Money;
  /** saves − costs: below zero it costs more than it brings. */
  readonly worth: Money;
}

/** What all risks together add to the cost. */
export interface ExposureTotals {
  /** As if no mitigation were applied. */
  readonly unmitigated: Range;
  /** As it counts in the bid. */
  readonly now: Range;
  /** Of the mitigations that are applied: unmitigated expected − now expected. */
  readonly applied: { readonly count: number } & MitigationWorth;
  /** Of those that are planned, not applied, and worth more than nothing. */
  readonly open: { readonly count: number } & MitigationWorth;
}

/** Whether there is a plan against it: words, a cost or figures. A risk without one has nothing that could be applied. */
export function hasMitigation(risk: RiskView): boolean {
  return (
    risk.applied !== null ||
    risk.mitigation !== '' ||
    risk.mitigationCost !== 0 ||
    risk.mitigatedProbBp !== 0 ||
    risk.mitigatedLow !== 0 ||
    risk.mitigatedHigh !== 0
  );
}

/** Amounts beyond the safe integers are cut off. */
export function mitigationWorth(exposure: RiskExposure, currency: string): MitigationWorth {
  const add = adder(currency);
  const { unmitigated, mitigated, mitigationCost } = exposure;
  return {
    saves: add([unmitigated.expected, -mitigated.expected, mitigationCost]),
    costs: mitigationCost,
    worth: add([unmitigated.expected, -mitigated.expected]),
  };
}

export function exposureTotals(view: EstimateView, estimation: Estimation): ExposureTotals {
  const { currency } = view.meta;
  const add = adder(currency);
  const cases = view.risks.flatMap((risk) => {
    const exposure = estimation.risks.get(risk.id);
    return exposure ? [{ risk, exposure, worth: mitigationWorth(exposure, currency) }] : [];
  });
  const together = (worths: readonly MitigationWorth[]) => ({
    count: worths.length,
    saves: add(worths.map(({ saves }) => saves)),
    costs: add(worths.map(({ costs }) => costs)),
    worth: add(worths.map(({ worth }) => worth)),
  });
  const applied = cases.filter(({ risk }) => risk.applied !== null);
  const open = cases.filter(
    ({ risk, worth }) => risk.applied === null && hasMitigation(risk) && worth.worth > 0,
  );
  const all = (part: keyof Range) => add(cases.map(({ exposure }) => exposure.unmitigated[part]));
  return {
    unmitigated: { low: all('low'), expected: all('expected'), high: all('high') },
    now: { low: estimation.riskLow, expected: estimation.riskExpected, high: estimation.riskHigh },
    applied: together(applied.map(({ worth }) => worth)),
    open: together(open.map(({ worth }) => worth)),
  };
}

function adder(currency: string): (values: readonly Money[]) => Money {
  const unit = minorUnit(currency);
  return (values) => sum(values, unit, () => undefined);
}
