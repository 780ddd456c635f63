import type { Json } from '../records/json.ts';
import { typeOf } from './grammar.ts';
import { ownerOfKey } from './key.ts';
import type { RawElement } from './raw.ts';

/**
 * What BPMN's grammar lets stand. Two people can make what it does not: one makes a task of a subprocess while the
 * other draws in it.
 */
export function fitsIn(element: RawElement, owner: RawElement): boolean {
  const property = typeOf(owner.type)?.properties.get(element.property ?? '');
  const holds = ownerOfKey(element.key) === null ? '*' : '.';
  if (property?.holds !== holds) return false;
  const type = typeOf(element.type);
  if (type === null) return property.type === 'Element' && element.values.has('g');
  return !type.isAbstract && (property.type === 'Element' || type.kinds.has(property.type));
}

/** Whether an element of this type can hold many of what a property names. */
export function hasRoom(type: string, property: string): boolean {
  return typeOf(type)?.properties.get(property)?.holds === '*';
}

export function isRoot(element: RawElement): boolean {
  return element.type === 'bpmn:Definitions';
}

/** Whether an element of this type has such a register with such a value. */
export function hasRegister(type: string, register: string, value: Json): boolean {
  const known = typeOf(type);
  if (known === null) return register === 'g';
  const holds = register[0];
  // A prefix that is bound to nothing can't be written.
  if (register.startsWith('~xmlns:')) return typeof value === 'string' && value !== '';
  if (holds === '~') return true;
  const property = known.properties.get(register.slice(1));
  if (property === undefined || property.holds !== holds) return false;
  if (holds !== '@' || property.type === '') return true;
  return typeof value === (property.type === 'b' ? 'boolean' : 'number');
}

export function hasList(type: string, name: string): boolean {
  return typeOf(type)?.properties.get(name)?.holds === '&*';
}
