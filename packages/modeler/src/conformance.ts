import type { CanvasElement, Point, Rect } from './bpmn-js.ts';
import { idOf, isA, type ModdleElement } from './moddle.ts';
import type { Drawing } from './scene.ts';
import type { Stage } from './stage.ts';
import type { Tree } from './tree.ts';

/** Where an element has to lie; undefined while that is not on the canvas. */
export function containerElement(drawing: Drawing, stage: Stage, tree: Tree): CanvasElement | undefined {
  const root = stage.rootOf(drawing.plane);
  if (drawing.container === null) return root;
  const container = stage.elementOf(drawing.container);
  const semantic = tree.elementOf(drawing.key);
  if (container === undefined || !isA(semantic, 'bpmn:DataStoreReference')) return container;
  // The importer puts a data store that is drawn outside of its pool or subprocess beside it.
  const bounds = boundsOf(tree.elementOf(drawing.di));
  const box = boundsOf(container.di);
  return bounds !== null && box !== null && isInside(middle(bounds), rounded(box)) ? container : root;
}

/**
 * Whether an element on the canvas is what the importer would make of the document, but for where it lies and how
 * it looks. If not it has to be made anew: bpmn-js has no way to change these in place.
 */
export function conforms(element: CanvasElement, drawing: Drawing, stage: Stage, tree: Tree): boolean {
  const semantic = tree.elementOf(drawing.key);
  const di = tree.elementOf(drawing.di);
  if (semantic === null || di === null) return false;
  if (element.businessObject !== semantic || element.di !== di) return false;
  if (element.type !== semantic.$type || element.id !== idOf(semantic)) return false;
  const container = containerElement(drawing, stage, tree);
  if (container === undefined || element.parent !== container) return false;
  // A data store beside a collapsed subprocess is hidden all the same.
  const holder = drawing.container === null ? container : stage.elementOf(drawing.container);
  if (Boolean(element.hidden) !== Boolean(holder?.hidden || holder?.collapsed)) return false;
  if ((element.waypoints !== undefined) !== drawing.isEdge) return false;
  if (drawing.ends !== null) {
    const [source, target] = drawing.ends;
    return element.source === stage.elementOf(source) && element.target === stage.elementOf(target);
  }
  const host = drawing.host === null ? undefined : stage.elementOf(drawing.host);
  if ((element.host ?? undefined) !== host) return false;
  return Boolean(element.collapsed) === isCollapsed(semantic, di);
}

function isCollapsed(semantic: ModdleElement, di: ModdleElement): boolean {
  if (isA(semantic, 'bpmn:CallActivity')) return true;
  if (isA(semantic, 'bpmn:SubProcess')) return di.get('isExpanded') !== true;
  if (isA(semantic, 'bpmn:Participant')) return semantic.get('processRef') === undefined;
  return false;
}

/** Position and size, or way, as the importer reads them. */
export function updateGeometry(element: CanvasElement): void {
  if (element.waypoints !== undefined) {
    const points = element.di.get('waypoint') as Point[] | undefined;
    if (points === undefined || points.length < 2) return;
    const same =
      points.length === element.waypoints.length &&
      points.every(
        ({ x, y }, index) => element.waypoints![index]!.x === x && element.waypoints![index]!.y === y,
      );
    if (!same) element.waypoints = points.map(({ x, y }) => ({ x, y }));
    return;
  }
  const bounds = boundsOf(element.di);
  if (bounds === null) return;
  Object.assign(element, rounded(bounds));
}

function rounded({ x, y, width, height }: Rect): Rect {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

function boundsOf(di: ModdleElement | null): Rect | null {
  return (di?.get('bounds') as Rect | undefined) ?? null;
}

function middle({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function isInside({ x, y }: Point, box: Rect): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
