/** One process or subprocess laid out by itself, from (0, 0) on. */
import type { Box, Point } from '../path.ts';
import { is, type Moddle } from '../viewer.ts';
import { columnsOf, type FlowEdge, gap } from './columns.ts';
import {
  associationsOf,
  boundaryEventsOf,
  companionsOf,
  flowNodesOf,
  lanesOf,
  listOf,
  oneOf,
  type Size,
  sequenceFlowsOf,
  sizeOf,
} from './model.ts';
import { backwards, between, downwards, forwards, middleOf, type Stop } from './routes.ts';

/** Where everything lies, in the order it is to be drawn. */
export interface Block extends Size {
  readonly boxes: Map<Moddle, Box>;
  readonly routes: Map<Moddle, readonly Point[]>;
}

/** Left of the content of a pool or a lane, for its name. */
export const headerWidth = 30;
/** Around the content of a pool or an open subprocess. */
export const padding = { side: 40, top: 40, bottom: 40 } as const;

/** Subprocesses within subprocesses are open to this depth, closed below. */
const mostDepth = 8;

/** `only`: the boxes to lay out, if not all. */
export function blockOf(container: Moddle, only?: ReadonlySet<Moddle>, depth = 0): Block {
  const nodes = flowNodesOf(container).filter((node) => only?.has(node) ?? true);
  const inner = new Map<Moddle, Block>();
  const sizes = nodes.map((node) => sizeOfNode(node, inner, depth));
  const lanes = only === undefined ? lanesOf(container) : [];
  const leaves = lanes.filter(({ leaf }) => leaf);
  const events = boundaryEventsOf(container).filter((event) => only?.has(event) ?? true);

  const indexOf = new Map(nodes.map((node, i) => [node, i]));
  const hostOf = new Map(events.map((event) => [event, oneOf(event, 'attachedToRef')]));
  const placeOf = (end: Moddle) => indexOf.get(end) ?? indexOf.get(hostOf.get(end) ?? end);
  const links = sequenceFlowsOf(container).flatMap((link) => {
    const [from, to] = [placeOf(link.from), placeOf(link.to)];
    return from === undefined || to === undefined ? [] : [{ ...link, a: from, b: to }];
  });
  const edges: FlowEdge[] = links.map(({ a, b, from }) => ({
    from: a,
    to: b,
    drop: hostOf.has(from) ? (sizes[a]?.height ?? 0) / 2 + 60 : 0,
  }));
  // Names of flows stand between the columns.
  const columnGap = links.some(({ element }) => element.get('name')) ? gap.named : gap.column;
  const columns = columnsOf(
    sizes,
    bandsOf(
      nodes,
      leaves.map(({ lane }) => lane),
    ),
    leaves.length || 1,
    edges,
    columnGap,
  );

  const depthOfLanes = Math.max(0, ...lanes.map((lane) => lane.depth + 1));
  const [left, top] = lanes.length === 0 ? [0, 0] : [depthOfLanes * headerWidth + padding.side / 2, gap.band];
  const move = (box: Box): Box => ({ ...box, x: box.x + left, y: box.y + top });

  const boxes = new Map<Moddle, Box>();
  const routes = new Map<Moddle, readonly Point[]>();
  const flow = columns.boxes.map(move);
  nodes.forEach((node, i) => {
    const box = flow[i];
    if (box === undefined) return;
    boxes.set(node, box);
    const content = inner.get(node);
    if (content !== undefined)
      place(content, { x: box.x + padding.side, y: box.y + padding.top }, { boxes, routes });
  });
  placeEvents(events, hostOf, boxes);

  let bottom = top + columns.height;
  links.forEach(({ element, from, to, b }, i) => {
    const [source, target] = [boxes.get(from), boxes.get(to)];
    if (source === undefined || target === undefined) return;
    if (columns.ranks.back.has(i)) {
      bottom += gap.pass;
      routes.set(element, backwards(source, target, bottom));
      return;
    }
    const stops: Stop[] = (columns.passes[i] ?? [])
      .map(move)
      .map((box) => ({ box, bend: box.x - columnGap / 2 }));
    stops.push({ box: target, bend: left + (columns.lefts[b] ?? 0) - columnGap / 2 });
    if (hostOf.has(from)) routes.set(element, downwards(source, stops, gap.pass));
    else
      routes.set(
        element,
        canGoDown(from, source, stops, flow) ? downwards(source, stops, 0) : forwards(source, stops),
      );
  });
  if (only === undefined) bottom = placeCompanions(container, bottom, { boxes, routes });

  const width = Math.max(left + columns.width, ...[...boxes.values()].map((box) => box.x + box.width));
  if (lanes.length === 0) return { boxes, routes, width, height: bottom };
  const whole = { width: width + padding.side, height: bottom + gap.band };
  const laneBoxes = boxesOfLanes(lanes, columns.bands, whole);
  return { boxes: new Map([...laneBoxes, ...boxes]), routes, ...whole };
}

