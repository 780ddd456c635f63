/** What of an estimate's view is reckoned with. Money in ten-thousandths, quantities in millionths, rates in basis points. */
export type Money = number;

export type LineKind = 'mat' | 'lab' | 'equip' | 'sub' | 'other';

export interface LineView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly qty: number;
  readonly unit: string;
  readonly unitCost: Money;
  readonly wasteBp: number;
  readonly kind: LineKind;
  readonly note: string;
  readonly optional: boolean;
  readonly item: string | null;
}

export interface GroupView {
  readonly id: string;
  readonly name: string;
}

export interface Section {
  readonly group: GroupView | null;
  readonly lines: readonly LineView[];
}

export interface RiskView {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly probBp: number;
  readonly low: Money;
  readonly high: Money;
  readonly mitigation: string;
  readonly mitigationCost: Money;
  readonly mitigatedProbBp: number;
  readonly mitigatedLow: Money;
  readonly mitigatedHigh: Money;
  readonly applied: object | null;
  readonly outcome: 'open' | 'struck' | 'avoided';
  readonly actualImpact: Money | null;
}

export interface EstimateView {
  readonly meta: { readonly currency: string };
  readonly params: {
    readonly targetBp: number;
    readonly marginMode: 'margin' | 'markup';
    readonly overheadBp: number;
    readonly contingencyBp: number;
    readonly taxBp: number;
  };
  readonly sections: readonly Section[];
  readonly risks: readonly RiskView[];
}
