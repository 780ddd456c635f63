import { centre, type Drawn } from '../page/bpmn.ts';
import { connections, type Desk, type Operation, ofType, shapes } from './desk.ts';

function connectTwo(desk: Desk, source: Drawn | null, target: Drawn | null): string | null {
  if (!source || !target || source === target) return null;
  const attributes = desk.get('rules').allowed('connection.create', { source, target });
  if (!attributes) return null;
  desk.get('modeling').connect(source, target, typeof attributes === 'object' ? attributes : undefined);
  return `${source.id} to ${target.id}`;
}

/** Sequence flow, message flow, association or data association: what the rules of bpmn-js make of the two ends. */
export const connect: Operation = (desk) => {
  const source = desk.pick(ofType(shapes(desk), 'bpmn:FlowNode', 'bpmn:Participant'));
  if (!source) return null;
  const targets = shapes(desk).filter(
    (target) => target !== source && desk.get('rules').allowed('connection.create', { source, target }),
  );
  return connectTwo(desk, source, targets.length === 0 ? null : desk.chance.oneOf(targets));
};

export const connectFromData: Operation = (desk) => {
  const source = desk.pick(
    ofType(
      shapes(desk),
      'bpmn:DataObjectReference',
      'bpmn:DataStoreReference',
      'bpmn:TextAnnotation',
      'bpmn:Group',
    ),
  );
  const target = desk.pick(ofType(desk.elements(), 'bpmn:FlowNode', 'bpmn:SequenceFlow', 'bpmn:MessageFlow'));
  return desk.chance.percent(50) ? connectTwo(desk, source, target) : connectTwo(desk, target, source);
};

export const reconnect: Operation = (desk) => {
  const connection = desk.pick(connections(desk));
  if (!connection?.source || !connection.target) return null;
  const start = desk.chance.percent(50);
  const candidates = shapes(desk).filter((shape) =>
    desk.get('rules').allowed('connection.reconnect', {
      connection,
      source: start ? shape : connection.source,
      target: start ? connection.target : shape,
    }),
  );
  const end = desk.pick(
    candidates.filter((shape) => shape !== connection.source && shape !== connection.target),
  );
  if (!end) return null;
  if (start) desk.get('modeling').reconnectStart(connection, end, centre(end));
  else desk.get('modeling').reconnectEnd(connection, end, centre(end));
  return `${connection.id} ${start ? 'from' : 'to'} ${end.id}`;
};

export const flipConnection: Operation = (desk) => {
  const connection = desk.pick(connections(desk));
  const { source, target, waypoints } = connection ?? {};
  if (!connection || !source || !target || !waypoints) return null;
  const allowed = desk
    .get('rules')
    .allowed('connection.reconnect', { connection, source: target, target: source });
  if (!allowed) return null;
  desk.get('modeling').reconnect(connection, target, source, [...waypoints].reverse());
  return connection.id;
};

export const waypoints: Operation = (desk) => {
  const connection = desk.pick(connections(desk));
  const points = connection?.waypoints?.map(({ x, y }) => ({ x, y })) ?? [];
  const [first, second] = points;
  if (!connection || !first || !second) return null;
  if (points.length > 2 && desk.chance.percent(30)) points.splice(1, 1);
  else {
    points.splice(1, 0, {
      x: Math.round((first.x + second.x) / 2 + desk.chance.between(-40, 40)),
      y: Math.round((first.y + second.y) / 2 + desk.chance.between(-40, 40)),
    });
  }
  desk.get('modeling').updateWaypoints(connection, points);
  return connection.id;
};
