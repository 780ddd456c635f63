import type { LineKind } from '@tidemark/documents/estimate';
import type { EstimationFinding } from './finding.ts';
import type { Money } from './money.ts';
import type { RiskExposure } from './risk-exposure.ts';

/**
 * What an estimate comes to. All money is in ten-thousandths and, being a result, a whole number of the currency's
 * minor units; rates are in basis points.
 */
export interface Estimation {
  /** Of every line, optional or not. */
  readonly amounts: ReadonlyMap<string, Money>;
  readonly sections: ReadonlyMap<string | null, SectionSum>;
  /** The base by kind of cost. */
  readonly byKind: Readonly<Record<LineKind, Money>>;
  readonly base: Money;
  readonly contingency: Money;
  readonly overhead: Money;
  readonly risks: ReadonlyMap<string, RiskExposure>;
  readonly riskLow: Money;
  readonly riskExpected: Money;
  readonly riskHigh: Money;
  readonly cost: Money;
  readonly bid: Money;
  /** bid − cost. */
  readonly margin: Money;
  /** margin / bid; null when the bid is zero. */
  readonly marginBp: number | null;
  /** margin / cost; null when the cost is zero. */
  readonly markupBp: number | null;
  /** The bid if the target were a margin; null when no price has that margin. */
  readonly byMargin: Money | null;
  /** The bid if the target were a markup. */
  readonly byMarkup: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly low: Outlook;
  readonly high: Outlook;
  /** What each optional line would add to the bid. */
  readonly options: ReadonlyMap<string, Money>;
  readonly findings: readonly EstimationFinding[];
}

export interface SectionSum {
  /** What it adds to the base. */
  readonly subtotal: Money;
  /** Its optional lines, which are not in it. */
  readonly optional: Money;
}

/** The bid if all risks went well, or badly. */
export interface Outlook {
  readonly cost: Money;
  readonly bid: Money;
  readonly total: Money;
}
