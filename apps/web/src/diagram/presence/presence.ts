import type { DiagramCanvas } from '@tidemark/modeler';
import { createContext, useContext, useEffect } from 'react';
import { object, type Peer, type PresenceKind, type PresenceWriter, short } from '../../editor/presence.ts';
import type { Viewing } from '../../editor/use-follow.ts';
import { useOwnPresence } from '../../editor/use-presence.ts';
import { type Box, type Point, service } from '../canvas/services.ts';
import { useSelection } from '../context.ts';

/** Where a pointer is, in the coordinates of the plane on which it is. */
export interface CursorPlace extends Point {
  /** Id of the plane's root. */
  readonly root: string;
}

/** Elements in somebody's hand, and how far they were carried. */
export interface DragPlace {
  readonly keys: readonly string[];
  readonly dx: number;
  readonly dy: number;
}

/** The part of the plane that somebody sees. */
export interface Viewbox extends Box {
  readonly root: string;
}

export interface DiagramPresence {
  readonly cursor: CursorPlace | null;
  readonly selection: readonly string[];
  readonly viewbox: Viewbox | null;
  readonly drag: DragPlace | null;
  /** Key of the element whose name is being written. */
  readonly editing: string | null;
}

export type DiagramPeer = Peer<DiagramPresence>;

/** Farther than any diagram reaches, its units. */
const far = 10_000_000;
const most = 200;

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

function readKeys(raw: unknown): readonly string[] {
  return Array.isArray(raw) ? raw.slice(0, most).flatMap((key) => short(key) ?? []) : [];
}

function readCursor(raw: unknown): CursorPlace | null {
  const place = object(raw);
  const [x, y, root] = [number(place.x), number(place.y), short(place.root)];
  return x === null || y === null || root === null ? null : { x, y, root };
}

function readDrag(raw: unknown): DragPlace | null {
  const place = object(raw);
  const [dx, dy, keys] = [number(place.dx), number(place.dy), readKeys(place.keys)];
  return dx === null || dy === null || keys.length === 0 ? null : { keys, dx, dy };
}

function readViewbox(raw: unknown): Viewbox | null {
  const box = object(raw);
  const [x, y, width, height] = [number(box.x), number(box.y), number(box.width), number(box.height)];
  const root = short(box.root);
  if (x === null || y === null || width === null || height === null || root === null) return null;
  return width > 0 && height > 0 ? { x, y, width, height, root } : null;
}

export const PresenceContext = createContext<PresenceWriter<DiagramPresence> | null>(null);

/** Says where this screen is; null until the first render has settled. */
export function usePresenceWriter(): PresenceWriter<DiagramPresence> | null {
  return useContext(PresenceContext);
}

/** This screen's own presence, its selection kept true. */
export function useDiagramPresence(): PresenceWriter<DiagramPresence> | null {
  const writer = useOwnPresence(diagramPresence);
  const selection = useSelection();
  useEffect(() => writer?.set({ selection }), [writer, selection]);
  return writer;
}

/** Following shows the part of the paper that somebody sees. */
export const viewingOf = (canvas: DiagramCanvas | null): Viewing<DiagramPresence, Viewbox> => ({
  presence: diagramPresence,
  of: ({ viewbox }) => viewbox,
  show(box) {
    if (canvas) service(canvas, 'canvas').viewbox(box);
  },
  moves: ['wheel', 'pointerdown', 'touchmove'],
});
