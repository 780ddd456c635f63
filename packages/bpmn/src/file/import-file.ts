import { diagram, type Elements, fillDiagram } from '@tidemark/documents/diagram';
import { createReader } from '@tidemark/documents/records';
import type * as Y from 'yjs';
import { flatten } from '../flatten.ts';
import { createKeys } from '../keys.ts';
import { createModdle } from '../moddle.ts';
import { keepOutsideReferences } from '../outside.ts';
import { compareFiles } from './compare-files.ts';
import type { Decoder } from './decode.ts';
import { exportBpmn } from './export-bpmn.ts';
import { type FileRefusal, isFileRefusal, refuseFile } from './file-refusal.ts';
import { createGrammar, type Schema } from './grammar.ts';
import { readFile } from './read-file.ts';
import { addNotes, type FileNote, type FileReport } from './report.ts';
import { scanXml } from './scan.ts';
import { localName, walk, type XmlElement } from './xml.ts';

export interface ImportPort {
  readonly decode: Decoder;
  /**
   * The XML as bpmn-js would have it after opening it once: collapsed subprocesses on planes of their own, a drawing where
   * there was none. What could not be done is answered in plain words.
   */
  normalise(xml: string): Promise<string | { readonly failed: string; readonly detail: string }>;
}

/** Reads a file into a document that is new. The report compares what the file said with what the document exports now. */
export async function importFile(
  doc: Y.Doc,
  bytes: Uint8Array,
  port: ImportPort,
): Promise<FileReport | FileRefusal> {
  // moddle knows the schema too; its own type says only what trees need.
  const schema = createModdle() as unknown as Schema;
  const read = readFile(bytes, { decode: port.decode, schema });
  if (isFileRefusal(read)) return read;
  const notes: FileNote[] = [];
  const normal = await port.normalise(read.xml);
  if (typeof normal !== 'string' && normal.failed !== 'nothing-to-draw') notes.push(notDrawn(normal.detail));
  const parsed = await parseDiagram(typeof normal === 'string' ? normal : read.xml);
  if (isFileRefusal(parsed)) return parsed;
  fillDiagram(doc, parsed.elements, parsed.root);
  const reader = createReader(doc, diagram);
  const exported = await exportBpmn(reader.view());
  reader.destroy();
  const after = scanXml(exported);
  if (isFileRefusal(after)) throw new Error(`What was imported can't be exported: ${after.detail}`);
  notes.push(...compareFiles(read.document.root, after.root, createGrammar(schema)));
  notes.push(...drawingNotes(read.document.root, after.root));
  return addNotes(read.report, notes);
}

/** BPMN XML as records by key. */
export async function parseDiagram(xml: string): Promise<{ elements: Elements; root: string } | FileRefusal> {
  const moddle = createModdle();
  const keys = createKeys();
  try {
    const parsed = await moddle.fromXML(xml);
    keepOutsideReferences(parsed);
    const elements = flatten(parsed.rootElement, keys);
    const root = keys.keyOf(parsed.rootElement);
    if (root === null) throw new Error('A tree was flattened without its root');
    return { elements, root };
  } catch (error) {
    // Whatever moddle throws about a file says so in its first words; all else is ours.
    if (!(error instanceof Error) || !/^(unparsable content|failed to parse)/.test(error.message))
      throw error;
    return refuseFile('not-bpmn', `The file can't be read as BPMN: ${error.message.replaceAll(/\s+/g, ' ')}`);
  }
}

function drawingNotes(before: XmlElement, after: XmlElement): FileNote[] {
  const [had, has] = [shapesIn(before), shapesIn(after)];
  if (has <= had) return [];
  const detail =
    had === 0
      ? 'The file has no drawing, so one was laid out.'
      : `${has - had} element${has - had === 1 ? '' : 's'} without a place in the drawing got one.`;
  return [{ code: 'drawing-added', fate: 'changed', element: null, line: null, detail }];
}

function shapesIn(root: XmlElement): number {
  let count = 0;
  for (const { name } of walk(root)) if (/^BPMN(Shape|Edge)$/.test(localName(name))) count += 1;
  return count;
}

function notDrawn(detail: string): FileNote {
  return {
    code: 'drawing-as-it-was',
    fate: 'kept',
    element: null,
    line: null,
    detail: `The drawing is as the file has it; nothing was laid out. ${detail}`,
  };
}
