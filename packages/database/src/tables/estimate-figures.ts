import type { ColumnType, Generated } from 'kysely';
import type { EstimateStatus } from './versions.ts';

/** One risk of an estimate, as it counted in the bid: mitigated where that was applied. Money in ten-thousandths, rates in basis points. */
export interface RiskFigures {
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
}

/** What somebody wrote down for the next time. */
export interface LessonFigures {
  readonly id: string;
  readonly kind: 'issue' | 'lesson';
  readonly text: string;
  /** The risk that it is about. */
  readonly risk: { readonly title: string; readonly category: string } | null;
}

/** What lists and patterns know of an estimate without opening it. Money in ten-thousandths; null: it cannot be reckoned. */
export interface EstimateFiguresTable {
  document_id: string;
  company_id: string;
  status: EstimateStatus;
  client: string;
  number: string;
  currency: string;
  base: number | null;
  cost: number | null;
  bid: number | null;
  total: number | null;
  lines: number;
  risks: ColumnType<readonly RiskFigures[], string, string>;
  actual: number | null;
  planned_days: number | null;
  actual_days: number | null;
  /** When it was won or lost; null of any other. */
  decided_at: Date | null;
  /** Null: not read from the estimate yet. */
  lessons: ColumnType<readonly LessonFigures[] | null, string | null, string>;
  updated_at: Generated<Date>;
}
