import { type Descriptor, type Grammar, idOf, type Property } from './grammar.ts';
import { type FileNote, noted, quoted } from './report.ts';
import { localName, prefixOf, textOf, uriOf, type XmlElement } from './xml.ts';

export interface Entry {
  readonly element: XmlElement;
  readonly type: Descriptor;
}

interface Reference {
  readonly from: XmlElement;
  readonly property: Property;
  readonly id: string;
  write(id: string): void;
}

/** Elements of one id that a reference chooses among. */
const most = 50;

/** As bpmn-moddle has it; other ids make it drop the whole element. */
const legal = /^([a-z][\w-.]*:)?[a-z_][\w-.]*$/i;

/**
 * Gives each element an id of its own that bpmn-moddle accepts. The first of several with one id keeps it. References follow:
 * to the one that fits by type, and of several to the one that is nearest in the tree.
 */
export function repairIds(
  root: XmlElement,
  entries: readonly Entry[],
  grammar: Grammar,
  notes: FileNote[],
): Record<string, string> {
  const holders = new Map<string, Entry[]>();
  for (const entry of entries) {
    const id = entry.type.idProperty ? idOf(entry.element) : null;
    if (id === null) continue;
    const same = holders.get(id);
    if (same) same.push(entry);
    else holders.set(id, [entry]);
  }
  const references = entries.flatMap((entry) => referencesOf(entry, grammar));
  const target = uriOfTarget(root);
  const chosen = references.map((reference) => choose(reference, find(reference)));
  const renamed: Record<string, string> = {};
  const taken = new Set(holders.keys());
  const numbers = new Map<string, number>();
  const now = new Map<XmlElement, string>();
  for (const [id, same] of holders) {
    same.forEach(({ element }, index) => {
      if (index === 0 && legal.test(id)) return;
      const name = freeName(id, taken, numbers);
      taken.add(name);
      now.set(element, name);
      if (index === 0) renamed[id] = name;
      notes.push(renameNote(element, id, name, index, same[0]?.element));
      for (const attribute of element.attributes) if (attribute.name === 'id') attribute.value = name;
    });
  }
  references.forEach((reference, index) => {
    const entry = chosen[index];
    if (!entry) {
      notes.push(unresolvedNote(reference));
      return;
    }
    const id = now.get(entry.element) ?? idOf(entry.element) ?? reference.id;
    if (id !== reference.id) reference.write(id);
  });
  return renamed;

  function find({ id, from }: Reference): readonly Entry[] {
    const exact = holders.get(id);
    if (exact) return exact;
    // A QName whose prefix stands for the file itself.
    const prefix = prefixOf(id);
    if (prefix === '' || target === null || uriOf(from, prefix) !== target) return [];
    return holders.get(localName(id)) ?? [];
  }

  function choose({ property, from }: Reference, candidates: readonly Entry[]): Entry | null {
    const [first] = candidates;
    if (candidates.length < 2) return first ?? null;
    // A file with hundreds of one id is no diagram any more: nobody waits for the nearest of them.
    const fitting = candidates.slice(0, most).filter(({ type }) => grammar.is(type, property.type));
    const among = fitting.length > 0 ? fitting : candidates.slice(0, most);
    let best: Entry | null = null;
    let depth = -1;
    for (const candidate of among) {
      const common = sharedDepth(from, candidate.element);
      if (common > depth) {
        best = candidate;
        depth = common;
      }
    }
    return best;
  }
}

function referencesOf({ element, type }: Entry, grammar: Grammar): Reference[] {
  const found: Reference[] = [];
  for (const attribute of element.attributes) {
    const property = grammar.attribute(attribute.name, element, type);
    if (!property?.isReference || property.isVirtual) continue;
    const ids = attribute.value.split(/\s+/).filter(Boolean);
    if (!property.isMany) ids.splice(0, ids.length, attribute.value.trim());
    attribute.value = ids.join(' ');
    ids.forEach((id, index) => {
      if (id === '') return;
      const write = (next: string) => {
        ids[index] = next;
        attribute.value = ids.join(' ');
      };
      found.push({ from: element, property, id, write });
    });
  }
  for (const child of element.children) {
    if (child.kind !== 'element') continue;
    const meaning = grammar.child(child, type);
    if (meaning.is !== 'reference') continue;
    const write = (next: string) => {
      child.children = [{ kind: 'text', value: next, line: child.line }];
    };
    const id = textOf(child).trim();
    write(id);
    if (id !== '') found.push({ from: element, property: meaning.property, id, write });
  }
  return found;
}

/** It stays in the tree: whoever parses it keeps a stand-in for what it refers to. */
function unresolvedNote({ from, property, id }: Reference): FileNote {
  return {
    code: 'reference-unresolved',
    fate: 'kept',
    element: noted(from),
    line: from.line,
    detail: `"${property.ns.localName}" refers to ${quoted(id)}, which is not in this file. The reference is kept as it is.`,
  };
}

/** `numbers` remembers how far each name was counted. */
function freeName(id: string, taken: ReadonlySet<string>, numbers: Map<string, number>): string {
  const plain = id.replaceAll(/[^\w.-]/g, '_');
  const base = /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
  if (!taken.has(base)) return base;
  let number = numbers.get(base) ?? 2;
  while (taken.has(`${base}_${number}`)) number += 1;
  numbers.set(base, number + 1);
  return `${base}_${number}`;
}

function renameNote(
  element: XmlElement,
  id: string,
  name: string,
  index: number,
  first: XmlElement | undefined,
): FileNote {
  const about = { fate: 'changed', element: { ...noted(element), id: name }, line: element.line } as const;
  if (index === 0) {
    return {
      ...about,
      code: 'id-renamed',
      detail: `The id ${quoted(id)} has characters that BPMN tools can't read. It is "${name}" now, and all that refers to it follows.`,
    };
  }
  return {
    ...about,
    code: 'id-duplicate',
    detail: `The id ${quoted(id)} is that of <${localName(first?.name ?? '')}> in line ${first?.line ?? 0} already. This one is "${name}" now, and what refers to it by its kind or place follows.`,
  };
}

/** How many ancestors two elements share. */
function sharedDepth(a: XmlElement, b: XmlElement): number {
  const chain = new Set<XmlElement>();
  for (let at: XmlElement | null = a; at; at = at.parent) chain.add(at);
  for (let at: XmlElement | null = b; at; at = at.parent) {
    if (!chain.has(at)) continue;
    let depth = 0;
    for (let up: XmlElement | null = at; up; up = up.parent) depth += 1;
    return depth;
  }
  return 0;
}

function uriOfTarget(root: XmlElement): string | null {
  return root.attributes.find(({ name }) => name === 'targetNamespace')?.value ?? null;
}
