import {
  childrenAt,
  definitionsAt,
  type Elements,
  nameOf,
  referenceAt,
  typeWordsAt,
} from './elements-view.ts';
import { flowOrder } from './flow-order.ts';

/** One line of the outline. */
export interface OutlineNode {
  readonly key: string;
  readonly type: string;
  readonly definitions: readonly string[];
  /** '' when the element has no name. */
  readonly name: string;
  /** Type in words: what is shown beside the name, or instead of it. */
  readonly words: string;
  readonly children: readonly OutlineNode[];
}

/** The diagram as a tree that reads as the process runs: pools, lanes, steps in flow order, what is attached to each. */
export function outlineOf(elements: Elements, root: string | null): readonly OutlineNode[] {
  if (root === null) return [];
  const tops = childrenAt(elements, root, 'rootElements');
  const collaborations = tops.filter((key) => elements.get(key)?.type === 'bpmn:Collaboration');
  const pools = collaborations.flatMap((key) => childrenAt(elements, key, 'participants'));
  const inPools = new Set(pools.map((key) => referenceAt(elements, key, 'processRef')));
  const alone = tops.filter((key) => elements.get(key)?.type === 'bpmn:Process' && !inPools.has(key));
  return [
    ...pools.map((key) => poolNode(elements, key)),
    ...collaborations.flatMap((key) => [
      ...childrenAt(elements, key, 'messageFlows').map((flow) => flowNode(elements, flow)),
      ...artifactNodes(elements, key),
    ]),
    // A process without steps beside pools is one that a pool refers to no more.
    ...alone
      .filter((key) => pools.length === 0 || childrenAt(elements, key, 'flowElements').length > 0)
      .map((key) => node(elements, key, containerNodes(elements, key))),
  ];
}

function node(elements: Elements, key: string, children: readonly OutlineNode[] = []): OutlineNode {
  return {
    key,
    type: elements.get(key)?.type ?? '',
    definitions: definitionsAt(elements, key),
    name: nameOf(elements, key),
    words: typeWordsAt(elements, key),
    children,
  };
}

function poolNode(elements: Elements, key: string): OutlineNode {
  const process = referenceAt(elements, key, 'processRef');
  return node(elements, key, process === null ? [] : containerNodes(elements, process));
}

function artifactNodes(elements: Elements, owner: string): OutlineNode[] {
  return childrenAt(elements, owner, 'artifacts')
    .filter((key) => elements.get(key)?.type !== 'bpmn:Association')
    .map((key) => node(elements, key));
}

/** Edges of a process or subprocess, both ways round. */
interface Flows {
  readonly outgoing: ReadonlyMap<string, readonly string[]>;
  readonly attached: ReadonlyMap<string, readonly string[]>;
}

function containerNodes(elements: Elements, owner: string): OutlineNode[] {
  const content = childrenAt(elements, owner, 'flowElements');
  const flows = flowsOf(elements, content);
  const steps: string[] = [];
  const data: string[] = [];
  for (const key of content) {
    const type = elements.get(key)?.type ?? '';
    if (type === 'bpmn:SequenceFlow' || type === 'bpmn:DataObject') continue;
    if (type === 'bpmn:BoundaryEvent' && referenceAt(elements, key, 'attachedToRef') !== null) continue;
    if (type === 'bpmn:DataObjectReference' || type === 'bpmn:DataStoreReference') data.push(key);
    else steps.push(key);
  }
  const ordered = flowOrder(
    steps,
    (key) =>
      [key, ...(flows.attached.get(key) ?? [])].flatMap((from) =>
        (flows.outgoing.get(from) ?? []).flatMap((flow) =>
          hostOf(elements, referenceAt(elements, flow, 'targetRef')),
        ),
      ),
    (key) => elements.get(key)?.type === 'bpmn:StartEvent',
  );
  const stepNodes = new Map(ordered.map((key) => [key, stepNode(elements, key, flows)]));
  return [
    ...childrenAt(elements, owner, 'laneSets').flatMap((set) => laneNodes(elements, set, stepNodes)),
    ...stepNodes.values(),
    ...data.map((key) => node(elements, key)),
    ...artifactNodes(elements, owner),
  ];
}

/** A flow into a boundary event leads, for the order, to what the event sits on. */
function hostOf(elements: Elements, target: string | null): string[] {
  if (target === null) return [];
  return [referenceAt(elements, target, 'attachedToRef') ?? target];
}

function flowsOf(elements: Elements, content: readonly string[]): Flows {
  const outgoing = new Map<string, string[]>();
  const attached = new Map<string, string[]>();
  const push = (map: Map<string, string[]>, at: string, key: string) => {
    const list = map.get(at);
    if (list) list.push(key);
    else map.set(at, [key]);
  };
  for (const key of content) {
    const type = elements.get(key)?.type;
    if (type === 'bpmn:SequenceFlow') {
      const source = referenceAt(elements, key, 'sourceRef');
      if (source !== null) push(outgoing, source, key);
    } else if (type === 'bpmn:BoundaryEvent') {
      const host = referenceAt(elements, key, 'attachedToRef');
      if (host !== null) push(attached, host, key);
    }
  }
  return { outgoing, attached };
}

/** A step with what happens inside, what is attached to it, and the flows out of it that are worth a line. */
function stepNode(elements: Elements, key: string, flows: Flows): OutlineNode {
  const out = flows.outgoing.get(key) ?? [];
  const worth = out.filter((flow) => out.length > 1 || nameOf(elements, flow) !== '');
  return node(elements, key, [
    ...containerNodesIfAny(elements, key),
    ...(flows.attached.get(key) ?? []).map((event) => stepNode(elements, event, flows)),
    ...worth.map((flow) => flowNode(elements, flow)),
  ]);
}

function containerNodesIfAny(elements: Elements, key: string): readonly OutlineNode[] {
  const element = elements.get(key);
  return element?.children.has('flowElements') || element?.children.has('artifacts')
    ? containerNodes(elements, key)
    : [];
}

/** A flow is known by where it leads. */
function flowNode(elements: Elements, key: string): OutlineNode {
  const plain = node(elements, key);
  const target = referenceAt(elements, key, 'targetRef');
  if (target === null) return plain;
  const to = nameOf(elements, target) || typeWordsAt(elements, target).toLowerCase();
  return { ...plain, words: `${plain.words} to ${to}` };
}

/** Lanes take their steps out of `steps`, in the order in which these stand. */
function laneNodes(elements: Elements, set: string, steps: Map<string, OutlineNode>): OutlineNode[] {
  return childrenAt(elements, set, 'lanes').map((lane) => {
    const inner = laneNodes(elements, `${lane}/childLaneSet`, steps);
    const members = new Set(elements.get(lane)?.lists.get('flowNodeRef') ?? []);
    const own = [...steps.values()].filter(({ key }) => members.has(key));
    for (const { key } of own) steps.delete(key);
    return node(elements, lane, [...inner, ...own]);
  });
}
