import { useView } from '../context.ts';

/** For the tab; null when there are none. */
export function useRiskCount(): number | null {
  return useView((view) => view.risks.length) || null;
}
