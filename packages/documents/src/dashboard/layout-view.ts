import type { ChartView } from './chart-view.ts';
import { type Breakpoint, columnsAt, flowLayout, resolveLayout, type Tile } from './layout.ts';
import type { DashboardView } from './view.ts';

export interface LayoutQuery {
  readonly breakpoint?: Breakpoint;
  /** The tab to lay out; charts of no tab, or of one that is gone, belong to the first. */
  readonly tab?: string | null;
  /** Lay out hidden charts too, as an editor does that shows them faded. */
  readonly withHidden?: boolean;
}

/** Where the charts of one tab stand, free of overlaps; only `lg` is authored, the narrower grids follow from it. */
export function layoutOf(view: DashboardView, query: LayoutQuery = {}): readonly Tile[] {
  const { breakpoint = 'lg', withHidden = false } = query;
  const tab = tabOf(view, query.tab ?? null);
  const known = memory.get(view) ?? new Map<string, readonly Tile[]>();
  memory.set(view, known);
  const key = JSON.stringify([breakpoint, tab, withHidden]);
  const before = known.get(key);
  if (before !== undefined) return before;

  const charts = view.charts.filter(
    (chart) => tabOf(view, chart.tab) === tab && (withHidden || !chart.hidden),
  );
  const wide = resolveLayout(charts.map(wideTile), columnsAt.lg);
  const tiles = breakpoint === 'lg' ? wide : narrow(charts, wide, breakpoint);
  known.set(key, tiles);
  return tiles;
}

const memory = new WeakMap<DashboardView, Map<string, readonly Tile[]>>();

/** The tab a chart shows on: its own while that exists, else the first, else none. */
export function tabOf(view: DashboardView, tab: string | null): string | null {
  if (tab !== null && view.tabs.some(({ id }) => id === tab)) return tab;
  return view.tabs[0]?.id ?? null;
}

function wideTile({ id, place }: ChartView): Tile {
  return { id, ...place.pos, ...place.size };
}

function narrow(charts: readonly ChartView[], wide: readonly Tile[], breakpoint: 'md' | 'sm'): Tile[] {
  const columns = columnsAt[breakpoint];
  const overrides = new Map(charts.map((chart) => [chart.id, chart.overrides[breakpoint]]));
  const flowed = flowLayout(wide, columns).map((tile) => {
    const override = overrides.get(tile.id);
    return { ...tile, ...override?.pos, ...override?.size };
  });
  return resolveLayout(flowed, columns);
}
