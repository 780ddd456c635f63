import { centre, type Drawn } from '../page/bpmn.ts';
import { containers, type Desk, notOfType, type Operation, ofType, shapes, spotIn } from './desk.ts';

const appended = [
  { type: 'bpmn:Task' },
  { type: 'bpmn:UserTask' },
  { type: 'bpmn:CallActivity' },
  { type: 'bpmn:ExclusiveGateway' },
  { type: 'bpmn:EventBasedGateway' },
  { type: 'bpmn:EndEvent' },
  { type: 'bpmn:IntermediateThrowEvent', eventDefinitionType: 'bpmn:MessageEventDefinition' },
  { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
  { type: 'bpmn:SubProcess', isExpanded: true },
  { type: 'bpmn:SubProcess', isExpanded: false },
  { type: 'bpmn:TextAnnotation' },
];

const dropped = [
  { type: 'bpmn:Task' },
  { type: 'bpmn:ServiceTask' },
  { type: 'bpmn:StartEvent' },
  { type: 'bpmn:EndEvent', eventDefinitionType: 'bpmn:TerminateEventDefinition' },
  { type: 'bpmn:ParallelGateway' },
  { type: 'bpmn:SubProcess', isExpanded: true },
  { type: 'bpmn:SubProcess', isExpanded: false },
  { type: 'bpmn:SubProcess', isExpanded: true, triggeredByEvent: true },
  { type: 'bpmn:Transaction', isExpanded: true },
  { type: 'bpmn:AdHocSubProcess', isExpanded: true },
  { type: 'bpmn:DataObjectReference' },
  { type: 'bpmn:DataStoreReference' },
  { type: 'bpmn:TextAnnotation' },
  { type: 'bpmn:Group' },
];

export const append: Operation = (desk) => {
  const sources = ofType(shapes(desk), 'bpmn:FlowNode');
  const source = desk.pick(notOfType(sources, 'bpmn:EndEvent'));
  if (!source) return null;
  const attributes = desk.chance.oneOf(appended);
  desk.get('autoPlace').append(source, desk.get('elementFactory').createShape(attributes));
  return `${attributes.type} after ${source.id}`;
};

/** An entry of the context pad, as it is clicked. */
export const appendByPad: Operation = (desk) => clickPad(desk, shapes(desk), /^append\./);

export const deleteByPad: Operation = (desk) => clickPad(desk, desk.elements(), /^delete$/);

function clickPad(desk: Desk, list: readonly Drawn[], wanted: RegExp): string | null {
  const element = desk.pick(list);
  if (!element) return null;
  const entries = Object.entries(desk.get('contextPad').getEntries(element)).filter(([name]) =>
    wanted.test(name),
  );
  if (entries.length === 0) return null;
  const [name, { action }] = desk.chance.oneOf(entries);
  const click = typeof action === 'function' ? action : action.click;
  if (typeof click !== 'function') return null;
  click(new MouseEvent('click'), element);
  return `${name} of ${element.id}`;
}

export const create: Operation = (desk) => {
  const target = desk.pick(containers(desk));
  if (!target) return null;
  const attributes = desk.chance.oneOf(dropped);
  const shape = desk.get('elementFactory').createShape(attributes);
  const position = spotIn(desk, target);
  if (!desk.get('rules').allowed('shape.create', { shape, target, position })) return null;
  desk.get('modeling').createShape(shape, position, target);
  return `${attributes.type} in ${target.id}`;
};

export const createPool: Operation = (desk) => {
  const root = desk.get('canvas').getRootElement();
  const shape = desk.get('elementFactory').createParticipantShape({ isExpanded: desk.chance.percent(70) });
  const position = spotIn(desk, root);
  if (!desk.get('rules').allowed('shape.create', { shape, target: root, position })) return null;
  desk.get('modeling').createShape(shape, position, root);
  return `pool in ${root.id}`;
};

export const attachBoundary: Operation = (desk) => {
  const host = desk.pick(ofType(shapes(desk), 'bpmn:Activity'));
  if (!host) return null;
  const shape = desk.get('elementFactory').createShape({
    type: 'bpmn:BoundaryEvent',
    eventDefinitionType: desk.chance.oneOf([
      'bpmn:TimerEventDefinition',
      'bpmn:ErrorEventDefinition',
      'bpmn:CompensateEventDefinition',
      'bpmn:MessageEventDefinition',
    ]),
  });
  const side = desk.chance.percent(50);
  const position = side
    ? { x: host.x + host.width, y: centre(host).y }
    : { x: host.x + desk.chance.between(20, 60), y: host.y + host.height };
  if (desk.get('rules').allowed('shape.attach', { shape, target: host, position }) !== 'attach') return null;
  desk.get('modeling').createShape(shape, position, host, { attach: true });
  return `to ${host.id}`;
};

export const copyAndPaste: Operation = (desk) => {
  const chosen = desk.several(desk.elements(), 4);
  const target = desk.pick(containers(desk));
  if (chosen.length === 0 || !target) return null;
  desk.get('copyPaste').copy(chosen);
  desk.get('copyPaste').paste({ element: target, point: spotIn(desk, target) });
  return `${chosen.map(({ id }) => id).join(', ')} into ${target.id}`;
};

export const duplicate: Operation = (desk) => {
  const chosen = desk.several(shapes(desk), 3);
  if (chosen.length === 0) return null;
  desk.get('copyPaste').duplicate(chosen);
  return chosen.map(({ id }) => id).join(', ');
};

export const cut: Operation = (desk) => {
  const chosen = desk.several(shapes(desk), 2);
  const target = desk.pick(containers(desk));
  if (chosen.length === 0 || !target) return null;
  desk.get('copyPaste').cut(chosen);
  const here = desk.get('elementRegistry').get(target.id);
  if (here) desk.get('copyPaste').paste({ element: here, point: spotIn(desk, here) });
  return `${chosen.map(({ id }) => id).join(', ')} to ${target.id}`;
};
