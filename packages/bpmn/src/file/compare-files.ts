import { type Descriptor, type Grammar, idOf } from './grammar.ts';
import { type FileNote, noted, quoted } from './report.ts';
import {
  attributeOf,
  elementsOf,
  isDeclaration,
  localName,
  prefixOf,
  textOf,
  uriOf,
  walk,
  type XmlElement,
} from './xml.ts';

/**
 * What of `before` is not in `after`: elements, attributes and text, compared by meaning. Not compared are what says nothing in
 * BPMN: the order of attributes and of children with different tags, prefixes, space around text, values that the
 * schema defaults to anyway, and how a number is written. An element that has an id may stand elsewhere.
 */
export function compareFiles(before: XmlElement, after: XmlElement, grammar: Grammar): FileNote[] {
  const notes: FileNote[] = [];
  const byId = new Map<string, XmlElement[]>();
  for (const element of walk(after)) {
    const id = idOf(element);
    if (id !== null) byId.set(id, [...(byId.get(id) ?? []), element]);
  }
  const root = grammar.root(before);
  pair(before, after, root?.is === 'typed' ? root.type : null);
  return notes;

  function pair(one: XmlElement, other: XmlElement, type: Descriptor | null): void {
    compareAttributes(one, other, type, grammar, notes);
    compareText(one, other, notes);
    const free = new Map<string, XmlElement[]>();
    for (const child of elementsOf(other)) {
      const name = fullName(child);
      free.set(name, [...(free.get(name) ?? []), child]);
    }
    const children = elementsOf(one);
    const partners = new Map<XmlElement, XmlElement>();
    const claim = (child: XmlElement, partner: XmlElement | undefined) => {
      if (!partner) return;
      partners.set(child, partner);
      const rest = free.get(fullName(partner));
      if (rest?.includes(partner)) rest.splice(rest.indexOf(partner), 1);
    };
    for (const child of children) {
      const id = idOf(child);
      if (id !== null)
        claim(
          child,
          byId.get(id)?.find((found) => fullName(found) === fullName(child)),
        );
    }
    for (const child of children) {
      if (partners.has(child) || idOf(child) !== null) continue;
      claim(
        child,
        free.get(fullName(child))?.find((found) => digest(found) === digest(child)),
      );
    }
    for (const child of children) {
      if (!partners.has(child)) claim(child, free.get(fullName(child))?.[0]);
    }
    for (const child of children) {
      const meaning = type && grammar.child(child, type);
      if (meaning?.is === 'typed' && meaning.property && !partners.has(child)) {
        const name = `${child.uri ?? ''}|${meaning.property.ns.localName}`;
        claim(child, free.get(name)?.[0]);
        if (partners.has(child)) notes.push(retagged(child, meaning.property.ns.localName));
      }
      const partner = partners.get(child);
      if (partner && isRedrawn(child, partner)) notes.push(redrawn(child));
      else if (partner) pair(child, partner, meaning?.is === 'typed' ? meaning.type : null);
      else if (!isEmpty(child)) notes.push(elementLost(child));
    }
  }
}

function compareAttributes(
  one: XmlElement,
  other: XmlElement,
  type: Descriptor | null,
  grammar: Grammar,
  notes: FileNote[],
): void {
  const there = new Map(
    other.attributes.map((attribute) => [attributeName(other, attribute.name), attribute.value]),
  );
  for (const attribute of one.attributes) {
    if (isDeclaration(attribute)) continue;
    const name = attributeName(one, attribute.name);
    const value = there.get(name);
    const property = type && grammar.attribute(attribute.name, one, type);
    if (value === undefined) {
      if (property?.default !== undefined && String(property.default) === attribute.value) continue;
      if (stamps.has(name) || meansNothing(name, attribute.value)) continue;
      if (there.get(localName(attribute.name)) === attribute.value) {
        notes.push(unprefixed(one, attribute.name));
        continue;
      }
      notes.push({
        code: 'attribute-lost',
        fate: 'lost',
        element: noted(one),
        line: one.line,
        detail: `"${attribute.name}" of <${localName(one.name)}>, ${quoted(attribute.value)}, is left out.`,
      });
    } else if (!stamps.has(name) && !sameValue(name, value, attribute.value)) {
      notes.push({
        code: 'value-changed',
        fate: 'changed',
        element: noted(one),
        line: one.line,
        detail: `"${attribute.name}" of <${localName(one.name)}> was ${quoted(attribute.value)} and is ${quoted(value)}.`,
      });
    }
  }
}

