import type { Claim } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { equalJson, isList, isObject, type Json } from '../records/json.ts';
import type { State } from '../records/state.ts';
import { collectionOf } from './key.ts';
import { placeOf, sourceList, type Wholes, wholesOf } from './wholes.ts';
import { textIn } from './words.ts';

/**
 * The line of a flow that comes back while what it connects lies elsewhere now: its ends stay where they met the shapes, and a corner
 * beside an end follows it, so that what was level stays level, with a bend if need be. Where both ends went the same way all of it did.
 */
export function refitFlow(then: State, now: State, { collection, id }: Thing): readonly Claim[] {
  const [was, is] = [wholesOf(then), wholesOf(now)];
  const flow = collectionOf(id) === collection ? was.at(id) : null;
  if (flow === null) return [];
  const sources = [...flow.keys()].filter((register) => register.startsWith(`${sourceList}/`));
  const owner = placeOf(flow)[0];
  const source = textIn(flow, '&sourceRef') || (sources[0]?.slice(sourceList.length + 1) ?? owner);
  const targetRef = textIn(flow, '&targetRef');
  // What a task reads goes to a slot within it, which nobody draws.
  const target = sources.length > 0 ? owner : targetRef;
  const shifts = [source, target].map((end) => shiftOf(was, is, end));
  if (shifts.every((shift) => shift === null)) return [];
  return was.referrersOf(id).flatMap(([key, register]): Claim[] => {
    const points = was.at(key)?.get('$waypoint');
    if (register !== '&bpmnElement' || points === undefined || !isList(points)) return [];
    const value = follow(points, shifts[0] ?? stay, shifts[1] ?? stay);
    if (value === null || equalJson(value, points)) return [];
    return [{ collection: collectionOf(key), id: key, register: '$waypoint', value }];
  });
}

type Point = readonly [x: number, y: number];
/** Where a point of a shape lies now. */
type Shift = (point: Point) => Point;

const stay: Shift = (point) => point;

function shiftOf(was: Wholes, is: Wholes, end: string): Shift | null {
  const [old, now] = [boundsOf(was, end), boundsOf(is, end)];
  if (old === null || now === null || equalJson(old, now)) return null;
  const along = (at: number, from: number, length: number, to: number, other: number) =>
    length > 0 ? to + ((at - from) * other) / length : at - from + to;
  return ([x, y]) => [
    along(x, old.x, old.width, now.x, now.width),
    along(y, old.y, old.height, now.y, now.height),
  ];
}

type Bounds = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

/** Null for what is drawn nowhere, or more than once. */
function boundsOf(wholes: Wholes, key: string): Bounds | null {
  const drawn = wholes.referrersOf(key).flatMap(([drawing, register]): Bounds[] => {
    const bounds = register === '&bpmnElement' ? wholes.at(drawing)?.get('$bounds') : undefined;
    if (bounds === undefined || !isObject(bounds)) return [];
    const { x, y, width, height } = bounds;
    const isWhole = [x, y, width, height].every((part) => typeof part === 'number' && Number.isFinite(part));
    return isWhole ? [{ x, y, width, height } as Bounds] : [];
  });
  return drawn.length === 1 ? drawn[0]! : null;
}

/** Null for points that can't be read. */
function follow(points: readonly Json[], first: Shift, last: Shift): readonly Json[] | null {
  const old = points.map(pointOf);
  if (old.length < 2 || !old.every((point) => point !== null)) return null;
  const [begin, end] = [old[0]!, old.at(-1)!];
  const [from, to] = [first(begin), last(end)];
  const by: Point = [from[0] - begin[0], from[1] - begin[1]];
  const isOne = equalJson(by, [to[0] - end[0], to[1] - end[1]]);
  const made: Point[] = old.map((point) => (isOne ? [point[0] + by[0], point[1] + by[1]] : point));
  made[0] = from;
  made[old.length - 1] = to;
  if (!isOne && old.length === 2) made.splice(1, 0, ...bends(begin, end, from, to));
  if (!isOne && old.length > 2) {
    made[1] = corner(begin, old[1]!, made[1]!, from);
    const before = old.length - 2;
    made[before] = corner(end, old[before]!, made[before]!, to);
  }
  const rest = (index: number): readonly Json[] => {
    const point = made.length === old.length ? points[index]! : [];
    return isList(point) ? point.slice(2) : [];
  };
  return made.map(([x, y], index) => [x, y, ...rest(index)]);
}

/** What was level, or upright, goes round a corner half way. */
function bends(begin: Point, end: Point, from: Point, to: Point): Point[] {
  if (from[0] === to[0] || from[1] === to[1]) return [];
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  if (begin[1] === end[1]) {
    return [
      [x, from[1]],
      [x, to[1]],
    ];
  }
  if (begin[0] !== end[0]) return [];
  return [
    [from[0], y],
    [to[0], y],
  ];
}

/** A corner stays level with the end beside it, as far as it was. */
function corner(end: Point, old: Point, [x, y]: Point, to: Point): Point {
  return [old[0] === end[0] ? to[0] : x, old[1] === end[1] ? to[1] : y];
}

function pointOf(raw: Json): Point | null {
  if (!isList(raw)) return null;
  const [x, y] = raw;
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}
