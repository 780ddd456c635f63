import type { DiagramView } from '@tidemark/documents/diagram';
import type { Editor, Reader, Undo } from '@tidemark/documents/records';
import { affectedBy } from './affected.ts';
import type { CanvasElement, Dragging, EventBus, Selection } from './bpmn-js.ts';
import { createCanvasPatch } from './canvas-patch.ts';
import { guardDirectEdits } from './direct-edits.ts';
import { catchFaults } from './faults.ts';
import { loadFonts } from './fonts.ts';
import { interruptAll } from './interruptions.ts';
import { inheritKeysOnMorph } from './key-inheritance.ts';
import { allNodesInLanes, nodesInLanes, wireLanes } from './lanes.ts';
import { writeLocalChanges } from './local-changes.ts';
import type { CanvasModdle } from './moddle.ts';
import { diagramsOf, diagramWith, shownPlanes } from './planes.ts';
import type { QuietUpdater } from './quiet-updater.ts';
import { isOtherRoot } from './roots.ts';
import { createScene, type Scene } from './scene.ts';
import { createShown } from './shown.ts';
import { createStage, isLabel } from './stage.ts';
import { createTree } from './tree.ts';
import { createTypes } from './types.ts';
import { bindUndo } from './undo-keys.ts';
import { createViewer } from './viewer.ts';
import { createZOrder } from './z-order.ts';

export interface DiagramCanvasOptions {
  /** Where the canvas goes. It has a size by now. */
  readonly container: HTMLElement;
  readonly reader: Reader<DiagramView>;
  readonly editor: Editor;
  readonly undo: Undo;
  /** 'read': no palette, no editing; others' edits are shown the same. */
  readonly mode: 'edit' | 'read';
  /** Modules of bpmn-js beside its own. */
  readonly modules?: readonly object[];
}

/** bpmn-js, bound to a live document. */
export interface DiagramCanvas {
  readonly mode: 'edit' | 'read';
  /** A service of bpmn-js. They stay the same as long as the canvas lives. */
  get<T>(service: string): T;
  /** The shape, connection or root that shows an element; null when it is not drawn in the diagram shown. */
  elementOf(key: string): CanvasElement | null;
  keyOf(element: CanvasElement): string | null;
  undo(): void;
  redo(): void;
  /** The diagrams of the file that can be shown by themselves; planes of subprocesses are reached from their diagram. */
  diagrams(): readonly { readonly key: string; readonly name: string }[];
  shownDiagram(): string | null;
  showDiagram(key: string): Promise<void>;
  /** Key of the plane in sight: that of the diagram, or of a subprocess one has gone into. */
  shownPlane(): string | null;
  /** Goes to a plane, by its diagram when that is another one. False when there is no such plane. */
  showPlane(key: string): Promise<boolean>;
  /** Calls after each change of the canvas, local or others'. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  /** Calls when bpmn-js threw and the canvas was made anew from the document. Returns the unsubscribe. */
  onFault(listener: (error: unknown) => void): () => void;
  destroy(): void;
}

