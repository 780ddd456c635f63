import { type DiagramElement, type Elements, ownerOfKey } from '@tidemark/documents/diagram';
import { applyStructure, applyValues, canBecome, createElement } from './apply.ts';
import type { Keys } from './keys.ts';
import type { Moddle } from './moddle.ts';

/** Keys by what became of their elements in the tree. */
export interface TreePatch {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** The same objects with other values, contents or references. */
  readonly changed: ReadonlySet<string>;
  /** Other objects: the type is another, and bpmn-moddle can't change that. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * Brings a tree that shows `before` to `after`, in place: what did not change is not touched, since the canvas
 * holds these objects. The cost is that of the change and of one look along the elements.
 */
export function patchTree(moddle: Moddle, keys: Keys, before: Elements, after: Elements): TreePatch {
  const added = new Set<string>();
  const removed = new Set<string>();
  const changed = new Set<string>();
  const replaced = new Set<string>();
  for (const key of before.keys()) if (!after.has(key)) removed.add(key);
  for (const [key, element] of after) {
    const old = before.get(key);
    if (old === element) continue;
    if (old === undefined) added.add(key);
    else if (canBecome(old, element)) changed.add(key);
    else replaced.add(key);
  }
  const patch = { added, removed, changed, replaced };
  if (added.size + removed.size + changed.size + replaced.size === 0) return patch;
  for (const key of removed) keys.forget(key);
  for (const key of [...added, ...replaced]) keys.bind(key, createElement(moddle, after.get(key)!));
  for (const key of changed) {
    const element = keys.elementOf(key);
    if (element !== null) applyValues(moddle, element, before.get(key)!, after.get(key)!);
  }
  for (const key of restructured(patch, after)) {
    const element = keys.elementOf(key);
    if (element !== null) applyStructure(key, after.get(key)!, element, keys.elementOf);
  }
  return patch;
}

/** Whose contents or references may be other objects now. */
function restructured({ added, removed, changed, replaced }: TreePatch, after: Elements): Set<string> {
  const found = new Set([...added, ...changed, ...replaced]);
  // What an owner has one of is not in its lists, so the owner itself need not have changed.
  for (const key of [...added, ...removed, ...replaced]) {
    const owner = ownerOfKey(key)?.[0];
    if (owner !== undefined && after.has(owner)) found.add(owner);
  }
  if (replaced.size === 0) return found;
  for (const [key, element] of after) if (mentions(element, replaced)) found.add(key);
  return found;
}

function mentions(element: DiagramElement, targets: ReadonlySet<string>): boolean {
  for (const [name, value] of element.values) {
    if (name.startsWith('&') && typeof value === 'string' && targets.has(value)) return true;
  }
  for (const list of [...element.lists.values(), ...element.children.values()]) {
    if (list.some((target) => targets.has(target))) return true;
  }
  return false;
}
