import { describe, expect, test } from 'vitest';
import { kinds } from '../kinds.ts';
import { diffStates } from '../records/diff.ts';
import { createEditor, type Editor } from '../records/editor.ts';
import { createFakeNetwork } from '../records/fake-network.ts';
import { readPast } from '../records/past.ts';
import { createUndo } from '../records/undo.ts';
import { restoreDiagramThings } from './anatomy.ts';
import { copyDiagramThings } from './copy.ts';
import { describeDiagram, describeDiagramSession } from './describe.ts';
import { type Draft, draftOf } from './draft.ts';
import { seedDiagram } from './seed.ts';
import { diagram } from './view.ts';
import { writeDifference } from './write.ts';

const plane = 'diagram/plane';

function house() {
  const network = createFakeNetwork(2, (doc) => seedDiagram(doc, 'Invoices'));
  const [a, b] = network.docs.map((doc, index) => createEditor(doc, diagram.schema, `user ${index}`));
  const past = () => readPast(a!.doc, diagram.schema);
  const view = () => diagram.view(past().state, [], null);
  edit(a!, (draft) => {
    task(draft, 'check', 'Check invoice', 300);
    task(draft, 'pay', 'Pay', 500);
    flow(draft, 'first', 'start', 'check');
    flow(draft, 'second', 'check', 'pay');
  });
  network.settle();
  return { network, a: a!, b: b!, past, view };
}

function edit(editor: Editor, work: (draft: Draft) => void, label = 'Edit'): void {
  const before = diagram.view(readPast(editor.doc, diagram.schema).state, [], null).elements;
  const draft = draftOf(before);
  work(draft);
  writeDifference(editor, before, draft.elements, label);
}

function task(
  draft: Draft,
  key: string,
  name: string,
  x: number,
  owner = 'process',
  type = 'bpmn:UserTask',
): void {
  draft.add(key, type, owner, 'flowElements', { '@id': `id_${key}`, '@name': name });
  draft.add(`${key}-shape`, 'bpmndi:BPMNShape', plane, 'planeElement', {
    '@id': `${key}_di`,
    '&bpmnElement': key,
    $bounds: { x, y: 100, width: 100, height: 80 },
  });
}

function flow(draft: Draft, key: string, source: string, target: string): void {
  draft.add(key, 'bpmn:SequenceFlow', 'process', 'flowElements', {
    '@id': `id_${key}`,
    '&sourceRef': source,
    '&targetRef': target,
  });
  draft.add(`${key}-edge`, 'bpmndi:BPMNEdge', plane, 'planeElement', {
    '@id': `${key}_di`,
    '&bpmnElement': key,
    $waypoint: [
      [0, 0],
      [100, 0],
    ],
  });
}

/** As bpmn-js does it: what draws it and what leads to it goes too. */
function erase(draft: Draft, key: string): void {
  for (const [other, { values }] of [...draft.elements]) {
    if (values.get('&sourceRef') === key || values.get('&targetRef') === key) erase(draft, other);
  }
  for (const [other, { values }] of [...draft.elements])
    if (values.get('&bpmnElement') === key) draft.remove(other);
  draft.remove(key);
}

const told = (changes: ReturnType<typeof describeDiagram>) =>
  changes
    .map(({ types, what, name, place, fields }) =>
      [
        `${types.join(' ')}: ${what} ${name} (${place})`,
        ...fields.map(({ label, old, new: now }) => `${label}: ${old} → ${now}`),
      ].join('; '),
    )
    .sort();

const el = (id: string) => ({ collection: 'el', id });

