import { crowds, type DiagramElement, type Elements, keyOfOnly } from '@tidemark/documents/diagram';
import type { Keys } from './keys.ts';
import type { ModdleElement, Property } from './moddle.ts';
import { keyFor, readElement } from './read-element.ts';
import { belongsTo, contentsOf, isContainment, placeOf } from './tree.ts';

/** The elements that a change touched, as they were shown and as they are now: what `writeDifference` takes. */
export interface FlatChange {
  readonly before: Elements;
  readonly after: Elements;
}

/**
 * Reads a part of the tree: the touched elements with their details, whatever is new in them, and the owners of
 * what came, went or moved. Of the rest it takes for granted that it is as `shown`. Detached elements may be
 * among the touched. The cost is that of the part, and of the lists that changed.
 */
export function flattenChanged(
  touched: Iterable<ModdleElement>,
  root: ModdleElement,
  keys: Keys,
  shown: Elements,
): FlatChange {
  const part = createPart(root, keys, shown);
  for (const element of touched) part.touch(element);
  part.settle();
  return part.read();
}

function createPart(root: ModdleElement, keys: Keys, shown: Elements) {
  const visited = new Map<string, Visit>();
  const seen = new Set<ModdleElement>();
  const left = new Set<string>();
  const gone = new Set<string>();

  const isCurrent = (element: ModdleElement, key: string) => keys.elementOf(key) === element;

  /** bpmn-js puts a new diagram into the definitions without telling it where it lies. */
  const adopt = (element: ModdleElement) => {
    if (element.$parent) return;
    for (const { elements } of contentsOf(root)) if (elements.includes(element)) element.$parent = root;
  };

  const isAttached = (element: ModdleElement) => {
    const path = new Set<ModdleElement>();
    let at = element;
    while (at !== root) {
      adopt(at);
      const place = path.has(at) ? null : placeOf(at);
      if (place === null) return false;
      path.add(at);
      at = place.owner;
    }
    return true;
  };

  const touch = (element: ModdleElement): void => {
    if (seen.has(element)) return;
    const known = keys.keyOf(element);
    const key = known !== null && isCurrent(element, known) ? known : null;
    if (!isAttached(element)) {
      if (key !== null && shown.has(key)) {
        left.add(key);
        touchOwner(shown.get(key)!);
      }
      return;
    }
    if (element === root) {
      if (key !== null) visit(element, key, null, null);
      return;
    }
    const { owner, property } = placeOf(element)!;
    const ownerKey = keys.keyOf(owner);
    const before = key === null ? undefined : shown.get(key);
    const same = before !== undefined && before.parent === ownerKey && before.property === property.name;
    if (key !== null && same && shown.has(ownerKey ?? '')) visit(element, key, ownerKey, property.name);
    else {
      if (before !== undefined) touchOwner(before);
      touch(owner);
      // An owner that was read before this element came into it.
      if (!seen.has(element)) revisit(owner);
    }
  };

  const touchOwner = ({ parent }: DiagramElement) => {
    const owner = parent === null ? null : keys.elementOf(parent);
    if (owner !== null) touch(owner);
  };

  const revisit = (owner: ModdleElement) => {
    const key = keys.keyOf(owner);
    const place = key === null ? undefined : visited.get(key);
    if (key !== null && place !== undefined) visit(owner, key, place.parent, place.property);
  };

  /** Reads what an element contains, and goes on into what is new, was moved here, or is a detail of it. */
  const visit = (
    element: ModdleElement,
    key: string,
    parent: string | null,
    property: string | null,
  ): void => {
    seen.add(element);
    keys.bind(key, element);
    const children = new Map<string, readonly string[]>();
    const place: Visit = { element, parent, property, children };
    visited.set(key, place);
    const held = new Set<string>();
    for (const { property: of, elements } of contentsOf(element)) {
      const list: string[] = [];
      const once = new Set<ModdleElement>();
      for (const child of elements) {
        if (once.has(child) || !belongsTo(child, element)) {
          dropFrom(element, of, child);
          continue;
        }
        once.add(child);
        const childKey = keyFor(
          child,
          key,
          of,
          keys,
          (taken) => held.has(taken) || isElsewhere(taken, child),
        );
        list.push(childKey);
        held.add(childKey);
        const before = shown.get(childKey);
        const settled = before !== undefined && before.parent === key && before.property === of.name;
        if (seen.has(child) && visited.get(childKey)?.parent === key) continue;
        if (settled && isCurrent(child, childKey) && crowds.has(of.name)) continue;
        if (before !== undefined && !settled) leave(before, childKey);
        visit(child, childKey, key, of.name);
      }
      if (of.isMany) children.set(of.name, list);
    }
    for (const child of shownIn(key)) if (!held.has(child)) left.add(child);
  };

  /** A key that another object of the tree has by now. */
  const isElsewhere = (key: string, element: ModdleElement) => {
    const other = visited.get(key)?.element;
    return other !== undefined && other !== element;
  };

  /** The place an element came from lists it no longer. */
  const leave = (before: DiagramElement, key: string) => {
    if (before.parent !== null && keys.elementOf(before.parent) !== null) {
      const owner = keys.elementOf(before.parent)!;
      if (!seen.has(owner) && isAttached(owner)) touch(owner);
    }
    left.delete(key);
  };

  /** Keys of all that an element was shown to hold. */
  function* shownIn(key: string): Iterable<string> {
    const before = shown.get(key);
    if (before === undefined) return;
    for (const list of before.children.values()) yield* list;
    if (before.values.has('g')) return;
    for (const name of onlyNames(root, before.type)) {
      const only = keyOfOnly(key, name);
      if (shown.has(only)) yield only;
    }
  }

  return {
    touch,
    /** Finds out what became of what is no longer where it was. */
    settle() {
      for (const key of left) {
        if (visited.has(key)) continue;
        const element = keys.elementOf(key);
        if (element !== null && isAttached(element)) touch(element);
        if (visited.has(key)) continue;
        gone.add(key);
        for (const held of shownIn(key)) left.add(held);
      }
    },
    read(): FlatChange {
      const before = new Map<string, DiagramElement>();
      for (const key of [...visited.keys(), ...gone]) {
        const old = shown.get(key);
        if (old !== undefined) before.set(key, old);
      }
      const resolve = (target: ModdleElement) => {
        const key = keys.keyOf(target);
        // A reference to what goes now stays as it was, hidden by the view: it is back when its target is.
        if (key !== null && gone.has(key)) return { key, element: target };
        if (key === null || !(visited.has(key) || shown.has(key))) return null;
        const element = keys.elementOf(key);
        return element === null ? null : { key, element };
      };
      const after = new Map<string, DiagramElement>();
      for (const [key, place] of visited) after.set(key, readElement(place.element, place, resolve));
      for (const key of gone) keys.forget(key);
      return { before, after };
    },
  };
}

/** bpmn-js may leave something in the list of an owner that it was moved away from, or put it there twice. */
function dropFrom(owner: ModdleElement, { name, isMany }: Property, element: ModdleElement): void {
  const list = owner.get(name);
  if (isMany && Array.isArray(list)) list.splice(list.lastIndexOf(element), 1);
}

interface Visit {
  readonly element: ModdleElement;
  readonly parent: string | null;
  readonly property: string | null;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

const names = new Map<string, readonly string[]>();

/** Properties by which an element of a type holds at most one other. */
function onlyNames(root: ModdleElement, type: string): readonly string[] {
  const known = names.get(type);
  if (known !== undefined) return known;
  const properties = root.$model.getType(type).$descriptor.properties;
  const found = properties
    .filter((property) => !property.isMany && isContainment(property))
    .map(({ name }) => name);
  names.set(type, found);
  return found;
}
