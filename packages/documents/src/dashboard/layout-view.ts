import type { ChartView } from './chart-view.ts';
import { type Breakpoint, columnsAt, flowLayout, resolveLayout, type Tile } from './layout.ts';
import type { DashboardView } from './view.ts';

export interface LayoutQuery {
  readonly breakpoint?: Breakpoint;
  /** The tab to lay out; charts of no tab, or of one that is gone, belong to the first. */
  readonly tab?: string | null;
  /** Lay out hidden charts too, as an editor does that shows them faded. */
  readonly withHidden?: boolean;
  /** Lay out as if this tile were put down here. */
  readonly hand?: Tile | null;
}

/** Where the charts of one tab stand, free of overlaps; only `lg` is authored, the narrower grids follow from it. */
export function layoutOf(view: DashboardView, query: LayoutQuery = {}): readonly Tile[] {
  const { breakpoint = 'lg', withHidden = false, hand = null } = query;
  const tab = tabOf(view, query.tab ?? null);
  const known = memory.get(view) ?? new Map<string, readonly Tile[]>();
  memory.set(view, known);
  const key = JSON.stringify([breakpoint, tab, withHidden]);
  const before = known.get(key);
  if (before !== undefined && hand === null) return before;

  const charts = view.charts.filter(
    (chart) => tabOf(view, chart.tab) === tab && (withHidden || !chart.hidden),
  );
  const held = (tile: Tile) => (tile.id === hand?.id ? { ...hand, turn: Number.MAX_SAFE_INTEGER } : tile);
  const authored = charts.map(wideTile);
  const wide = resolveLayout(breakpoint === 'lg' ? authored.map(held) : authored, columnsAt.lg);
  const tiles = breakpoint === 'lg' ? wide : narrow(charts, wide, breakpoint, held);
  if (hand === null) known.set(key, tiles);
  return tiles;
}

const memory = new WeakMap<DashboardView, Map<string, readonly Tile[]>>();

/** The tab a chart shows on: its own while that exists, else the first, else none. */
export function tabOf(view: DashboardView, tab: string | null): string | null {
  if (tab !== null && view.tabs.some(({ id }) => id === tab)) return tab;
  return view.tabs[0]?.id ?? null;
}

function wideTile({ id, place }: ChartView): Tile {
  return { id, ...place.pos, ...place.size, ...turnOf(place) };
}

function turnOf(place: Partial<ChartView['place']> | undefined): { turn?: number } {
  return place?.turn ? { turn: place.turn } : {};
}

function narrow(
  charts: readonly ChartView[],
  wide: readonly Tile[],
  breakpoint: 'md' | 'sm',
  held: (tile: Tile) => Tile,
): Tile[] {
  const columns = columnsAt[breakpoint];
  const overrides = new Map(charts.map((chart) => [chart.id, chart.overrides[breakpoint]]));
  const flowed = flowLayout(wide, columns).map(({ id, x, y, w, h }) => {
    const override = overrides.get(id);
    return held({ id, x, y, w, h, ...override?.pos, ...override?.size, ...turnOf(override) });
  });
  return resolveLayout(flowed, columns);
}
