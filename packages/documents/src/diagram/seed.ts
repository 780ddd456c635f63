import * as Y from 'yjs';
import { seed } from '../records/seed.ts';
import { flatKey } from '../records/state.ts';
import { diagramSchema } from './schema.ts';

/**
 * A new diagram: one process that begins with a start event, and the plane it is drawn on. The keys are fixed, since all
 * seeds are the same bytes.
 */
export function seedDiagram(doc: Y.Doc, title: string): boolean {
  return seed(doc, diagramSchema, title, (fresh) => {
    const elements = fresh.getMap('el');
    const only = fresh.getMap('one');
    const put = (key: string, registers: Readonly<Record<string, unknown>>) =>
      elements.set(key, new Y.Map(Object.entries(registers)));
    fresh.getMap('meta').set('root', 'definitions');
    put('definitions', {
      t: 'bpmn:Definitions',
      '@id': 'Definitions_1',
      '@targetNamespace': 'http://bpmn.io/schema/bpmn',
    });
    put('process', {
      t: 'bpmn:Process',
      pf: ['definitions', 'rootElements'],
      o: firstOrder,
      '@id': 'Process_1',
      '@isExecutable': false,
    });
    put('start', {
      t: 'bpmn:StartEvent',
      pf: ['process', 'flowElements'],
      o: firstOrder,
      '@id': 'StartEvent_1',
    });
    put('diagram', {
      t: 'bpmndi:BPMNDiagram',
      pf: ['definitions', 'diagrams'],
      o: firstOrder,
      '@id': 'BPMNDiagram_1',
    });
    const plane = { t: 'bpmndi:BPMNPlane', '@id': 'BPMNPlane_1', '&bpmnElement': 'process' };
    for (const [register, value] of Object.entries(plane))
      only.set(flatKey('diagram/plane', register), value);
    put('start-shape', {
      t: 'bpmndi:BPMNShape',
      pf: ['diagram/plane', 'planeElement'],
      o: firstOrder,
      '@id': 'StartEvent_1_di',
      '&bpmnElement': 'start',
      $bounds: { x: 180, y: 160, width: 36, height: 36 },
    });
  });
}

/** Without jitter: a seed is the same bytes everywhere. */
const firstOrder = 'a0';
