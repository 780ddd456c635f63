import type { Descriptor, Grammar } from './grammar.ts';
import { type FileNote, noted } from './report.ts';
import { elementsOf, textOf, walk, type XmlElement } from './xml.ts';

/**
 * Text and elements side by side in what another program added: moddle has one text for each element, and writes it before the
 * elements in it.
 */
export function repairMixed(
  element: XmlElement,
  type: Descriptor,
  grammar: Grammar,
  notes: FileNote[],
): void {
  for (const child of elementsOf(element)) {
    const { is } = grammar.child(child, type);
    if (is !== 'extension' && is !== 'foreign') continue;
    for (const inside of walk(child)) putTextFirst(inside, notes);
  }
}

function putTextFirst(element: XmlElement, notes: FileNote[]): void {
  const elements = elementsOf(element);
  const text = textOf(element).trim();
  if (elements.length === 0 || text === '') return;
  const first = element.children.findIndex(({ kind }) => kind === 'element');
  const later = element.children
    .slice(first)
    .some((node) => (node.kind === 'text' || node.kind === 'cdata') && node.value.trim() !== '');
  const rest = element.children.filter(({ kind }) => kind !== 'text' && kind !== 'cdata');
  element.children = [{ kind: 'text', value: text, line: element.line }, ...rest];
  if (!later) return;
  notes.push({
    code: 'text-first',
    fate: 'changed',
    element: noted(element),
    line: element.line,
    detail: `Text and elements stand side by side in <${element.name}>. The text is kept together, before the elements.`,
  });
}
