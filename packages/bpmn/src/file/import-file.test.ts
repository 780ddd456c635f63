import { readdirSync, readFileSync } from 'node:fs';
import { diagram, type Elements, fillDiagram } from '@tidemark/documents/diagram';
import { createReader } from '@tidemark/documents/records';
import { BpmnModdle } from 'bpmn-moddle';
import camundaPackage from 'camunda-bpmn-moddle/resources/camunda.json' with { type: 'json' };
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import zeebePackage from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { exportBpmn, exporter } from './export-bpmn.ts';
import { isFileRefusal } from './file-refusal.ts';
import { type ImportPort, importFile, parseDiagram } from './import-file.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const asItIs: ImportPort = {
  decode: (bytes, encoding) => new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes),
  normalise: async (xml) => xml,
};

async function imported(content: Uint8Array | string, port = asItIs) {
  const doc = new Y.Doc();
  const report = await importFile(doc, typeof content === 'string' ? Buffer.from(content) : content, port);
  if (isFileRefusal(report)) throw new Error(report.detail);
  const view = createReader(doc, diagram).view();
  return { doc, report, view, xml: await exportBpmn(view) };
}

const file = (name: string) => readFileSync(new URL(name, fixtures));
const all = ['reference', 'shapes', 'hard'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, fixtures))
    .sort()
    .map((name) => `${folder}/${name}`),
);

test.each(all)('BPMN-47 %s: what is exported, imported again, is exported the same', async (name) => {
  const first = await imported(file(name));
  expect(first.view.findings).toEqual([]);
  const second = await imported(first.xml);
  expect(second.xml).toBe(first.xml);
  expect(second.report.counts).toMatchObject({ changed: 0, lost: 0 });
});

describe('an import', () => {
  test('BPMN-38 keeps references to what is not in the file, and writes them again', async () => {
    const { report, xml } = await imported(file('hard/unresolved.bpmn'));
    expect(report.counts).toEqual({ kept: 4, changed: 0, lost: 0 });
    expect(xml).toMatch(/<callActivity id="Call_1" default="Flow_9" calledElement="elsewhere">/);
    for (const kept of [
      'operationRef="lib:Operation_7"',
      'signalRef="Signal_x"',
      '<incoming>Flow_8</incoming>',
    ])
      expect(xml).toContain(kept);
  });

  test('BPMN-40 keeps the extensions of Camunda, Zeebe and Signavio to the letter', async () => {
    const { xml } = await imported(file('hard/vendor.bpmn'));
    for (const kept of [
      'camunda:versionTag="3"',
      'camunda:assignee="demo"',
      'camunda:asyncBefore="1"',
      '>$' + '{b}</camunda:inputParameter>',
      '<zeebe:taskDefinition type="check" retries="5" />',
      '<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffff" />',
      '<acme:cost currency="USD">12.50</acme:cost>',
      '<acme:theme dark="yes" />',
    ])
      expect(xml).toContain(kept);
  });

  test('BPMN-48 is stamped with who wrote it, whoever wrote it before', async () => {
    const { xml } = await imported(file('reference/C.5.0.bpmn'));
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/);
    expect(xml).toContain(`exporter="${exporter.name}" exporterVersion="${exporter.version}"`);
    expect(xml.match(/exporterVersion/g)).toHaveLength(1);
  });

  test('BPMN-49 tells what the drawing got, and when it could get nothing', async () => {
    const drawn = (xml: string) =>
      xml.replace(
        '</definitions>',
        '<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="Pl" bpmnElement="Process_1"><bpmndi:BPMNShape id="S" bpmnElement="Task_1"><dc:Bounds x="1" y="2" width="3" height="4" /></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>',
      );
    const laidOut = await imported(file('hard/no-drawing.bpmn'), {
      ...asItIs,
      normalise: async (xml) => drawn(xml),
    });
    expect(laidOut.report.notes).toMatchObject([{ code: 'drawing-added', fate: 'changed', element: null }]);
    const failed = async () => ({ failed: 'too-slow', detail: 'It took too long.' });
    const left = await imported(file('hard/no-drawing.bpmn'), { ...asItIs, normalise: failed });
    expect(left.report.notes).toMatchObject([{ code: 'drawing-as-it-was', fate: 'kept' }]);
    const empty = async () => ({ failed: 'nothing-to-draw', detail: '' });
    const none = await imported('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', {
      ...asItIs,
      normalise: empty,
    });
    expect(none.report.notes).toEqual([]);
  });

  test('BPMN-49 tells what moved to a plane of its own, not each of its numbers', async () => {
    const shape = (id: string, x: number) =>
      `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="1" width="9" height="9" /></bpmndi:BPMNShape>`;
    const around = (planes: string) =>
      `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><process id="P"><subProcess id="S"><task id="T" name="inside" /></subProcess></process>${planes}</definitions>`;
    const plane = (of: string, shapes: string) =>
      `<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="${of}">${shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;
    const { report } = await imported(around(plane('P', shape('S', 1) + shape('T', 500))), {
      ...asItIs,
      normalise: async () => around(plane('P', shape('S', 1)) + plane('S', shape('T', 180))),
    });
    expect(report.notes.map(({ code, element }) => [code, element?.id])).toEqual([['drawing-moved', 'T']]);
  });

  test('BPMN-32 of what moddle can not read is refused, not thrown', async () => {
    const refused = await parseDiagram('<definitions />');
    expect(refused).toMatchObject({ refused: 'not-bpmn' });
  });
});

const name = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((text) => text.replaceAll(/[^\P{C}\n]/gu, ''));
/** A process of tasks, gateways and flows between them, with texts of any kind and a drawing. */
const process = fc
  .array(
    fc.record({
      name,
      type: fc.constantFrom('task', 'userTask', 'exclusiveGateway', 'subProcess'),
      note: name,
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .chain((nodes) => {
    const index = fc.nat({ max: nodes.length - 1 });
    return fc.record({
      nodes: fc.constant(nodes),
      flows: fc.array(fc.tuple(index, index, name), { maxLength: 15 }),
    });
  });

test('BPMN-47 random diagrams come back equal, record by record', async () => {
  await fc.assert(
    fc.asyncProperty(process, async ({ nodes, flows }) => {
      const text = (value: string) =>
        value.replaceAll(/[&<>"\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
      const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:x" id="D"><process id="P">${nodes
        .map(
          ({ type, name: title, note }, n) =>
            `<${type} id="N${n}" name="${text(title)}" x:note="${text(note)}"><documentation>${text(note)}</documentation></${type}>`,
        )
        .join('')}${flows
        .map(
          ([from, to, label], n) =>
            `<sequenceFlow id="F${n}" name="${text(label)}" sourceRef="N${from}" targetRef="N${to}" />`,
        )
        .join('')}</process></definitions>`;
      const first = await imported(xml);
      const again = await imported(first.xml);
      expect(again.xml).toBe(first.xml);
      expect(again.report.counts).toEqual({ kept: 0, changed: 0, lost: 0 });
      expect(byId(again.view.elements)).toEqual(byId(first.view.elements));
      nodes.forEach((node, n) => {
        expect(byId(again.view.elements)[`N${n}`]).toMatchObject({
          '@name': node.name,
          '~x:note': node.note,
        });
      });
    }),
    { numRuns: 40, seed: 20261121 },
  );
});

