import { mendCircles } from './circles.ts';
import { drawingsNear, mendDrawings } from './drawings.ts';
import type { Graph, GraphChange } from './graph.ts';
import { eventsOn, mendEvents } from './hosts.ts';
import type { Mends } from './mend.ts';
import { mendPages } from './pages.ts';
import { mendPools } from './pools.ts';

/**
 * Where edits that two people made at once contradict each other, one of them would hide the work of the other. So
 * the graph shows some elements otherwise than their records have them. What is mended, and how, follows from the
 * records alone; which records can have to do with it, from what changed and what was mended so far.
 */
export interface Mending {
  /** Mends the graph. Returns the changes with those that mending made. */
  update(changes: readonly GraphChange[], root: string | null): readonly GraphChange[];
}

export function createMending(graph: Graph): Mending {
  let inCircles: ReadonlySet<string> = new Set();
  const collaborations = new Set<string>();
  const planes = new Set<string>();
  let last: Mends = new Map();

  const sort = (set: Set<string>, type: string, key: string) => {
    if (graph.written.get(key)?.type === type) set.add(key);
    else set.delete(key);
  };

  return {
    update(changes, root) {
      const mends: Mends = new Map();
      const changed = changes.map(({ key }) => key);
      inCircles = mendCircles(graph.written, root, [...changed, ...inCircles], mends);
      for (const key of changed) {
        sort(collaborations, 'bpmn:Collaboration', key);
        sort(planes, 'bpmndi:BPMNPlane', key);
      }
      mendPools(graph.written, collaborations, planes, mends);
      mendPages(graph.written, root, planes, mends);
      const events = new Set<string>();
      for (const key of [...changed, ...last.keys(), ...mends.keys()]) {
        for (const event of eventsOn(graph.written, key)) events.add(event);
      }
      mendEvents(graph.written, events, mends);
      mendDrawings(graph.written, drawingsNear(graph.written, changes, last, mends), mends);
      if (mends.size === 0 && last.size === 0) return changes;
      last = mends;
      return graph.amend(mends, changes);
    },
  };
}
