/** Gives shapes to what has none. What has one is not moved, but for the room that others need. */
import type { Box } from '../path.ts';
import { type Definitions, type Diagram, is, type Moddle, type Plane } from '../viewer.ts';
import { type Block, blockOf, headerWidth, padding, place, placeEvents } from './block.ts';
import { boundaryEventsOf, flowNodesOf, lanesOf, listOf, oneOf, sequenceFlowsOf } from './model.ts';
import { messageFlowsOf, sheetOfCollaboration, sheetOfProcess } from './pools.ts';
import { between } from './routes.ts';
import type { Pen } from './shapes.ts';

/** Of a file without a diagram: one for each collaboration, and for each process that is in none. */
export function layOutUndrawn(definitions: Definitions, pen: Pen): void {
  if ((definitions.diagrams ?? []).some(({ plane }) => plane !== undefined)) return;
  const roots = definitions.rootElements ?? [];
  const collaborations = roots.filter(
    (root) => is(root, 'bpmn:Collaboration') && listOf(root, 'participants').length > 0,
  );
  const pooled = new Set(
    collaborations.flatMap((one) => listOf(one, 'participants').map((pool) => oneOf(pool, 'processRef'))),
  );
  const processes = roots.filter((root) => is(root, 'bpmn:Process') && !pooled.has(root));
  const worth = [...collaborations, ...processes.filter((process) => flowNodesOf(process).length > 0)];
  // An empty process is the place to begin where there is nothing else.
  for (const root of worth.length > 0 ? worth : processes.slice(0, 1)) {
    const { plane } = pen.addDiagram(root);
    const block = is(root, 'bpmn:Process') ? sheetOfProcess(root) : sheetOfCollaboration(root);
    if (plane !== undefined) write(plane, block, pen);
  }
}

/** What is drawn: elements by their shapes and edges, and what has a plane of its own. */
interface Shown {
  readonly at: Map<Moddle, { readonly di: Moddle; readonly plane: Plane }>;
  readonly planes: Map<Moddle, Plane>;
}

function shownIn({ diagrams = [] }: Definitions): Shown {
  const shown: Shown = { at: new Map(), planes: new Map() };
  for (const { plane } of diagrams) {
    if (plane === undefined) continue;
    if (plane.bpmnElement !== undefined && !shown.planes.has(plane.bpmnElement)) {
      shown.planes.set(plane.bpmnElement, plane);
    }
    note(plane, shown);
  }
  return shown;
}

function note(plane: Plane, { at }: Shown): void {
  for (const di of plane.planeElement ?? []) {
    const element = oneOf(di, 'bpmnElement');
    if (element !== undefined && !at.has(element)) at.set(element, { di, plane });
  }
}

function write(plane: Plane, { boxes, routes }: Pick<Block, 'boxes' | 'routes'>, pen: Pen): void {
  for (const [element, box] of boxes) pen.addShape(plane, element, box);
  for (const [element, points] of routes) pen.addEdge(plane, element, points);
}

/** Steps of drawn processes that have no shape get one below the others of the same process. */
export function layOutMissing(definitions: Definitions, pen: Pen): void {
  const shown = shownIn(definitions);
  for (const root of definitions.rootElements ?? []) {
    if (is(root, 'bpmn:Process')) fillContainer(root, poolOf(root, definitions), shown, pen);
    if (is(root, 'bpmn:Collaboration')) addLinks(messageFlowsOf(root), shown, pen);
  }
}

function poolOf(process: Moddle, { rootElements = [] }: Definitions): Moddle | undefined {
  return rootElements
    .flatMap((root) => listOf(root, 'participants'))
    .find((participant) => oneOf(participant, 'processRef') === process);
}

/** `frame`: the pool or the open subprocess that the content lies in. */
function fillContainer(container: Moddle, frame: Moddle | undefined, shown: Shown, pen: Pen): void {
  const all = [...flowNodesOf(container), ...boundaryEventsOf(container)];
  const missing = all.filter((element) => !shown.at.has(element));
  const own = shown.planes.get(container);
  const plane =
    planeOf(flowNodesOf(container), shown) ??
    own ??
    (isRoomy(frame, shown) ? planeOf([frame], shown) : undefined);
  if (plane !== undefined && missing.length > 0) {
    addNodes(container, new Set(missing), plane === own ? undefined : frame, plane, shown, pen);
  }
  addLinks(sequenceFlowsOf(container), shown, pen);
  for (const node of flowNodesOf(container)) {
    if (is(node, 'bpmn:SubProcess')) fillContainer(node, node, shown, pen);
  }
}

function planeOf(elements: readonly (Moddle | undefined)[], { at }: Shown): Plane | undefined {
  return elements.map((element) => element && at.get(element)?.plane).find((plane) => plane !== undefined);
}

