import { getExternalLabelBounds, getLabel, isLabelExternal } from 'bpmn-js/lib/util/LabelUtil';
import type { CanvasElement, Importer, Rect, TextRenderer, Viewer } from './bpmn-js.ts';
import type { ModdleElement } from './moddle.ts';
import type { Stage } from './stage.ts';

/** Gives an element the label outside of it that its name asks for, or takes it away. Returns it, if it stays. */
export function updateLabel(viewer: Viewer, stage: Stage, element: CanvasElement): CanvasElement | null {
  const text = textOf(element);
  const wanted = isLabelExternal(element.businessObject as never) && text !== '';
  const label = element.label;
  if (label === null || label === undefined) {
    if (!wanted) return null;
    return viewer.get<Importer>('bpmnImporter').addLabel(element.businessObject, element.di, element);
  }
  if (!wanted) {
    stage.canvas.removeShape(label);
    label.labelTarget = null;
    return null;
  }
  const id = `${element.id}_label`;
  if (label.id !== id && stage.registry.get(id) === undefined) stage.registry.updateId(label, id);
  label.businessObject = element.businessObject;
  label.di = element.di;
  label.hidden = element.hidden ?? false;
  Object.assign(label, boundsOf(viewer, element, text));
  return label;
}

function textOf(element: CanvasElement): string {
  return getLabel(element as never) ?? '';
}

/** As bpmn-js's importer places a label: a width that was stored is kept, the height follows from the text. */
function boundsOf(viewer: Viewer, element: CanvasElement, text: string): Rect {
  const renderer = viewer.get<TextRenderer>('textRenderer');
  const bounds = getExternalLabelBounds(element.di as never, element as never) as Rect;
  const stored = (element.di.get('label') as ModdleElement | undefined)?.get('bounds');
  const { x, y, width, height } =
    stored !== undefined && bounds.width > 0
      ? { ...bounds, height: heightOf(renderer, bounds, text) }
      : renderer.getExternalLabelBounds(bounds, text);
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function heightOf(renderer: TextRenderer, box: Rect, text: string): number {
  return Math.ceil(renderer.getDimensions(text, { box, style: renderer.getExternalStyle() }).height);
}
