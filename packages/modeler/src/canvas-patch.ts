import { addAll } from './addition.ts';
import { contentsOf } from './affected.ts';
import type { CanvasElement, EventBus, Selection, Viewer } from './bpmn-js.ts';
import { conforms, updateGeometry } from './conformance.ts';
import { updateDrilldown } from './drilldown.ts';
import { interrupt } from './interruptions.ts';
import { updateLabel } from './labels.ts';
import { cascade, removeAll } from './removal.ts';
import { addRoots, compareRoots, removeRoots, updateRoots } from './roots.ts';
import type { Drawing, Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import type { Tree } from './tree.ts';
import { createZOrder } from './z-order.ts';

/** Makes the canvas show the document where it does not: with bpmn-js's importer and canvas, never by a command. */
export interface CanvasPatch {
  /**
   * Brings the elements of `affected` in line with the document, and what depends on them. Those of `checked` were
   * drawn by bpmn-js itself: they are made anew only where it would import them otherwise.
   */
  apply(scene: Scene, affected: Iterable<string>, checked?: Iterable<string>): void;
  /** Keys of what the document wants drawn and can't be: an end or a host is not drawn. */
  undrawn(): ReadonlySet<string>;
  /** The canvas was imported anew; `scene` says what it should show. */
  reset(scene: Scene): void;
}

export function createCanvasPatch(viewer: Viewer, stage: Stage, tree: Tree): CanvasPatch {
  const undrawn = new Set<string>();

  const update = (element: CanvasElement): CanvasElement[] => {
    updateGeometry(element);
    const label = updateLabel(viewer, stage, element);
    return label === null ? [element] : [element, label];
  };

  /** bpmn-js keeps fractions where its importer would round; whoever opens the document sees the latter. */
  const settle = (element: CanvasElement): CanvasElement[] => {
    const parts = element.label ? [element, element.label] : [element];
    const before = parts.map(geometryOf);
    update(element);
    const changed = parts.filter((part, index) => geometryOf(part) !== before[index]);
    return element.label && wearsOtherColour(element.label) ? [...changed, element.label] : changed;
  };

  const colours = new WeakMap<CanvasElement, string>();
  /** bpmn-js colours an element without drawing its label again. */
  const wearsOtherColour = (label: CanvasElement): boolean => {
    const colour = `${label.di.get('bioc:stroke')} ${label.di.get('color:border-color')}`;
    const isOther = colours.get(label) !== colour;
    colours.set(label, colour);
    return isOther;
  };

  return {
    undrawn: () => undrawn,
    reset(scene) {
      undrawn.clear();
      for (const { key } of scene.planes) {
        for (const di of scene.elements.get(key)?.children.get('planeElement') ?? []) {
          const drawn = scene.elements.get(di)?.values.get('&bpmnElement');
          if (
            typeof drawn === 'string' &&
            stage.elementOf(drawn) === undefined &&
            scene.drawing(drawn) !== null
          ) {
            undrawn.add(drawn);
          }
        }
      }
    },
    apply(scene, affected, checked = []) {
      const plan = planOf(scene, stage, tree, new Set([...affected, ...undrawn]), new Set(checked));
      const { leaving, coming, staying, roots } = plan;
      const selected = selectedAmong(viewer, stage, leaving);
      if (leaving.size > 0) interrupt(viewer, leaving);
      const parents = new Set([...leaving].map(({ parent }) => parent).filter((parent) => parent !== null));
      removeAll(stage, leaving);
      removeRoots(stage, roots.dead, scene.planes[0] && stage.rootOf(scene.planes[0]));
      addRoots(viewer, tree, roots.fresh);
      updateRoots(stage, tree, scene.planes);
      undrawn.clear();
      // Whether a data store is drawn inside its pool depends on how large that is by now.
      const dirty = new Set(staying.flatMap(update));
      const added = addAll(viewer, stage, tree, coming, undrawn);
      for (const element of plan.kept.flatMap(settle)) dirty.add(element);
      for (const plane of scene.planes) {
        const root = stage.rootOf(plane);
        if (root !== undefined && plan.looked.has(plane.root)) dirty.add(root);
      }
      const zOrder = createZOrder(stage.registry);
      const present = [...added, ...staying, ...plan.kept];
      const labels = present.map(({ label }) => label).filter(isPresent);
      for (const label of labels) zOrder.lift(label);
      zOrder.place([...present, ...labels]);
      for (const element of [...added, ...dirty]) if (element.parent) parents.add(element.parent);
      updateDrilldown(
        viewer,
        new Set([...parents, ...added, ...dirty].filter((element) => isThere(stage, element))),
      );
      if (dirty.size > 0) {
        viewer.get<EventBus>('eventBus').fire('elements.changed', { elements: [...dirty] });
      }
      reselect(viewer, stage, selected);
    },
  };
}

function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function geometryOf({ x, y, width, height, waypoints }: CanvasElement): string {
  return waypoints === undefined
    ? [x, y, width, height].join()
    : waypoints.map((point) => `${point.x},${point.y}`).join();
}

interface Plan {
  readonly looked: ReadonlySet<string>;
  readonly leaving: ReadonlySet<CanvasElement>;
  readonly coming: readonly Drawing[];
  /** What is drawn already and may look otherwise now. */
  readonly staying: readonly CanvasElement[];
  /** What bpmn-js has drawn as it should be. */
  readonly kept: readonly CanvasElement[];
  readonly roots: ReturnType<typeof compareRoots>;
}

function planOf(
  scene: Scene,
  stage: Stage,
  tree: Tree,
  affected: ReadonlySet<string>,
  checked: ReadonlySet<string>,
): Plan {
  const looked = new Set([...affected, ...checked]);
  const leaving = new Set<CanvasElement>();
  const wanted = new Map<string, Drawing>();
  const leave = (element: CanvasElement) => {
    const taken = new Set(leaving);
    cascade(element, leaving);
    for (const each of leaving) {
      if (taken.has(each)) continue;
      const key = stage.keyOf(each);
      if (key !== null) looked.add(key);
    }
  };
  const roots = compareRoots(stage, tree, scene.planes);
  for (const root of roots.dead) for (const child of root.children) leave(child);
  for (const plane of roots.fresh) for (const key of drawnOn(scene, plane.key)) looked.add(key);

  // Grows while it is walked: what leaves takes others along, what comes may have contents.
  for (const key of looked) {
    const element = stage.elementOf(key);
    const drawing = scene.drawing(key);
    if (drawing !== null) wanted.set(key, drawing);
    if (element === undefined) {
      if (drawing !== null) for (const held of contentsOf(scene, key)) looked.add(held);
    } else if (drawing === null || !conforms(element, drawing, stage, tree)) leave(element);
    for (const store of dataStoresIn(scene, key)) {
      looked.add(store);
      const drawn = stage.elementOf(store);
      if (drawn !== undefined && element !== undefined && leaving.has(element)) leave(drawn);
    }
  }

  const coming: Drawing[] = [];
  const staying: CanvasElement[] = [];
  const kept: CanvasElement[] = [];
  for (const [key, drawing] of wanted) {
    const element = stage.elementOf(key);
    if (element === undefined || leaving.has(element)) coming.push(drawing);
    else if (affected.has(key)) staying.push(element);
    else kept.push(element);
  }
  return { looked, leaving, coming, staying, kept, roots };
}

/** Whether a data store lies in its pool or subprocess, or beside it, depends on where the edges of that are. */
function dataStoresIn(scene: Scene, key: string): string[] {
  return contentsOf(scene, key).filter(
    (held) => scene.elements.get(held)?.type === 'bpmn:DataStoreReference',
  );
}

/** Keys of what the shapes of a plane show. */
export function drawnOn({ elements }: Scene, plane: string): string[] {
  const keys = (elements.get(plane)?.children.get('planeElement') ?? []).map((di) =>
    elements.get(di)?.values.get('&bpmnElement'),
  );
  return keys.filter((key) => typeof key === 'string');
}

function isThere(stage: Stage, element: CanvasElement): boolean {
  return stage.registry.get(element.id) === element;
}

/** The selection, as keys, when some of it is about to be made anew. */
function selectedAmong(viewer: Viewer, stage: Stage, leaving: ReadonlySet<CanvasElement>): string[] | null {
  const selected = viewer.get<Selection>('selection', false)?.get() ?? [];
  if (!selected.some((element) => leaving.has(element))) return null;
  return selected.map((element) => stage.keyOf(element)).filter((key) => key !== null);
}

function reselect(viewer: Viewer, stage: Stage, keys: readonly string[] | null): void {
  if (keys === null) return;
  const elements = keys.map((key) => stage.elementOf(key)).filter((element) => element !== undefined);
  viewer.get<Selection>('selection').select(elements);
}
