/** What the layout reads of a BPMN model, without a word about where anything lies. */
import { is, type Moddle } from '../viewer.ts';

export function listOf(element: Moddle | undefined, property: string): Moddle[] {
  const value = element?.get(property);
  return Array.isArray(value) ? value : [];
}

export function oneOf(element: Moddle | undefined, property: string): Moddle | undefined {
  const value = element?.get(property);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Moddle) : undefined;
}

/** The boxes of a flow, without the events that sit on the border of another. */
export function flowNodesOf(container: Moddle): Moddle[] {
  return listOf(container, 'flowElements').filter(
    (element) => is(element, 'bpmn:FlowNode') && !is(element, 'bpmn:BoundaryEvent'),
  );
}

export function boundaryEventsOf(container: Moddle): Moddle[] {
  return listOf(container, 'flowElements').filter((element) => is(element, 'bpmn:BoundaryEvent'));
}

/** Data and annotations: what is placed beside the flow. */
export function companionsOf(container: Moddle): Moddle[] {
  const data = listOf(container, 'flowElements').filter(
    (element) => is(element, 'bpmn:DataObjectReference') || is(element, 'bpmn:DataStoreReference'),
  );
  return [...data, ...listOf(container, 'artifacts').filter((one) => is(one, 'bpmn:TextAnnotation'))];
}

/** A connection by its two ends. */
export interface Link {
  readonly element: Moddle;
  readonly from: Moddle;
  readonly to: Moddle;
}

export function sequenceFlowsOf(container: Moddle): Link[] {
  return listOf(container, 'flowElements')
    .filter((element) => is(element, 'bpmn:SequenceFlow'))
    .flatMap((element) => linkOf(element));
}

/** Associations of text and of data, drawn as plain lines. */
export function associationsOf(container: Moddle): Link[] {
  const lines = listOf(container, 'artifacts').filter((one) => is(one, 'bpmn:Association'));
  const data = listOf(container, 'flowElements').flatMap((owner) => [
    ...listOf(owner, 'dataInputAssociations').flatMap((element) =>
      listOf(element, 'sourceRef')
        .slice(0, 1)
        .map((from) => ({ element, from, to: owner })),
    ),
    ...listOf(owner, 'dataOutputAssociations').flatMap((element) => {
      const to = oneOf(element, 'targetRef');
      return to === undefined ? [] : [{ element, from: owner, to }];
    }),
  ]);
  return [...lines.flatMap((element) => linkOf(element)), ...data];
}

export function linkOf(element: Moddle): Link[] {
  const [from, to] = [oneOf(element, 'sourceRef'), oneOf(element, 'targetRef')];
  return from === undefined || to === undefined ? [] : [{ element, from, to }];
}

/** A lane and how deep it lies in others; lanes that hold others come before them. */
export interface LaneAt {
  readonly lane: Moddle;
  readonly depth: number;
  readonly leaf: boolean;
}

export function lanesOf(process: Moddle): LaneAt[] {
  const lanes: LaneAt[] = [];
  const walk = (set: Moddle | undefined, depth: number) => {
    for (const lane of listOf(set, 'lanes')) {
      const inner = oneOf(lane, 'childLaneSet');
      const leaf = listOf(inner, 'lanes').length === 0;
      lanes.push({ lane, depth, leaf });
      if (!leaf) walk(inner, depth + 1);
    }
  };
  // Several sets say the same in different ways; the first is the one to be drawn.
  if (is(process, 'bpmn:Process')) walk(listOf(process, 'laneSets')[0], 0);
  return lanes;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** As bpmn-js makes them. */
export function sizeOf(element: Moddle): Size {
  if (is(element, 'bpmn:Event')) return { width: 36, height: 36 };
  if (is(element, 'bpmn:Gateway')) return { width: 50, height: 50 };
  if (is(element, 'bpmn:DataObjectReference')) return { width: 36, height: 50 };
  if (is(element, 'bpmn:DataStoreReference')) return { width: 50, height: 50 };
  if (is(element, 'bpmn:TextAnnotation')) return { width: 160, height: 50 };
  return { width: 100, height: 80 };
}
