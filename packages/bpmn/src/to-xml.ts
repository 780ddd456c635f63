import type { DiagramView } from '@tidemark/documents/diagram';
import { build } from './build.ts';
import { createModdle, type Moddle } from './moddle.ts';

/** BPMN 2.0 XML of a view: the same bytes wherever the view is the same. */
export async function toXml(
  view: Pick<DiagramView, 'root' | 'elements'>,
  moddle: Moddle = createModdle(),
): Promise<string> {
  const { xml } = await moddle.toXML(build(view, moddle).definitions, { format: true });
  return xml;
}
