import type { Graph } from './graph.ts';
import { isOutside } from './key.ts';
import type { RawElement } from './raw.ts';

/**
 * An edge is drawn between two shapes of its own plane, and an event on a host of its own. Somebody may collapse a subprocess, which takes its shapes to a
 * plane of their own, while somebody else connects them on the old one: no tool can open a file with such an edge.
 */
export function endsElsewhere(graph: Graph, edge: RawElement, stands: (key: string) => boolean): boolean {
  const flow = graph.raw.get(drawnBy(edge) ?? '');
  return flow !== undefined && endsOf(flow).some((end) => isElsewhere(graph, end, edge.parent, stands));
}

/** The edges that stand on the shape, or edge, of an element: `drawn` is the element's key. */
export function* edgesAt(graph: Graph, drawn: string | null): Iterable<string> {
  if (drawn === null) return;
  for (const flow of [...graph.referrers.get(drawn), ...graph.contents.get(drawn)]) {
    const raw = graph.raw.get(flow);
    if (raw === undefined || !endsOf(raw).includes(drawn)) continue;
    for (const edge of graph.referrers.get(flow)) {
      if (drawnBy(graph.raw.get(edge)) === flow) yield edge;
    }
  }
}

/** What a shape or an edge draws. */
export function drawnBy(element: RawElement | null | undefined): string | null {
  if (element?.type !== 'bpmndi:BPMNShape' && element?.type !== 'bpmndi:BPMNEdge') return null;
  const drawn = element.values.get('&bpmnElement');
  return typeof drawn === 'string' && !isOutside(drawn) ? drawn : null;
}

/** An end that is drawn nowhere at all is the file's own way; one that is, and not here, is not. */
function isElsewhere(
  graph: Graph,
  end: string,
  plane: string | null,
  stands: (key: string) => boolean,
): boolean {
  let isDrawn = false;
  for (const key of graph.referrers.get(end)) {
    const shape = graph.raw.get(key);
    if (drawnBy(shape) !== end) continue;
    if (shape?.parent === plane && stands(key)) return false;
    isDrawn = true;
  }
  return isDrawn;
}

const connecting = new Set(['bpmn:SequenceFlow', 'bpmn:MessageFlow', 'bpmn:Association']);

function endsOf(flow: RawElement): string[] {
  const [source, target] = ['&sourceRef', '&targetRef'].map((register) => flow.values.get(register));
  const ends: unknown[] = connecting.has(flow.type)
    ? [source, target]
    : flow.type === 'bpmn:DataInputAssociation'
      ? [flow.lists.get('sourceRef')?.[0], flow.parent]
      : flow.type === 'bpmn:DataOutputAssociation'
        ? [flow.parent, target]
        : flow.type === 'bpmn:BoundaryEvent'
          ? [flow.values.get('&attachedToRef')]
          : [];
  return ends.filter((end): end is string => typeof end === 'string' && !isOutside(end));
}
