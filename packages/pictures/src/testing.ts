/** Files for tests. */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../bpmn/fixtures/reference/', import.meta.url);

/** Real files by name: the reference models of the BPMN Model Interchange Working Group. */
export const realFiles: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.bpmn'))
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
);

export function realFile(name: string): string {
  const xml = realFiles.get(name);
  if (xml === undefined) throw new Error(`There is no ${name}.`);
  return xml;
}

/** A file with that in it: `model` beside `drawing`, which is what a plane of `Process_1` holds, or null for no diagram. */
export function file(model: string, drawing: string | null, of = 'Process_1'): string {
  const diagram =
    drawing === null
      ? ''
      : `<bpmndi:BPMNDiagram id="Diagram_1"><bpmndi:BPMNPlane id="Plane_1" bpmnElement="${of}">${drawing}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" id="Definitions_1" targetNamespace="urn:test">${model}${diagram}</bpmn:definitions>`;
}

export function process(content: string): string {
  return `<bpmn:process id="Process_1" isExecutable="false">${content}</bpmn:process>`;
}

export function shape(of: string, [x, y, width, height]: readonly number[], attributes = ''): string {
  return `<bpmndi:BPMNShape id="${of}_shape" bpmnElement="${of}" ${attributes}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
}

export function withoutDrawing(xml: string): string {
  return xml.replace(/<(\w+:)?BPMNDiagram[\s\S]*<\/(\w+:)?BPMNDiagram>/, '');
}
