/** An XML document as a tree that knows on which line each thing stood. */

export interface XmlAttribute {
  /** As written, such as `camunda:asyncBefore`. */
  name: string;
  value: string;
}

export interface XmlElement {
  readonly kind: 'element';
  /** As written, such as `bpmn:task`. */
  name: string;
  /** What the prefix is bound to; null: to nothing. */
  uri: string | null;
  attributes: XmlAttribute[];
  children: XmlNode[];
  parent: XmlElement | null;
  /** From 1. */
  readonly line: number;
}

export interface XmlText {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction';
  value: string;
  readonly line: number;
}

export type XmlNode = XmlElement | XmlText;

export interface XmlDocument {
  readonly root: XmlElement;
  /** Comments and processing instructions around the root. */
  readonly around: readonly XmlText[];
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

export function attributeOf(element: XmlElement, name: string): string | null {
  return element.attributes.find((attribute) => attribute.name === name)?.value ?? null;
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child.kind === 'element');
}

/** The text of an element itself, without that of its children. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.children) {
    if (child.kind === 'text' || child.kind === 'cdata') text += child.value;
  }
  return text;
}

/** What the prefix is bound to at this element; null: to nothing. */
export function uriOf(element: XmlElement, prefix: string): string | null {
  if (prefix === 'xml') return xmlUri;
  const wanted = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const bound = attributeOf(at, wanted);
    if (bound !== null) return bound === '' ? null : bound;
  }
  return null;
}

/** A prefix that is bound to `uri` here; null when there is none. */
export function prefixFor(element: XmlElement, uri: string): string | null {
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    for (const { name, value } of at.attributes) {
      if (value !== uri) continue;
      const prefix = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : null;
      if (prefix !== null && uriOf(element, prefix) === uri) return prefix;
    }
  }
  return null;
}

export function isDeclaration(attribute: XmlAttribute): boolean {
  return attribute.name === 'xmlns' || attribute.name.startsWith('xmlns:');
}

/** Every element, parents before children. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (child.kind === 'element') yield* walk(child);
}

export function writeXml({ root }: XmlDocument): string {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  writeNode(root, out);
  return out.join('');
}

/** The content of an element as it would stand in a file. */
export function writeContent(element: XmlElement): string {
  const out: string[] = [];
  for (const child of element.children) writeNode(child, out);
  return out.join('');
}

function writeNode(node: XmlNode, out: string[]): void {
  if (node.kind === 'comment') out.push('<!--', node.value, '-->');
  else if (node.kind === 'instruction') out.push('<?', node.value, '?>');
  else if (node.kind !== 'element') out.push(escapeText(node.value));
  else {
    out.push('<', node.name);
    for (const { name, value } of node.attributes) out.push(' ', name, '="', escapeAttribute(value), '"');
    if (node.children.length === 0) {
      out.push(' />');
      return;
    }
    out.push('>');
    for (const child of node.children) writeNode(child, out);
    out.push('</', node.name, '>');
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

function escapeText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (character) => entities[character] ?? character);
}

function escapeAttribute(text: string): string {
  return text.replaceAll(/[&<>"\n\r\t]/g, (character) => entities[character] ?? character);
}

export const xmlUri = 'http://www.w3.org/XML/1998/namespace';
