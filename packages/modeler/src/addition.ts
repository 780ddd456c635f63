import type { CanvasElement, Importer, Viewer } from './bpmn-js.ts';
import { containerElement } from './conformance.ts';
import { idOf } from './moddle.ts';
import type { Drawing } from './scene.ts';
import type { Stage } from './stage.ts';
import type { Tree } from './tree.ts';

/**
 * Draws with bpmn-js's importer, each when what it lies in, is attached to or connects is there. Returns what was
 * drawn; what could not be is added to `undrawn`.
 */
export function addAll(
  viewer: Viewer,
  stage: Stage,
  tree: Tree,
  drawings: readonly Drawing[],
  undrawn: Set<string>,
): CanvasElement[] {
  const importer = viewer.get<Importer>('bpmnImporter');
  const added: CanvasElement[] = [];
  let waiting = [...drawings].sort((a, b) => Number(a.isEdge) - Number(b.isEdge));
  while (waiting.length > 0) {
    const later: Drawing[] = [];
    for (const drawing of waiting) {
      const element = isReady(drawing, stage, tree) ? add(importer, stage, tree, drawing) : null;
      if (element === null) later.push(drawing);
      else added.push(element);
    }
    if (later.length === waiting.length) break;
    waiting = later;
  }
  for (const { key } of waiting) undrawn.add(key);
  return added;
}

function isReady(drawing: Drawing, stage: Stage, tree: Tree): boolean {
  if (containerElement(drawing, stage, tree) === undefined) return false;
  if (drawing.host !== null && stage.elementOf(drawing.host) === undefined) return false;
  return drawing.ends === null || drawing.ends.every((end) => stage.elementOf(end) !== undefined);
}

function add(importer: Importer, stage: Stage, tree: Tree, drawing: Drawing): CanvasElement | null {
  const semantic = tree.elementOf(drawing.key);
  const di = tree.elementOf(drawing.di);
  const id = semantic === null ? undefined : idOf(semantic);
  if (semantic === null || di === null || id === undefined || stage.registry.get(id) !== undefined) {
    return null;
  }
  // The importer itself puts a data store beside what it does not lie in.
  const holder = drawing.container === null ? undefined : stage.elementOf(drawing.container);
  const element = importer.add(semantic, di, holder ?? containerElement(drawing, stage, tree));
  stage.note(element);
  return element;
}
