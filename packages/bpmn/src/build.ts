import type { DiagramView } from '@tidemark/documents/diagram';
import { applyStructure, createElement } from './apply.ts';
import { createKeys, type Keys } from './keys.ts';
import type { Moddle, ModdleElement } from './moddle.ts';

export interface BuiltDiagram extends Keys {
  readonly definitions: ModdleElement;
}

/** The moddle tree of a view. Throws TypeError when the view has no root: such a document was never set up. */
export function build(view: Pick<DiagramView, 'root' | 'elements'>, moddle: Moddle): BuiltDiagram {
  const keys = createKeys();
  for (const [key, shown] of view.elements) keys.bind(key, createElement(moddle, shown));
  for (const [key, shown] of view.elements) applyStructure(key, shown, keys.elementOf(key)!, keys.elementOf);
  const definitions = view.root === null ? null : keys.elementOf(view.root);
  if (definitions === null) throw new TypeError('This diagram has no root.');
  return { ...keys, definitions };
}
