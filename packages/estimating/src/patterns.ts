import type { EstimateView, RiskOutcome } from '@tidemark/documents/estimate';
import { divideRounded } from './exact.ts';
import { type ImpactPattern, impactPattern } from './impact-pattern.ts';
import type { Money } from './money.ts';
import { wilson } from './wilson.ts';

/** A risk of a project, as it counted in the bid, and what became of it. */
export interface PastRisk {
  readonly documentId: string;
  readonly category: string;
  readonly currency: string;
  readonly probBp: number;
  readonly low: Money;
  readonly high: Money;
  readonly outcome: RiskOutcome;
  readonly actualImpact: Money | null;
}

/** What the risks of one category did over past projects. Rates in basis points. */
export interface RiskPattern {
  /** As it is most often written. */
  readonly category: string;
  readonly projects: number;
  readonly struck: number;
  readonly avoided: number;
  /** Struck and avoided: the others are not decided, and count nowhere else. */
  readonly decided: number;
  readonly open: number;
  /** struck / decided; null when none is decided. */
  readonly rateBp: number | null;
  /** Where the true rate lies, 19 times of 20 (Wilson). */
  readonly interval: { readonly low: number; readonly high: number };
  readonly calibration: Calibration | null;
  readonly suggestion: Suggestion | null;
  /** null while no struck risk has an impact in this currency. */
  readonly impact: ImpactPattern | null;
  /** The numbers behind. */
  readonly risks: readonly PastRisk[];
}

/** How good the estimated probabilities were. */
export interface Calibration {
  /** Mean of what was estimated. */
  readonly estimatedBp: number;
  /** Mean of (estimated − came true)²; 0 is a prophet, 0.25 a coin. G. W. Brier, Monthly Weather Review 78 (1950) 1–3. */
  readonly brier: number;
}

/** A probability to begin with: (struck + 1) / (decided + 2). */
export interface Suggestion {
  readonly probBp: number;
  readonly struck: number;
  readonly decided: number;
}

/** With fewer decided risks than this the past suggests nothing. */
export const fewestDecided = 3;

/**
 * Patterns by category, those with most decided risks first. Categories are told apart without regard to case and
 * spaces. Money is that of one currency; risks in others count for how often, not for how much.
 *
 * The suggestion is the rule of succession (P.-S. Laplace, Essai philosophique sur les probabilités, 1814): the mean of
 * the posterior with a uniform prior, as if one more had struck and one more had not.
 */
export function patterns(risks: readonly PastRisk[], currency: string): RiskPattern[] {
  const byCategory = Map.groupBy(risks, ({ category }) =>
    category.trim().replaceAll(/\s+/gu, ' ').toLowerCase(),
  );
  return [...byCategory]
    .map(([key, all]) => ({ key, pattern: patternOf(all, currency) }))
    .sort((a, b) => b.pattern.decided - a.pattern.decided || (a.key < b.key ? -1 : 1))
    .map(({ pattern }) => pattern);
}

/** The risks of an estimate with the figures that counted: the mitigated ones where the mitigation was applied. */
export function pastRisks(documentId: string, { meta, risks }: EstimateView): PastRisk[] {
  return risks.map((risk) => {
    const mitigated = risk.applied !== null;
    return {
      documentId,
      category: risk.category,
      currency: meta.currency,
      probBp: mitigated ? risk.mitigatedProbBp : risk.probBp,
      low: mitigated ? risk.mitigatedLow : risk.low,
      high: mitigated ? risk.mitigatedHigh : risk.high,
      outcome: risk.outcome,
      actualImpact: risk.actualImpact,
    };
  });
}

function patternOf(risks: readonly PastRisk[], currency: string): RiskPattern {
  const decided = risks.filter(({ outcome }) => outcome !== 'open');
  const struck = decided.filter(({ outcome }) => outcome === 'struck');
  const n = decided.length;
  const k = struck.length;
  return {
    category: mostOften(risks.map(({ category }) => category.trim())),
    projects: new Set(risks.map(({ documentId }) => documentId)).size,
    struck: k,
    avoided: n - k,
    decided: n,
    open: risks.length - n,
    rateBp: n === 0 ? null : ratio(k, n),
    interval: wilson(k, n),
    calibration: n === 0 ? null : calibrationOf(decided),
    suggestion: n < fewestDecided ? null : { probBp: ratio(k + 1, n + 2), struck: k, decided: n },
    impact: impactPattern(struck, currency),
    risks,
  };
}

function ratio(part: number, all: number): number {
  return Number(divideRounded(BigInt(part) * 10_000n, BigInt(all)));
}

function calibrationOf(decided: readonly PastRisk[]): Calibration {
  const n = decided.length;
  const estimated = decided.reduce((sum, { probBp }) => sum + probBp, 0);
  const squares = decided.map(
    ({ probBp, outcome }) => (probBp / 10_000 - (outcome === 'struck' ? 1 : 0)) ** 2,
  );
  return {
    estimatedBp: Math.round(estimated / n),
    brier: squares.reduce((sum, square) => sum + square, 0) / n,
  };
}

/** Of equals the one that comes first in the alphabet. */
function mostOften(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted[0]?.[0] ?? '';
}