/** Registers of what has an id; keys are drawn anew by each import, where an id gives none. */
function byId(elements: Elements): Record<string, Record<string, unknown>> {
  const named = [...elements.values()].filter(({ values }) => typeof values.get('@id') === 'string');
  return Object.fromEntries(
    named.map(({ type, values, lists }) => [
      String(values.get('@id')),
      {
        type,
        ...Object.fromEntries([...values].filter(([register]) => !/^(&|@exporter)/.test(register))),
        references: [...lists].map(([property, targets]) => [property, targets.length]),
      },
    ]),
  );
}

test('BPMN-47 a document made of an import can be made again of its own elements', async () => {
  const { view } = await imported(file('reference/B.1.0.bpmn'));
  const copy = new Y.Doc();
  fillDiagram(copy, view.elements, view.root ?? '');
  expect(await exportBpmn(createReader(copy, diagram).view())).toBe(await exportBpmn(view));
});

test('BPMN-50 the table of imports in the documentation is true', async () => {
  const rows: string[] = [];
  for (const name of all) {
    const { report } = await imported(file(name));
    const { kept, changed, lost } = report.counts;
    const codes = [
      ...new Set(report.notes.filter(({ fate }) => fate !== 'kept').map(({ code }) => code)),
    ].sort();
    const what = codes.length === 0 ? 'yes' : codes.join(', ');
    rows.push(
      `| ${name} | ${report.encoding} | ${report.elements} | ${kept} | ${changed} | ${lost} | ${what} |`,
    );
  }
  const refused = readdirSync(new URL('refused/', fixtures)).sort();
  const answers: string[] = [];
  for (const name of refused) {
    const answer = await importFile(new Y.Doc(), file(`refused/${name}`), asItIs);
    if (!isFileRefusal(answer)) throw new Error(`${name} was read`);
    answers.push(`| refused/${name} | ${answer.refused} | ${answer.line ?? '–'} |`);
  }
  const page = readFileSync(new URL('../../../../docs/diagram-round-trip.md', import.meta.url), 'utf8');
  const lines = page.split('\n');
  expect(lines.filter((line) => /^\| (reference|shapes|hard)\/\S+ \| [a-z]/.test(line))).toEqual(rows);
  expect(lines.filter((line) => line.startsWith('| refused/'))).toEqual(answers);
});

test.each<[string, Record<string, unknown>]>([
  ['shapes/camunda-7', { camunda: camundaPackage }],
  ['shapes/zeebe', { zeebe: zeebePackage }],
])('BPMN-51 what a tool of its vendor reads of %s, it reads of the export', async (name, packages) => {
  const readAs = async (xml: string) => {
    const { rootElement, warnings } = await new BpmnModdle(packages).fromXML(xml);
    return { warnings, typed: typedIn(rootElement) };
  };
  const before = await readAs(file(`${name}.bpmn`).toString());
  const after = await readAs((await imported(file(`${name}.bpmn`))).xml);
  expect(before.typed.length).toBeGreaterThan(5);
  expect(after).toEqual(before);
});

/** Every element and attribute of a vendor's own types, as its tool sees them. */
function typedIn(element: { $type: string; [name: string]: unknown }, found: string[] = []): string[] {
  for (const [name, value] of Object.entries(element)) {
    const vendor = /^(camunda|zeebe):/.test(element.$type) || /^(camunda|zeebe):/.test(name);
    if (vendor && typeof value !== 'object') found.push(`${element.$type} ${name} ${String(value)}`);
    for (const child of Array.isArray(value) ? value : [value]) {
      const contained = typeof child === 'object' && child !== null && child.$parent === element;
      if (contained) typedIn(child, found);
    }
  }
  return found.sort();
}
