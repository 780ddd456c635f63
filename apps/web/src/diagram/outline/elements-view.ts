import type { DiagramElement } from '@tidemark/documents/diagram';
import { typeWords } from '../tools/type-words.ts';

/** Reads single elements of the view; what is not there reads as nothing. */
export type Elements = ReadonlyMap<string, DiagramElement>;

export function childrenAt(elements: Elements, key: string, property: string): readonly string[] {
  return (elements.get(key)?.children.get(property) ?? []).filter((child) => elements.has(child));
}

/** Key of the element that a single reference points to; null when it points nowhere or out of the file. */
export function referenceAt(elements: Elements, key: string, property: string): string | null {
  const target = elements.get(key)?.values.get(`&${property}`);
  return typeof target === 'string' && elements.has(target) ? target : null;
}

export function textAt(elements: Elements, key: string, property: string): string {
  const value = elements.get(key)?.values.get(`@${property}`);
  return typeof value === 'string' ? value : '';
}

/** What people see an element called, on one line: its name, its text, or its group's; '' when it has none. */
export function nameOf(elements: Elements, key: string): string {
  return writtenName(elements, key).replace(/\s+/g, ' ').trim();
}

function writtenName(elements: Elements, key: string): string {
  const type = elements.get(key)?.type;
  if (type === 'bpmn:TextAnnotation') return textAt(elements, key, 'text');
  if (type === 'bpmn:Group') {
    const category = referenceAt(elements, key, 'categoryValueRef');
    return category === null ? '' : textAt(elements, category, 'value');
  }
  return textAt(elements, key, 'name');
}

/** Types of what an event waits for or tells. */
export function definitionsAt(elements: Elements, key: string): readonly string[] {
  return childrenAt(elements, key, 'eventDefinitions').map((child) => elements.get(child)?.type ?? '');
}

export function typeWordsAt(elements: Elements, key: string): string {
  return typeWords(elements.get(key)?.type ?? '', definitionsAt(elements, key));
}
