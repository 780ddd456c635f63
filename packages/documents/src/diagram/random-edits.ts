import fc from 'fast-check';
import { createEditor, type Editor } from '../records/editor.ts';
import { createFakeNetwork, type FakeNetwork } from '../records/fake-network.ts';
import { readState } from '../records/state.ts';
import { createUndo, type Undo } from '../records/undo.ts';
import { type Draft, draftOf } from './draft.ts';
import type { Elements } from './element.ts';
import { keyOfOnly, ownerOfKey } from './key.ts';
import { redraw, setExpanded } from './random-drawings.ts';
import { seedDiagram } from './seed.ts';
import { type DiagramView, diagram } from './view.ts';
import { writeDifference } from './write.ts';

/** Random people at work on one diagram, for property tests. They write what bpmn-js would make of it. */

export interface Edit {
  readonly who: number;
  readonly what: keyof typeof gestures;
  readonly pick: number;
  readonly other: number;
  /** Updates delivered after the edit: to whom, and which of those that wait. */
  readonly deliveries: readonly (readonly [to: number, pick: number])[];
}

type Gesture = (draft: Draft, pick: number, other: number, fresh: () => string) => void;

const flowOwner = 'flowElements';
const ofTypes = (draft: Draft, pattern: RegExp) =>
  [...draft.elements]
    .filter(([, { type }]) => pattern.test(type))
    .map(([key]) => key)
    .sort();
const nodes = /Task|SubProcess|Event$|Gateway/;
const owners = /:(Process|SubProcess)$/;
const pickOf = (keys: readonly string[], pick: number) => keys[pick % keys.length];
const plane = 'diagram/plane';

const onNode =
  (act: (draft: Draft, key: string, other: number, fresh: () => string) => void): Gesture =>
  (draft, pick, other, fresh) => {
    const key = pickOf(ofTypes(draft, nodes), pick);
    if (key !== undefined) act(draft, key, other, fresh);
  };

function isWithin(draft: Draft, key: string, owner: string): boolean {
  for (let at: string | null = key; at !== null; at = draft.elements.get(at)?.parent ?? null) {
    if (at === owner) return true;
  }
  return false;
}

function drawn(draft: Draft, key: string, shape: string, at: number): void {
  draft.add(shape, 'bpmndi:BPMNShape', plane, 'planeElement', {
    '@id': `${key}_di`,
    '&bpmnElement': key,
    $bounds: { x: at, y: at, width: 100, height: 80 },
  });
}

