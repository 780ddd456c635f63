import { useStatus } from '@tidemark/client/react';
import { useEstimate, useView } from './context.ts';
import { EmptyEstimate } from './empty-estimate.tsx';
import { GridSkeleton } from './estimate-skeleton.tsx';
import { EstimateGrid } from './grid/estimate-grid.tsx';

/** The sections and lines, or what stands there before there are any. */
export function EstimateTab() {
  const { provider } = useEstimate();
  const seeded = useView((view) => view.meta.schemaVersion > 0);
  const empty = useView((view) => view.sections.length === 0);
  const { state } = useStatus(provider);
  if (!seeded && (state === 'connecting' || state === 'syncing')) return <GridSkeleton />;
  return empty ? <EmptyEstimate /> : <EstimateGrid />;
}
