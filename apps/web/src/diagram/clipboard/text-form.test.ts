import { createModdle } from '@tidemark/bpmn';
import { describe, expect, it } from 'vitest';
import type { ModdleObject } from '../tools/elements.ts';
import { fromText, knownIn, type Maker, toText } from './text-form.ts';
import { isBpmn } from './use-clipboard.ts';

const moddle = createModdle() as unknown as Omit<Maker, 'known'>;
const maker = (roots: readonly ModdleObject[] = []): Maker => ({
  create: (type, properties) => moddle.create(type, properties),
  createAny: (type, uri, properties) => moddle.createAny(type, uri, properties),
  known: knownIn(roots),
});

function event(): ModdleObject {
  const message = moddle.create('bpmn:Message', { id: 'Message_1', name: 'Paid' });
  const definition = moddle.create('bpmn:MessageEventDefinition', {
    id: 'Definition_1',
    messageRef: message,
  });
  const extensions = moddle.create('bpmn:ExtensionElements', {
    values: [
      moddle.createAny('acme:notes', 'http://acme.example', {
        level: '3',
        $children: [moddle.createAny('acme:note', 'http://acme.example', { $body: 'mind the gap' })],
      }),
    ],
  });
  return moddle.create('bpmn:IntermediateCatchEvent', {
    id: 'Event_1',
    name: 'Money',
    eventDefinitions: [definition],
    extensionElements: extensions,
    'acme:owner': 'ana',
  });
}

const property = (object: ModdleObject | undefined, name: string) => object?.get?.(name);
const objects = (object: ModdleObject | undefined, name: string) => property(object, name) as ModdleObject[];

const copied = () => ({
  0: [{ id: 'Event_1', x: 10, y: 20, waypoints: [{ x: 1, y: 2 }], businessObject: event() }],
});

describe('copied elements as text', () => {
  it('come back with all they had but their ids', () => {
    const tree = fromText(toText(copied()), maker());
    const [descriptor] = tree?.[0] ?? [];
    const made = descriptor?.businessObject as ModdleObject;
    expect(descriptor).toMatchObject({ id: 'Event_1', x: 10, y: 20, waypoints: [{ x: 1, y: 2 }] });
    expect(made.get?.('id')).toBeUndefined();
    expect(made.get?.('name')).toBe('Money');
    expect(made.$attrs).toEqual({ 'acme:owner': 'ana' });
    const [definition] = objects(made, 'eventDefinitions');
    expect(definition?.$parent).toBe(made);
    expect(property(definition, 'messageRef')).toMatchObject({ $type: 'bpmn:Message', name: 'Paid' });
    const [notes] = objects(property(made, 'extensionElements') as ModdleObject, 'values');
    expect(notes).toMatchObject({ $type: 'acme:notes', level: '3' });
    expect(notes?.$children?.[0]).toMatchObject({ $type: 'acme:note', $body: 'mind the gap' });
  });

  it('meet what the other diagram calls by the same name', () => {
    const there = moddle.create('bpmn:Message', { id: 'Other', name: 'Paid' });
    const tree = fromText(toText(copied()), maker([there]));
    const made = tree?.[0]?.[0]?.businessObject as ModdleObject;
    const [definition] = objects(made, 'eventDefinitions');
    expect(definition?.get?.('messageRef')).toBe(there);
    expect(there.$parent).toBeUndefined();
  });

  it('are told from any other text', () => {
    const text = toText(copied());
    for (const other of [
      '',
      'hello',
      '{"tidemark":"bpmn"',
      '{"tidemark":"bpmn","version":2,"tree":{}}',
      '{"tidemark":"bpmn","version":1,"tree":{"0":[{"x":1}]}}',
      '{"tidemark":"bpmn","version":1,"tree":{"a":[]}}',
      '{"tidemark":"bpmn","version":1,"tree":null}',
      text.replace('bpmn:IntermediateCatchEvent', 'bpmn:NoSuchThing'),
    ]) {
      expect(fromText(other, maker()), other.slice(0, 60)).toBeNull();
    }
  });
});

describe('pasted text', () => {
  it('is a BPMN file when it begins as one', () => {
    expect(isBpmn('<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="x">')).toBe(true);
    expect(isBpmn('  <!-- made by hand -->\n<definitions xmlns="x">')).toBe(true);
    expect(isBpmn('<html><definitions>')).toBe(false);
    expect(isBpmn('definitions')).toBe(false);
  });
});
