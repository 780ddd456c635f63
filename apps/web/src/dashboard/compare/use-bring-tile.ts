import { type RefObject, useEffect } from 'react';
import { useComparison } from '../../history/compare/comparison.ts';

/** Scrolls to the chart, or the ghost of one, that a comparison's list asks for. */
export function useBringTile(scroller: RefObject<HTMLElement | null>): void {
  const wanted = useComparison()?.wanted ?? null;
  useEffect(() => {
    const { collection, id } = wanted?.change.thing ?? {};
    if (wanted === null || collection !== 'charts' || id === undefined) return;
    const name = CSS.escape(id);
    const tile =
      scroller.current?.querySelector(`[data-chart="${name}"]`) ??
      scroller.current?.querySelector(`[data-ghost="${name}"]`);
    if (tile) tile.scrollIntoView({ block: 'center' });
    else wanted.missed();
  }, [wanted, scroller]);
}
