import type { Descriptor, Grammar, Meaning } from './grammar.ts';
import { type FileNote, noted } from './report.ts';
import { elementsOf, localName, prefixFor, prefixOf, writeContent, type XmlElement } from './xml.ts';

const diUri = 'http://www.omg.org/spec/DD/20100524/DI';

/** Makes what bpmn-moddle would drop inside one element into something that it keeps. */
export function repairContent(
  element: XmlElement,
  type: Descriptor,
  grammar: Grammar,
  notes: FileNote[],
): void {
  const meanings = new Map(elementsOf(element).map((child) => [child, grammar.child(child, type)]));
  if (type.bodyProperty && [...meanings.values()].some(({ is }) => is === 'foreign' || is === 'misplaced')) {
    asText(element, notes);
    return;
  }
  for (const [child, { is }] of meanings) if (is === 'value') asText(child, notes);
  if (grammar.is(type, 'bpmndi:BPMNDiagram')) splitPlanes(element, notes);
  moveForeign(element, type, meanings, grammar, notes);
}

/** Markup where only text can be, such as HTML in a documentation: it is kept as text. */
function asText(element: XmlElement, notes: FileNote[]): void {
  if (elementsOf(element).length === 0) return;
  const first = elementsOf(element)[0];
  element.children = [{ kind: 'text', value: writeContent(element).trim(), line: element.line }];
  notes.push({
    code: 'markup-as-text',
    fate: 'changed',
    element: noted(element),
    line: first?.line ?? element.line,
    detail: `<${first?.name ?? ''}> and what is in it is markup inside the text of <${localName(element.name)}>. It is kept as text, with its tags.`,
  });
}

/** A diagram shows one plane; each further one becomes a diagram of its own. */
function splitPlanes(diagram: XmlElement, notes: FileNote[]): void {
  const planes = elementsOf(diagram).filter(
    ({ name, uri }) => localName(name) === 'BPMNPlane' && uri === diagram.uri,
  );
  const parent = diagram.parent;
  if (planes.length < 2 || !parent) return;
  let after = parent.children.indexOf(diagram);
  for (const plane of planes.slice(1)) {
    diagram.children = diagram.children.filter((child) => child !== plane);
    const own: XmlElement = {
      ...diagram,
      attributes: diagram.attributes
        .filter(({ name }) => name !== 'id')
        .map((attribute) => ({ ...attribute })),
      children: [plane],
    };
    plane.parent = own;
    after += 1;
    parent.children.splice(after, 0, own);
    notes.push({
      code: 'diagram-split',
      fate: 'changed',
      element: noted(plane),
      line: plane.line,
      detail:
        'The diagram had several planes, where BPMN allows one. This plane is a diagram of its own now.',
    });
  }
}

/** Elements of other programs belong into `extensionElements`, or `di:extension` in the drawing. */
function moveForeign(
  element: XmlElement,
  type: Descriptor,
  meanings: ReadonlyMap<XmlElement, Meaning>,
  grammar: Grammar,
  notes: FileNote[],
): void {
  const foreign = [...meanings].filter(([, { is }]) => is === 'foreign').map(([child]) => child);
  if (foreign.length === 0) return;
  const holder = grammar.is(type, 'bpmn:BaseElement')
    ? holderIn(element, 'extensionElements', element.uri)
    : grammar.is(type, 'di:DiagramElement')
      ? holderIn(element, 'extension', diUri)
      : null;
  if (!holder) return;
  element.children = element.children.filter((child) => !foreign.some((one) => one === child));
  for (const child of foreign) {
    child.parent = holder;
    holder.children.push(child);
    notes.push({
      code: 'moved-to-extensions',
      fate: 'changed',
      element: noted(element),
      line: child.line,
      detail: `<${child.name}> stood where BPMN has no place for it. It is kept inside <${localName(holder.name)}>.`,
    });
  }
}

function holderIn(element: XmlElement, name: string, uri: string | null): XmlElement {
  const there = elementsOf(element).find((child) => localName(child.name) === name && child.uri === uri);
  if (there) return there;
  const prefix = uri === element.uri ? prefixOf(element.name) : prefixFor(element, uri ?? '');
  const holder: XmlElement = {
    kind: 'element',
    name: prefix === null ? `di:${name}` : prefix === '' ? name : `${prefix}:${name}`,
    uri,
    attributes: prefix === null ? [{ name: 'xmlns:di', value: uri ?? '' }] : [],
    children: [],
    parent: element,
    line: element.line,
  };
  element.children.push(holder);
  return holder;
}
