import type * as Y from 'yjs';
import { createEditor, type Editor, transact, type Write } from '../records/editor.ts';
import { equalJson, type Json } from '../records/json.ts';
import { keysBetween } from '../records/order-key.ts';
import { rearrange } from '../records/ordered-set.ts';
import { seed } from '../records/seed.ts';
import { readState } from '../records/state.ts';
import type { DiagramElement, Elements } from './element.ts';
import { collectionOf, ownerOfKey } from './key.ts';
import { attributeOrder, listPrefix } from './raw.ts';
import { diagramSchema } from './schema.ts';

export interface WriteOptions {
  /** One undo step for writes that share it. */
  readonly gesture?: string | undefined;
}

/**
 * Writes what differs between two readings of the same elements, as one gesture. Both may hold only the elements
 * that a change touched: what is in `before` and not in `after` is removed, what is only in `after` is made, or
 * brought back just as `after` has it. An owner whose children differ must be in both.
 */
export function writeDifference(
  editor: Editor,
  before: Elements,
  after: Elements,
  label: string,
  options: WriteOptions = {},
): boolean {
  return transact(editor, label, (write) => writeElements(write, before, after), options);
}

/** Makes a new document out of an import. */
export function fillDiagram(doc: Y.Doc, elements: Elements, root: string): void {
  seed(doc, diagramSchema, '');
  const editor = createEditor(doc, diagramSchema);
  const first = readState(doc, diagramSchema);
  transact(editor, 'Import', (write) => {
    for (const name of ['el', 'one'] as const) {
      for (const key of first[name]?.keys() ?? []) if (!elements.has(key)) write.remove(name, key);
    }
    writeElements(write, new Map(), elements);
    write.set('meta', 'meta', 'root', root);
  });
}

function writeElements(write: Write, before: Elements, after: Elements): void {
  const orders = ordersOf(write, before, after);
  for (const [key, element] of after) {
    const old = before.get(key);
    const collection = collectionOf(key);
    if (old === undefined || write.get(collection, key, 't') === undefined) {
      show(write, key, registersOf(key, element, orders.get(key)));
      continue;
    }
    writeValues(write, key, old, element);
    for (const name of new Set([...old.lists.keys(), ...element.lists.keys()])) {
      writeList(write, key, name, old.lists.get(name) ?? [], element.lists.get(name) ?? []);
    }
    const order = orders.get(key);
    if (order !== undefined) write.set(collection, key, 'o', order);
  }
  for (const key of before.keys()) {
    const collection = collectionOf(key);
    if (!after.has(key) && write.exists(collection, key)) write.remove(collection, key);
  }
  for (const [key, order] of orders) {
    // Somebody may have been faster with a child that only moved.
    if (!after.has(key) && write.exists(collectionOf(key), key))
      write.set(collectionOf(key), key, 'o', order);
  }
}

function writeValues(write: Write, key: string, old: DiagramElement, element: DiagramElement): void {
  const collection = collectionOf(key);
  if (old.type !== element.type) write.set(collection, key, 't', element.type);
  if (old.parent !== element.parent || old.property !== element.property) {
    write.set(collection, key, 'pf', placeOf(key, element));
  }
  for (const [name, value] of element.values) {
    if (!equalJson(old.values.get(name), value)) write.set(collection, key, name, value);
  }
  for (const name of old.values.keys()) {
    if (!element.values.has(name)) write.set(collection, key, name, undefined);
  }
  const attributes = attributesOf(element);
  if (!equalJson(attributesOf(old), attributes)) write.set(collection, key, attributeOrder, attributes);
}

/** A set of references: only the members that came, went or moved are written. */
function writeList(
  write: Write,
  key: string,
  name: string,
  old: readonly string[],
  targets: readonly string[],
): void {
  const collection = collectionOf(key);
  const register = (target: string) => `${listPrefix}${name}/${target}`;
  for (const target of old) {
    if (!targets.includes(target)) write.set(collection, key, register(target), undefined);
  }
  const orderOf = (target: string) => textOf(write.get(collection, key, register(target)));
  for (const [target, order] of reordered(old, targets, orderOf)) {
    write.set(collection, key, register(target), order);
  }
}

/** Makes a record, or brings one back without what it gained since. */
function show(write: Write, key: string, registers: Record<string, Json | undefined>): void {
  const collection = collectionOf(key);
  if (write.members(collection, key, '').size === 0) {
    write.create(collection, key, registers);
    return;
  }
  for (const name of write.members(collection, key, '').keys()) {
    if (!Object.hasOwn(registers, name) && name !== 'o') write.set(collection, key, name, undefined);
  }
  for (const [name, value] of Object.entries(registers)) {
    if (value !== undefined) write.set(collection, key, name, value);
  }
}

function registersOf(
  key: string,
  element: DiagramElement,
  order: string | undefined,
): Record<string, Json | undefined> {
  const lists = [...element.lists].flatMap(([name, targets]) => {
    const orders = keysBetween(null, null, targets.length);
    return targets.map((target, index) => [`${listPrefix}${name}/${target}`, orders[index]!]);
  });
  return {
    t: element.type,
    pf: placeOf(key, element),
    ...(order === undefined ? {} : { o: order }),
    ...Object.fromEntries(element.values),
    ...Object.fromEntries(lists),
    [attributeOrder]: attributesOf(element),
  };
}

/** The key of a thing that its owner has one of says where it lies. */
function placeOf(key: string, { parent, property }: DiagramElement): Json | undefined {
  if (parent === null || property === null || ownerOfKey(key) !== null) return undefined;
  return [parent, property];
}

/** The names of the unknown attributes, where their order is not the one they would be read in anyway. */
function attributesOf(element: DiagramElement): Json | undefined {
  const names = [...element.values.keys()]
    .filter((name) => name.startsWith('~'))
    .map((name) => name.slice(1));
  return names.every((name, index) => index === 0 || names[index - 1]! < name) ? undefined : names;
}

/** New order keys of children, by child. */
function ordersOf(write: Write, before: Elements, after: Elements): Map<string, string> {
  const orderOf = (key: string) => textOf(write.get(collectionOf(key), key, 'o'));
  const orders = new Map<string, string>();
  for (const [key, element] of after) {
    for (const [property, children] of element.children) {
      const old = before.get(key)?.children.get(property) ?? [];
      for (const [child, order] of reordered(old, children, orderOf)) orders.set(child, order);
    }
  }
  return orders;
}

/** Order keys for what does not stand in order between two readings of a list; only where they differ. */
function reordered(
  old: readonly string[],
  next: readonly string[],
  orderOf: (member: string) => string | null,
): [member: string, order: string][] {
  let start = 0;
  while (start < next.length && next[start] === old[start]) start += 1;
  if (start === next.length) return [];
  let end = 0;
  while (end < next.length - start && next[next.length - 1 - end] === old[old.length - 1 - end]) end += 1;
  const below = start === 0 ? null : orderOf(next[start - 1]!);
  const above = end === 0 ? null : orderOf(next[next.length - end]!);
  const moved = next.slice(start, next.length - end);
  return [...rearrange(moved.map(orderOf), below, above)].map(([index, order]) => [moved[index]!, order]);
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
