import { readdirSync, readFileSync } from 'node:fs';
import { diagram, fillDiagram } from '@tidemark/documents/diagram';
import { createReader } from '@tidemark/documents/records';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { flatten } from './flatten.ts';
import { createKeys } from './keys.ts';
import { createModdle, type ModdleElement } from './moddle.ts';
import { keepOutsideReferences } from './outside.ts';
import { toXml } from './to-xml.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const files = ['reference', 'shapes'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, fixtures))
    .filter((name) => name.endsWith('.bpmn'))
    .sort()
    .map((name) => `${folder}/${name}`),
);

interface Row {
  readonly file: string;
  readonly elements: number;
  readonly outside: number;
  readonly listed: number;
  readonly lines: number;
  /** Lines that differ. */
  readonly different: number;
}

/** File → moddle → records → bytes → another replica → view → moddle → XML, beside moddle's own XML of the file. */
async function roundTrip(
  file: string,
): Promise<Row & { expected: string; actual: string; hidden: unknown[] }> {
  const moddle = createModdle();
  const parsed = await moddle.fromXML(readFileSync(new URL(file, fixtures), 'utf8'));
  // Of these nothing is lost: the text is UTF-8 by now, the references and attributes are kept.
  const harmless = /^(unresolved reference|unsupported document encoding|unknown attribute)/;
  const lost = parsed.warnings.filter(({ message }) => !harmless.test(message));
  const outside = parsed.references.filter(({ id }) => parsed.elementsById[id] === undefined).length;
  keepOutsideReferences(parsed);
  const keys = createKeys();
  const elements = flatten(parsed.rootElement, keys);
  const doc = new Y.Doc();
  fillDiagram(doc, elements, keys.keyOf(parsed.rootElement)!);
  const listed = listFlows(Object.values(parsed.elementsById));
  const { xml: expected } = await moddle.toXML(parsed.rootElement, { format: true });
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const view = createReader(other, diagram).view();
  const actual = await toXml(view);
  const [before, after] = [expected.split('\n'), actual.split('\n')];
  const different =
    Math.max(before.length, after.length) - before.filter((line, at) => line === after[at]).length;
  const row = { file, elements: elements.size, outside, listed, lines: before.length, different };
  return { ...row, expected, actual, hidden: [...lost, ...view.findings] };
}

/** The view lists each flow at both its ends; files may leave that out. Returns how many were added. */
function listFlows(elements: readonly ModdleElement[]): number {
  let added = 0;
  for (const flow of elements) {
    if (!flow.$instanceOf('bpmn:SequenceFlow')) continue;
    for (const [end, name] of [
      ['sourceRef', 'outgoing'],
      ['targetRef', 'incoming'],
    ] as const) {
      const list = (flow.get(end) as ModdleElement).get(name) as ModdleElement[];
      if (list.includes(flow)) continue;
      list.push(flow);
      added += 1;
    }
  }
  return added;
}

const rows = await Promise.all(files.map(roundTrip));

describe('round trip', () => {
  test.each(rows)(
    'BPMN-1: $file comes out of the records as bpmn-moddle writes it',
    ({ actual, expected, hidden }) => {
      expect(hidden).toEqual([]);
      expect(actual).toBe(expected);
    },
  );

  test('BPMN-2: the table of round trips in the documentation is true', () => {
    const page = readFileSync(new URL('../../../docs/diagram-round-trip.md', import.meta.url), 'utf8');
    const table = [
      '| file | elements | references to other files | flows listed at their ends | lines of XML | lines that differ |',
      '|---|---:|---:|---:|---:|---:|',
      ...rows.map(
        ({ file, elements, outside, listed, lines, different }) =>
          `| ${file} | ${elements} | ${outside} | ${listed} | ${lines} | ${different} |`,
      ),
    ].join('\n');
    expect(page).toContain(table);
  });
});
