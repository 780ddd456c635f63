import { centre, type Drawn, isLabel } from '../page/bpmn.ts';
import {
  connections,
  containers,
  type Desk,
  isInside,
  notOfType,
  type Operation,
  ofType,
  shapes,
  spotIn,
} from './desk.ts';

/** Moves as the mouse does: only where the rules of bpmn-js let it be dropped. */
function moveTo(desk: Desk, moved: Drawn[], by: { x: number; y: number }, target: Drawn): boolean {
  const first = moved[0];
  // The mouse never finds what it drags below itself.
  if (!first || isInside(target, moved)) return false;
  const middle = centre(first);
  const position = { x: middle.x + by.x, y: middle.y + by.y };
  const allowed = desk.get('rules').allowed('elements.move', { shapes: moved, delta: by, position, target });
  if (!allowed) return false;
  desk.get('modeling').moveElements(moved, by, target, { primaryShape: first, attach: allowed === 'attach' });
  return true;
}

const movable = (desk: Desk) => notOfType(shapes(desk), 'bpmn:Lane');

const withoutNested = (chosen: readonly Drawn[]) =>
  chosen.filter((element) => !isInside(element.parent, chosen));

export const move: Operation = (desk) => {
  const shape = desk.pick(movable(desk));
  if (!shape?.parent) return null;
  const by = { x: desk.chance.between(-90, 90), y: desk.chance.between(-70, 70) };
  return moveTo(desk, [shape], by, shape.parent) ? `${shape.id} by ${by.x}, ${by.y}` : null;
};

export const moveInto: Operation = (desk) => {
  const shape = desk.pick(movable(desk));
  const target = desk.pick(containers(desk).filter((container) => container !== shape?.parent));
  if (!shape || !target) return null;
  const middle = centre(shape);
  const spot = spotIn(desk, target);
  const moved = moveTo(desk, [shape], { x: spot.x - middle.x, y: spot.y - middle.y }, target);
  return moved ? `${shape.id} into ${target.id}` : null;
};

export const moveSeveral: Operation = (desk) => {
  const chosen = withoutNested(desk.several(movable(desk), 4));
  const target = desk.chance.percent(50) ? chosen[0]?.parent : desk.pick(containers(desk));
  if (!target) return null;
  const by = { x: desk.chance.between(-120, 120), y: desk.chance.between(-120, 120) };
  return moveTo(desk, chosen, by, target) ? chosen.map(({ id }) => id).join(', ') : null;
};

export const moveLabel: Operation = (desk) => {
  const { canvas, elementRegistry } = {
    canvas: desk.get('canvas'),
    elementRegistry: desk.get('elementRegistry'),
  };
  const root = canvas.getRootElement();
  const label = desk.pick(
    elementRegistry
      .getAll()
      .filter((element) => isLabel(element) && !element.hidden && canvas.findRoot(element) === root),
  );
  if (!label) return null;
  const by = { x: desk.chance.between(-40, 40), y: desk.chance.between(-30, 30) };
  return moveTo(desk, [label], by, label.parent ?? root) ? label.id : null;
};

/** Dropped on a flow, a shape is put between its ends. */
export const dropOnFlow: Operation = (desk) => {
  const flow = desk.pick(ofType(connections(desk), 'bpmn:SequenceFlow'));
  const shape = desk.pick(ofType(shapes(desk), 'bpmn:Task', 'bpmn:Gateway'));
  const [first, second] = flow?.waypoints ?? [];
  if (!flow || !shape || !first || !second) return null;
  const middle = centre(shape);
  const by = {
    x: Math.round((first.x + second.x) / 2) - middle.x,
    y: Math.round((first.y + second.y) / 2) - middle.y,
  };
  return moveTo(desk, [shape], by, flow) ? `${shape.id} on ${flow.id}` : null;
};

/** To another host, along the same one, or away from it. */
export const moveBoundary: Operation = (desk) => {
  const event = desk.pick(ofType(shapes(desk), 'bpmn:BoundaryEvent'));
  if (!event) return null;
  const target = desk.pick(
    desk.chance.percent(70) ? ofType(shapes(desk), 'bpmn:Activity') : containers(desk),
  );
  if (!target) return null;
  const middle = centre(event);
  const to =
    target.parent && !target.businessObject.$instanceOf('bpmn:Participant')
      ? { x: target.x + Math.round(target.width / 2), y: target.y + target.height }
      : spotIn(desk, target);
  return moveTo(desk, [event], { x: to.x - middle.x, y: to.y - middle.y }, target)
    ? `${event.id} to ${target.id}`
    : null;
};

export const align: Operation = (desk) => {
  const chosen = notOfType(desk.several(movable(desk), 4), 'bpmn:BoundaryEvent', 'bpmn:Participant');
  const parent = chosen[0]?.parent;
  const level = chosen.filter((shape) => shape.parent === parent);
  if (level.length < 2) return null;
  const type = desk.chance.oneOf(['top', 'right', 'bottom', 'left', 'center', 'middle']);
  desk.get('alignElements').trigger(level, type);
  return `${type} of ${level.map(({ id }) => id).join(', ')}`;
};

export const distribute: Operation = (desk) => {
  const parent = desk.pick(containers(desk));
  const level = ofType(shapes(desk), 'bpmn:FlowNode').filter(
    (shape) => shape.parent === parent && !shape.host,
  );
  if (level.length < 3) return null;
  const orientation = desk.chance.oneOf(['horizontal', 'vertical']);
  desk.get('distributeElements').trigger(level, orientation);
  return `${orientation} in ${parent?.id}`;
};

export const space: Operation = (desk) => {
  const all = shapes(desk);
  const anchor = desk.pick(all);
  if (!anchor) return null;
  const axis = desk.chance.oneOf(['x', 'y'] as const);
  const wide = desk.chance.between(1, 8) * 10;
  const by = axis === 'x' ? { x: wide, y: 0 } : { x: 0, y: wide };
  const tool = desk.get('spaceTool');
  const start = centre(anchor)[axis];
  const { movingShapes, resizingShapes } = tool.calculateAdjustments(all, axis, by, start);
  tool.makeSpace(movingShapes, resizingShapes, by, axis === 'x' ? 'e' : 's', start);
  return `${axis} at ${start} by ${wide}`;
};
