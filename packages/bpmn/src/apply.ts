import { type DiagramElement, isOutside, keyOfOnly } from '@tidemark/documents/diagram';
import { equalJson, type Json } from '@tidemark/documents/records';
import { isValueType, unpackValue } from './drawing.ts';
import { unpackGeneric } from './generic.ts';
import {
  isGeneric,
  isModdleElement,
  type Moddle,
  type ModdleElement,
  type OutsideElement,
  ownValue,
  type Property,
} from './moddle.ts';

/** A new moddle element with the plain values of a record; what it holds and refers to comes with `applyStructure`. */
export function createElement(moddle: Moddle, shown: DiagramElement): ModdleElement {
  const packed = shown.values.get('g');
  const generic = packed === undefined ? null : unpackGeneric(moddle, packed);
  if (generic !== null) return generic;
  const element = moddle.create(shown.type);
  applyValues(moddle, element, null, shown);
  return element;
}

/** Whether an element can become what the record says by `applyValues`, or must be made anew. */
export function canBecome(before: DiagramElement, after: DiagramElement): boolean {
  return before.type === after.type && equalJson(before.values.get('g'), after.values.get('g'));
}

/** Brings plain values, bounds, points and unknown attributes to what `after` says. */
export function applyValues(
  moddle: Moddle,
  element: ModdleElement,
  before: DiagramElement | null,
  after: DiagramElement,
): void {
  if (isGeneric(element)) return;
  for (const name of before?.values.keys() ?? []) {
    if (!after.values.has(name)) clear(element, name);
  }
  for (const [name, value] of after.values) {
    if (before === null || !equalJson(before.values.get(name), value)) put(moddle, element, name, value);
  }
  keepAttributeOrder(element, after);
}

/** What an element holds and refers to, from the view; all of it must have its elements by now. */
export function applyStructure(
  key: string,
  shown: DiagramElement,
  element: ModdleElement,
  elementOf: (key: string) => ModdleElement | null,
): void {
  if (isGeneric(element)) return;
  for (const property of element.$descriptor.properties) {
    if (property.isVirtual) continue;
    if (property.isReference) refer(element, property, shown, elementOf);
    else if (property.isMany) contain(element, property, shown, elementOf);
    else containOne(key, element, property, elementOf);
  }
}

function refer(
  element: ModdleElement,
  { name, isMany }: Property,
  shown: DiagramElement,
  elementOf: (key: string) => ModdleElement | null,
): void {
  const find = (target: string): ModdleElement | OutsideElement | null =>
    isOutside(target) ? { id: target.slice(1) } : elementOf(target);
  if (isMany) {
    replace(
      element,
      name,
      (shown.lists.get(name) ?? []).map(find).filter((target) => target !== null),
    );
    return;
  }
  const target = shown.values.get(`&${name}`);
  const found = typeof target === 'string' ? find(target) : null;
  if (found !== null) element.set(name, found);
  else if (Object.hasOwn(element, name)) element.set(name, undefined);
}

function contain(
  element: ModdleElement,
  { name }: Property,
  shown: DiagramElement,
  elementOf: (key: string) => ModdleElement | null,
): void {
  const children = (shown.children.get(name) ?? []).map(elementOf).filter((child) => child !== null);
  for (const child of children) child.$parent = element;
  const before = ownValue(element, name);
  // Plain values and points lie in arrays too.
  if (children.length > 0 || (Array.isArray(before) && isModdleElement(before[0]) && !isPoint(before[0]))) {
    replace(element, name, children);
  }
}

function containOne(
  key: string,
  element: ModdleElement,
  { name, type }: Property,
  elementOf: (key: string) => ModdleElement | null,
): void {
  if (isValueType(type)) return;
  const only = elementOf(keyOfOnly(key, name));
  const before = ownValue(element, name);
  if (only !== null) {
    only.$parent = element;
    if (before !== only) element.set(name, only);
  } else if (isModdleElement(before)) element.set(name, undefined);
}

/** In place: bpmn-js keeps hold of these arrays. */
function replace(element: ModdleElement, name: string, items: readonly unknown[]): void {
  const before = ownValue(element, name);
  if (items.length === 0 && !Array.isArray(before)) return;
  const list = element.get(name);
  if (Array.isArray(list)) list.splice(0, list.length, ...items);
}

function put(moddle: Moddle, element: ModdleElement, register: string, value: Json): void {
  const name = register.slice(1);
  switch (register[0]) {
    case '@':
      element.set(name, value);
      break;
    case '~':
      element.$attrs[name] = value;
      break;
    case '#':
      element.set(name, Array.isArray(value) ? [...value] : []);
      break;
    case '$': {
      const type = element.$descriptor.propertiesByName[name]?.type ?? '';
      if (isValueType(type)) element.set(name, unpackValue(moddle, type, value, element));
      break;
    }
  }
}

function clear(element: ModdleElement, register: string): void {
  const name = register.slice(1);
  if (register.startsWith('~')) delete element.$attrs[name];
  else if (/^[@#$]/.test(register) && Object.hasOwn(element, name)) element.set(name, undefined);
}

/** Unknown attributes are written in the order they have in the object. */
function keepAttributeOrder(element: ModdleElement, shown: DiagramElement): void {
  const wanted = [...shown.values.keys()].filter((name) => name.startsWith('~')).map((name) => name.slice(1));
  const present = Object.keys(element.$attrs);
  if (wanted.length === present.length && wanted.every((name, index) => name === present[index])) return;
  for (const name of wanted) {
    const value = element.$attrs[name];
    delete element.$attrs[name];
    element.$attrs[name] = value;
  }
}

function isPoint(element: ModdleElement): boolean {
  return element.$type === 'dc:Point';
}
