import { isObject } from '../records/json.ts';
import type { Graph } from './graph.ts';
import { byOrder } from './order.ts';
import type { RawElement } from './raw.ts';

const claims = 'flowNodeRef';

/**
 * Of the lanes of one set that claim a node, the one it is drawn in has it, or else the first. Two people may have
 * moved it to two lanes at once; its shape is where one of them has put it.
 */
export function laneOf(
  graph: Graph,
  stands: (key: string) => boolean,
  lane: RawElement,
  node: string,
): string {
  const claiming = [lane.key];
  for (const key of lanesOf(graph, node)) {
    if (key === lane.key || !stands(key)) continue;
    const other = graph.raw.get(key)!;
    if (other.parent === lane.parent && other.lists.get(claims)?.includes(node)) claiming.push(key);
  }
  if (claiming.length === 1) return lane.key;
  claiming.sort((a, b) => byOrder(graph, a, b));
  return claiming.find((key) => isDrawnIn(graph, node, key)) ?? claiming[0]!;
}

/** Lanes that may claim a node. */
export function* lanesOf(graph: Graph, node: string): Iterable<string> {
  for (const key of graph.referrers.get(node)) if (graph.raw.get(key)?.type === 'bpmn:Lane') yield key;
}

/** Lanes that may claim other nodes, or lose some, when this element, or where it is drawn, is another one. */
export function* lanesAround(graph: Graph, element: RawElement): Iterable<string> {
  for (const node of element.lists.get(claims) ?? []) yield* lanesOf(graph, node);
  if (element.type !== 'bpmndi:BPMNShape') return;
  const drawn = element.values.get('&bpmnElement');
  if (typeof drawn !== 'string') return;
  yield* lanesOf(graph, drawn);
  for (const node of graph.raw.get(drawn)?.lists.get(claims) ?? []) yield* lanesOf(graph, node);
}

/** Whether the middle of what the one draws lies in what the other does. */
function isDrawnIn(graph: Graph, node: string, lane: string): boolean {
  const inner = boxOf(graph, node);
  const outer = boxOf(graph, lane);
  if (inner === null || outer === null) return false;
  const x = inner.x + inner.width / 2;
  const y = inner.y + inner.height / 2;
  return x >= outer.x && x < outer.x + outer.width && y >= outer.y && y < outer.y + outer.height;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(graph: Graph, key: string): Box | null {
  let first: RawElement | null = null;
  for (const di of graph.referrers.get(key)) {
    const shape = graph.raw.get(di);
    if (shape?.type !== 'bpmndi:BPMNShape' || shape.values.get('&bpmnElement') !== key) continue;
    if (shape.values.has('$bounds') && (first === null || di < first.key)) first = shape;
  }
  const bounds = first?.values.get('$bounds');
  // The schema lets no other bounds through.
  return bounds !== undefined && isObject(bounds) ? (bounds as unknown as Box) : null;
}
