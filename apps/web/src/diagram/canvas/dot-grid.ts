import type { Canvas, EventBus } from './services.ts';

/** Distance of the dots at 100 %, in the diagram's units: what shapes snap to. */
const step = 10;
/** Dots nearer than this are a grey haze, pixels. */
const nearest = 14;

/** Keeps the dots of the paper where the diagram is. */
class DotGrid {
  static $inject = ['eventBus', 'canvas'];

  constructor(eventBus: EventBus, canvas: Canvas) {
    const place = () => {
      const { x, y, scale } = canvas.viewbox();
      const { style } = canvas.getContainer();
      const distance = distanceAt(scale);
      style.setProperty('--tm-grid', `${distance}px`);
      // Half a distance: a dot stands in the middle of its tile.
      style.setProperty('--tm-grid-x', `${-x * scale + distance / 2}px`);
      style.setProperty('--tm-grid-y', `${-y * scale + distance / 2}px`);
    };
    eventBus.on(['canvas.viewbox.changed', 'canvas.resized'], place);
  }
}

/** Pixels between two dots: the grid's, or as many times that as make a pattern. */
export function distanceAt(scale: number): number {
  // A canvas without a size has no scale.
  if (!(scale > 0)) return nearest;
  let distance = step * scale;
  while (distance < nearest) distance *= 2;
  return distance;
}

export const dotGridModule = {
  __init__: ['tidemarkDotGrid'],
  tidemarkDotGrid: ['type', DotGrid],
};
