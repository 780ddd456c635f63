import type { DiagramCanvas } from '@tidemark/modeler';
import type { CanvasElement } from './elements.ts';

type Drawn = NonNullable<ReturnType<DiagramCanvas['elementOf']>>;

/** The shape, connection or root that shows an element; null when it is not drawn in the diagram shown. */
export function elementAt(canvas: DiagramCanvas, key: string): CanvasElement | null {
  return canvas.elementOf(key) as CanvasElement | null;
}

export function keyAt(canvas: DiagramCanvas, element: CanvasElement): string | null {
  return canvas.keyOf(element as Drawn);
}
