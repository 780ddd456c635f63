import type { CanvasElement, ElementRegistry } from './bpmn-js.ts';
import { isA, type ModdleElement } from './moddle.ts';
import { isLabel } from './stage.ts';

/**
 * What lies over what, among siblings: first by kind, with the levels that bpmn-js orders by when it edits, then by
 * the order of the shapes in their plane, which is part of the document. Labels lie on top.
 */
export interface ZOrder {
  /** Puts a label into the root of its plane. bpmn-js does so when it edits, but not when it imports. */
  lift(label: CanvasElement): void;
  /** Puts elements in their places among their siblings; all others are in order. */
  place(elements: Iterable<CanvasElement>): void;
  /** Puts all children in order, and theirs. */
  sort(parent: CanvasElement): void;
}

const levels: readonly (readonly [type: string, level: number])[] = [
  ['bpmn:SubProcess', 6],
  ['bpmn:SequenceFlow', 9],
  ['bpmn:DataAssociation', 9],
  ['bpmn:TextAnnotation', 9],
  ['bpmn:MessageFlow', 9],
  ['bpmn:Association', 6],
  ['bpmn:BoundaryEvent', 8],
  ['bpmn:Group', 10],
  ['bpmn:FlowElement', 5],
  ['bpmn:Participant', -2],
  ['bpmn:Lane', -1],
];
const otherLevel = 1;
const labelLevel = 100;
const levelsByType = new Map<string, number>();

function levelOf(element: CanvasElement): number {
  if (isLabel(element)) return labelLevel;
  const { businessObject } = element;
  let level = levelsByType.get(businessObject.$type);
  if (level === undefined) {
    level = levels.find(([type]) => isA(businessObject, type))?.[1] ?? otherLevel;
    levelsByType.set(businessObject.$type, level);
  }
  return level;
}

/** For one patch: the places of shapes in their planes are read once. */
export function createZOrder(registry: ElementRegistry): ZOrder {
  const places = new Map<ModdleElement, ReadonlyMap<ModdleElement, number>>();
  const placeOf = (element: CanvasElement): number => {
    const plane = element.di.$parent;
    if (plane === null || plane === undefined) return Number.POSITIVE_INFINITY;
    let known = places.get(plane);
    if (known === undefined) {
      const shapes = (plane.get('planeElement') as ModdleElement[] | undefined) ?? [];
      known = new Map(shapes.map((di, index) => [di, index]));
      places.set(plane, known);
    }
    return known.get(element.di) ?? Number.POSITIVE_INFINITY;
  };
  const compare = (a: CanvasElement, b: CanvasElement) => {
    const byLevel = levelOf(a) - levelOf(b);
    if (byLevel !== 0) return byLevel;
    const [first, second] = [placeOf(a), placeOf(b)];
    return first === second ? 0 : first < second ? -1 : 1;
  };
  const groupOf = (element: CanvasElement) => registry.getGraphics(element).parentNode as SVGElement;
  const childrenGroupOf = (root: CanvasElement) =>
    root.children.length > 0 ? groupOf(root.children[0]!).parentNode : null;

  const insert = (siblings: CanvasElement[], movers: readonly CanvasElement[]) => {
    if (movers.every((mover) => inOrder(siblings, siblings.indexOf(mover), compare))) return;
    const moving = new Set(movers);
    const staying = siblings.filter((sibling) => !moving.has(sibling));
    const sorted = merge(staying, [...moving].sort(compare), compare);
    siblings.splice(0, siblings.length, ...sorted);
    for (let at = sorted.length - 1; at >= 0; at -= 1) {
      if (!moving.has(sorted[at]!)) continue;
      const group = groupOf(sorted[at]!);
      const next = sorted[at + 1];
      group.parentNode?.insertBefore(group, next === undefined ? null : groupOf(next));
    }
  };

  return {
    lift(label) {
      let root = label.parent;
      while (root?.parent) root = root.parent;
      if (root === null || root === undefined || root === label.parent) return;
      // Not empty: what the label names lies in it.
      const group = childrenGroupOf(root);
      label.parent = root;
      group?.appendChild(groupOf(label));
    },
    place(elements) {
      const moving = new Map<CanvasElement, CanvasElement[]>();
      for (const element of elements) {
        if (!element.parent) continue;
        const known = moving.get(element.parent);
        if (known === undefined) moving.set(element.parent, [element]);
        else known.push(element);
      }
      for (const [parent, movers] of moving) insert(parent.children, movers);
    },
    sort(parent) {
      const sorted = [...parent.children].sort(compare);
      if (sorted.some((child, index) => child !== parent.children[index])) {
        parent.children.splice(0, sorted.length, ...sorted);
        for (const child of sorted) {
          const group = groupOf(child);
          group.parentNode?.appendChild(group);
        }
      }
      for (const child of parent.children) if (child.children?.length > 0) this.sort(child);
    },
  };
}

/** Two sorted lists as one, in few comparisons when the second is short. */
function merge<T>(first: readonly T[], second: readonly T[], compare: (a: T, b: T) => number): T[] {
  const merged: T[] = [];
  let from = 0;
  for (const item of second) {
    let low = from;
    let high = first.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(first[middle]!, item) <= 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from += 1) merged.push(first[from]!);
    merged.push(item);
  }
  for (; from < first.length; from += 1) merged.push(first[from]!);
  return merged;
}

function inOrder(
  siblings: readonly CanvasElement[],
  index: number,
  compare: (a: CanvasElement, b: CanvasElement) => number,
): boolean {
  const element = siblings[index]!;
  const before = siblings[index - 1];
  const after = siblings[index + 1];
  return (
    (before === undefined || compare(before, element) <= 0) &&
    (after === undefined || compare(element, after) <= 0)
  );
}

/**
 * After a local command: moves the shape in the list of its plane to where the canvas shows the element, between
 * those of its nearest siblings of the same kind. Returns the plane whose list it changed, or null.
 */
export function writePlace(element: CanvasElement): ModdleElement | null {
  const plane = element.di?.$parent;
  const siblings = element.parent?.children;
  if (plane === null || plane === undefined || siblings === undefined || isLabel(element)) return null;
  const shapes = plane.get('planeElement') as ModdleElement[];
  const at = siblings.indexOf(element);
  const below = neighbour(siblings, at, -1);
  const above = neighbour(siblings, at, 1);
  const from = shapes.indexOf(element.di);
  if (from === -1) return null;
  const floor = below === null ? -1 : shapes.indexOf(below.di);
  const ceiling = above === null ? shapes.length : shapes.indexOf(above.di);
  if (from > floor && (from < ceiling || ceiling === -1)) return null;
  shapes.splice(from, 1);
  shapes.splice(below === null ? shapes.indexOf(above!.di) : shapes.indexOf(below.di) + 1, 0, element.di);
  return plane;
}

function neighbour(siblings: readonly CanvasElement[], from: number, step: 1 | -1): CanvasElement | null {
  const element = siblings[from]!;
  const level = levelOf(element);
  for (let at = from + step; at >= 0 && at < siblings.length; at += step) {
    const sibling = siblings[at]!;
    if (isLabel(sibling) || sibling.di?.$parent !== element.di.$parent) continue;
    if (levelOf(sibling) === level) return sibling;
  }
  return null;
}
