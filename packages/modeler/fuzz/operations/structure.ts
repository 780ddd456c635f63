import type { Drawn } from '../page/bpmn.ts';
import { type Operation, ofType, shapes } from './desk.ts';

const expandedPools = (list: readonly Drawn[]) =>
  ofType(list, 'bpmn:Participant').filter((pool) => !pool.collapsed);

export const lanes: Operation = (desk) => {
  const bar = desk.pick([...ofType(shapes(desk), 'bpmn:Lane'), ...expandedPools(shapes(desk))]);
  if (!bar) return null;
  if (desk.chance.percent(30) && bar.businessObject.$instanceOf('bpmn:Lane')) {
    desk.get('modeling').removeElements([bar]);
    return `without ${bar.id}`;
  }
  const where = desk.chance.oneOf(['top', 'bottom'] as const);
  desk.get('modeling').addLane(bar, where);
  return `${where} of ${bar.id}`;
};

export const splitLane: Operation = (desk) => {
  const bar = desk.pick([...ofType(shapes(desk), 'bpmn:Lane'), ...expandedPools(shapes(desk))]);
  if (!bar || bar.children.filter((child) => child.businessObject.$instanceOf('bpmn:Lane')).length > 1)
    return null;
  const count = desk.chance.between(2, 3);
  desk.get('modeling').splitLane(bar, count);
  return `${bar.id} in ${count}`;
};

export const resizeLane: Operation = (desk) => {
  const lane = desk.pick(ofType(shapes(desk), 'bpmn:Lane'));
  if (!lane) return null;
  const { x, y, width, height } = lane;
  // The mouse can't squeeze a lane below its least height, nor those beside it.
  const room = Math.min(...ofType(shapes(desk), 'bpmn:Lane').map((other) => other.height)) - 60;
  if (room <= 0) return null;
  const box = { x, y, width, height: height + desk.chance.between(-Math.min(room, 30), Math.min(room, 60)) };
  desk.get('modeling').resizeLane(lane, box, desk.chance.percent(50));
  return lane.id;
};

export const makeCollaboration: Operation = (desk) => {
  const root = desk.get('canvas').getRootElement();
  if (!root.businessObject.$instanceOf('bpmn:Process') || root.children.length === 0) return null;
  const pool = desk.get('elementFactory').createParticipantShape();
  const target = root;
  const position = { x: 400, y: 300 };
  if (!desk.get('rules').allowed('shape.create', { shape: pool, target, position })) return null;
  desk.get('modeling').createShape(pool, position, target);
  return root.id;
};

/** The last pool to go turns the collaboration into a process again. */
export const deletePool: Operation = (desk) => {
  const pool = desk.pick(ofType(shapes(desk), 'bpmn:Participant'));
  if (!pool) return null;
  desk.get('modeling').removeElements([pool]);
  return pool.id;
};

export const toggle: Operation = (desk) => {
  const shape = desk.pick(ofType(shapes(desk), 'bpmn:SubProcess'));
  if (!shape) return null;
  desk.get('modeling').toggleCollapse(shape);
  return `${shape.id} ${shape.collapsed ? 'collapsed' : 'expanded'}`;
};

/** Into a collapsed subprocess, or out again. */
export const drill: Operation = (desk) => {
  const canvas = desk.get('canvas');
  const root = desk.pick(
    canvas.getRootElements().filter((candidate) => candidate !== canvas.getRootElement()),
  );
  // The plane that diagram-js makes when there is nothing to show is nobody's.
  if (!root?.businessObject) return null;
  canvas.setRootElement(root);
  return root.id;
};

export const showDiagram: Operation = async (desk) => {
  const keys = desk.diagrams.keys();
  if (keys.length < 2) return null;
  const index = desk.chance.between(0, keys.length - 1);
  await desk.diagrams.show(keys[index] ?? '');
  return `diagram ${index + 1} of ${keys.length}`;
};
