import type { ModdleElement, OutsideElement, ParseResult } from './moddle.ts';

/**
 * bpmn-moddle drops references to what a file does not contain (another file's error, a vendor's own list). Puts
 * stand-ins in their places, so that they are kept and written again. Call once on what `fromXML` gave.
 */
export function keepOutsideReferences({ references, elementsById }: ParseResult): void {
  const lists = new Map<ModdleElement, Map<string, (ModdleElement | OutsideElement)[]>>();
  for (const { element, property: name, id } of references) {
    const property = element.$descriptor.propertiesByName[name];
    if (property === undefined) continue;
    const target = elementsById[id] ?? { id };
    if (!property.isMany) {
      element.set(name, target);
      continue;
    }
    const byName = lists.get(element) ?? new Map<string, (ModdleElement | OutsideElement)[]>();
    lists.set(element, byName);
    const list = byName.get(property.name) ?? [];
    byName.set(property.name, [...list, target]);
  }
  for (const [element, byName] of lists) {
    for (const [name, list] of byName) {
      const current = element.get(name);
      if (Array.isArray(current)) current.splice(0, current.length, ...list);
    }
  }
}
