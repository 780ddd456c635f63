import { isFileRefusal, parseDiagram } from '@tidemark/bpmn';
import { fillDiagram } from '@tidemark/documents/diagram';
import Modeler from 'bpmn-js/lib/Modeler';
import * as Y from 'yjs';
import { seedOf } from '../chance.ts';
import { breathe } from './ambient.ts';
import { modelerOptions } from './plain.ts';

const files: Readonly<Record<string, () => Promise<string>>> = {
  ...import.meta.glob<string>('../start/*.bpmn', { query: '?raw', import: 'default' }),
  ...import.meta.glob<string>('../../../bpmn/fixtures/reference/*.bpmn', {
    query: '?raw',
    import: 'default',
  }),
};

const seeds = new Map<string, Promise<Uint8Array>>();

/** A new document with what the file holds, as an update; the same bytes each time. */
export function startFile(name: string): Promise<Uint8Array> {
  const known = seeds.get(name) ?? seedFrom(name);
  seeds.set(name, known);
  return known;
}

async function seedFrom(name: string): Promise<Uint8Array> {
  const load = Object.entries(files).find(([path]) => path.endsWith(`/${name}.bpmn`))?.[1];
  if (!load) throw new Error(`There is no start file ${name}.`);
  breathe(seedOf(0, name));
  const parsed = await parseDiagram(await normalised(await load()));
  if (isFileRefusal(parsed)) throw new Error(`${name}: ${parsed.detail}`);
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillDiagram(doc, parsed.elements, parsed.root);
  return Y.encodeStateAsUpdate(doc);
}

/** bpmn-js mends a file while it imports it (planes of collapsed subprocesses): done once, before anybody shares it. */
async function normalised(xml: string): Promise<string> {
  const container = document.createElement('div');
  document.body.append(container);
  const modeler = new Modeler({ container, ...modelerOptions });
  try {
    await modeler.importXML(xml);
    const saved = await modeler.saveXML({ format: true });
    if (saved.xml === undefined) throw saved.error ?? new Error('Nothing was saved.');
    return saved.xml;
  } finally {
    modeler.destroy();
    container.remove();
  }
}
