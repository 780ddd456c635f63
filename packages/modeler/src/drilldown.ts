import type { CanvasElement, DrilldownOverlays, Viewer } from './bpmn-js.ts';
import { isA } from './moddle.ts';
import { isRoot } from './stage.ts';

/** bpmn-js puts the button that opens a collapsed subprocess there after commands only; this does it for others' edits. */
export function updateDrilldown(viewer: Viewer, elements: Iterable<CanvasElement>): void {
  const overlays = viewer.get<DrilldownOverlays>('drilldownOverlayBehavior', false);
  if (overlays === null) return;
  for (const element of elements) {
    if (!isA(element.businessObject, 'bpmn:SubProcess')) continue;
    if (isRoot(element)) overlays._updateOverlayVisibility(element);
    else if (overlays._canDrillDown(element)) overlays._addOverlay(element);
    else overlays._removeOverlay(element);
  }
}
