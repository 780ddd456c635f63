import type { Unresolved } from './repair-ids.ts';
import { type FileNote, noted, quoted } from './report.ts';
import type { XmlElement } from './xml.ts';

/**
 * bpmn-moddle drops a reference to something that is not in the file (a process of another file, a global task). It travels past
 * moddle as an attribute of this namespace, and is a reference again in the records.
 */
export const unresolvedUri = 'urn:tidemark:unresolved';
const prefix = 'tidemark-unresolved';

export function keepUnresolved(root: XmlElement, unresolved: readonly Unresolved[], notes: FileNote[]): void {
  if (unresolved.length === 0) return;
  root.attributes.push({ name: `xmlns:${prefix}`, value: unresolvedUri });
  for (const { from, property, id, remove } of unresolved) {
    remove();
    const name = `${prefix}:${property.ns.localName}`;
    const kept = from.attributes.find((attribute) => attribute.name === name);
    const written = encodeURIComponent(id);
    if (kept) kept.value += ` ${written}`;
    else from.attributes.push({ name, value: written });
    notes.push({
      code: 'reference-unresolved',
      fate: 'kept',
      element: noted(from),
      line: from.line,
      detail: `"${property.ns.localName}" refers to ${quoted(id)}, which is not in this file. The reference is kept as it is.`,
    });
  }
}

/** The references among the attributes of a record (names without the `~` of attributes): property → ids. */
export function readUnresolved(
  attributes: Iterable<readonly [string, unknown]>,
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [name, value] of attributes) {
    if (!name.startsWith(`${prefix}:`) || typeof value !== 'string') continue;
    found.set(name.slice(prefix.length + 1), value.split(' ').map(decodeURIComponent));
  }
  return found;
}

export const unresolvedDeclaration = `xmlns:${prefix}`;
