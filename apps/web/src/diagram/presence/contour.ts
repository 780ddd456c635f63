import type { CanvasElement } from '@tidemark/modeler';
import type { Box, Point } from '../canvas/services.ts';

/** The outline of something drawn, in the diagram's units. */
export type Contour =
  | ({ readonly form: 'box' | 'round' | 'diamond' } & Box)
  | { readonly form: 'line'; readonly points: readonly Point[] };

/** Null for what has no place of its own: a root, or what is not shown. */
export function contourOf({
  type,
  x,
  y,
  width,
  height,
  waypoints,
  hidden,
  parent,
}: CanvasElement): Contour | null {
  if (hidden || !parent) return null;
  if (waypoints) return { form: 'line', points: waypoints.map((point) => ({ x: point.x, y: point.y })) };
  if (!(width > 0 && height > 0)) return null;
  return { form: formOf(type), x, y, width, height };
}

export const boxContour = (box: Box): Contour => ({ form: 'box', ...box });

/** By the type of what is drawn. */
export function formOf(type: string): 'box' | 'round' | 'diamond' {
  if (type.endsWith('Event')) return 'round';
  return type.endsWith('Gateway') ? 'diamond' : 'box';
}

/** Corner of a task, the diagram's units. */
const corner = 10;

/** SVG path of a contour at a scale, `away` pixels around it. */
export function pathOf(contour: Contour, scale: number, away: number): string {
  if (contour.form === 'line') {
    return contour.points
      .map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${px(x * scale)} ${px(y * scale)}`)
      .join('');
  }
  const left = contour.x * scale - away;
  const top = contour.y * scale - away;
  const width = contour.width * scale + 2 * away;
  const height = contour.height * scale + 2 * away;
  if (contour.form === 'diamond') {
    const [across, down] = [px(width / 2), px(height / 2)];
    return `M${px(left + width / 2)} ${px(top)}l${across} ${down}l-${across} ${down}l-${across} -${down}z`;
  }
  const round = contour.form === 'round' ? Infinity : corner * scale + away;
  const [rx, ry] = [Math.min(round, width / 2), Math.min(round, height / 2)];
  const arc = (toX: number, toY: number) => `a${px(rx)} ${px(ry)} 0 0 1 ${px(toX)} ${px(toY)}`;
  return [
    `M${px(left + rx)} ${px(top)}h${px(width - 2 * rx)}${arc(rx, ry)}v${px(height - 2 * ry)}${arc(-rx, ry)}`,
    `h${px(2 * rx - width)}${arc(-rx, -ry)}v${px(2 * ry - height)}${arc(rx, -ry)}z`,
  ].join('');
}

/** Hundredths of a pixel are enough. */
const px = (value: number): number => Math.round(value * 100) / 100;

/** Where a name is put: the upper left corner, or the middle of a line. */
export function cornerOf(contour: Contour): Point {
  if (contour.form !== 'line') return { x: contour.x, y: contour.y };
  return middleOf(contour.points);
}

/** The point halfway along a line. */
function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((to, at) => distance(points[at] ?? to, to));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [at, length] of lengths.entries()) {
    const [from, to] = [points[at], points[at + 1]];
    if (from && to && length >= left && length > 0) {
      const part = left / length;
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    }
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}

const distance = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y);