describe('the past of a diagram', () => {
  test('REC-22: an element, its shape, label and details are one change in the words of diagrams', () => {
    const { a, past } = house();
    edit(a, (draft) => {
      draft.put('process', { set: { '@name': 'Accounting' } });
      task(draft, 'old', 'Old', 900);
      draft.add('old-doc', 'bpmn:Documentation', 'pay', 'documentation', { '@text': 'By bank' });
    });
    const before = past();
    edit(a, (draft) => {
      draft.put('check', { type: 'bpmn:ServiceTask', set: { '@name': 'Check' } });
      draft.put('check-shape', {
        set: {
          $bounds: { x: 310, y: 100, width: 120, height: 80 },
          '@fill': '#ff0000',
          '@background-color': '#ff0000',
        },
      });
      draft.add('check/extensionElements', 'bpmn:ExtensionElements', 'check', 'extensionElements');
      draft.add('table', 'zeebe:properties', 'check/extensionElements', 'values', {
        g: [
          { d: 0, n: 'zeebe:properties', u: 'z' },
          { d: 1, n: 'zeebe:property', u: 'z', a: { name: 'priority', value: 'high' } },
        ],
      });
      draft.put('second', { set: { '&sourceRef': 'start', '@name': 'later' } });
      draft.put('second-edge', {
        set: {
          $waypoint: [
            [0, 9],
            [100, 0],
          ],
        },
      });
      draft.put('pay-shape', { set: { $bounds: { x: 510, y: 100, width: 100, height: 80 } } });
      draft.remove('old-doc');
      draft.add('new-doc', 'bpmn:Documentation', 'pay', 'documentation', { '@text': 'By card' });
      erase(draft, 'old');
      draft.add('timer', 'bpmn:BoundaryEvent', 'process', 'flowElements', { '&attachedToRef': 'pay' });
      draft.add('timer-def', 'bpmn:TimerEventDefinition', 'timer', 'eventDefinitions');
    });
    const changes = describeDiagram(before, past());
    expect(told(changes)).toEqual([
      'added: Timer boundary event  (Accounting)',
      'changed moved: Sequence flow later (from Start event to Pay); From: Check invoice → Start event; Name: null → later',
      'changed moved: Service task Check (Accounting); Type: User task → Service task; Name: Check invoice → Check; ' +
        'Size: 100 × 80 → 120 × 80; Fill: null → #ff0000; Property “priority”: null → high',
      'changed moved: User task Pay (Accounting); Documentation: By bank → By card',
      'removed: User task Old (Accounting)',
    ]);
    expect(changes.find(({ name }) => name === 'Pay')?.registers).toEqual([
      { collection: 'el', id: 'new-doc', register: null },
      { collection: 'el', id: 'old-doc', register: null },
      { collection: 'el', id: 'pay-shape', register: '$bounds' },
    ]);
  });

  test('REC-22: a pool and its process are one thing, and so is a page with its plane', () => {
    const { a, past } = house();
    const before = past();
    edit(a, pool);
    expect(told(describeDiagram(before, past()))).toEqual([
      'added: Collaboration  ()',
      'added: Pool Office ()',
      'changed: Page  ()',
    ]);
  });

  test('REC-20: a flow comes back with both of its ends, their shapes and details; undo takes all of it away', () => {
    const { network, a, b, past, view } = house();
    const then = past();
    const before = view();
    edit(a, (draft) => {
      erase(draft, 'check');
      erase(draft, 'pay');
    });
    const gone = view();
    network.settle();
    const undo = createUndo(a);
    const { along, left } = restoreDiagramThings(a, then, [el('second')]);
    edit(b, (draft) => draft.put('start', { set: { '@name': 'Meanwhile' } }));
    network.settle();
    expect([along, left]).toEqual([[el('check'), el('pay')], []]);
    const standing = [
      'check',
      'check-shape',
      'pay',
      'pay-shape',
      'second',
      'second-edge',
      'first',
      'first-edge',
    ];
    expect(standing.filter((key) => view().elements.has(key))).toEqual(standing.slice(0, 6));
    // Its lists of flows follow from those that are there.
    for (const key of standing.slice(0, 6))
      expect(view().elements.get(key)).toEqual({ ...before.elements.get(key), lists: expect.anything() });
    expect(view().findings).toEqual([]);
    expect(undo.undo()).toBe('Restore sequence flow');
    expect([...view().elements.keys()]).toEqual([...gone.elements.keys()]);
    expect(view().elements.get('start')?.values.get('@name')).toBe('Meanwhile');
  });

  test('REC-20: an element comes back into its lane; a subprocess with what lay in it', () => {
    const { a, past, view } = house();
    edit(a, (draft) => {
      draft.add('lanes', 'bpmn:LaneSet', 'process', 'laneSets');
      draft.add('lane', 'bpmn:Lane', 'lanes', 'lanes', { '@name': 'Office' });
      task(draft, 'sub', 'Part', 700, 'process', 'bpmn:SubProcess');
      task(draft, 'inner', 'Inner', 720, 'sub');
      draft.put('lane', { lists: new Map([['flowNodeRef', ['pay', 'sub']]]) });
    });
    const then = past();
    edit(a, (draft) => {
      draft.put('lane', { lists: new Map() });
      for (const key of ['inner', 'sub', 'pay']) erase(draft, key);
    });
    expect(restoreDiagramThings(a, then, [el('pay')], { alone: true }).along).toEqual([]);
    expect(view().elements.get('lane')?.lists.get('flowNodeRef')).toEqual(['pay']);
    expect(restoreDiagramThings(a, then, [el('sub')]).along).toEqual([el('inner')]);
    expect(view().elements.get('lane')?.lists.get('flowNodeRef')).toEqual(['pay', 'sub']);
    expect(view().elements.get('inner')?.parent).toBe('sub');
    expect(view().findings).toEqual([]);
  });

  test('REC-25: a task comes back with its flows, as far as their other ends are there; a note with what ties it to a flow', () => {
    const { a, past, view } = house();
    edit(a, (draft) => {
      task(draft, 'send', 'Send', 700);
      flow(draft, 'third', 'check', 'send');
      draft.add('note', 'bpmn:TextAnnotation', 'process', 'artifacts', { '@id': 'note' });
      draft.add('tie', 'bpmn:Association', 'process', 'artifacts', {
        '@id': 'tie',
        '&sourceRef': 'second',
        '&targetRef': 'note',
      });
    });
    const then = past();
    const before = view();
    edit(a, (draft) => {
      for (const key of ['check', 'send', 'tie']) erase(draft, key);
    });
    expect(['first', 'second', 'third', 'tie'].filter((key) => view().elements.has(key))).toEqual([]);
    const undo = createUndo(a);
    const { offeredWith } = kinds.diagram;
    const offered = offeredWith(then.state, past().state, [el('check')]).map(({ id }) => id);
    expect(offered.sort()).toEqual(['first', 'second', 'tie']);
    const { along } = restoreDiagramThings(a, then, [el('check')]);
    expect(along.map(({ id }) => id).sort()).toEqual(['first', 'second', 'tie']);
    expect(view().findings).toEqual([]);
    restoreDiagramThings(a, then, [el('send')]);
    expect(view()).toEqual(before);
    undo.undo();
    expect(undo.undo()).toBe('Restore “Check invoice”');
    expect(undo.status().canUndo).toBe(false);
  });

  // Found by the property of copies on random histories.
  test('REC-21: a copy of what lay in a subprocess that is a task now lies in the process', () => {
    const { a, past, view } = house();
    edit(a, (draft) => {
      task(draft, 'sub', 'Part', 700, 'process', 'bpmn:SubProcess');
      task(draft, 'inner', 'Inner', 720, 'sub');
    });
    const then = past();
    edit(a, (draft) => draft.put('sub', { type: 'bpmn:Task' }));
    const hidden = view().findings;
    const { copies } = copyDiagramThings(a, then, [el('inner')]);
    expect(view().elements.get(copies[0]!.copy.id)?.parent).toBe('process');
    expect(view().findings).toEqual(hidden);
  });

  describe('what lay in a subprocess that is a task now', () => {
    const size = { x: 700, y: 60, width: 400, height: 200 };
    function emptied() {
      const made = house();
      const { a, past } = made;
      edit(a, (draft) => {
        task(draft, 'sub', 'Part', 700, 'process', 'bpmn:SubProcess');
        draft.put('sub-shape', { set: { $bounds: size, '@isExpanded': true } });
        task(draft, 'one', 'One', 720, 'sub');
        task(draft, 'two', 'Two', 900, 'sub');
        draft.add('way', 'bpmn:SequenceFlow', 'sub', 'flowElements', {
          '&sourceRef': 'one',
          '&targetRef': 'two',
        });
      });
      const [then, before] = [past(), made.view()];
      edit(a, (draft) => {
        for (const key of ['one', 'two']) erase(draft, key);
        draft.put('sub', { type: 'bpmn:UserTask', set: { '@name': 'Do it' } });
        draft.put('sub-shape', {
          set: { $bounds: { x: 850, y: 100, width: 100, height: 80 }, '@isExpanded': false },
        });
      });
      return { ...made, then, before };
    }

    test('REC-27: comes back where it is seen: what it lay in is a subprocess again, by whatever name, and that is said', () => {
      const { a, past, view, then } = emptied();
      const now = past();
      const undo = createUndo(a);
      const words = ['“Do it” is a subprocess again'];
      expect(kinds.diagram.reopenedWith(then.state, now.state, [el('one')])).toEqual(words);
      const done = restoreDiagramThings(a, then, [el('one')]);
      expect(done).toMatchObject({ along: [], left: [], reopened: words });
      const { elements, findings } = view();
      expect(findings).toEqual([]);
      expect(elements.get('one')?.parent).toBe('sub');
      expect(elements.get('sub')).toMatchObject({ type: 'bpmn:SubProcess' });
      expect(elements.get('sub')?.values.get('@name')).toBe('Do it');
      expect(elements.get('sub-shape')?.values.get('$bounds')).toEqual(size);
      // The second brings what leads to it, and reopens nothing.
      const second = restoreDiagramThings(a, then, [el('two')]);
      expect(second).toMatchObject({ along: [el('way')], reopened: [] });
      undo.undo();
      undo.undo();
      expect(past().state).toEqual(now.state);
    });

    test('REC-27: comes back with the subprocess itself', () => {
      const { a, view, then, before } = emptied();
      const { along, reopened } = restoreDiagramThings(a, then, [el('sub')]);
      expect([along.map(({ id }) => id).sort(), reopened]).toEqual([['one', 'two', 'way'], []]);
      expect(view()).toEqual(before);
    });

    test('REC-27: a flow between two that are hidden in it shows them, too', () => {
      const { a, view, then } = emptied();
      restoreDiagramThings(a, then, [el('way')]);
      expect([...view().elements.keys()]).toEqual(expect.arrayContaining(['one', 'two', 'way']));
      expect(view().findings).toEqual([]);
    });
  });

  // Found by restoring random histories thing by thing.
  test('REC-26: what was brought before something that was removed since has moved, and goes back', () => {
    const { a, past } = house();
    const then = past();
    edit(a, (draft) => draft.move('start', 'process', 'flowElements', 2));
    edit(a, (draft) => erase(draft, 'check'));
    edit(a, (draft) => task(draft, 'new', 'New', 900));
    const changes = describeDiagram(then, past());
    for (const { thing } of changes) restoreDiagramThings(a, then, [thing]);
    expect(describeDiagram(then, past())).toEqual([]);
    expect(diffStates(diagram.schema, then.state, past().state)).toEqual([]);
  });

  test('REC-25: a flow that comes back meets what it connects where that lies now', () => {
    const { a, past, view } = house();
    const line = (points: readonly (readonly [number, number])[]) =>
      edit(a, (draft) => draft.put('second-edge', { set: { $waypoint: points } }));
    const lineAfter = (moved: Readonly<Record<string, number>>) => {
      const then = past();
      edit(a, (draft) => {
        erase(draft, 'check');
        draft.put('pay-shape', { set: { $bounds: { x: 500, y: 100, width: 100, height: 80, ...moved } } });
      });
      const { left } = restoreDiagramThings(a, then, [el('check')]);
      expect([left, view().findings]).toEqual([[], []]);
      const points = view().elements.get('second-edge')?.values.get('$waypoint');
      edit(a, (draft) =>
        draft.put('pay-shape', { set: { $bounds: { x: 500, y: 100, width: 100, height: 80 } } }),
      );
      return points;
    };
    const straight = [
      [400, 140],
      [500, 140],
    ] as const;
    line(straight);
    expect(lineAfter({})).toEqual(straight);
    expect(lineAfter({ x: 520, y: 200 })).toEqual([
      [400, 140],
      [460, 140],
      [460, 240],
      [520, 240],
    ]);
    line([
      [400, 140],
      [450, 140],
      [450, 120],
      [500, 120],
    ]);
    // Its last leg stays level.
    expect(lineAfter({ y: 300 })).toEqual([
      [400, 140],
      [450, 140],
      [450, 320],
      [500, 320],
    ]);
    line(straight);
    expect(lineAfter({ height: 160 })).toEqual([
      [400, 140],
      [450, 140],
      [450, 180],
      [500, 180],
    ]);
  });

  test('REC-25: data comes back with what reads and writes it, in tasks that are there', () => {
    const { a, past, view } = house();
    edit(a, (draft) => {
      draft.add('data', 'bpmn:DataObject', 'process', 'flowElements', { '@id': 'data' });
      draft.add('invoice', 'bpmn:DataObjectReference', 'process', 'flowElements', {
        '@id': 'invoice',
        '&dataObjectRef': 'data',
      });
      draft.add('slot', 'bpmn:Property', 'check', 'properties', {
        '@id': 'slot',
        '@name': '__targetRef_placeholder',
      });
      draft.add('reads', 'bpmn:DataInputAssociation', 'check', 'dataInputAssociations', {
        '@id': 'reads',
        '&targetRef': 'slot',
      });
      draft.put('reads', { lists: new Map([['sourceRef', ['invoice']]]) });
      draft.add('reads-edge', 'bpmndi:BPMNEdge', plane, 'planeElement', {
        '@id': 'reads_di',
        '&bpmnElement': 'reads',
        $waypoint: [
          [0, 0],
          [100, 0],
        ],
      });
      draft.add('writes', 'bpmn:DataOutputAssociation', 'pay', 'dataOutputAssociations', {
        '@id': 'writes',
        '&targetRef': 'invoice',
      });
    });
    const then = past();
    const before = view();
    const { offeredWith } = kinds.diagram;
    const data = ['reads', 'reads-edge', 'slot', 'writes', 'invoice', 'data'];
    expect(data.filter((key) => !view().elements.has(key))).toEqual([]);
    edit(a, (draft) => {
      for (const key of data) draft.remove(key);
    });
    expect(data.filter((key) => view().elements.has(key))).toEqual([]);
    const offered = offeredWith(then.state, past().state, [el('invoice')]).map(({ id }) => id);
    expect(offered.sort()).toEqual(['reads', 'writes']);
    restoreDiagramThings(a, then, [el('invoice')]);
    expect(view()).toEqual(before);

    edit(a, (draft) => {
      for (const key of data) draft.remove(key);
      erase(draft, 'pay');
    });
    const some = offeredWith(then.state, past().state, [el('invoice')]).map(({ id }) => id);
    expect(some).toEqual(['reads']);
  });

  test('REC-20: what came later goes with its flows; what it took in goes back to where it lay', () => {
    const { a, past, view } = house();
    const then = past();
    edit(a, (draft) => {
      task(draft, 'sub', 'Part', 700, 'process', 'bpmn:SubProcess');
      task(draft, 'inner', 'Inner', 720, 'sub');
      flow(draft, 'third', 'pay', 'sub');
      draft.move('check', 'sub', 'flowElements');
    });
    const { along } = restoreDiagramThings(a, then, [el('sub')]);
    expect(along.map(({ id }) => id).sort()).toEqual(['check', 'inner', 'third']);
    expect(view()).toEqual(diagram.view(then.state, [], null));
  });

  test('REC-20: the first pool goes with its collaboration, and the process is drawn again', () => {
    const { a, past, view } = house();
    const then = past();
    edit(a, pool);
    expect(restoreDiagramThings(a, then, [el('pool')]).along).toEqual([el('collaboration'), el('diagram')]);
    expect(view()).toEqual(diagram.view(then.state, [], null));
  });

  test('REC-21: copies have new keys and ids, lie beside, keep the flows among each other, and undo as one', () => {
    const { a, past, view } = house();
    const then = past();
    edit(a, (draft) => draft.put('check', { set: { '@name': 'Changed' } }));
    const now = view();
    const undo = createUndo(a);
    const { copies, left } = copyDiagramThings(a, then, [el('check'), el('pay'), el('process')]);
    expect(left).toEqual([el('process')]);
    const keys = new Map(copies.map(({ of, copy }) => [of.id, copy.id]));
    expect([...keys.keys()]).toEqual(['check', 'pay', 'second']);
    const { elements, findings } = view();
    expect(findings).toEqual([]);
    expect(elements.get(keys.get('check')!)?.values.get('@name')).toBe('Check invoice');
    const copied = elements.get(keys.get('second')!)!;
    expect([copied.values.get('&sourceRef'), copied.values.get('&targetRef')]).toEqual([
      keys.get('check'),
      keys.get('pay'),
    ]);
    const shapes = [...elements].filter(([, { values }]) => values.get('&bpmnElement') === keys.get('pay'));
    expect(shapes.map(([, { values }]) => values.get('$bounds'))).toEqual([
      { x: 540, y: 140, width: 100, height: 80 },
    ]);
    const ids = [...elements.values()].map(({ values }) => values.get('@id'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(undo.undo()).toBe('Copy 3 things');
    expect(view()).toEqual(now);
  });

  test('REC-21: a copy of what lay in a subprocess that is gone lies in the process; a boundary event comes with its host', () => {
    const { a, past, view } = house();
    edit(a, (draft) => {
      task(draft, 'sub', 'Part', 700, 'process', 'bpmn:SubProcess');
      task(draft, 'inner', 'Inner', 720, 'sub');
      task(draft, 'event', 'Late', 730, 'sub', 'bpmn:BoundaryEvent');
      draft.put('event', { set: { '&attachedToRef': 'inner' } });
    });
    const then = past();
    edit(a, (draft) => {
      for (const key of ['event', 'inner', 'sub']) erase(draft, key);
    });
    const { copies } = copyDiagramThings(a, then, [el('event')]);
    expect(copies.map(({ of }) => of.id)).toEqual(['event', 'inner']);
    for (const { copy } of copies) expect(view().elements.get(copy.id)?.parent).toBe('process');
    expect(view().findings).toEqual([]);
  });

  test('REC-23: a session of work in one line; a shape is no second element', () => {
    const none = { added: 0, removed: 0, changed: 0, moved: 0, ids: [], registers: [] };
    const line = (collections: Parameters<typeof describeDiagramSession>[0]['collections']) =>
      describeDiagramSession({ collections, texts: {} });
    expect(line({ el: { ...none, added: 6, changed: 1 } })).toBe('Added 3 elements, changed 1 element');
    expect(line({ el: { ...none, changed: 4, registers: ['$bounds', '$waypoint'] } })).toBe(
      'Moved 4 elements',
    );
    expect(line({ el: { ...none, removed: 2, changed: 1, registers: ['x', '@name'] } })).toBe(
      'Removed 1 element, renamed 1 element',
    );
    expect(line({ one: { ...none, changed: 1, ids: ['S/label'], registers: ['$bounds'] } })).toBe(
      'Moved 1 element',
    );
    expect(
      line({ el: { ...none, changed: 1, ids: ['T'] }, one: { ...none, added: 2, ids: ['T/a', 'U/b'] } }),
    ).toBe('Changed 2 elements');
    expect(line({})).toBe('Small changes');
  });
});

function pool(draft: Draft): void {
  draft.add('collaboration', 'bpmn:Collaboration', 'definitions', 'rootElements', {
    '@id': 'Collaboration_1',
  });
  draft.put(plane, { set: { '&bpmnElement': 'collaboration' } });
  draft.add('pool', 'bpmn:Participant', 'collaboration', 'participants', {
    '@id': 'Pool_1',
    '@name': 'Office',
    '&processRef': 'process',
  });
  draft.add('pool-shape', 'bpmndi:BPMNShape', plane, 'planeElement', {
    '@id': 'Pool_1_di',
    '&bpmnElement': 'pool',
    $bounds: { x: 0, y: 0, width: 900, height: 400 },
  });
}
