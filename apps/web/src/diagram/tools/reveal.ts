import type { DiagramView } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { drawnElements } from '../search/search.ts';
import type { CanvasElement } from './elements.ts';
import { elementAt } from './elements-at.ts';
import { service } from './services.ts';

/** Scales below this can't be read; what is looked for is then shown at `readable`. */
const tooSmall = 0.4;
const readable = 0.75;

/**
 * Opens the diagram and the plane on which an element is drawn, selects it and brings it to the middle, `near` enough to
 * be read.
 */
export async function reveal(
  canvas: DiagramCanvas,
  view: DiagramView,
  key: string,
  { near = false } = {},
): Promise<CanvasElement | null> {
  if (elementAt(canvas, key) === null) {
    const diagram = drawnElements(view.elements, view.root).get(key);
    if (diagram === undefined || diagram === canvas.shownDiagram()) return null;
    await canvas.showDiagram(diagram);
  }
  const element = elementAt(canvas, key);
  if (element === null) return null;
  const drawing = service(canvas, 'canvas');
  if (near && drawing.zoom() < tooSmall) drawing.zoom(readable, 'auto');
  show(canvas, element);
  return element;
}

/** Selects an element and brings it to the middle of the canvas. */
export function show(canvas: DiagramCanvas, element: CanvasElement): void {
  const drawing = service(canvas, 'canvas');
  const root = drawing.findRoot(element);
  if (root && root !== drawing.getRootElement()) drawing.setRootElement(root);
  // What opens beside the selected element stands where the element is by then.
  centre(canvas, element);
  service(canvas, 'selection').select(element.parent ? element : null);
}

function centre(canvas: DiagramCanvas, element: CanvasElement): void {
  const middle = middleOf(element);
  if (middle !== null) centreOn(canvas, middle);
}

/** Brings a point of the plane in sight to the middle of the canvas. */
export function centreOn(canvas: DiagramCanvas, middle: { readonly x: number; readonly y: number }): void {
  const drawing = service(canvas, 'canvas');
  const { width, height } = drawing.viewbox();
  drawing.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}

function middleOf({ x, y, width, height, waypoints }: CanvasElement): { x: number; y: number } | null {
  if (x !== undefined && y !== undefined && width !== undefined && height !== undefined) {
    return { x: x + width / 2, y: y + height / 2 };
  }
  return waypoints?.[Math.floor(waypoints.length / 2)] ?? null;
}
