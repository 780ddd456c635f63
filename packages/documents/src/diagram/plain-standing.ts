import { isRemoved } from '../records/schema.ts';
import type { RecordState, State } from '../records/state.ts';
import { plainlyMended, plainOwner } from './plain-mending.ts';

/**
 * Who shows, found in the plainest way: everything that hangs on the root, then again and again without what lacks
 * something, until nothing changes. What the quick way is compared with.
 */
export function plainStanding(state: State): string[] {
  const written = new Map<string, RecordState>();
  for (const [key, record] of [...(state.el ?? []), ...(state.one ?? [])]) {
    if (!isRemoved(record) && typeof record.get('t') === 'string') written.set(key, record);
  }
  const root = state.meta?.get('meta')?.get('root');
  const records = plainlyMended(written, String(root));
  const ownerOf = (key: string) => plainOwner(records, key);
  const dropped = new Set(
    [...records.keys()].filter((key) => {
      const owner = records.get(ownerOf(key) ?? '');
      return (
        key !== root &&
        owner !== undefined &&
        !mayHold(String(owner.get('t')), propertyOf(key, records), String(records.get(key)!.get('t')))
      );
    }),
  );
  const hangs = (key: string): boolean => {
    const path = new Set<string>();
    for (let at: string | null = key; at !== null; at = ownerOf(at)) {
      if (path.has(at) || dropped.has(at) || !records.has(at)) return false;
      if (at === root) return records.get(at)!.get('t') === 'bpmn:Definitions';
      path.add(at);
    }
    return false;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [key, record] of records) {
      const typeOf = (target: string) => String(records.get(target)?.get('t'));
      if (dropped.has(key) || !hangs(key)) continue;
      if (!lacks(key, record, hangs, typeOf) && !isTorn(key, record, records, ownerOf, hangs)) continue;
      dropped.add(key);
      changed = true;
    }
  }
  return [...records.keys()].filter(hangs).sort();
}

/** An edge in a plane where one of its ends is not drawn, though it is in another. */
function isTorn(
  key: string,
  edge: RecordState,
  records: ReadonlyMap<string, RecordState>,
  ownerOf: (key: string) => string | null,
  there: (key: string) => boolean,
): boolean {
  if (!/:BPMN(Shape|Edge)$/.test(String(edge.get('t')))) return false;
  const flow = records.get(String(edge.get('&bpmnElement')));
  if (
    flow === undefined ||
    !/:(SequenceFlow|MessageFlow|Association|BoundaryEvent)$/.test(String(flow.get('t')))
  )
    return false;
  return ['&sourceRef', '&targetRef', '&attachedToRef'].some((register) => {
    const end = flow.get(register);
    const shapes = [...records].filter(
      ([, shape]) => /:BPMN(Shape|Edge)$/.test(String(shape.get('t'))) && shape.get('&bpmnElement') === end,
    );
    return shapes.length > 0 && !shapes.some(([shape]) => ownerOf(shape) === ownerOf(key) && there(shape));
  });
}

function propertyOf(key: string, records: ReadonlyMap<string, RecordState>): string {
  const place = records.get(key)!.get('pf');
  return key.includes('/')
    ? key.slice(key.lastIndexOf('/') + 1)
    : Array.isArray(place)
      ? String(place[1])
      : '';
}

/** As far as the random people go. */
function mayHold(owner: string, property: string, type: string): boolean {
  switch (property) {
    case 'flowElements':
      return /:(Process|SubProcess)$/.test(owner) && /Task|SubProcess|Event$|Flow$/.test(type);
    case 'extensionElements':
      return owner.startsWith('bpmn:') && type === 'bpmn:ExtensionElements';
    case 'eventDefinitions':
      return owner.endsWith('Event');
    default:
      return true;
  }
}

function lacks(
  key: string,
  record: RecordState,
  there: (key: string) => boolean,
  typeOf: (key: string) => string,
): boolean {
  const gone = (register: string) => {
    const target = record.get(register);
    return typeof target === 'string' && !target.startsWith('?') && !there(target);
  };
  switch (record.get('t')) {
    case 'bpmn:SequenceFlow':
    case 'bpmn:MessageFlow':
    case 'bpmn:Association':
      return gone('&sourceRef') || gone('&targetRef');
    case 'bpmn:BoundaryEvent':
      return gone('&attachedToRef');
    case 'bpmndi:BPMNShape':
      return record.get('$bounds') === undefined || gone('&bpmnElement');
    case 'bpmndi:BPMNEdge':
      return record.get('$waypoint') === undefined || gone('&bpmnElement');
    case 'bpmndi:BPMNPlane': {
      const subject = record.get('&bpmnElement');
      const hasPages = /:((Sub)?Process|Collaboration)$/.test(typeOf(String(subject)));
      return gone('&bpmnElement') || (typeof subject === 'string' && !hasPages);
    }
    case 'bpmndi:BPMNDiagram':
      return !there(`${key}/plane`);
    default:
      return false;
  }
}
