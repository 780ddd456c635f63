import { centre, type Drawn, isConnection } from '../page/bpmn.ts';
import { containers, type Desk, isInside, notOfType, ofType, shapes } from './desk.ts';

/** Takes something with the mouse: a shape, a new shape, an end, a corner, a bend. Returns what, or null. */
export function startDrag(desk: Desk): string | null {
  const tool = desk.chance.oneOf([
    'move',
    'move',
    'move',
    'connect',
    'resize',
    'bendpoint',
    'create',
  ] as const);
  const list =
    tool === 'bendpoint' ? desk.elements().filter(isConnection) : notOfType(shapes(desk), 'bpmn:Lane');
  const element = desk.pick(list);
  if (!element) return null;
  desk.get('directEditing').cancel();
  const at = mouse(desk, middle(element), desk.get('elementRegistry').getGraphics(element));
  if (tool === 'move') desk.get('move').start(at, element, true);
  else if (tool === 'connect') desk.get('connect').start(at, element, null, true);
  else if (tool === 'resize') {
    if (!desk.get('rules').allowed('shape.resize', { shape: element })) return null;
    desk.get('resize').activate(at, element, 'se');
  } else if (tool === 'bendpoint') desk.get('bendpointMove').start(at, element, 1, true);
  else desk.get('create').start(at, desk.get('elementFactory').createShape({ type: 'bpmn:Task' }));
  if (desk.get('dragging').context()) {
    dragTo(desk, desk.get('canvas').getRootElement(), { x: 30, y: 20 });
  }
  return `${tool} ${element.id}`;
}

/** Lets go of what the mouse has, over a place of chance, or gives up. */
export function drop(desk: Desk): string | null {
  const dragging = desk.get('dragging');
  if (!dragging.context()) return null;
  if (desk.chance.percent(20)) {
    dragging.cancel();
    return 'given up';
  }
  const held = dragging.context()?.data?.shape ?? null;
  const places = [...containers(desk), ...ofType(shapes(desk), 'bpmn:Activity')];
  const place = desk.pick(places.filter((candidate) => !isInside(candidate, held ? [held] : [])));
  dragTo(desk, place, { x: desk.chance.between(-60, 60), y: desk.chance.between(-40, 40) });
  if (dragging.context()) dragging.end();
  return `over ${place?.id}`;
}

function dragTo(desk: Desk, place: Drawn | null, by: { x: number; y: number }): void {
  const dragging = desk.get('dragging');
  if (place) dragging.hover({ element: place, gfx: desk.get('elementRegistry').getGraphics(place) });
  const at = place?.parent ? centre(place) : { x: 400, y: 300 };
  dragging.move(mouse(desk, { x: at.x + by.x, y: at.y + by.y }));
}

function middle(element: Drawn): { x: number; y: number } {
  return element.waypoints?.[0] ?? centre(element);
}

/** A mouse event at a point of the diagram. */
function mouse(desk: Desk, point: { x: number; y: number }, over?: SVGElement): MouseEvent {
  const { x, y, scale } = desk.get('canvas').viewbox();
  const frame = desk.get('canvas').getContainer().getBoundingClientRect();
  const event = new MouseEvent('mousemove', {
    clientX: frame.left + (point.x - x) * scale,
    clientY: frame.top + (point.y - y) * scale,
    button: 0,
    bubbles: true,
  });
  // An event has a target once it is dispatched; this one is handed over by itself.
  Object.defineProperty(event, 'target', { value: over ?? desk.get('canvas').getContainer() });
  return event;
}
