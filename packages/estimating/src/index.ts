export { type AssemblyComponent, type ExpandedComponent, expandAssembly } from './assembly.ts';
export { calculate } from './calculate.ts';
export {
  formatAmount,
  formatMoney,
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
export type { Estimation, Outlook, SectionSum } from './estimation.ts';
export type { EstimationFinding } from './finding.ts';
export { amountOf } from './line-amount.ts';
export { minorDigits, minorUnit } from './minor-unit.ts';
export type { Money } from './money.ts';
export type { Range, RiskExposure } from './risk-exposure.ts';
