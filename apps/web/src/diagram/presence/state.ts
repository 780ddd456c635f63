import { object, type Peer, type PresenceKind, short } from '../../editor/presence.ts';
import type { Box, Point } from '../canvas/services.ts';

/** Where a pointer is, in the diagram's units. */
export interface CursorPlace extends Point {
  /** Key of the plane on which it is. */
  readonly plane: string;
}

/** The part of a plane that somebody sees. */
export interface Viewbox extends Box {
  readonly plane: string;
}

/** What somebody has in hand, not yet in the document. */
export interface Drag {
  readonly plane: string;
  /** The elements that it changes; none when it makes new ones. */
  readonly keys: readonly string[];
  /** How far they were carried. */
  readonly dx: number;
  readonly dy: number;
  /** Where shapes shall stand that are made or resized. */
  readonly boxes: readonly Box[];
  /** Where a connection shall run that is made or bent. */
  readonly line: readonly Point[];
  /** Let go: the document says it any moment. */
  readonly dropped: boolean;
}

export interface DiagramPresence {
  readonly cursor: CursorPlace | null;
  readonly selection: readonly string[];
  readonly viewbox: Viewbox | null;
  readonly drag: Drag | null;
  /** Key of the element whose name is being written. */
  readonly editing: string | null;
}

export type DiagramPeer = Peer<DiagramPresence>;

/** Keys, boxes and points one state holds at most: with the longest of them it stays within the protocol's limit. */
export const most = 50;
/** Farther than any diagram reaches, the diagram's units. */
const far = 10_000_000;

export const diagramPresence: PresenceKind<DiagramPresence> = {
  kind: 'diagram',
  empty: { cursor: null, selection: [], viewbox: null, drag: null, editing: null },
  away: { cursor: null, drag: null },
  read: (raw) => ({
    cursor: readCursor(raw.cursor),
    selection: readKeys(raw.selection),
    viewbox: readViewbox(raw.viewbox),
    drag: readDrag(raw.drag),
    editing: short(raw.editing),
  }),
};

const number = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isFinite(raw) ? Math.min(Math.max(raw, -far), far) : null;

function list<T>(raw: unknown, read: (item: unknown) => T | null): readonly T[] {
  return Array.isArray(raw) ? raw.slice(0, most).flatMap((item) => read(item) ?? []) : [];
}

const readKeys = (raw: unknown): readonly string[] => [...new Set(list(raw, short))];

function readPoint(raw: unknown): Point | null {
  const place = object(raw);
  const [x, y] = [number(place.x), number(place.y)];
  return x === null || y === null ? null : { x, y };
}

function readBox(raw: unknown): Box | null {
  const place = object(raw);
  const [point, width, height] = [readPoint(raw), number(place.width), number(place.height)];
  if (point === null || width === null || height === null) return null;
  return width > 0 && height > 0 ? { ...point, width, height } : null;
}

function readCursor(raw: unknown): CursorPlace | null {
  const [point, plane] = [readPoint(raw), short(object(raw).plane)];
  return point && plane !== null ? { ...point, plane } : null;
}

function readViewbox(raw: unknown): Viewbox | null {
  const [box, plane] = [readBox(raw), short(object(raw).plane)];
  return box && plane !== null ? { ...box, plane } : null;
}

function readDrag(raw: unknown): Drag | null {
  const drag = object(raw);
  const plane = short(drag.plane);
  const keys = readKeys(drag.keys);
  const boxes = list(drag.boxes, readBox);
  const points = list(drag.line, readPoint);
  const line = points.length > 1 ? points : [];
  if (plane === null || (keys.length === 0 && boxes.length === 0 && line.length === 0)) return null;
  const [dx, dy] = [number(drag.dx) ?? 0, number(drag.dy) ?? 0];
  return { plane, keys, dx, dy, boxes, line, dropped: drag.dropped === true };
}
