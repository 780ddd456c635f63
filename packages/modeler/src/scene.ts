import type { DiagramElement, Elements } from '@tidemark/documents/diagram';
import type { ShownPlane } from './planes.ts';
import type { References } from './references.ts';
import type { IsType } from './types.ts';

/** What the document wants to be drawn, as bpmn-js's importer would draw it. A reading of one view. */
export interface Scene {
  readonly elements: Elements;
  readonly planes: readonly ShownPlane[];
  /** How an element is drawn, or null when the importer would leave it out. */
  drawing(key: string): Drawing | null;
  /** The element on the canvas that shows a thing inside it: the nearest owner that is drawn. */
  shownBy(key: string): string | null;
}

export interface Drawing {
  readonly key: string;
  readonly di: string;
  readonly plane: ShownPlane;
  readonly isEdge: boolean;
  /** Key of the shape it lies in; null: the root of its plane. */
  readonly container: string | null;
  readonly ends: readonly [source: string, target: string] | null;
  readonly host: string | null;
}

/** What the importer visits. A shape of anything else (a conversation, a message) stays in the document only. */
const drawable = [
  'bpmn:FlowNode',
  'bpmn:SequenceFlow',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
  'bpmn:Artifact',
  'bpmn:Lane',
  'bpmn:Participant',
  'bpmn:MessageFlow',
  'bpmn:DataInput',
  'bpmn:DataOutput',
  'bpmn:DataAssociation',
];

export function createScene(
  elements: Elements,
  planes: readonly ShownPlane[],
  references: References,
  isType: IsType,
): Scene {
  const typeOf = (key: string | null) => (key === null ? '' : (elements.get(key)?.type ?? ''));
  const is = (key: string | null, base: string) => isType(typeOf(key), base);

  /** Of several shapes of one element in a plane the importer takes the first; so does the order of the planes. */
  const diOf = (key: string): { di: string; plane: ShownPlane } | null => {
    const candidates = references.of('&bpmnElement', key);
    if (candidates.length === 0) return null;
    for (const plane of planes) {
      const here = candidates.filter((di) => elements.get(di)?.parent === plane.key && !di.includes('/'));
      if (here.length === 1) return { di: here[0]!, plane };
      if (here.length > 1) {
        const order = elements.get(plane.key)?.children.get('planeElement') ?? [];
        return { di: order.find((di) => here.includes(di)) ?? here[0]!, plane };
      }
    }
    return null;
  };

  const isDrawnIn = (key: string, plane: ShownPlane) => diOf(key)?.plane === plane;

  /** undefined: the importer does not come by. */
  const containerOf = (key: string, plane: ShownPlane): string | null | undefined => {
    let at = startOfClimb(key);
    while (at !== null) {
      if (at === plane.root) return null;
      if (is(at, 'bpmn:SubProcess') || is(at, 'bpmn:Lane')) {
        if (isDrawnIn(at, plane)) return at;
      } else if (is(at, 'bpmn:Process')) {
        return containerOfProcess(at, plane);
      }
      at = elements.get(at)?.parent ?? null;
    }
    return undefined;
  };

  const containerOfProcess = (process: string, plane: ShownPlane): string | null | undefined => {
    for (const participant of references.of('&processRef', process)) {
      if (elements.get(participant)?.parent !== plane.root) continue;
      return isDrawnIn(participant, plane) ? participant : null;
    }
    // Lanes of a process that no pool shows are drawn on the collaboration itself.
    const hasLanes = (elements.get(process)?.children.get('laneSets')?.length ?? 0) > 0;
    return is(plane.root, 'bpmn:Collaboration') && hasLanes ? null : undefined;
  };

  /** Data inputs and outputs, and data associations, lie beside the activity that owns them. */
  const startOfClimb = (key: string): string | null => {
    let owner = elements.get(key)?.parent ?? null;
    if (is(key, 'bpmn:DataInput') || is(key, 'bpmn:DataOutput')) {
      const specified = owner === null ? null : (elements.get(owner)?.parent ?? null);
      owner = is(specified, 'bpmn:Activity') ? (elements.get(specified!)?.parent ?? null) : specified;
    } else if (is(key, 'bpmn:DataAssociation') && owner !== null) {
      owner = elements.get(owner)?.parent ?? null;
    }
    return owner;
  };

  /** The importer goes from plane to plane: what an edge connects is drawn by then, or the edge is not. */
  const isDrawnBefore = (key: string, plane: ShownPlane): boolean => {
    const drawn = diOf(key);
    return drawn !== null && planes.indexOf(drawn.plane) <= planes.indexOf(plane);
  };

  const drawing = (key: string): Drawing | null => {
    const element = elements.get(key);
    if (element === undefined || !drawable.some((type) => isType(element.type, type))) return null;
    const found = diOf(key);
    if (found === null) return null;
    const shape = elements.get(found.di);
    const isEdge = shape !== undefined && isType(shape.type, 'bpmndi:BPMNEdge');
    if (!isEdge && shape?.values.get('$bounds') === undefined) return null;
    const container = containerOf(key, found.plane);
    if (container === undefined) return null;
    const ends = isEdge ? endsOf(key, element, isType) : null;
    if (isEdge && (ends === null || !ends.every((end) => isDrawnBefore(end, found.plane)))) return null;
    const host = element.values.get('&attachedToRef');
    if (isType(element.type, 'bpmn:BoundaryEvent') && typeof host !== 'string') return null;
    return {
      key,
      ...found,
      isEdge,
      container: isType(element.type, 'bpmn:DataAssociation') ? null : container,
      ends,
      host: isType(element.type, 'bpmn:BoundaryEvent') ? (host as string) : null,
    };
  };

  const shownBy = (key: string): string | null => {
    for (let at: string | null = key; at !== null; at = elements.get(at)?.parent ?? null) {
      if (references.of('&bpmnElement', at).length > 0) return at;
      const drawn = elements.get(at)?.values.get('&bpmnElement');
      if (typeof drawn === 'string') return drawn;
    }
    return null;
  };

  return { elements, planes, drawing, shownBy };
}

function endsOf(key: string, element: DiagramElement, isType: IsType): readonly [string, string] | null {
  const source = element.values.get('&sourceRef') ?? element.lists.get('sourceRef')?.[0];
  const target = element.values.get('&targetRef');
  const ends: readonly unknown[] = isType(element.type, 'bpmn:DataInputAssociation')
    ? [source, element.parent]
    : isType(element.type, 'bpmn:DataOutputAssociation')
      ? [element.parent, target]
      : [source, target];
  const [from, to] = ends;
  return typeof from === 'string' && typeof to === 'string' && from !== key && to !== key ? [from, to] : null;
}
