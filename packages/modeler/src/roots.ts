import type { CanvasElement, Importer, Viewer } from './bpmn-js.ts';
import type { ShownPlane } from './planes.ts';
import { rootId, type Stage } from './stage.ts';
import type { Tree } from './tree.ts';

export interface RootDifference {
  /** Roots of planes that are shown no more. */
  readonly dead: readonly CanvasElement[];
  /** Planes that have no root yet: somebody collapsed a subprocess. */
  readonly fresh: readonly ShownPlane[];
}

export function compareRoots(stage: Stage, tree: Tree, planes: readonly ShownPlane[]): RootDifference {
  const dis = new Set(planes.map(({ key }) => tree.elementOf(key)));
  return {
    dead: stage.canvas.getRootElements().filter((root) => !dis.has(root.di)),
    fresh: planes.filter((plane) => stage.rootOf(plane) === undefined),
  };
}

/** Whether the main plane shows another thing than the canvas: a process became a collaboration, or back. */
export function isOtherRoot(stage: Stage, planes: readonly ShownPlane[]): boolean {
  const [main] = planes;
  if (main === undefined) return stage.canvas.getRootElements().length > 0;
  const root = stage.rootOf(main);
  return root === undefined || stage.keyOf(root) !== main.root;
}

/** Their elements are gone already. Whoever looked at one of them looks at the main plane then. */
export function removeRoots(
  stage: Stage,
  dead: readonly CanvasElement[],
  main: CanvasElement | undefined,
): void {
  for (const root of dead) {
    if (stage.canvas.getRootElement() === root && main !== undefined) stage.canvas.setRootElement(main);
    stage.canvas.removeRootElement(root);
  }
}

export function addRoots(viewer: Viewer, tree: Tree, fresh: readonly ShownPlane[]): void {
  const importer = viewer.get<Importer>('bpmnImporter');
  for (const plane of fresh) {
    const semantic = tree.elementOf(plane.root);
    const di = tree.elementOf(plane.key);
    if (semantic !== null && di !== null) importer.add(semantic, di);
  }
}

/** A subprocess that was renamed, or changed its type, is another one in the root of its plane too. */
export function updateRoots(stage: Stage, tree: Tree, planes: readonly ShownPlane[]): void {
  for (const plane of planes) {
    const root = stage.rootOf(plane);
    const semantic = tree.elementOf(plane.root);
    if (root === undefined || semantic === null) continue;
    if (root.businessObject !== semantic) {
      root.businessObject = semantic;
      root.type = semantic.$type;
    }
    const id = rootId(root);
    if (root.id !== id && stage.registry.get(id) === undefined) stage.registry.updateId(root, id);
  }
}
