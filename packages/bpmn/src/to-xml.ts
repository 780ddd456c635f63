import type { DiagramView } from '@tidemark/documents/diagram';
import { build } from './build.ts';
import { createModdle, type Moddle } from './moddle.ts';
import { declareNamespaces } from './namespaces.ts';

/** BPMN 2.0 XML of a view: the same bytes wherever the view is the same. */
export async function toXml(
  view: Pick<DiagramView, 'root' | 'elements'>,
  moddle: Moddle = createModdle(),
): Promise<string> {
  const { definitions } = build(view, moddle);
  declareNamespaces(definitions);
  const { xml } = await moddle.toXML(definitions, { format: true });
  return xml;
}
