import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { flatten } from './flatten.ts';
import { createKeys } from './keys.ts';
import { createModdle } from './moddle.ts';
import { commands, createModeler, type Modeler, startTogether, steps } from './random-modelers.ts';
import { toXml } from './to-xml.ts';

const moddle = createModdle();

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:acme="urn:acme" id="D" targetNamespace="urn:d">
  <process id="P">
    <startEvent id="S"><outgoing>F</outgoing></startEvent>
    <sequenceFlow id="F" sourceRef="S" targetRef="T" />
    <task id="T" name="First"><incoming>F</incoming></task>
    <subProcess id="SP"><task id="Inner" /></subProcess>
  </process>
  <bpmndi:BPMNDiagram id="B"><bpmndi:BPMNPlane id="PL" bpmnElement="P">
    <bpmndi:BPMNShape id="S_di" bpmnElement="S"><dc:Bounds x="1" y="2" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="T_di" bpmnElement="T"><dc:Bounds x="100" y="2" width="100" height="80" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="SP_di" bpmnElement="SP"><dc:Bounds x="300" y="2" width="300" height="200" /></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>`;

const { rootElement } = await moddle.fromXML(xml);
const keys = createKeys();
const elements = flatten(rootElement, keys);
const root = keys.keyOf(rootElement)!;

function meet(modelers: readonly Modeler[]): void {
  for (const from of modelers) {
    for (const to of modelers) {
      if (from !== to) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
    }
  }
  for (const modeler of modelers) modeler.catchUp();
}

/** A tree says what its document says: read whole, it is the view. */
function expectTrue(modeler: Modeler): void {
  const view = modeler.view();
  const flat = flatten(modeler.tree.definitions, modeler.tree);
  expect([...flat.keys()].sort()).toEqual([...view.elements.keys()].sort());
  for (const [key, element] of view.elements) expect(flat.get(key), key).toEqual(element);
}

describe('live trees', () => {
  test('BPMN-8: a tree patched by each change says what the document says, and all replicas write the same XML', async () => {
    await fc.assert(
      fc.asyncProperty(steps(2, 25), fc.array(fc.nat(9)), async (work, turns) => {
        const modelers = startTogether(elements, root, 2).map(createModeler);
        for (const [index, { who, what, pick, other, meet: met }] of work.entries()) {
          const modeler = modelers[who]!;
          modeler.edit((tools) => commands[what](tools, pick, other));
          const turn = turns[index % Math.max(1, turns.length)] ?? 9;
          if (turn < 2) modeler.undo.undo();
          else if (turn === 2) modeler.undo.redo();
          modeler.catchUp();
          expectTrue(modeler);
          if (met) meet(modelers);
        }
        meet(modelers);
        for (const modeler of modelers) expectTrue(modeler);
        const [first, second] = await Promise.all(modelers.map((modeler) => toXml(modeler.view(), moddle)));
        expect(second).toBe(first);
        const written = await moddle.toXML(modelers[0]!.tree.definitions, { format: true });
        expect(written.xml).toBe(first);
        expect((await moddle.fromXML(first!)).warnings).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
