import type { DiagramElement } from '@tidemark/documents/diagram';
import type { Keys } from './keys.ts';
import type { ModdleElement } from './moddle.ts';
import { keyFor, readElement } from './read-element.ts';
import { belongsTo, contentsOf } from './tree.ts';

/**
 * A whole moddle tree as records, by key. Elements that have no key get one; `keys` then knows all of them.
 * References to what is no longer in the tree are taken out of it.
 */
export function flatten(root: ModdleElement, keys: Keys): Map<string, DiagramElement> {
  const places = new Map<string, Place>();
  const seen = new Set<ModdleElement>([root]);
  const rootKey = keyFor(root, '', { name: '', type: '', isMany: true }, keys, () => false);
  const waiting: [string, Place][] = [
    [rootKey, { element: root, parent: null, property: null, children: new Map() }],
  ];
  for (const [key, place] of waiting) {
    places.set(key, place);
    keys.bind(key, place.element);
    for (const { property, elements } of contentsOf(place.element)) {
      const children: string[] = [];
      for (const element of elements) {
        if (seen.has(element) || !belongsTo(element, place.element)) continue;
        seen.add(element);
        const child = keyFor(element, key, property, keys, (taken) => places.has(taken));
        children.push(child);
        waiting.push([child, { element, parent: key, property: property.name, children: new Map() }]);
      }
      if (property.isMany && children.length > 0) place.children.set(property.name, children);
    }
  }
  const resolve = (target: ModdleElement) => {
    const key = keys.keyOf(target);
    const place = key === null ? undefined : places.get(key);
    return key === null || place === undefined ? null : { key, element: place.element };
  };
  return new Map([...places].map(([key, place]) => [key, readElement(place.element, place, resolve)]));
}

interface Place {
  readonly element: ModdleElement;
  readonly parent: string | null;
  readonly property: string | null;
  readonly children: Map<string, readonly string[]>;
}
