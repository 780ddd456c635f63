/** A collaboration laid out: its pools one above the other, as wide as the widest. */
import type { Box, Point } from '../path.ts';
import type { Moddle } from '../viewer.ts';
import { type Block, blockOf, headerWidth, padding, place } from './block.ts';
import { companionsOf, flowNodesOf, type Link, lanesOf, linkOf, listOf, oneOf, sizeOf } from './model.ts';
import { between, middleOf, upOrDown } from './routes.ts';

const betweenPools = 80;
const leastWidth = 600;
/** Of a pool whose process is nobody's business. */
const closedHeight = 60;
const origin: Point = { x: 160, y: 80 };

/** A process that is in no pool. */
export function sheetOfProcess(process: Moddle): Block {
  const made: Pick<Block, 'boxes' | 'routes'> = { boxes: new Map(), routes: new Map() };
  const block = blockOf(process);
  place(block, origin, made);
  return { ...made, width: block.width, height: block.height };
}

export function sheetOfCollaboration(collaboration: Moddle): Block {
  const pools = contentsOf(collaboration);
  const width = Math.max(leastWidth, ...pools.map((pool) => pool.width));
  const boxes = new Map<Moddle, Box>();
  const routes = new Map<Moddle, readonly Point[]>();
  let y = origin.y;
  for (const { participant, block, inset, height } of pools) {
    boxes.set(participant, { x: origin.x, y, width, height });
    if (block !== null) {
      place(block, { x: origin.x + inset.x, y: y + inset.y }, { boxes, routes });
      // Lanes reach to the right end of their pool.
      for (const { lane } of lanesOf(oneOf(participant, 'processRef') ?? participant)) {
        const box = boxes.get(lane);
        if (box !== undefined) boxes.set(lane, { ...box, width: origin.x + width - box.x });
      }
    }
    y += height + betweenPools;
  }
  placeNotes(collaboration, y, boxes);
  for (const link of messageFlowsOf(collaboration))
    routes.set(link.element, messageRoute(link, boxes, pools));
  for (const link of listOf(collaboration, 'artifacts').flatMap(linkOf)) {
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    if (from !== undefined && to !== undefined) routes.set(link.element, between(from, to));
  }
  for (const [element, points] of routes) if (points.length < 2) routes.delete(element);
  return { boxes, routes, width, height: y };
}

interface Pool {
  readonly participant: Moddle;
  readonly block: Block | null;
  /** From the corner of the pool to that of its content. */
  readonly inset: Point;
  readonly width: number;
  readonly height: number;
}

function contentsOf(collaboration: Moddle): Pool[] {
  const seen = new Set<Moddle>();
  return listOf(collaboration, 'participants').map((participant): Pool => {
    const process = oneOf(participant, 'processRef');
    const isEmpty =
      process === undefined || (flowNodesOf(process).length === 0 && lanesOf(process).length === 0);
    // A process that two pools refer to is drawn in the first.
    if (isEmpty || seen.has(process)) {
      return { participant, block: null, inset: { x: 0, y: 0 }, width: leastWidth, height: closedHeight };
    }
    seen.add(process);
    const block = blockOf(process);
    if (lanesOf(process).length > 0) {
      const inset = { x: headerWidth, y: 0 };
      return { participant, block, inset, width: headerWidth + block.width, height: block.height };
    }
    const inset = { x: headerWidth + padding.side, y: padding.top };
    return {
      participant,
      block,
      inset,
      width: inset.x + block.width + padding.side,
      height: Math.max(padding.top + block.height + padding.bottom, 140),
    };
  });
}

function placeNotes(collaboration: Moddle, y: number, boxes: Map<Moddle, Box>): void {
  let { x } = origin;
  for (const element of companionsOf(collaboration)) {
    const size = sizeOf(element);
    boxes.set(element, { x, y, ...size });
    x += size.width + 40;
  }
}

export function messageFlowsOf(collaboration: Moddle): Link[] {
  return listOf(collaboration, 'messageFlows').flatMap(linkOf);
}

/** Down or up through the space between the pools; a closed pool is met right above or below the other end. */
function messageRoute({ from, to }: Link, boxes: ReadonlyMap<Moddle, Box>, pools: readonly Pool[]): Point[] {
  const [source, target] = [boxes.get(from), boxes.get(to)];
  if (source === undefined || target === undefined) return [];
  const isPool = (end: Moddle) => pools.some(({ participant }) => participant === end);
  const [a, b] = [
    isPool(from) && !isPool(to) ? columnOf(source, target) : source,
    isPool(to) && !isPool(from) ? columnOf(target, source) : target,
  ];
  const upper = middleOf(a).y < middleOf(b).y ? a : b;
  const above = pools
    .map(({ participant }) => boxes.get(participant))
    .find((pool) => pool && holds(pool, upper));
  return upOrDown(a, b, above === undefined ? null : above.y + above.height + betweenPools / 2);
}

/** The part of a pool that lies above or below the middle of a box. */
function columnOf(pool: Box, box: Box): Box {
  return { ...pool, x: middleOf(box).x, width: 0 };
}

function holds(pool: Box, box: Box): boolean {
  const { y } = middleOf(box);
  return y >= pool.y && y <= pool.y + pool.height;
}
