import type { RecordState } from '../records/state.ts';
import { keyOfOnly } from './key.ts';
import { placeOf, type Wholes } from './wholes.ts';

/** What people call the elements of a diagram. */

const typeNames: Readonly<Record<string, string>> = {
  'bpmn:SubProcess': 'Subprocess',
  'bpmn:AdHocSubProcess': 'Ad-hoc subprocess',
  'bpmn:Participant': 'Pool',
  'bpmn:IntermediateCatchEvent': 'Catch event',
  'bpmn:IntermediateThrowEvent': 'Throw event',
  'bpmn:DataObjectReference': 'Data object',
  'bpmn:DataStoreReference': 'Data store',
  'bpmndi:BPMNDiagram': 'Page',
  'bpmndi:BPMNShape': 'Shape',
  'bpmndi:BPMNEdge': 'Edge',
};

/** `bpmn:UserTask` as people say it: "User task". */
export function typeWords(type: string, definition = ''): string {
  const words = Object.hasOwn(typeNames, type) ? typeNames[type]! : spelled(localName(type));
  if (definition === '') return words;
  const kind = spelled(localName(definition).replace(/EventDefinition$/, ''));
  return `${kind} ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** `conditionExpression` as people say it: "Condition expression". */
export function spelled(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function textIn(record: RecordState | null, register: string): string {
  const value = record?.get(register);
  return typeof value === 'string' ? value : '';
}

/** "Timer boundary event": the type with what an event waits for or tells. */
export function whatAt(wholes: Wholes, key: string): string {
  const type = textIn(wholes.at(key), 't');
  const definitions = wholes.contentsOf(key).filter(([, property]) => property === 'eventDefinitions');
  return typeWords(
    type,
    definitions.map(([child]) => textIn(wholes.at(child), 't')).find((name) => name !== ''),
  );
}

/** As people see it called: its name, its text, or its group's; '' when it has none. */
export function nameAt(wholes: Wholes, key: string): string {
  const record = wholes.at(key);
  const type = textIn(record, 't');
  if (type === 'bpmn:TextAnnotation') return textIn(record, '@text');
  if (type === 'bpmn:Group') return textIn(wholes.at(textIn(record, '&categoryValueRef')), '@value');
  if (type === 'bpmndi:BPMNDiagram') {
    const drawn = textIn(wholes.at(keyOfOnly(key, 'plane')), '&bpmnElement');
    return textIn(record, '@name') || textIn(wholes.at(wholes.thingOf('el', drawn)), '@name');
  }
  return textIn(record, '@name');
}

/** Its name, or else what it is: "Check invoice", "User task". */
export function callAt(wholes: Wholes, key: string): string {
  if (key.startsWith('?')) return key.slice(1);
  if (wholes.at(key) === null) return 'something that is gone';
  return nameAt(wholes, key) || whatAt(wholes, key);
}

/** Where it stands: what a flow connects, or the pool, process or subprocess that holds it, where that has a name. */
export function placeAt(wholes: Wholes, key: string): string {
  const record = wholes.at(key);
  const [source, target] = [textIn(record, '&sourceRef'), textIn(record, '&targetRef')];
  if (source !== '' && target !== '') return `from ${callAt(wholes, source)} to ${callAt(wholes, target)}`;
  const [owner] = record === null ? [''] : placeOf(record);
  return owner === '' ? '' : nameAt(wholes, wholes.thingOf('el', owner));
}
