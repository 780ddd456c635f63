import type { DiagramElement, Elements } from '@tidemark/documents/diagram';
import type { Point } from '../canvas/services.ts';
import { type Contour, formOf } from '../presence/contour.ts';

/** Where an element is drawn. */
export interface Place {
  /** Key of the plane. */
  readonly plane: string;
  readonly contour: Contour;
}

/** Where the elements of a view are drawn, by their keys; of several drawings of one the first. */
export function placesOf(elements: Elements): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { parent, values } of elements.values()) {
    const key = values.get('&bpmnElement');
    if (typeof key !== 'string' || parent === null || places.has(key)) continue;
    const contour = contourIn(values, elements.get(key)?.type ?? '');
    if (contour) places.set(key, { plane: parent, contour });
  }
  return places;
}

function contourIn(values: DiagramElement['values'], type: string): Contour | null {
  const points = pointsIn(values.get('$waypoint'));
  if (points.length > 1) return { form: 'line', points };
  const bounds: unknown = values.get('$bounds');
  if (typeof bounds !== 'object' || bounds === null) return null;
  const { x, y, width, height } = bounds as Record<string, unknown>;
  if (![x, y, width, height].every((side) => typeof side === 'number' && Number.isFinite(side))) return null;
  const box = { x, y, width, height } as { x: number; y: number; width: number; height: number };
  return box.width > 0 && box.height > 0 ? { form: formOf(type), ...box } : null;
}

function pointsIn(value: unknown): Point[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((point: unknown) => {
    const [x, y] = Array.isArray(point) ? (point as unknown[]) : [];
    return typeof x === 'number' && typeof y === 'number' ? [{ x, y }] : [];
  });
}

/** What was at a place where it is no more. */
export interface Ghost extends Place {
  readonly key: string;
  readonly type: 'removed' | 'moved';
  readonly name: string;
}

interface Marked {
  readonly types: readonly string[];
  readonly change: { readonly name: string; readonly thing: { readonly id: string } };
}

/** Of what was removed, and of what stands elsewhere now. */
export function ghostsOf(
  marks: Iterable<Marked>,
  before: ReadonlyMap<string, Place>,
  after: ReadonlyMap<string, Place>,
): Ghost[] {
  return [...marks].flatMap(({ types, change }): Ghost[] => {
    const { name, thing } = change;
    const place = before.get(thing.id);
    if (place === undefined) return [];
    if (types.includes('removed')) return [{ ...place, key: thing.id, type: 'removed', name }];
    const now = after.get(thing.id);
    if (!types.includes('moved') || now === undefined || isSame(place, now)) return [];
    return [{ ...place, key: thing.id, type: 'moved', name }];
  });
}

/** A collapsed element, on whose own page things differ. */
export interface Inside {
  readonly key: string;
  /** Key of its page. */
  readonly plane: string;
  /** Keys of the marks there, and on the pages below. */
  readonly marks: readonly string[];
}

/** What of marked things lies on pages of collapsed elements: told where those elements stand, up to the first page. */
export function insideOf(
  marks: Iterable<readonly [key: string, mark: Marked]>,
  elements: Elements,
  before: ReadonlyMap<string, Place>,
  after: ReadonlyMap<string, Place>,
): Inside[] {
  const found = new Map<string, { key: string; plane: string; marks: string[] }>();
  for (const [mark, { change }] of marks) {
    const { id } = change.thing;
    let plane = (after.get(id) ?? before.get(id))?.plane;
    const seen = new Set<string>();
    while (plane !== undefined && !seen.has(plane)) {
      seen.add(plane);
      const key = elements.get(plane)?.values.get('&bpmnElement');
      const home = typeof key === 'string' ? after.get(key) : undefined;
      if (typeof key !== 'string' || home === undefined || home.plane === plane) break;
      const inside = found.get(key);
      if (inside === undefined) found.set(key, { key, plane, marks: [mark] });
      else inside.marks.push(mark);
      plane = home.plane;
    }
  }
  return [...found.values()];
}

function isSame(one: Place, other: Place): boolean {
  return one.plane === other.plane && JSON.stringify(one.contour) === JSON.stringify(other.contour);
}

/** From the edge of one to the edge of the other, along the line between their middles; null where they touch. */
export function wayBetween(from: Contour, to: Contour): readonly [Point, Point] | null {
  const [start, end] = [middleOf(from), middleOf(to)];
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const [out, into] = [reachOf(from, start, end), reachOf(to, end, start)];
  if (length === 0 || out + into >= length) return null;
  const at = (part: number) => ({
    x: start.x + (end.x - start.x) * part,
    y: start.y + (end.y - start.y) * part,
  });
  return [at(out / length), at(1 - into / length)];
}

/** How far it is from the middle of a box to its edge, towards a point. */
function reachOf(contour: Contour, middle: Point, towards: Point): number {
  if (contour.form === 'line') return 0;
  const [x, y] = [Math.abs(towards.x - middle.x), Math.abs(towards.y - middle.y)];
  return Math.hypot(x, y) * Math.min(contour.width / 2 / (x || 1e-9), contour.height / 2 / (y || 1e-9), 1);
}

/** The middle of what is drawn: of a line, between its ends. */
export function middleOf(contour: Contour): Point {
  if (contour.form !== 'line') {
    return { x: contour.x + contour.width / 2, y: contour.y + contour.height / 2 };
  }
  const [first, last] = [contour.points[0], contour.points.at(-1)];
  return first && last ? { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 } : { x: 0, y: 0 };
}
