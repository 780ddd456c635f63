import '@fontsource/arimo/400.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import { createKeys, createModdle, flatten, type ModdleElement, toXml } from '@tidemark/bpmn';
import { diagram, fillDiagram } from '@tidemark/documents/diagram';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { type CanvasElement, createDiagramCanvas } from '../../src/index.ts';
import type { Services } from './services.ts';

const network = 'network';

/** One person's replica with a canvas on it, and what the tests ask of them. */
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
  const told = { changes: 0 };
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== network) updates.push(bytes);
  });
  canvas.onFault((error) => faults.push(error instanceof Error ? error.message : String(error)));
  canvas.subscribe(() => {
    told.changes += 1;
  });
  const get = <N extends keyof Services>(service: N): Services[N] => canvas.get<Services[N]>(service);
  return {
    doc,
    reader,
    undo,
    canvas,
    container,
    updates,
    faults,
    told,
    get,
    /** The element of a BPMN id on the canvas. */
    at(id: string): CanvasElement {
      const element = get('elementRegistry').get(id);
      if (element === undefined) throw new Error(`${id} is not on the canvas.`);
      return element;
    },
    has: (id: string) => get('elementRegistry').get(id) !== undefined,
    /** What the document says of the element with a BPMN id. */
    record(id: string) {
      const found = [...reader.view().elements].find(([, { values }]) => values.get('@id') === id);
      if (found === undefined) throw new Error(`${id} is not in the document.`);
      return { key: found[0], type: found[1].type, values: Object.fromEntries(found[1].values) };
    },
    xml: () => toXml(reader.view()),
    /** The moddle tree under the canvas, as XML. */
    async tree() {
      const tree = get('bpmnjs').getDefinitions() as ModdleElement;
      return (await createModdle().toXML(tree, { format: true })).xml;
    },
    /** What is on the canvas, in order, one line each. */
    picture: () => pictureOf(get('canvas').getRootElements()),
  };
}

function pictureOf(roots: readonly CanvasElement[]): string[] {
  const lines: string[] = [];
  const draw = (element: CanvasElement, depth: number) => {
    const { id, type, x, y, width, height, waypoints, host, collapsed, hidden } = element;
    const box = depth === 0 ? [] : [x, y, width, height];
    const place = waypoints?.map((point) => [point.x, point.y]) ?? box;
    const ends = waypoints === undefined ? [] : [element.source?.id, element.target?.id];
    lines.push(
      `${' '.repeat(depth)}${JSON.stringify([id, type, place, ends, host?.id, Boolean(collapsed), Boolean(hidden)])}`,
    );
    for (const child of element.children ?? []) draw(child, depth + 1);
  };
  for (const root of [...roots].sort((a, b) => (a.id < b.id ? -1 : 1))) draw(root, 0);
  return lines;
}

export type Person = Awaited<ReturnType<typeof open>>;

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

function close(...people: readonly Person[]): void {
  for (const person of people) {
    person.canvas.destroy();
    person.container.remove();
    person.reader.destroy();
  }
}

/** People of a test that goes back and forth between the page and the mouse. */
const people: Person[] = [];

const desk = { open, seed, exchange, close, people, Y };

declare global {
  interface Window {
    desk: typeof desk;
  }
}

window.desk = desk;
