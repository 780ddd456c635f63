import type { Drawn, Moddle } from '../page/bpmn.ts';
import { phrase } from './change.ts';
import { connections, type Desk, type Operation, ofType, shapes } from './desk.ts';

const listOf = (moddle: Moddle, property: string): readonly Moddle[] =>
  (moddle.get(property) as Moddle[]) ?? [];

function make(desk: Desk, type: string, attributes: object, parent: Moddle): Moddle {
  const made = desk.get('bpmnFactory').create(type, attributes);
  made.$parent = parent;
  return made;
}

export const documentation: Operation = (desk) => {
  const element = desk.pick(desk.elements());
  if (!element) return null;
  const owner = element.businessObject;
  const before = listOf(owner, 'documentation');
  const first = before[0];
  if (first && desk.chance.percent(40)) {
    desk.get('modeling').updateModdleProperties(element, first, { text: phrase(desk) });
  } else if (first && desk.chance.percent(30)) {
    desk.get('modeling').updateProperties(element, { documentation: before.slice(1) });
  } else {
    const text = make(desk, 'bpmn:Documentation', { text: phrase(desk) }, owner);
    desk.get('modeling').updateProperties(element, { documentation: [...before, text] });
  }
  return element.id;
};

/** Elements of a namespace that no descriptor knows. */
export const extensionProperties: Operation = (desk) => {
  const element = desk.pick(desk.elements());
  if (!element) return null;
  const owner = element.businessObject;
  const modeling = desk.get('modeling');
  const note = desk
    .get('moddle')
    .createAny('fuzz:note', 'http://tidemark.example/fuzz', { kind: 'note', value: phrase(desk) });
  const extensions = owner.get('extensionElements') as Moddle | undefined;
  if (extensions === undefined) {
    const made = make(desk, 'bpmn:ExtensionElements', { values: [note] }, owner);
    note.$parent = made;
    modeling.updateProperties(element, { extensionElements: made });
    return `${element.id}, the first`;
  }
  const values = listOf(extensions, 'values');
  note.$parent = extensions;
  if (values.length > 0 && desk.chance.percent(30)) {
    modeling.updateModdleProperties(element, extensions, { values: values.slice(1) });
  } else modeling.updateModdleProperties(element, extensions, { values: [...values, note] });
  return element.id;
};

export const renameId: Operation = (desk) => {
  const element = desk.pick(desk.elements());
  if (!element) return null;
  const id = `Renamed_${desk.chance.between(1, 0xffffff).toString(36)}`;
  if (desk.get('elementRegistry').get(id)) return null;
  desk.get('modeling').updateProperties(element, { id });
  return `${element.id} is ${id}`;
};

export const eventDefinition: Operation = (desk) => {
  const event = desk.pick(
    ofType(shapes(desk), 'bpmn:Event').filter(
      (shape) => listOf(shape.businessObject, 'eventDefinitions').length > 0,
    ),
  );
  const definition = event && listOf(event.businessObject, 'eventDefinitions')[0];
  if (!event || !definition) return null;
  const modeling = desk.get('modeling');
  if (definition.$instanceOf('bpmn:TimerEventDefinition')) {
    const property = desk.chance.oneOf(['timeDuration', 'timeDate', 'timeCycle']);
    const body = `PT${desk.chance.between(1, 60)}M`;
    const none = { timeDuration: undefined, timeDate: undefined, timeCycle: undefined };
    const expression = make(desk, 'bpmn:FormalExpression', { body }, definition);
    modeling.updateModdleProperties(event, definition, { ...none, [property]: expression });
    return `${event.id} ${property}`;
  }
  modeling.updateModdleProperties(event, definition, {
    id: `Definition_${desk.chance.between(1, 0xffffff)}`,
  });
  return `${event.id} ${definition.$type}`;
};

const rootTypes = {
  'bpmn:MessageEventDefinition': ['bpmn:Message', 'messageRef'],
  'bpmn:SignalEventDefinition': ['bpmn:Signal', 'signalRef'],
  'bpmn:ErrorEventDefinition': ['bpmn:Error', 'errorRef'],
  'bpmn:EscalationEventDefinition': ['bpmn:Escalation', 'escalationRef'],
} as const;

