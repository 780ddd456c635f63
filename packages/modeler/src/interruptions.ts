import type { CanvasElement, DirectEditing, Dragging, Viewer } from './bpmn-js.ts';

/** Ends what the user is doing with elements that are about to leave the canvas. All else goes on. */
export function interrupt(viewer: Viewer, leaving: ReadonlySet<CanvasElement>): void {
  const dragging = viewer.get<Dragging>('dragging', false);
  const data = dragging?.context()?.data;
  if (data !== undefined && concerns(data, leaving)) dragging?.cancel();
  const directEditing = viewer.get<DirectEditing>('directEditing', false);
  if (directEditing?.isActive() && [...leaving].some((element) => directEditing.isActive(element))) {
    directEditing.cancel();
  }
}

/** Ends whatever gesture is under way: the whole canvas is about to be made anew. */
export function interruptAll(viewer: Viewer): void {
  const dragging = viewer.get<Dragging>('dragging', false);
  if (dragging !== null && dragging.context() !== null) dragging.cancel();
  viewer.get<DirectEditing>('directEditing', false)?.cancel();
}

/** bpmn-js's tools keep their elements under many names: `shape`, `shapes`, `connection`, `start`, `hover`, … */
function concerns(data: Record<string, unknown>, leaving: ReadonlySet<CanvasElement>): boolean {
  return Object.entries(data).some(([name, value]) => {
    if (name === 'hover' || name === 'hoverGfx') return false;
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.some((each) => leaving.has(each as CanvasElement));
  });
}
