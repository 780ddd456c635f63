import type { CanvasElement, EventBus, Viewer } from './bpmn-js.ts';
import { contained, type ModdleElement } from './moddle.ts';
import type { References } from './references.ts';
import type { Tree } from './tree.ts';

/**
 * A morph (task to user task, gateway to another) makes a new object with a new id, and copies what the old one had.
 * For the document it is the same element: what others do to it meanwhile must find it. So the new object, its shape
 * and what was copied inherit the keys.
 */
export function inheritKeysOnMorph(viewer: Viewer, tree: Tree, references: () => References): void {
  const events = viewer.get<EventBus>('eventBus');
  events.on<{ context: { newShape: CanvasElement; oldShape: CanvasElement } }>(
    'commandStack.shape.replace.postExecuted',
    ({ context: { newShape, oldShape } }) => {
      inherit(tree, newShape.businessObject, oldShape.businessObject);
      inherit(tree, newShape.di, oldShape.di);
      redirect(tree, references(), newShape.businessObject, oldShape.businessObject);
    },
  );
}

function inherit(tree: Tree, heir: ModdleElement | undefined, old: ModdleElement | undefined): void {
  if (heir === undefined || old === undefined || heir === old) return;
  if (tree.keyOf(old) === null) return;
  tree.inherit(heir, old);
  if (heir.$descriptor.isGeneric || old.$descriptor.isGeneric) return;
  for (const { name, isMany, isReference, isVirtual } of heir.$descriptor.properties) {
    if (!isMany || isReference || isVirtual || movesAlong.has(name)) continue;
    inheritAll(tree, contained(heir, name), contained(old, name));
  }
}

/** What refers to the old object and is not part of the command, such as a lane, refers to the new one. */
function redirect(tree: Tree, references: References, heir: ModdleElement, old: ModdleElement): void {
  const key = tree.keyOf(heir);
  for (const referrer of key === null ? [] : references.all(key)) {
    const element = tree.elementOf(referrer);
    if (element === null || element.$descriptor.isGeneric) continue;
    for (const { name, isReference, isVirtual } of element.$descriptor.properties) {
      if (!isReference || isVirtual || !Object.hasOwn(element, name)) continue;
      const value = element.get(name);
      if (value === old) element.set(name, heir);
      else if (Array.isArray(value) && value.includes(old)) {
        value.splice(value.indexOf(old), 1, ...(value.includes(heir) ? [] : [heir]));
      }
    }
  }
}

/** Elements of their own, which a morph moves and does not copy. */
const movesAlong = new Set(['flowElements', 'artifacts', 'laneSets']);

/** The n-th of a type inherits from the n-th of that type. */
function inheritAll(tree: Tree, heirs: readonly ModdleElement[], olds: readonly ModdleElement[]): void {
  const left = [...olds];
  for (const heir of heirs) {
    const at = left.findIndex((old) => old.$type === heir.$type);
    if (at === -1) continue;
    const [old] = left.splice(at, 1);
    inherit(tree, heir, old);
  }
}