/** Opens a document on a canvas. Rejects when the document was never set up. */
export async function createDiagramCanvas(options: DiagramCanvasOptions): Promise<DiagramCanvas> {
  const { container, reader, editor, undo, mode, modules = [] } = options;
  await loadFonts(document.fonts);
  const viewer = createViewer({ container, mode, modules });
  const moddle = viewer.get<CanvasModdle>('moddle');
  const isType = createTypes(moddle);
  const tree = createTree(moddle, reader.view());
  const stage = createStage(viewer, tree);
  const patch = createCanvasPatch(viewer, stage, tree);
  const directEdits = guardDirectEdits(viewer);
  const listeners = new Set<() => void>();
  const faultListeners = new Set<(error: unknown) => void>();
  let shown = createShown(reader.view());
  let chosen: string | null = null;
  let isWriting = false;
  let isFollowing = false;

  const scene = (): Scene => {
    const planes = shownPlanes(reader.view(), chosen, shown.references, isType);
    return createScene(shown.elements, planes, shown.references, isType);
  };

  /** Draws the whole diagram with bpmn-js's importer, which is done when this returns; the promise tells of failures. */
  const render = (): Promise<unknown> => {
    const now = scene();
    const [main] = now.planes;
    const diagram = main === undefined ? null : tree.elementOf(main.diagram);
    const drawn =
      diagram === null
        ? Promise.resolve(viewer.clear())
        : viewer.importDefinitions(tree.definitions(), diagram);
    stage.read();
    const zOrder = createZOrder(stage.registry);
    for (const element of stage.registry.getAll()) if (isLabel(element)) zOrder.lift(element);
    for (const root of stage.canvas.getRootElements()) zOrder.sort(root);
    patch.reset(now);
    wireLanes(allNodesInLanes(shown.elements), shown.elements, shown.references, tree);
    return drawn;
  };

  /** What somebody looks at, by keys. */
  const look = () => ({
    selected: viewer
      .get<Selection>('selection')
      .get()
      .map((element) => stage.keyOf(element)),
    plane: planeInSight(),
    viewbox: stage.canvas.viewbox(),
  });
  const planeInSight = () =>
    stage.canvas.getRootElements().length === 0 ? null : planeKey(stage.canvas.getRootElement());
  const planeKey = (root: CanvasElement) => (root.di === undefined ? null : tree.keyOf(root.di));

  /** Draws all of it anew for somebody who is looking at it. */
  const renderAgain = ({ selected, plane, viewbox } = look()): Promise<unknown> => {
    interruptAll(viewer);
    const drawn = render();
    const { canvas } = stage;
    const root = canvas.getRootElements().find((each) => plane !== null && planeKey(each) === plane);
    if (root !== undefined) canvas.setRootElement(root);
    canvas.viewbox(viewbox);
    const elements = selected.map((key) => (key === null ? undefined : stage.elementOf(key)));
    viewer.get<Selection>('selection').select(elements.filter((element) => element !== undefined));
    return drawn;
  };

  const rebuild = (error: unknown) => {
    const looked = look();
    shown = createShown(reader.view());
    tree.rebuild(reader.view());
    renderAgain(looked).catch(tellFault);
    tellFault(error);
    tell();
  };
  const tellFault = (error: unknown) => {
    for (const listener of [...faultListeners]) listener(error);
  };
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  /** Puts on the canvas what the document says and the canvas does not. */
  const follow = (checked: readonly string[] = []) => {
    const changes = shown.advance(reader.view());
    if (changes.length === 0 && checked.length === 0) return;
    tree.patch(changes, shown.elements, shown.references);
    wireLanes(nodesInLanes(changes), shown.elements, shown.references, tree);
    const now = scene();
    if (isOtherRoot(stage, now.planes)) renderAgain().catch(tellFault);
    else patch.apply(now, affectedBy(changes, now, shown.references, isType), checked);
  };
  const followQuietly = (checked: readonly string[] = []) => {
    const updater = mode === 'edit' ? viewer.get<QuietUpdater>('bpmnUpdater') : null;
    isFollowing = true;
    try {
      directEdits.withoutEnding(() => {
        if (updater === null) follow(checked);
        else updater.quietly(() => follow(checked));
      });
    } catch (error) {
      rebuild(error);
    } finally {
      isFollowing = false;
    }
  };

  await render();
  const stop = reader.subscribe(() => {
    if (isWriting) return;
    followQuietly();
    tell();
  });

  if (mode === 'edit') {
    inheritKeysOnMorph(viewer, tree, () => shown.references);
    // Whoever gives up a bend gets the way back that was there before, though somebody may have changed it since.
    viewer.get<EventBus>('eventBus').on<{ connection?: CanvasElement }>(dragEnds, ({ connection }) => {
      const key = connection === undefined || isFollowing ? null : stage.keyOf(connection);
      if (key !== null) followQuietly([key]);
    });
    catchFaults(viewer, rebuild);
    writeLocalChanges({
      viewer,
      tree,
      stage,
      shown: () => shown,
      write(work) {
        isWriting = true;
        try {
          work(editor);
        } finally {
          isWriting = false;
        }
      },
      written(keys, changes) {
        // bpmn-js forgets the nodes of a lane that lie outside of it.
        wireLanes(nodesInLanes(changes), shown.elements, shown.references, tree);
        followQuietly(keys);
        tell();
      },
    });
    bindUndo(
      viewer,
      () => undo.undo(),
      () => undo.redo(),
    );
  }

  return {
    mode,
    get: (service) => viewer.get(service),
    elementOf(key) {
      const element = stage.elementOf(key);
      if (element !== undefined) return element;
      const plane = scene().planes.find(({ root }) => root === key);
      return (plane && stage.rootOf(plane)) ?? null;
    },
    keyOf: (element) => stage.keyOf(element),
    undo() {
      if (mode === 'edit') undo.undo();
    },
    redo() {
      if (mode === 'edit') undo.redo();
    },
    diagrams: () => diagramsOf(reader.view(), isType),
    shownDiagram: () => scene().planes[0]?.diagram ?? null,
    async showDiagram(key) {
      chosen = key;
      await render();
      tell();
    },
    shownPlane: planeInSight,
    async showPlane(key) {
      const isHere = () => scene().planes.find((plane) => plane.key === key);
      if (isHere() === undefined) {
        const diagram = diagramWith(reader.view(), key, shown.references, isType);
        if (diagram === null) return false;
        chosen = diagram;
        await render();
        tell();
      }
      const plane = isHere();
      const root = plane && stage.rootOf(plane);
      if (root === undefined) return false;
      if (stage.canvas.getRootElement() !== root) stage.canvas.setRootElement(root);
      return true;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFault(listener) {
      faultListeners.add(listener);
      return () => faultListeners.delete(listener);
    },
    destroy() {
      stop();
      listeners.clear();
      faultListeners.clear();
      // A drag goes on scrolling by itself.
      viewer.get<Dragging>('dragging', false)?.cancel();
      viewer.destroy();
    },
  };
}

const dragEnds = ['drag.canceled', 'drag.ended'];
