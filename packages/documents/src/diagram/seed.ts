import * as Y from 'yjs';
import { seed } from '../records/seed.ts';
import { flatKey } from '../records/state.ts';
import { diagramSchema } from './schema.ts';

/** An empty diagram: one process and the plane it is drawn on. The keys are fixed, since all seeds are the same bytes. */
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
    put('diagram', {
      t: 'bpmndi:BPMNDiagram',
      pf: ['definitions', 'diagrams'],
      o: firstOrder,
      '@id': 'BPMNDiagram_1',
    });
    const plane = { t: 'bpmndi:BPMNPlane', '@id': 'BPMNPlane_1', '&bpmnElement': 'process' };
    for (const [register, value] of Object.entries(plane))
      only.set(flatKey('diagram/plane', register), value);
  });
}

/** Without jitter: a seed is the same bytes everywhere. */
const firstOrder = 'a0';