const gestures = {
  addTask: (draft, pick, other, fresh) => {
    const owner = pickOf(ofTypes(draft, owners), pick);
    if (owner === undefined || !draft.elements.has(plane)) return;
    const key = fresh();
    const types = ['bpmn:Task', 'bpmn:SubProcess', 'bpmn:UserTask'] as const;
    draft.add(key, types[other % 3]!, owner, flowOwner, {
      '@id': `id${other % 7}`,
      '@name': `Task ${other}`,
    });
    drawn(draft, key, fresh(), other);
  },
  connect: (draft, pick, other, fresh) => {
    const all = ofTypes(draft, nodes);
    const source = pickOf(all, pick);
    const target = pickOf(all, other);
    const owner = source === undefined ? null : draft.elements.get(source)!.parent;
    if (source === undefined || target === undefined || owner === null || !draft.elements.has(plane)) return;
    const key = fresh();
    draft.add(key, 'bpmn:SequenceFlow', owner, flowOwner, {
      '@id': key,
      '&sourceRef': source,
      '&targetRef': target,
    });
    draft.add(fresh(), 'bpmndi:BPMNEdge', plane, 'planeElement', {
      '&bpmnElement': key,
      $waypoint: [
        [0, 0],
        [pick, other],
      ],
    });
  },
  associate: (draft, pick, other, fresh) => {
    // From anything to anything, associations too: what hides one can hide a chain of them.
    const all = ofTypes(draft, /Task|Association|SequenceFlow/);
    const source = pickOf(all, pick);
    const target = pickOf(all, other);
    if (source === undefined || target === undefined || !draft.elements.has('process')) return;
    const key = fresh();
    draft.add(key, 'bpmn:Association', 'process', 'artifacts', {
      '&sourceRef': source,
      '&targetRef': target,
    });
  },
  reconnect: (draft, pick, other) => {
    const flow = pickOf(ofTypes(draft, /SequenceFlow|:Association/), pick);
    const target = pickOf(ofTypes(draft, /Task|:Association/), other);
    if (flow !== undefined && target !== undefined) draft.put(flow, { set: { '&targetRef': target } });
  },
  boundary: onNode((draft, key, other, fresh) => {
    const { parent, type } = draft.elements.get(key)!;
    if (parent === null || type === 'bpmn:BoundaryEvent' || !draft.elements.has(plane)) return;
    const event = fresh();
    draft.add(event, 'bpmn:BoundaryEvent', parent, flowOwner, { '&attachedToRef': key });
    drawn(draft, event, fresh(), other);
    draft.add(fresh(), 'bpmn:TimerEventDefinition', event, 'eventDefinitions');
  }),
  rename: onNode((draft, key, other) => draft.put(key, { set: { '@name': `Name ${other}` } })),
  identify: onNode((draft, key, other) => draft.put(key, { set: { '@id': `id${other % 7}` } })),
  morph: onNode((draft, key, other) => {
    const types = ['bpmn:Task', 'bpmn:UserTask', 'bpmn:SubProcess', 'bpmn:ServiceTask'] as const;
    const { type } = draft.elements.get(key)!;
    if (/Task|SubProcess/.test(type)) draft.put(key, { type: types[other % 4]! });
  }),
  moveInto: onNode((draft, key, other) => {
    const owner = pickOf(ofTypes(draft, owners), other);
    if (owner === undefined || isWithin(draft, owner, key)) return;
    if (draft.elements.get(key)!.type === 'bpmn:BoundaryEvent') return;
    draft.move(key, owner, flowOwner);
    for (const [event, { values }] of [...draft.elements]) {
      if (values.get('&attachedToRef') === key) draft.move(event, owner, flowOwner);
    }
  }),
  pool: (draft, pick, other, fresh) => {
    const subject = draft.elements.get(plane)?.values.get('&bpmnElement');
    if (typeof subject !== 'string' || !draft.elements.has('definitions')) return;
    const isFirst = draft.elements.get(subject)?.type === 'bpmn:Process';
    const collaboration = isFirst ? fresh() : subject;
    const process = isFirst ? subject : fresh();
    if (isFirst) {
      draft.add(collaboration, 'bpmn:Collaboration', 'definitions', 'rootElements');
      draft.put(plane, { set: { '&bpmnElement': collaboration } });
    } else draft.add(process, 'bpmn:Process', 'definitions', 'rootElements');
    const pool = fresh();
    draft.add(pool, 'bpmn:Participant', collaboration, 'participants', {
      '&processRef': process,
      ...(pick % 3 === 0 ? {} : { '@name': `Pool ${pick}` }),
    });
    drawn(draft, pool, fresh(), other);
    const to = pickOf(ofTypes(draft, /Participant|Task/), pick);
    if (to === undefined || to === pool) return;
    const ends = { '&sourceRef': pool, '&targetRef': to };
    draft.add(fresh(), 'bpmn:MessageFlow', collaboration, 'messageFlows', ends);
  },
  attach: (draft, pick, other) => {
    const event = pickOf(ofTypes(draft, /BoundaryEvent/), pick);
    const host = pickOf(ofTypes(draft, /Task|SubProcess/), other);
    const owner = host === undefined ? null : draft.elements.get(host)!.parent;
    if (event === undefined || host === undefined || owner === null) return;
    draft.put(event, { set: { '&attachedToRef': host } });
    draft.move(event, owner, flowOwner);
  },
  reorder: onNode((draft, key, other) => {
    const { parent } = draft.elements.get(key)!;
    if (parent !== null) draft.move(key, parent, flowOwner, other % 3);
  }),
  moveShape: (draft, pick, other) => {
    const shape = pickOf(ofTypes(draft, /BPMNShape/), pick);
    if (shape !== undefined)
      draft.put(shape, { set: { $bounds: { x: other, y: pick, width: 100, height: 80 } } });
  },
  toFront: (draft, pick) => {
    const shape = pickOf(ofTypes(draft, /BPMNShape|BPMNEdge/), pick);
    if (shape !== undefined) draft.move(shape, draft.elements.get(shape)!.parent!, 'planeElement');
  },
  remove: (draft, pick) => {
    const key = pickOf(ofTypes(draft, /./), pick);
    // Mostly not the root: little is to be seen after that.
    if (
      key !== undefined &&
      !(ownerOfKey(key) === null && /Definitions|Process$/.test(draft.elements.get(key)!.type))
    )
      draft.remove(key);
  },
  removeDrawn: onNode((draft, key) => {
    for (const [shape, { values }] of [...draft.elements]) {
      if (values.get('&bpmnElement') === key) draft.remove(shape);
    }
    draft.remove(key);
  }),
  extend: onNode((draft, key, other, fresh) => {
    const only = keyOfOnly(key, 'extensionElements');
    if (!draft.elements.has(only)) draft.add(only, 'bpmn:ExtensionElements', key, 'extensionElements');
    draft.add(fresh(), 'x:y', only, 'values', { g: [{ d: 0, n: 'x:y', u: 'urn:x', b: `${other}` }] });
  }),
  collapse: onNode((draft, key, _other, fresh) => {
    if (draft.elements.get(key)!.type !== 'bpmn:SubProcess' || !draft.elements.has('definitions')) return;
    if (ofTypes(draft, /Plane$/).some((at) => draft.elements.get(at)!.values.get('&bpmnElement') === key))
      return;
    const page = fresh();
    setExpanded(draft, key, false);
    draft.add(page, 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
    draft.add(keyOfOnly(page, 'plane'), 'bpmndi:BPMNPlane', page, 'plane', { '&bpmnElement': key });
  }),
  expand: onNode((draft, key) => {
    if (draft.elements.get(key)!.type !== 'bpmn:SubProcess') return;
    setExpanded(draft, key, true);
    redraw(draft);
    for (const page of ofTypes(draft, /BPMNDiagram/)) {
      const shown = draft.elements.get(keyOfOnly(page, 'plane'));
      if (shown?.values.get('&bpmnElement') !== key) continue;
      for (const drawing of shown.children.get('planeElement') ?? []) {
        draft.move(drawing, plane, 'planeElement');
      }
      draft.remove(page);
    }
  }),
  lanes: (draft, pick, other, fresh) => {
    if (!draft.elements.has('process')) return;
    let lane = pickOf(ofTypes(draft, /:Lane$/), pick);
    if (lane === undefined || other % 4 === 0) {
      const sets = ofTypes(draft, /LaneSet/);
      const set = other % 3 === 0 ? undefined : pickOf(sets, other);
      const home = set ?? fresh();
      if (set === undefined) draft.add(home, 'bpmn:LaneSet', 'process', 'laneSets');
      lane = fresh();
      draft.add(lane, 'bpmn:Lane', home, 'lanes');
      if (draft.elements.has(plane)) drawn(draft, lane, fresh(), other + 30);
    }
    const node = pickOf(ofTypes(draft, nodes), other);
    const element = draft.elements.get(lane)!;
    if (node !== undefined) {
      const claimed = new Set([...(element.lists.get('flowNodeRef') ?? []), node]);
      draft.put(lane, { lists: new Map([...element.lists, ['flowNodeRef', [...claimed]]]) });
    }
  },
} as const satisfies Record<string, Gesture>;

export const allGestures = Object.keys(gestures) as Edit['what'][];

export function edits(
  people: number,
  maxLength: number,
  names: readonly Edit['what'][] = allGestures,
): fc.Arbitrary<Edit[]> {
  return fc.array(
    fc.record({
      who: fc.nat(people - 1),
      what: fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom('addTask' as const, 'connect' as const) },
        { weight: 4, arbitrary: fc.constantFrom(...names) },
      ),
      pick: fc.nat(1000),
      other: fc.nat(1000),
      deliveries: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(1000)), { maxLength: 3 }),
    }),
    { maxLength, size: 'max' },
  );
}

export interface People {
  readonly network: FakeNetwork;
  readonly editors: readonly Editor[];
  readonly undos: readonly Undo[];
  /** What the person wanted to see. */
  work(edit: Edit): Elements;
}

export function people(count: number): People {
  const network = createFakeNetwork(count, (doc) => seedDiagram(doc, 'Begin'));
  const editors = network.docs.map((doc, index) => createEditor(doc, diagram.schema, `user ${index}`));
  let made = 0;
  return {
    network,
    editors,
    undos: editors.map((editor) => createUndo(editor)),
    work({ who, what, pick, other, deliveries }) {
      const editor = editors[who]!;
      const before = viewOf(editor).elements;
      const draft = draftOf(before);
      (gestures[what] as Gesture)(draft, pick, other, () => {
        made += 1;
        return `k${who}x${made}`;
      });
      redraw(draft);
      writeDifference(editor, before, draft.elements, what);
      for (const [to, which] of deliveries) network.deliver(to, which);
      return draft.elements;
    },
  };
}

/** A fresh reading of everything, with no memory of earlier ones. */
export function viewOf({ doc, schema }: Pick<Editor, 'doc' | 'schema'>): DiagramView {
  return diagram.view(readState(doc, schema), [], null);
}
