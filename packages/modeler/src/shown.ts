import type { DiagramElement, DiagramView, Elements } from '@tidemark/documents/diagram';
import { equalElements } from '@tidemark/documents/diagram';
import type { Change } from './affected.ts';
import { createReferences, type References } from './references.ts';

/** The records that the canvas shows: those of the last view, and what was written here since. */
export interface Shown {
  readonly elements: Elements;
  readonly references: References;
  /** Takes over what bpmn-js did by itself. Returns what differs. */
  note(before: Elements, after: Elements): readonly Change[];
  /** Goes over to a view. Returns what differs. */
  advance(view: DiagramView): readonly Change[];
}

export function createShown(view: DiagramView): Shown {
  const elements = new Map<string, DiagramElement>(view.elements);
  const references = createReferences(elements);
  let last: Elements = view.elements;

  const put = (changes: Change[], key: string, after: DiagramElement | undefined) => {
    const before = elements.get(key);
    if (before === after) return;
    if (before !== undefined && after !== undefined && equalElements(before, after)) {
      elements.set(key, after);
      return;
    }
    if (after === undefined) elements.delete(key);
    else elements.set(key, after);
    references.update(key, before, after);
    changes.push({ key, before, after });
  };

  return {
    elements,
    references,
    note(before, after) {
      const changes: Change[] = [];
      for (const key of before.keys()) if (!after.has(key)) put(changes, key, undefined);
      for (const [key, element] of after) put(changes, key, element);
      if (changes.length > 0) last = nothing;
      return changes;
    },
    advance(next) {
      const changes: Change[] = [];
      if (next.elements === last) return changes;
      last = next.elements;
      for (const [key, element] of next.elements) put(changes, key, element);
      if (elements.size !== next.elements.size) {
        for (const key of [...elements.keys()]) if (!next.elements.has(key)) put(changes, key, undefined);
      }
      return changes;
    },
  };
}

const nothing: Elements = new Map();
