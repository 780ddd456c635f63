import { type DiagramElement, isOutside } from '@tidemark/documents/diagram';

/** Who refers to whom, kept by what changes. */
export interface References {
  /** Keys of the elements that refer to one by a register ('&bpmnElement'). */
  of(register: string, target: string): string[];
  /** By whatever register or list. */
  all(target: string): ReadonlySet<string>;
  update(key: string, before: DiagramElement | undefined, after: DiagramElement | undefined): void;
}

const none: ReadonlySet<string> = new Set();

/** `elements` is read when it is asked; `update` has to be told of each change to it. */
export function createReferences(elements: ReadonlyMap<string, DiagramElement>): References {
  const index = new Map<string, Set<string>>();
  const references: References = {
    all: (target) => index.get(target) ?? none,
    of: (register, target) =>
      [...references.all(target)].filter((key) => elements.get(key)?.values.get(register) === target),
    update(key, before, after) {
      for (const target of targetsOf(before)) index.get(target)?.delete(key);
      for (const target of targetsOf(after)) {
        const keys = index.get(target);
        if (keys === undefined) index.set(target, new Set([key]));
        else keys.add(key);
      }
    },
  };
  for (const [key, element] of elements) references.update(key, undefined, element);
  return references;
}

function* targetsOf(element: DiagramElement | undefined): Iterable<string> {
  if (element === undefined) return;
  for (const [register, value] of element.values) {
    if (register.startsWith('&') && typeof value === 'string' && !isOutside(value)) yield value;
  }
  for (const targets of element.lists.values()) {
    for (const target of targets) if (!isOutside(target)) yield target;
  }
}
