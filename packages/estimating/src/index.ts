export { type AssemblyComponent, type ExpandedComponent, expandAssembly } from './assembly.ts';
export { calculate } from './calculate.ts';
export {
  formatAmount,
  formatMoney,
  formatPrice,
  formatQuantity,
  formatRate,
  formatUnitCost,
} from './cell/format.ts';
export {
  formatCalc,
  type Parsed,
  type ParseProblem,
  parseAmount,
  parseQuantity,
  parseRate,
} from './cell/parse.ts';
export {
  type Comparison,
  compareEstimates,
  type RiskChange,
  type RiskChanges,
  type RiskEntry,
  type TotalChange,
  type TotalField,
} from './compare/compare-estimates.ts';
export type {
  GroupChanges,
  LineChange,
  LineChanges,
  LineEntry,
  LineField,
  LineMove,
} from './compare/compare-lines.ts';
export type { Cause, Explanation } from './compare/explain.ts';
export type { FieldChange } from './compare/fields.ts';
export type { Pair } from './compare/match.ts';
export type { Estimation, Outlook, SectionSum } from './estimation.ts';
export {
  type ExposureTotals,
  exposureTotals,
  hasMitigation,
  type MitigationWorth,
  mitigationWorth,
} from './exposure.ts';
export type { EstimationFinding } from './finding.ts';
export {
  type HeatCell,
  type HeatLevel,
  type HeatMap,
  type HeatMapOf,
  heatMap,
  impactBands,
  probabilityBands,
} from './heat-map.ts';
export type { ImpactPattern } from './impact-pattern.ts';
export { amountOf } from './line-amount.ts';
export { minorDigits, minorUnit } from './minor-unit.ts';
export type { Money } from './money.ts';
export {
  type Calibration,
  fewestDecided,
  type PastRisk,
  pastRisks,
  patterns,
  type RiskPattern,
  type Suggestion,
} from './patterns.ts';
export type { Range, RiskExposure } from './risk-exposure.ts';
export { spread } from './spread.ts';
export { rateOf } from './totals.ts';
export {
  type Difference,
  type LineVariance,
  type SectionVariance,
  type Variance,
  variance,
} from './variance.ts';
export { type WaterfallStep, waterfall } from './waterfall.ts';