function unprefixed(element: XmlElement, name: string): FileNote {
  return {
    code: 'retagged',
    fate: 'changed',
    element: noted(element),
    line: element.line,
    detail: `"${name}" of <${localName(element.name)}> is written without its prefix, which is that of the element.`,
  };
}

function compareText(one: XmlElement, other: XmlElement, notes: FileNote[]): void {
  const before = textOf(one).trim();
  const after = textOf(other).trim();
  if (before === after || sameValue('', before, after)) return;
  const lost = after === '';
  notes.push({
    code: lost ? 'text-lost' : 'value-changed',
    fate: lost ? 'lost' : 'changed',
    element: noted(one),
    line: one.line,
    detail: lost
      ? `The text in <${localName(one.name)}>, ${quoted(before)}, is left out.`
      : `The text in <${localName(one.name)}> was ${quoted(before)} and is ${quoted(after)}.`,
  });
}

/** A shape that stands on another plane than before: what is in a collapsed subprocess has one of its own. */
function isRedrawn(one: XmlElement, other: XmlElement): boolean {
  if (!/^BPMN(Shape|Edge)$/.test(localName(one.name)) || !one.parent || !other.parent) return false;
  const before = attributeOf(one.parent, 'bpmnElement');
  const after = attributeOf(other.parent, 'bpmnElement');
  // A prefix may stand for the file itself.
  return localName(before ?? '') !== localName(after ?? '');
}

function redrawn(element: XmlElement): FileNote {
  return {
    code: 'drawing-moved',
    fate: 'changed',
    element: { ...noted(element), id: attributeOf(element, 'bpmnElement') },
    line: element.line,
    detail: 'It is drawn on a plane of its subprocess now, which is collapsed.',
  };
}

/** A tag that may stand for another one: the schema's name of the place is written, with the type beside it. */
function retagged(element: XmlElement, name: string): FileNote {
  return {
    code: 'retagged',
    fate: 'changed',
    element: noted(element),
    line: element.line,
    detail: `<${localName(element.name)}> is written as <${name}> with its type, which means the same.`,
  };
}

function elementLost(element: XmlElement): FileNote {
  let inside = 0;
  for (const _ of walk(element)) inside += 1;
  const more = inside > 1 ? ` with ${inside - 1} element${inside > 2 ? 's' : ''} in it` : '';
  return {
    code: 'element-lost',
    fate: 'lost',
    element: noted(element),
    line: element.line,
    detail: `<${element.name}>${more} is left out: BPMN has no place for it here.`,
  };
}

/** Says nothing at all: moddle leaves such elements out, and nobody misses them. */
function isEmpty(element: XmlElement): boolean {
  return (
    element.children.every(
      (child) => child.kind !== 'element' && (child.kind === 'comment' || child.value.trim() === ''),
    ) &&
    element.attributes.every(isDeclaration) &&
    emptyable.has(localName(element.name))
  );
}

const emptyable = new Set([
  'extensionElements',
  'extension',
  'documentation',
  'incoming',
  'outgoing',
  'flowNodeRef',
]);

/** Who wrote a file is said anew by whoever writes it. */
const stamps = new Set(['exporter', 'exporterVersion']);

function meansNothing(name: string, value: string): boolean {
  return value === '' || (name === `${schemaInstance}|type` && /(^|:)(Point|Bounds)$/.test(value));
}

function sameValue(name: string, one: string, other: string): boolean {
  if (one === other) return true;
  if (name === `${schemaInstance}|type`) return plainType(one) === plainType(other);
  if (one.trim() === '' || other.trim() === '') return one.trim() === other.trim();
  return (
    Number(one) === Number(other) ||
    one.trim().replaceAll(/\s+/g, ' ') === other.trim().replaceAll(/\s+/g, ' ')
  );
}

function plainType(value: string): string {
  return localName(value).replace(/^t(?=[A-Z])/, '');
}

function fullName({ name, uri }: XmlElement): string {
  return `${uri ?? ''}|${localName(name)}`;
}

function attributeName(element: XmlElement, name: string): string {
  const prefix = prefixOf(name);
  return prefix === '' ? name : `${uriOf(element, prefix) ?? ''}|${localName(name)}`;
}

function digest(element: XmlElement): string {
  const attributes = element.attributes
    .filter((attribute) => !isDeclaration(attribute))
    .map((attribute) => `${attributeName(element, attribute.name)}=${attribute.value}`)
    .sort();
  return `${attributes.join('\0')}\0${textOf(element).trim()}`;
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
