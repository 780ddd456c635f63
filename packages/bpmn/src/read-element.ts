import { type DiagramElement, keyOfOnly, newKey, ownerOfKey } from '@tidemark/documents/diagram';
import type { Json } from '@tidemark/documents/records';
import { isValueType, packValue } from './drawing.ts';
import { packGeneric } from './generic.ts';
import type { Keys } from './keys.ts';
import { isGeneric, isModdleElement, type ModdleElement, ownValue, type Property } from './moddle.ts';

/** One element of the tree as a record has it, without what it contains. */
export function readElement(
  element: ModdleElement,
  place: Pick<DiagramElement, 'parent' | 'property' | 'children'>,
  resolve: Resolve,
): DiagramElement {
  const values = new Map<string, Json>();
  const lists = new Map<string, readonly string[]>();
  if (isGeneric(element)) values.set('g', packGeneric(element));
  else {
    for (const property of element.$descriptor.properties) {
      if (property.isVirtual) continue;
      if (property.isReference) readReference(element, property, resolve, values, lists);
      else readValue(element, property, values);
    }
    for (const [name, value] of Object.entries(element.$attrs)) {
      if (isScalar(value)) values.set(`~${name}`, value);
    }
  }
  return {
    type: element.$type,
    parent: place.parent,
    property: place.property,
    values,
    lists,
    children: place.children,
  };
}

/**
 * The element that stands in the tree for one that is referred to, with its key; null when it is gone. bpmn-js leaves
 * references to what was deleted or replaced.
 */
export type Resolve = (
  target: ModdleElement,
) => { readonly key: string; readonly element: ModdleElement } | null;

function readValue(
  element: ModdleElement,
  { name, type, isMany }: Property,
  values: Map<string, Json>,
): void {
  const value = ownValue(element, name);
  if (value === undefined || value === null) return;
  if (isValueType(type)) {
    const packed = packValue(value);
    if (packed !== undefined && !(Array.isArray(packed) && packed.length === 0))
      values.set(`$${name}`, packed);
  } else if (isMany) {
    const plain = Array.isArray(value) ? value.filter(isScalar) : [];
    if (plain.length > 0) values.set(`#${name}`, plain);
  } else if (isScalar(value)) values.set(`@${name}`, value);
}

/** Puts right in the tree, too, what refers to something that is gone or was replaced. */
function readReference(
  element: ModdleElement,
  { name, isMany }: Property,
  resolve: Resolve,
  values: Map<string, Json>,
  lists: Map<string, readonly string[]>,
): void {
  const value = ownValue(element, name);
  if (value === undefined || value === null) return;
  if (!isMany) {
    const found = keyOfTarget(value, resolve);
    if (found === null) element.set(name, undefined);
    else {
      values.set(`&${name}`, found.key);
      if (found.target !== value) element.set(name, found.target);
    }
    return;
  }
  if (!Array.isArray(value)) return;
  const targets = new Map<string, unknown>();
  for (const item of value) {
    const found = keyOfTarget(item, resolve);
    if (found !== null && !targets.has(found.key)) targets.set(found.key, found.target);
  }
  const clean = [...targets.values()];
  if (clean.length !== value.length || clean.some((target, index) => target !== value[index])) {
    value.splice(0, value.length, ...clean);
  }
  if (targets.size > 0) lists.set(name, [...targets.keys()]);
}

function keyOfTarget(target: unknown, resolve: Resolve): { key: string; target: unknown } | null {
  if (isModdleElement(target)) {
    const found = resolve(target);
    return found === null ? null : { key: found.key, target: found.element };
  }
  const id = typeof target === 'object' && target !== null && 'id' in target ? target.id : undefined;
  return typeof id === 'string' && id !== '' ? { key: `?${id}`, target } : null;
}

/** The key of something contained: derived where the owner has one of it, else what it always was, else a new one. */
export function keyFor(
  child: ModdleElement,
  owner: string,
  property: Property,
  keys: Keys,
  isTaken: (key: string) => boolean,
): string {
  if (!property.isMany) return keyOfOnly(owner, property.name);
  const known = keys.keyOf(child);
  const reusable =
    known !== null && ownerOfKey(known) === null && keys.elementOf(known) === child && !isTaken(known);
  return reusable ? known : newKey();
}

function isScalar(value: unknown): value is string | number | boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}
