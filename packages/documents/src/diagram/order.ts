import { compareOrder } from '../records/order-key.ts';
import type { Graph } from './graph.ts';

/** Two records in the order of what they lie in. */
export function byOrder(graph: Graph, a: string, b: string): number {
  return compareOrder(
    { order: graph.raw.get(a)?.order ?? null, id: a },
    { order: graph.raw.get(b)?.order ?? null, id: b },
  );
}
