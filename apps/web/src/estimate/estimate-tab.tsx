import { useStatusPart } from '@tidemark/client/react';
import { isWaiting } from '../editor/rights.ts';
import { useMarksHere } from '../history/marks.ts';
import { useEstimate, useView } from './context.ts';
import { EmptyEstimate } from './empty-estimate.tsx';
import { GridSkeleton } from './estimate-skeleton.tsx';
import { EstimateGrid } from './grid/estimate-grid.tsx';

/** The sections and lines, or what stands there before there are any. */
export function EstimateTab() {
  const { provider } = useEstimate();
  const seeded = useView((view) => view.meta.schemaVersion > 0);
  const empty = useView((view) => view.sections.length === 0);
  // What is gone has its place in the grid.
  const marks = useMarksHere();
  const waiting = useStatusPart(provider, isWaiting);
  if (!seeded && waiting) return <GridSkeleton />;
  return empty && marks === null ? <EmptyEstimate /> : <EstimateGrid />;
}
