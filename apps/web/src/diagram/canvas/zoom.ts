import type { DiagramCanvas } from '@tidemark/modeler';
import { type Box, service } from './services.ts';

/** Room around a diagram that is fitted in, pixels; palette, controls and the context pad of the last step stand in it. */
const margin = { left: 84, top: 56, right: 112, bottom: 64 };
const phoneMargin = { left: 16, top: 16, right: 16, bottom: 64 };

/** Shows all of the diagram, at 100 % at the most: small diagrams stay small. */
export function showAll(canvas: DiagramCanvas): void {
  const view = service(canvas, 'canvas');
  view.resized();
  const { inner, outer } = view.viewbox();
  if (outer.width <= 0 || outer.height <= 0) return;
  view.viewbox(windowOn(inner, outer, outer.width < 700 ? phoneMargin : margin));
}

/** The part of the plane to show, in its coordinates, so that `inner` stands within the margins. */
export function windowOn(
  inner: Box,
  outer: { readonly width: number; readonly height: number },
  space: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): Box {
  const width = Math.max(1, outer.width - space.left - space.right);
  const height = Math.max(1, outer.height - space.top - space.bottom);
  const scale = Math.min(1, width / Math.max(1, inner.width), height / Math.max(1, inner.height));
  return {
    x: inner.x + inner.width / 2 - (space.left + width / 2) / scale,
    y: inner.y + inner.height / 2 - (space.top + height / 2) / scale,
    width: outer.width / scale,
    height: outer.height / scale,
  };
}

/** Steps that divide or multiply nicely: 100 % is always one of them. */
const levels = [0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4];

/** The next level in a direction, about the middle of the screen. */
export function zoomBy(canvas: DiagramCanvas, direction: 1 | -1): void {
  const view = service(canvas, 'canvas');
  view.zoom(nextLevel(view.zoom(), direction), 'auto');
}

export function zoomTo(canvas: DiagramCanvas, level: number): void {
  service(canvas, 'canvas').zoom(level, 'auto');
}

export function nextLevel(now: number, direction: 1 | -1): number {
  // What is a rounding away from a level stands on it.
  const away = 0.005;
  const next =
    direction > 0
      ? levels.find((level) => level > now + away)
      : levels.findLast((level) => level < now - away);
  return next ?? (direction > 0 ? Math.max(now, 4) : Math.min(now, 0.2));
}