/** Not a pool that hides its process, nor a closed subprocess. */
function isRoomy(frame: Moddle | undefined, shown: Shown): boolean {
  const box = frame === undefined ? undefined : boundsOf(frame, shown);
  return box !== undefined && box.height > 100;
}

function addNodes(
  container: Moddle,
  missing: ReadonlySet<Moddle>,
  frame: Moddle | undefined,
  plane: Plane,
  shown: Shown,
  pen: Pen,
): void {
  const siblings = flowNodesOf(container).flatMap((node) => boundsOf(node, shown) ?? []);
  const frameBox = frame && boundsOf(frame, shown);
  const block = blockOf(container, missing);
  const made: Pick<Block, 'boxes' | 'routes'> = { boxes: new Map(), routes: new Map() };
  const lanes = lanesOf(container).length > 0 ? headerWidth : 0;
  const start = {
    x:
      siblings.length > 0
        ? Math.min(...siblings.map((box) => box.x))
        : (frameBox?.x ?? 120) + padding.side + headerWidth + lanes,
    y:
      siblings.length > 0
        ? Math.max(...siblings.map((box) => box.y + box.height)) + 60
        : (frameBox?.y ?? 40) + padding.top,
  };
  place(block, start, made);
  // Events on boxes that were there before.
  const events = boundaryEventsOf(container).filter((event) => missing.has(event) && !made.boxes.has(event));
  const hosts = new Map(events.map((event) => [event, oneOf(event, 'attachedToRef')]));
  const hostBoxes = new Map(
    [...hosts.values()].flatMap((host) => {
      const box = host && boundsOf(host, shown);
      return host && box ? [[host, box] as const] : [];
    }),
  );
  placeEvents(events, hosts, hostBoxes);
  for (const event of events) {
    const box = hostBoxes.get(event);
    if (box !== undefined) made.boxes.set(event, box);
  }
  if (frame !== undefined && frameBox !== undefined && block.boxes.size > 0) {
    grow(
      frame,
      frameBox,
      { right: start.x + block.width + padding.side, bottom: start.y + block.height + padding.bottom },
      container,
      plane,
      shown,
    );
  }
  const routes = new Map([...made.routes].filter(([element]) => !shown.at.has(element)));
  write(plane, { boxes: made.boxes, routes }, pen);
  note(plane, shown);
}

/** Makes a pool or an open subprocess, and its lanes, larger, and moves down what is below. */
function grow(
  frame: Moddle,
  box: Box,
  least: { readonly right: number; readonly bottom: number },
  container: Moddle,
  plane: Plane,
  shown: Shown,
): void {
  const oldBottom = box.y + box.height;
  const [wider, higher] = [
    Math.max(0, least.right - box.x - box.width),
    Math.max(0, least.bottom - oldBottom),
  ];
  const frames = [frame, ...lanesOf(container).map(({ lane }) => lane)];
  const own = new Set(frames);
  if (higher > 0) moveDown(plane, oldBottom, higher, own);
  for (const one of frames) {
    const bounds = oneOf(shown.at.get(one)?.di, 'bounds') as
      | (Moddle & { width: number; height: number; y: number })
      | undefined;
    if (bounds === undefined) continue;
    bounds.width += wider;
    if (bounds.y + bounds.height >= oldBottom - 1) bounds.height += higher;
  }
}

function moveDown(plane: Plane, from: number, by: number, but: ReadonlySet<Moddle>): void {
  for (const di of plane.planeElement ?? []) {
    const element = oneOf(di, 'bpmnElement');
    if (element !== undefined && but.has(element)) continue;
    const spots = [oneOf(di, 'bounds'), oneOf(oneOf(di, 'label'), 'bounds'), ...listOf(di, 'waypoint')];
    for (const spot of spots as ((Moddle & { y: number }) | undefined)[]) {
      if (spot !== undefined && spot.y >= from) spot.y += by;
    }
  }
}

function addLinks(links: ReturnType<typeof sequenceFlowsOf>, shown: Shown, pen: Pen): void {
  for (const { element, from, to } of links) {
    if (shown.at.has(element)) continue;
    const [source, target] = [shown.at.get(from), shown.at.get(to)];
    const [a, b] = [boundsOf(from, shown), boundsOf(to, shown)];
    if (source === undefined || source.plane !== target?.plane || a === undefined || b === undefined)
      continue;
    pen.addEdge(source.plane, element, between(a, b));
  }
}

function boundsOf(element: Moddle, shown: Shown): Box | undefined {
  const bounds = oneOf(shown.at.get(element)?.di, 'bounds');
  if (bounds === undefined) return undefined;
  const { x, y, width, height } = bounds as Moddle & Box;
  return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : undefined;
}

/** Gives ids to diagrams that have none: they are asked for by it. */
export function nameDiagrams({ diagrams = [] }: Definitions, pen: Pen): void {
  for (const diagram of diagrams as Diagram[]) pen.name(diagram);
}
