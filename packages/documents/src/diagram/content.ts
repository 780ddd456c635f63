import type { Json } from '../records/json.ts';
import type { DiagramView } from './view.ts';

/** The diagram as JSON: elements by key, with what can be left out left out. */
export function diagramContent(view: DiagramView): unknown {
  return {
    meta: view.meta,
    root: view.root,
    elements: Object.fromEntries(
      [...view.elements].map(([key, element]) => [
        key,
        {
          type: element.type,
          ...(element.parent === null ? {} : { parent: element.parent, property: element.property }),
          ...filled('values', element.values),
          ...filled('lists', element.lists),
          ...filled('children', element.children),
        },
      ]),
    ),
    findings: view.findings,
  };
}

function filled(name: string, entries: ReadonlyMap<string, Json>): Record<string, unknown> {
  return entries.size === 0 ? {} : { [name]: Object.fromEntries(entries) };
}
