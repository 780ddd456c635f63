import type { EstimateView } from '@tidemark/documents/estimate';
import { type Estimation, type HeatMap, type HeatMapOf, hasMitigation, heatMap } from '@tidemark/estimating';

/** Bands of probability and impact, from 0. */
export interface Band {
  readonly probability: number;
  readonly impact: number;
}

/** The other place of a risk: where its mitigation would bring it, or where it came from. */
export interface Shift {
  readonly risk: string;
  readonly from: Band;
  readonly to: Band;
  /** True: the mitigation counts, and `to` is where the risk stands. */
  readonly applied: boolean;
}

export interface HeatPlaces {
  readonly map: HeatMap;
  readonly at: ReadonlyMap<string, Band>;
  /** Only of risks whose mitigation leads to another cell. */
  readonly shifts: readonly Shift[];
}

/** Where risks stand, and where their mitigation leads. */
export function heatPlaces(view: EstimateView, estimation: Estimation, of: HeatMapOf): HeatPlaces {
  const before = placesOf(heatMap(view, estimation, 'unmitigated'));
  const after = placesOf(heatMap(view, estimation, 'mitigated'));
  const map = heatMap(view, estimation, of);
  const shifts = view.risks.flatMap((risk): Shift[] => {
    const from = before.get(risk.id);
    const to = after.get(risk.id);
    if (!hasMitigation(risk) || from === undefined || to === undefined || same(from, to)) return [];
    return [{ risk: risk.id, from, to, applied: risk.applied !== null }];
  });
  return { map, at: placesOf(map), shifts };
}

export const same = (a: Band, b: Band): boolean => a.probability === b.probability && a.impact === b.impact;

function placesOf({ cells }: HeatMap): ReadonlyMap<string, Band> {
  const at = new Map<string, Band>();
  for (const [probability, row] of cells.entries())
    for (const [impact, { risks }] of row.entries())
      for (const { id } of risks) at.set(id, { probability, impact });
  return at;
}
