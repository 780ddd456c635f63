import { applyStructure, applyValues, build, canBecome, createElement } from '@tidemark/bpmn';
import { type DiagramView, ownerOfKey } from '@tidemark/documents/diagram';
import type { Change } from './affected.ts';
import type { CanvasModdle, ModdleElement } from './moddle.ts';
import type { References } from './references.ts';

/** The document as the tree of moddle objects that bpmn-js works on, and which record is which object. */
export interface Tree {
  definitions(): ModdleElement;
  elementOf(key: string): ModdleElement | null;
  /** Also of objects that are in the tree no more. */
  keyOf(element: ModdleElement): string | null;
  bind(key: string, element: ModdleElement): void;
  inherit(heir: ModdleElement, old: ModdleElement): void;
  forget(key: string): void;
  /** Brings the objects to what the document says; only what changed type is another object then. */
  patch(changes: readonly Change[], elements: DiagramView['elements'], references: References): void;
  /** All objects anew. */
  rebuild(view: DiagramView): void;
}

export function createTree(moddle: CanvasModdle, view: DiagramView): Tree {
  let built = build(view, moddle);
  claimAll(moddle, view, built.elementOf);

  return {
    definitions: () => built.definitions,
    elementOf: (key) => built.elementOf(key),
    keyOf: (element) => built.keyOf(element),
    bind: (key, element) => built.bind(key, element),
    inherit: (heir, old) => built.inherit(heir, old),
    forget: (key) => {
      built.forget(key);
    },
    patch(changes, elements, references) {
      const structured = new Set<string>();
      for (const { key, before, after } of changes) {
        const owner = ownerOfKey(key)?.[0];
        // Its owner's record does not name it.
        if (owner !== undefined) structured.add(owner);
        if (after === undefined) {
          built.forget(key);
          continue;
        }
        structured.add(key);
        const element = built.elementOf(key);
        if (element !== null && before !== undefined && canBecome(before, after)) {
          applyValues(moddle, element, before, after);
          continue;
        }
        built.bind(key, createElement(moddle, after));
        if (after.parent !== null) structured.add(after.parent);
        for (const referrer of references.all(key)) structured.add(referrer);
      }
      for (const key of structured) {
        const element = built.elementOf(key);
        const shown = elements.get(key);
        if (element !== null && shown !== undefined) applyStructure(key, shown, element, built.elementOf);
      }
      claimChanged(moddle, changes, built.elementOf);
    },
    rebuild(next) {
      built = build(next, moddle);
      moddle.ids?.clear();
      claimAll(moddle, next, built.elementOf);
    },
  };
}

/** bpmn-js claims ids only of what it parsed itself. */
function claimAll(
  { ids }: CanvasModdle,
  { elements }: DiagramView,
  elementOf: (key: string) => ModdleElement | null,
): void {
  if (ids === undefined) return;
  for (const [key, shown] of elements) {
    const id = shown.values.get('@id');
    if (typeof id === 'string') ids.claim(id, elementOf(key) ?? undefined);
  }
}

function claimChanged(
  { ids }: CanvasModdle,
  changes: readonly Change[],
  elementOf: (key: string) => ModdleElement | null,
): void {
  if (ids === undefined) return;
  for (const { before } of changes) {
    const id = before?.values.get('@id');
    if (typeof id === 'string') ids.unclaim(id);
  }
  for (const { key, after } of changes) {
    const id = after?.values.get('@id');
    if (typeof id === 'string') ids.claim(id, elementOf(key) ?? undefined);
  }
}
