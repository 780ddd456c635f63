import '@fontsource/arimo/400.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { createKeys, createModdle, flatten, toXml } from '@tidemark/bpmn';
import { diagram, fillDiagram } from '@tidemark/documents/diagram';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { createDiagramCanvas, type DiagramCanvas } from '../../src/index.ts';

const network = 'network';

/** One person's replica, with what the tests ask of it. */
async function open(update: Uint8Array, mode: 'edit' | 'read' = 'edit') {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update, network);
  const reader = createReader(doc, diagram);
  const editor = createEditor(doc, diagram.schema, 'somebody');
  const undo = createUndo(editor);
  const container = document.createElement('div');
  container.className = 'canvas';
  document.body.append(container);
  const canvas = await createDiagramCanvas({ container, reader, editor, undo, mode });
  const updates: Uint8Array[] = [];
  const faults: string[] = [];
  let changes = 0;
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== network) updates.push(bytes);
  });
  canvas.onFault((error) => faults.push(String(error)));
  canvas.subscribe(() => {
    changes += 1;
  });
  return {
    doc,
    reader,
    undo,
    canvas,
    container,
    updates,
    faults,
    changes: () => changes,
    get: <T>(service: string): T => canvas.get<T>(service),
    xml: () => toXml(reader.view()),
    /** The moddle tree under the canvas, as XML. */
    async tree() {
      const moddle = createModdle();
      const tree = canvas.get<{ getDefinitions(): never }>('bpmnjs').getDefinitions();
      return (await moddle.toXML(tree, { format: true })).xml;
    },
  };
}

type Person = Awaited<ReturnType<typeof open>>;

async function seed(xml: string): Promise<Uint8Array> {
  const { rootElement } = await createModdle().fromXML(xml);
  const keys = createKeys();
  const elements = flatten(rootElement, keys);
  const doc = new Y.Doc();
  fillDiagram(doc, elements, keys.keyOf(rootElement) ?? '');
  return Y.encodeStateAsUpdate(doc);
}

function exchange(people: readonly Person[]): void {
  for (let round = 0; round < 2; round += 1) {
    for (const from of people) {
      for (const to of people) {
        if (from === to) continue;
        const missing = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
        Y.applyUpdate(to.doc, missing, network);
      }
    }
  }
}

const desk = { open, seed, exchange, Y };

declare global {
  interface Window {
    desk: typeof desk;
  }
}

window.desk = desk;

export type { DiagramCanvas, Person };
