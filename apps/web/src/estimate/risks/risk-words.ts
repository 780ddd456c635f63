import type { RiskOutcome, RiskView } from '@tidemark/documents/estimate';

export const riskOutcomeWords: Readonly<Record<RiskOutcome, string>> = {
  open: 'Open',
  struck: 'Struck',
  avoided: 'Avoided',
};

/** Offered first; the words of the templates, so that patterns over past projects find them again. */
const usual = [
  'Hidden damage',
  'Weather',
  'Materials',
  'Labor',
  'Subcontractors',
  'Site',
  'Permits',
  'Scope',
  'Safety',
  'Schedule',
];

/** Categories to choose from: those of this estimate, then the usual ones, each once whatever its case. */
export function categoriesOf(risks: readonly RiskView[]): readonly string[] {
  const found = new Map<string, string>();
  for (const name of [...risks.map(({ category }) => category), ...usual]) {
    const key = name.trim().toLowerCase();
    if (key !== '' && !found.has(key)) found.set(key, name.trim());
  }
  return [...found.values()];
}

export function riskName({ title }: RiskView, number: number): string {
  return title || `Risk ${number}`;
}
