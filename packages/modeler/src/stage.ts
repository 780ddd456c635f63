import type { Canvas, CanvasElement, ElementRegistry, Viewer } from './bpmn-js.ts';
import { idOf, isA } from './moddle.ts';
import type { ShownPlane } from './planes.ts';
import type { Tree } from './tree.ts';

/** What stands on the canvas, by the keys of what it shows. Labels stand with what they name. */
export interface Stage {
  readonly canvas: Canvas;
  readonly registry: ElementRegistry;
  elementOf(key: string): CanvasElement | undefined;
  keyOf(element: CanvasElement): string | null;
  rootOf(plane: ShownPlane): CanvasElement | undefined;
  /** Takes note of what bpmn-js has put there, or taken away. */
  note(element: CanvasElement): void;
  forget(element: CanvasElement): void;
  /** Reads all of it anew, after an import. */
  read(): void;
}

export function createStage(viewer: Viewer, tree: Tree): Stage {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<ElementRegistry>('elementRegistry');
  const elements = new Map<string, CanvasElement>();
  const keyOf = (element: CanvasElement) => tree.keyOf(element.businessObject);

  const stage: Stage = {
    canvas,
    registry,
    elementOf: (key) => elements.get(key),
    keyOf,
    rootOf(plane) {
      const di = tree.elementOf(plane.key);
      return canvas.getRootElements().find((root) => root.di === di);
    },
    note(element) {
      if (isLabel(element) || isRoot(element)) return;
      const key = element.businessObject === undefined ? null : keyOf(element);
      if (key !== null) elements.set(key, element);
    },
    forget(element) {
      if (isLabel(element) || isRoot(element)) return;
      const key = keyOf(element);
      if (key !== null && elements.get(key) === element) elements.delete(key);
    },
    read() {
      elements.clear();
      for (const element of registry.getAll()) if (element.parent !== null) stage.note(element);
    },
  };
  return stage;
}

export function isLabel(element: CanvasElement): boolean {
  return element.type === 'label';
}

/** The invisible element that all others of a plane lie in. */
export function isRoot(element: CanvasElement): boolean {
  return isA(element.di, 'bpmndi:BPMNPlane');
}

/** bpmn-js gives the root of a subprocess's plane an id of its own, since its shape has the other. */
export function rootId(root: CanvasElement): string {
  const id = idOf(root.businessObject) ?? '';
  return isA(root.businessObject, 'bpmn:SubProcess') ? `${id}_plane` : id;
}
