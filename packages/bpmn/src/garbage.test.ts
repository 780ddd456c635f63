import { diagram, equalElements, keyOfOnly, writeDifference } from '@tidemark/documents/diagram';
import { createEditor, createReader } from '@tidemark/documents/records';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { build } from './build.ts';
import { flatten } from './flatten.ts';
import { flattenChanged } from './flatten-changed.ts';
import { createModdle } from './moddle.ts';

const moddle = createModdle();

/** Records that no editor of ours writes, near enough to what it does to get through the door. */
const keys = ['a|b', '?a', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const types = [
  'bpmn:Process',
  'bpmn:Task',
  'bpmn:SubProcess',
  'bpmn:SequenceFlow',
  'bpmn:BoundaryEvent',
  'bpmn:LaneSet',
  'bpmn:Lane',
  'bpmn:Documentation',
  'bpmn:ExtensionElements',
  'bpmn:FlowNode',
  'bpmn:Definitions',
  'bpmn:Nothing',
  'bpmndi:BPMNDiagram',
  'bpmndi:BPMNPlane',
  'bpmndi:BPMNShape',
  'bpmndi:BPMNLabel',
  'dc:Bounds',
  'x:y',
  'toString',
  '',
];
const properties = [
  'rootElements',
  'flowElements',
  'diagrams',
  'planeElement',
  'documentation',
  'values',
  'laneSets',
  'lanes',
  'eventDefinitions',
  'constructor',
  'get',
];
const onlys = [
  'plane',
  'label',
  'extensionElements',
  'ioSpecification',
  'childLaneSet',
  'default',
  '$type',
  '',
];
const names = [
  '@id',
  '@name',
  '@isExecutable',
  '@text',
  '@get',
  '@$type',
  '@x',
  '~a:b',
  '~xmlns:q',
  '~1',
  '~$type',
  '$bounds',
  '$waypoint',
  '$font',
  '#supportedInterfaceRefs',
  '&sourceRef',
  '&targetRef',
  '&bpmnElement',
  '&default',
  '&*flowNodeRef/a',
  '&*incoming/b',
  '&*x',
  'g',
  '~',
  'new',
];
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    1,
    -1.5,
    true,
    '',
    'a',
    'b',
    '?out side',
    'Same',
    '1 no id',
    'Prüfung',
    'a:b',
    'lone \ud800 \u0000 half',
    ['x', 'y'],
    { x: 1, y: 2, width: 3, height: 4 },
    { x: 'one' },
    [
      [1, 2],
      [3, 4],
    ],
    [{ d: 0, n: 'x:y', u: 'urn:x', a: { k: 'v' }, b: 'text' }],
    [{ d: 0, n: 'x:y:z', u: '' }],
    [{ d: 3, n: 'x', u: '' }],
    'urn:q',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const record = fc.record({
  t: fc.constantFrom(...types),
  pf: fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom('root', ...keys), fc.constantFrom(...properties)) },
    { weight: 1, arbitrary: value },
  ),
  o: fc.constantFrom<unknown>('a0', 'a1', 'zz', 7, null),
  entries: fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 }),
});
const content = fc.record({
  el: fc.array(fc.tuple(fc.constantFrom(...keys, 'a/b'), record), { maxLength: 10 }),
  one: fc.array(fc.tuple(fc.constantFrom(...keys, 'root', 'a/plane'), fc.constantFrom(...onlys), record), {
    maxLength: 5,
  }),
});

function documentOf({ el, one }: typeof content extends fc.Arbitrary<infer T> ? T : never): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap('meta').set('root', 'root');
  doc.getMap('el').set('root', new Y.Map([['t', 'bpmn:Definitions']]));
  for (const [key, { entries, ...fields }] of el) {
    doc.getMap('el').set(key, new Y.Map<unknown>([...Object.entries(fields), ...entries]));
  }
  for (const [owner, property, { t, entries }] of one) {
    for (const [name, held] of [['t', t] as const, ...entries]) {
      doc.getMap('one').set(`${owner}/${property}|${name}`, held);
    }
  }
  return doc;
}

describe('garbage', () => {
  test('BPMN-9: any records give a view that can be built, read back as it is, and written as a file that is read without a warning', async () => {
    await fc.assert(
      fc.asyncProperty(content, async (made) => {
        const view = createReader(documentOf(made), diagram).view();
        const built = build(view, moddle);
        const flat = flatten(built.definitions, built);
        expect([...flat.keys()].sort()).toEqual([...view.elements.keys()].sort());
        for (const [key, element] of view.elements) {
          if (!equalElements(flat.get(key)!, element)) expect(flat.get(key)).toEqual(element);
        }
        const { xml } = await moddle.toXML(built.definitions, { format: true });
        const { warnings } = await moddle.fromXML(xml);
        expect(warnings.filter(({ message }) => !message.startsWith('unresolved reference'))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('BPMN-9: on top of any records an edit is written and shows', () => {
    fc.assert(
      fc.property(content, (made) => {
        const doc = documentOf(made);
        const reader = createReader(doc, diagram);
        const editor = createEditor(doc, diagram.schema);
        const tree = build(reader.view(), moddle);
        for (const key of [...reader.view().elements.keys()]) {
          const element = tree.elementOf(key)!;
          if (element.$descriptor.propertiesByName?.documentation === undefined) continue;
          const note = moddle.create('bpmn:Documentation', { text: 'note' });
          (element.get('documentation') as unknown[]).push(note);
          element.set('extensionElements', moddle.create('bpmn:ExtensionElements'));
          const { before, after } = flattenChanged([element], tree.definitions, tree, reader.view().elements);
          writeDifference(editor, before, after, 'Edit');
          const { elements } = reader.view();
          expect(elements.get(key)?.children.get('documentation')).toContain(tree.keyOf(note));
          expect(elements.has(keyOfOnly(key, 'extensionElements'))).toBe(true);
        }
        expect(reader.view()).toEqual(createReader(doc, diagram).view());
      }),
      { numRuns: 200 },
    );
  });
});
