import type { DiagramCanvas } from '@tidemark/modeler';
import type { CanvasElement, Point } from './elements.ts';
import { service } from './services.ts';

/** How far below and right of itself a copy lands, pixels. */
const shift = 40;

/** Copies elements beside themselves, as one step; the copies are selected. */
export function duplicate(
  canvas: DiagramCanvas,
  elements: readonly CanvasElement[],
): readonly CanvasElement[] {
  const copied = elements.filter((element) => element.parent);
  const [first] = copied;
  const middle = middleOf(copied);
  if (!first?.parent || middle === null) return [];
  const copyPaste = service(canvas, 'copyPaste');
  const tree = copyPaste.copy(copied, { clip: false });
  const parent = shapeAround(first);
  return select(
    canvas,
    copyPaste.paste({ element: parent, point: { x: middle.x + shift, y: middle.y + shift }, tree }),
  );
}

/** Selects what was pasted; flows between pasted steps come along with these. */
export function select(
  canvas: DiagramCanvas,
  pasted: readonly CanvasElement[] | undefined,
): readonly CanvasElement[] {
  const shapes = (pasted ?? []).filter((element) => !element.labelTarget && !element.waypoints);
  service(canvas, 'selection').select(shapes);
  return shapes;
}

/** Lanes do not take in what is dropped onto them; their pool does. */
export function shapeAround(element: CanvasElement): CanvasElement {
  let parent = element.parent ?? element;
  while (parent.type === 'bpmn:Lane' && parent.parent) parent = parent.parent;
  return parent;
}

function middleOf(elements: readonly CanvasElement[]): Point | null {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { x, y, width, height } of elements) {
    if (x === undefined || y === undefined || width === undefined || height === undefined) continue;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left <= right ? { x: (left + right) / 2, y: (top + bottom) / 2 } : null;
}
