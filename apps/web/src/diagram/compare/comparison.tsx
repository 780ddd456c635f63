import { CompareScreen } from '../../history/compare/compare-screen.tsx';
import type { Side } from '../../history/side.ts';
import { DiagramPast } from '../past/past.tsx';

/** Two moments of a diagram, on the picture. */
export function DiagramComparison(sides: { before: Side; after: Side }) {
  return <CompareScreen Past={DiagramPast} {...sides} />;
}
