import { finite, object, type PresenceKind, short } from '../editor/presence.ts';

/** Where a pointer is, in the grid's own coordinates: columns (0–12, fractions) and pixels from the grid's top. */
export interface CursorPlace {
  readonly x: number;
  readonly y: number;
}

/** A tile under somebody's hand, in grid units. */
export interface DragPlace {
  readonly chart: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface DashboardPresence {
  readonly cursor: CursorPlace | null;
  readonly selected: string | null;
  readonly drag: DragPlace | null;
  /** Top of the visible part, pixels in the grid: what a follower shows. */
  readonly scroll: number;
}

export const dashboardPresence: PresenceKind<DashboardPresence> = {
  kind: 'dashboard',
  empty: { cursor: null, selected: null, drag: null, scroll: 0 },
  away: { cursor: null },
  read: (raw) => ({
    cursor: readCursor(raw.cursor),
    selected: short(raw.selected),
    drag: readDrag(raw.drag),
    scroll: finite(raw.scroll, 10_000_000) ?? 0,
  }),
};

function readCursor(raw: unknown): CursorPlace | null {
  const { x, y } = object(raw);
  const left = finite(x, 12);
  const top = finite(y, 10_000_000);
  return left === null || top === null ? null : { x: left, y: top };
}

function readDrag(raw: unknown): DragPlace | null {
  const { chart, x, y, w, h } = object(raw);
  const id = short(chart);
  const place = [finite(x, 11), finite(y, 10_000), finite(w, 12), finite(h, 100)];
  if (id === null || place.some((part) => part === null)) return null;
  return { chart: id, x: place[0]!, y: place[1]!, w: place[2]!, h: place[3]! };
}
