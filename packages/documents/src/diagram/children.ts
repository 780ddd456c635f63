import type { DiagramElement } from './element.ts';
import type { Graph } from './graph.ts';
import { ownerOfKey } from './key.ts';
import { byOrder } from './order.ts';

const none: DiagramElement['children'] = new Map();

/**
 * What an element holds many of, by property, in order. `touched` are those that may stand elsewhere than in
 * `before`; the others keep their places, so a long list is not sorted again.
 */
export function childrenOf(
  graph: Graph,
  stands: (key: string) => boolean,
  owner: string,
  before: DiagramElement['children'] | undefined,
  touched: ReadonlySet<string> | undefined,
): DiagramElement['children'] {
  if (before !== undefined && touched === undefined) return before;
  const lists = new Map<string, string[]>();
  for (const [property, keys] of before ?? none) {
    const kept = keys.filter((key) => !touched!.has(key));
    if (kept.length > 0) lists.set(property, kept);
  }
  const fresh = before === undefined ? graph.contents.get(owner) : touched!;
  for (const key of fresh) {
    const element = graph.raw.get(key);
    if (element?.parent !== owner || element.property === null || ownerOfKey(key) !== null || !stands(key))
      continue;
    const list = lists.get(element.property);
    if (list === undefined) lists.set(element.property, [key]);
    else if (before === undefined) list.push(key);
    else list.splice(placeIn(graph, list, key), 0, key);
  }
  if (before === undefined) for (const list of lists.values()) list.sort((a, b) => byOrder(graph, a, b));
  return lists.size === 0 ? none : lists;
}

function placeIn(graph: Graph, list: readonly string[], key: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byOrder(graph, list[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
