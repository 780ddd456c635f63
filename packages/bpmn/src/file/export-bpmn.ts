import type { DiagramElement, DiagramView } from '@tidemark/documents/diagram';
import { toXml } from '../to-xml.ts';

export const exporter = { name: 'Tidemark', version: '0.1.0' } as const;

/** A view as a .bpmn file: UTF-8, stamped with who wrote it. The same view gives the same text everywhere. */
export async function exportBpmn(view: Pick<DiagramView, 'root' | 'elements'>): Promise<string> {
  const { root } = view;
  const definitions = root === null ? undefined : view.elements.get(root);
  if (root === null || definitions === undefined) return escapeSpace(await toXml(view));
  const values = new Map(definitions.values);
  values.set('@exporter', exporter.name);
  values.set('@exporterVersion', exporter.version);
  const stamped: DiagramElement = { ...definitions, values };
  return escapeSpace(await toXml({ root, elements: new Map(view.elements).set(root, stamped) }));
}

/** moddle writes these as they are, and every reader of XML takes a carriage return for a line feed and a tab in an attribute for a space. */
function escapeSpace(xml: string): string {
  const returns = xml.replaceAll('\r', '&#13;');
  if (!returns.includes('\t')) return returns;
  return returns.replaceAll(/<[^!?][^>]*>/g, (tag) => tag.replaceAll('\t', '&#9;'));
}