/** A branch leaves its gateway downwards, where nothing is in the way: its name has a line of its own then. */
function canGoDown(from: Moddle, source: Box, [first]: readonly Stop[], flow: readonly Box[]): boolean {
  if (!is(from, 'bpmn:Gateway') || first === undefined) return false;
  const { x } = middleOf(source);
  const [top, bottom] = [source.y + source.height, middleOf(first.box).y];
  if (bottom < top) return false;
  return !flow.some(
    (box) =>
      box !== source && box.x <= x && x <= box.x + box.width && box.y < bottom && top < box.y + box.height,
  );
}

/** A subprocess is as large as what is in it, open; an empty one is closed. */
function sizeOfNode(node: Moddle, inner: Map<Moddle, Block>, depth: number): Size {
  if (!is(node, 'bpmn:SubProcess') || depth >= mostDepth || flowNodesOf(node).length === 0)
    return sizeOf(node);
  const block = blockOf(node, undefined, depth + 1);
  inner.set(node, block);
  return {
    width: Math.max(block.width + 2 * padding.side, 140),
    height: Math.max(block.height + padding.top + padding.bottom, 120),
  };
}

/** The lane of each box, by its number; what is in none is put into the last. */
function bandsOf(nodes: readonly Moddle[], lanes: readonly Moddle[]): number[] {
  const bandOf = new Map(
    lanes.flatMap((lane, band) => listOf(lane, 'flowNodeRef').map((node) => [node, band])),
  );
  return nodes.map((node) => bandOf.get(node) ?? Math.max(0, lanes.length - 1));
}

/** Everything of a block, moved. */
export function place(block: Block, { x, y }: Point, into: Pick<Block, 'boxes' | 'routes'>): void {
  for (const [element, box] of block.boxes) into.boxes.set(element, { ...box, x: box.x + x, y: box.y + y });
  for (const [element, points] of block.routes) {
    into.routes.set(
      element,
      points.map((point) => ({ x: point.x + x, y: point.y + y })),
    );
  }
}

/** On the lower border of their hosts, from the right. */
export function placeEvents(
  events: readonly Moddle[],
  hostOf: ReadonlyMap<Moddle, Moddle | undefined>,
  boxes: Map<Moddle, Box>,
): void {
  const taken = new Map<Moddle, number>();
  for (const event of events) {
    const host = hostOf.get(event);
    const box = host === undefined ? undefined : boxes.get(host);
    if (host === undefined || box === undefined) continue;
    const nth = taken.get(host) ?? 0;
    taken.set(host, nth + 1);
    const { width, height } = sizeOf(event);
    const room = Math.max(1, Math.floor(box.width / (width + 10)));
    const x = box.x + box.width - (width + 10) * ((nth % room) + 1) + 5;
    boxes.set(event, { x, y: box.y + box.height - height / 2, width, height });
  }
}

/** Data and annotations in a row below the flow, each under what it belongs to. Answers with the new bottom. */
function placeCompanions(
  container: Moddle,
  bottom: number,
  { boxes, routes }: Pick<Block, 'boxes' | 'routes'>,
): number {
  const links = associationsOf(container);
  const wishes = companionsOf(container).map((element) => {
    const link = links.find(({ from, to }) => from === element || to === element);
    const partner = link && boxes.get(link.from === element ? link.to : link.from);
    return { element, x: partner === undefined ? 0 : middleOf(partner).x };
  });
  wishes.sort((a, b) => a.x - b.x);
  let [free, lowest] = [-Infinity, bottom];
  for (const { element, x } of wishes) {
    const { width, height } = sizeOf(element);
    const left = Math.max(0, x - width / 2, free);
    const box = { x: left, y: bottom + 60, width, height };
    boxes.set(element, box);
    free = left + width + 60; // a name below it may be wider than the thing
    lowest = Math.max(lowest, box.y + height + 20);
  }
  for (const { element, from, to } of links) {
    const [source, target] = [boxes.get(from), boxes.get(to)];
    if (source !== undefined && target !== undefined) routes.set(element, between(source, target));
  }
  return lowest;
}

/** Lanes that hold lanes are as high as these together; the last one reaches to the bottom. */
function boxesOfLanes(
  lanes: ReturnType<typeof lanesOf>,
  bands: readonly { readonly y: number; readonly height: number }[],
  whole: Size,
): Map<Moddle, Box> {
  const boxes = new Map<Moddle, Box>();
  const open: { depth: number; lane: Moddle; y: number }[] = [];
  const close = (depth: number, y: number) => {
    for (let last = open.at(-1); last !== undefined && last.depth >= depth; last = open.at(-1)) {
      boxes.set(last.lane, boxAt(last.depth, last.y, y, whole));
      open.pop();
    }
  };
  let [band, y] = [0, 0];
  for (const { lane, depth, leaf } of lanes) {
    close(depth, y);
    boxes.set(lane, { x: 0, y, width: 0, height: 0 }); // its place in the order
    if (!leaf) {
      open.push({ depth, lane, y });
      continue;
    }
    band += 1;
    const next = bands[band];
    const end = next === undefined ? whole.height : next.y;
    boxes.set(lane, boxAt(depth, y, end, whole));
    y = end;
  }
  close(0, y);
  return boxes;
}

function boxAt(depth: number, top: number, bottom: number, { width }: Size): Box {
  const x = depth * headerWidth;
  return { x, y: top, width: width - x, height: bottom - top };
}