/** A message, signal, error or escalation: made at the root, referred to by an event. */
export const rootElement: Operation = (desk) => {
  for (const event of desk.several(ofType(shapes(desk), 'bpmn:Event'), 20)) {
    for (const definition of listOf(event.businessObject, 'eventDefinitions')) {
      const entry = rootTypes[definition.$type as keyof typeof rootTypes];
      if (entry === undefined) continue;
      const [type, property] = entry;
      const definitions = desk.get('bpmnjs').getDefinitions();
      const roots = listOf(definitions, 'rootElements');
      const known = roots.filter((root) => root.$type === type);
      if (known.length > 0 && desk.chance.percent(60)) {
        const target = desk.chance.percent(20) ? undefined : desk.chance.oneOf(known);
        desk.get('modeling').updateModdleProperties(event, definition, { [property]: target });
        return `${event.id} to ${target?.id}`;
      }
      const made = make(desk, type, { name: phrase(desk) }, definitions);
      desk.get('modeling').updateModdleProperties(event, definitions, { rootElements: [...roots, made] });
      desk.get('modeling').updateModdleProperties(event, definition, { [property]: made });
      return `${event.id} to the new ${made.id}`;
    }
  }
  return null;
};

const sourceOf = (flow: Drawn) => flow.source?.businessObject;

export const defaultFlow: Operation = (desk) => {
  const flow = desk.pick(
    ofType(connections(desk), 'bpmn:SequenceFlow').filter((candidate) =>
      ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway', 'bpmn:Activity'].some(
        (type) => sourceOf(candidate)?.$instanceOf(type),
      ),
    ),
  );
  if (!flow?.source) return null;
  const already = flow.source.businessObject.get('default') === flow.businessObject;
  desk.get('modeling').updateProperties(flow.source, { default: already ? undefined : flow.businessObject });
  return `${flow.id} ${already ? 'no more' : ''}`;
};

export const condition: Operation = (desk) => {
  const flow = desk.pick(ofType(connections(desk), 'bpmn:SequenceFlow'));
  if (!flow) return null;
  const owner = flow.businessObject;
  const before = owner.get('conditionExpression') as Moddle | undefined;
  const body = `\${amount > ${desk.chance.between(1, 999)}}`;
  if (before !== undefined && desk.chance.percent(40)) {
    desk.get('modeling').updateModdleProperties(flow, before, { body });
  } else {
    const none = before !== undefined && desk.chance.percent(40);
    const conditionExpression = none ? undefined : make(desk, 'bpmn:FormalExpression', { body }, owner);
    desk.get('modeling').updateProperties(flow, { conditionExpression });
  }
  return flow.id;
};

export const loop: Operation = (desk) => {
  const activity = desk.pick(ofType(shapes(desk), 'bpmn:Activity'));
  if (!activity) return null;
  const owner = activity.businessObject;
  const type = desk.chance.oneOf([
    'bpmn:StandardLoopCharacteristics',
    'bpmn:MultiInstanceLoopCharacteristics',
    null,
  ]);
  const loopCharacteristics = type === null ? undefined : make(desk, type, {}, owner);
  desk.get('modeling').updateProperties(activity, { loopCharacteristics });
  return `${activity.id} ${type}`;
};

export const processProperty: Operation = (desk) => {
  const root = desk.get('canvas').getRootElement();
  const pool = desk.pick(ofType(shapes(desk), 'bpmn:Participant'));
  const process = (pool?.businessObject.get('processRef') as Moddle | undefined) ?? root.businessObject;
  if (!process?.$instanceOf('bpmn:Process')) return null;
  const properties = desk.chance.oneOf([
    { isExecutable: desk.chance.percent(50) },
    { name: phrase(desk) },
    { processType: desk.chance.oneOf(['None', 'Public', 'Private']) },
  ]);
  desk.get('modeling').updateModdleProperties(pool ?? root, process, properties);
  return `${process.id} ${Object.keys(properties)}`;
};

/** A group's name is that of a category value at the root. */
export const category: Operation = (desk) => {
  const group = desk.pick(ofType(shapes(desk), 'bpmn:Group'));
  if (!group) return null;
  const text = desk.chance.percent(20) ? '' : phrase(desk);
  desk.get('modeling').updateLabel(group, text);
  return `${group.id}: ${JSON.stringify(text)}`;
};
