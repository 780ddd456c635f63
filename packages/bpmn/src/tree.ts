import { isValueType } from './drawing.ts';
import { isGeneric, isModdleElement, type ModdleElement, ownValue, type Property } from './moddle.ts';

/** What an element contains: other elements, not values and not references. */
export interface Containment {
  readonly property: Property;
  readonly elements: readonly ModdleElement[];
}

export function* contentsOf(element: ModdleElement): Iterable<Containment> {
  if (isGeneric(element)) return;
  for (const property of element.$descriptor.properties) {
    if (!isContainment(property)) continue;
    const value = ownValue(element, property.name);
    const elements = (property.isMany ? (Array.isArray(value) ? value : []) : [value]).filter(
      isModdleElement,
    );
    if (elements.length > 0) yield { property, elements };
  }
}

/**
 * Whether something found in an owner's list lies there. bpmn-js may leave an element in the list of an owner that it
 * was moved away from; what it says itself decides, unless it says nothing.
 */
export function belongsTo(element: ModdleElement, owner: ModdleElement): boolean {
  if (element.$parent === undefined || element.$parent === null) element.$parent = owner;
  return element.$parent === owner || placeOf(element) === null;
}

/** Whether a property may hold elements; that it does shows only in its values. */
export function isContainment(property: Property): boolean {
  return property.isVirtual !== true && property.isReference !== true && !isValueType(property.type);
}

/** The property of its owner that holds an element, or null when it is attached nowhere. */
export function placeOf(element: ModdleElement): { owner: ModdleElement; property: Property } | null {
  const owner = element.$parent;
  if (owner === undefined || owner === null) return null;
  if (isGeneric(owner)) return null;
  for (const property of owner.$descriptor.properties) {
    if (!isContainment(property)) continue;
    const value = ownValue(owner, property.name);
    if (value === element || (property.isMany && Array.isArray(value) && value.includes(element))) {
      return { owner, property };
    }
  }
  return null;
}
