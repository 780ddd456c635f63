/** The ways of connections: along the axes, from side to side. */
import type { Box, Point } from '../path.ts';

export function middleOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where an edge passes a column, or enters the box in it: it changes its height at `bend`, left of the column. */
export interface Stop {
  readonly box: Box;
  readonly bend: number;
}

/** Forwards: from the right of a box, through what it passes, to the left of another. */
export function forwards(source: Box, stops: readonly Stop[]): Point[] {
  return plain(through({ x: source.x + source.width, y: middleOf(source).y }, stops));
}

/** From the lower border of a box: first down, at least by `least`, then as any other. */
export function downwards(source: Box, stops: readonly Stop[], least: number): Point[] {
  const start = { x: middleOf(source).x, y: source.y + source.height };
  const first = stops[0];
  const y = Math.max(start.y + least, first === undefined ? 0 : middleOf(first.box).y);
  return plain([start, ...through({ x: start.x, y }, stops)]);
}

function through(start: Point, stops: readonly Stop[]): Point[] {
  const points = [start];
  let at = start;
  for (const [i, { box, bend }] of stops.entries()) {
    const y = middleOf(box).y;
    if (y !== at.y) points.push({ x: bend, y: at.y }, { x: bend, y });
    at = { x: box.x + (i === stops.length - 1 ? 0 : box.width), y };
    points.push({ x: box.x, y }, at);
  }
  return points;
}

/** Backwards: below everything, at `y`. */
export function backwards(source: Box, target: Box, y: number): Point[] {
  const [from, to] = [middleOf(source), middleOf(target)];
  // A box that leads to itself leaves and enters at different places.
  const aside = source === target ? source.width / 4 : 0;
  return plain([
    { x: from.x + aside, y: source.y + source.height },
    { x: from.x + aside, y },
    { x: to.x - aside, y },
    { x: to.x - aside, y: target.y + target.height },
  ]);
}

/** Between any two boxes, by the sides that face each other. */
export function between(source: Box, target: Box): Point[] {
  const [from, to] = [middleOf(source), middleOf(target)];
  if (source.x + source.width < target.x || target.x + target.width < source.x) {
    const right = source.x < target.x;
    const start = { x: right ? source.x + source.width : source.x, y: from.y };
    const end = { x: right ? target.x : target.x + target.width, y: to.y };
    const x = (start.x + end.x) / 2;
    return plain([start, { x, y: start.y }, { x, y: end.y }, end]);
  }
  return upOrDown(source, target, null);
}

/** Between boxes that lie above each other; it changes columns at `bend`, or halfway. */
export function upOrDown(source: Box, target: Box, bend: number | null): Point[] {
  const [from, to] = [middleOf(source), middleOf(target)];
  const down = from.y < to.y;
  const [left, right] = [
    Math.max(source.x, target.x),
    Math.min(source.x + source.width, target.x + target.width),
  ];
  if (bend === null && left <= right) {
    const x = (left + right) / 2;
    const [start, end] = down ? [source.y + source.height, target.y] : [source.y, target.y + target.height];
    return plain([
      { x, y: start },
      { x, y: end },
    ]);
  }
  const start = { x: from.x, y: down ? source.y + source.height : source.y };
  const end = { x: to.x, y: down ? target.y : target.y + target.height };
  const y = bend ?? (start.y + end.y) / 2;
  return plain([start, { x: start.x, y }, { x: end.x, y }, end]);
}

/** Without points that add nothing. */
function plain(points: readonly Point[]): Point[] {
  const apart = points.filter((point, i) => !same(point, points[i - 1]));
  return apart.filter((point, i) => {
    const [before, after] = [apart[i - 1], apart[i + 1]];
    if (before === undefined || after === undefined) return true;
    const straight = (a: number, b: number, c: number) => a === b && b === c;
    return !(straight(before.x, point.x, after.x) || straight(before.y, point.y, after.y));
  });
}

function same(a: Point, b: Point | undefined): boolean {
  return a.x === b?.x && a.y === b.y;
}
