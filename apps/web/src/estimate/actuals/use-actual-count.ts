import { useView } from '../context.ts';

/** For the tab; null when nothing was booked. */
export function useActualCount(): number | null {
  return useView((view) => view.actuals.length) || null;
}
