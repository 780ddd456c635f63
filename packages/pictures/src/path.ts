/** Where the path of an SVG element leads: its length, the points on it and its bounds, which jsdom does not know. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const noBox: Box = { x: 0, y: 0, width: 0, height: 0 };

/** Points by which one curve is taken for straight lines: at a corner of 5 px, good to a hundredth of a pixel. */
const stepsOfCurve = 16;

/** The path as points that straight lines join. Arcs count as lines; bpmn-js measures no path with one. */
export function pointsOf(data: string): readonly Point[] {
  const points: Point[] = [];
  let at = { x: 0, y: 0 };
  let start = at;
  for (const [, command = '', rest = ''] of data.matchAll(/([a-z])([^a-z]*)/gi)) {
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const kind = command.toUpperCase();
    const relative = command !== kind;
    const take = arity[kind];
    if (take === undefined) continue;
    if (take === 0) {
      points.push(start);
      at = start;
    }
    for (let i = 0; take > 0 && i + take <= numbers.length; i += take) {
      const stretch = stretchOf(kind, numbers.slice(i, i + take), at, relative);
      const end = stretch.at(-1) ?? at;
      if (stretch.length > 2) points.push(...curve(at, stretch));
      else points.push(end);
      at = end;
      if (kind === 'M' && i === 0) start = at;
    }
  }
  return points;
}

/** How many numbers a command takes. */
const arity: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, Q: 4, A: 7, Z: 0 };

/** The control points of one step of the path, absolute, without where it begins. */
function stretchOf(kind: string, numbers: readonly number[], at: Point, relative: boolean): Point[] {
  const from = relative ? at : { x: 0, y: 0 };
  if (kind === 'H') return [{ x: from.x + (numbers[0] ?? 0), y: at.y }];
  if (kind === 'V') return [{ x: at.x, y: from.y + (numbers[0] ?? 0) }];
  const pairs = kind === 'A' ? numbers.slice(5) : numbers;
  const points: Point[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    points.push({ x: from.x + (pairs[i] ?? 0), y: from.y + (pairs[i + 1] ?? 0) });
  }
  if (kind !== 'Q') return points;
  const [control, end] = points;
  if (control === undefined || end === undefined) return points;
  const towards = (p: Point) => ({
    x: p.x + ((control.x - p.x) * 2) / 3,
    y: p.y + ((control.y - p.y) * 2) / 3,
  });
  return [towards(at), towards(end), end];
}

function curve(from: Point, [first, second, end]: readonly Point[]): Point[] {
  if (first === undefined || second === undefined || end === undefined) return [];
  return Array.from({ length: stepsOfCurve }, (_, i) => {
    const t = (i + 1) / stepsOfCurve;
    const u = 1 - t;
    const on = (a: number, b: number, c: number, d: number) =>
      u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    return { x: on(from.x, first.x, second.x, end.x), y: on(from.y, first.y, second.y, end.y) };
  });
}

export function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, point, i) => sum + (i === 0 ? 0 : distance(points[i - 1] ?? point, point)), 0);
}

export function pointAt(points: readonly Point[], length: number): Point {
  let left = length;
  for (const [i, to] of points.entries()) {
    const from = points[i - 1];
    if (from === undefined) continue;
    const part = distance(from, to);
    if (part > 0 && left <= part) {
      return { x: from.x + ((to.x - from.x) * left) / part, y: from.y + ((to.y - from.y) * left) / part };
    }
    left -= part;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

export function boxOf(points: readonly Point[]): Box {
  if (points.length === 0) return noBox;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
