import { CompareScreen } from '../../history/compare/compare-screen.tsx';
import type { Side } from '../../history/side.ts';
import { DashboardPast } from '../past/past.tsx';

/** Two moments of a dashboard, on the grid. */
export function DashboardComparison(sides: { before: Side; after: Side }) {
  return <CompareScreen Past={DashboardPast} {...sides} />;
}
