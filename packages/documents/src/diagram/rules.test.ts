import { describe, expect, test } from 'vitest';
import { createEditor, type Editor } from '../records/editor.ts';
import { createFakeNetwork, type FakeNetwork } from '../records/fake-network.ts';
import type { Json } from '../records/json.ts';
import { createUndo } from '../records/undo.ts';
import { type Draft, draftOf } from './draft.ts';
import type { DiagramElement } from './element.ts';
import { viewOf } from './random-edits.ts';
import { seedDiagram } from './seed.ts';
import { diagram } from './view.ts';
import { writeDifference } from './write.ts';

/** Two people at work on one diagram, each alone until `meet`. */
interface Pair {
  readonly network: FakeNetwork;
  readonly a: Editor;
  readonly b: Editor;
  meet(): void;
  /** What both see after they met; throws when it is not the same. */
  shown(key: string): DiagramElement | undefined;
  findings(): (readonly [string | null, string])[];
}

function pair(begin: (draft: Draft) => void): Pair {
  const network = createFakeNetwork(2, (doc) => {
    seedDiagram(doc, 'Begin');
    edit(createEditor(doc, diagram.schema), begin);
  });
  const [a, b] = network.docs.map((doc) => createEditor(doc, diagram.schema));
  const both = () => {
    const view = viewOf(a!);
    expect(viewOf(b!)).toEqual(view);
    return view;
  };
  return {
    network,
    a: a!,
    b: b!,
    meet: () => network.settle(),
    shown: (key) => both().elements.get(key),
    findings: () => both().findings.map(({ id, code }) => [id, code] as const),
  };
}

function edit(editor: Editor, change: (draft: Draft) => void): boolean {
  const before = viewOf(editor).elements;
  const draft = draftOf(before);
  change(draft);
  return writeDifference(editor, before, draft.elements, 'Edit');
}

const bounds = (x: number) => ({ x, y: 0, width: 100, height: 80 });
function task(draft: Draft, key: string, owner = 'process', type = 'bpmn:Task'): void {
  draft.add(key, type, owner, 'flowElements', { '@id': key, '@name': key });
  draft.add(`${key}Shape`, 'bpmndi:BPMNShape', 'diagram/plane', 'planeElement', {
    '&bpmnElement': key,
    $bounds: bounds(0),
  });
}
function flow(draft: Draft, key: string, from: string, to: string, type = 'bpmn:SequenceFlow'): void {
  const property = type === 'bpmn:Association' ? 'artifacts' : 'flowElements';
  draft.add(key, type, 'process', property, { '@id': key, '&sourceRef': from, '&targetRef': to });
}
function pool(draft: Draft, key: string, collaboration: string, process: string): void {
  draft.add(key, 'bpmn:Participant', collaboration, 'participants', { '@id': key, '&processRef': process });
  draft.add(`${key}Shape`, 'bpmndi:BPMNShape', 'diagram/plane', 'planeElement', {
    '&bpmnElement': key,
    $bounds: bounds(0),
  });
}
const set = (key: string, values: Readonly<Record<string, Json | null>>) => (draft: Draft) =>
  draft.put(key, { set: values });
const list = (key: string, name: string, targets: readonly string[]) => (draft: Draft) =>
  draft.put(key, { lists: new Map([[name, targets]]) });
const two = (draft: Draft) => {
  task(draft, 'one');
  task(draft, 'two');
};

describe('two people at once', () => {
  test('DIAG-10: A renames while B changes the type: both stand', () => {
    const { a, b, meet, shown } = pair(two);
    edit(a, set('one', { '@name': 'Renamed' }));
    edit(b, (draft) => draft.put('one', { type: 'bpmn:UserTask' }));
    meet();
    expect(shown('one')).toMatchObject({ type: 'bpmn:UserTask' });
    expect(shown('one')?.values.get('@name')).toBe('Renamed');
  });

  test("DIAG-11: A moves, B deletes: it is gone, and B's undo brings it back where A put it", () => {
    const { a, b, meet, shown } = pair(two);
    const undo = createUndo(b);
    edit(a, set('oneShape', { $bounds: bounds(500) }));
    edit(b, (draft) => {
      draft.remove('oneShape');
      draft.remove('one');
    });
    meet();
    expect(shown('one')).toBeUndefined();
    expect(shown('oneShape')).toBeUndefined();
    undo.undo();
    meet();
    expect(shown('oneShape')?.values.get('$bounds')).toEqual(bounds(500));
  });

  test('DIAG-12: both add extension elements to one task: they meet in one record that holds both', () => {
    const { a, b, meet, shown } = pair(two);
    const extend = (key: string) => (draft: Draft) => {
      draft.add('one/extensionElements', 'bpmn:ExtensionElements', 'one', 'extensionElements');
      draft.add(key, 'x:y', 'one/extensionElements', 'values', {
        g: [{ d: 0, n: 'x:y', u: 'urn:x', b: key }],
      });
    };
    edit(a, extend('fromA'));
    edit(b, extend('fromB'));
    meet();
    expect([...(shown('one/extensionElements')?.children.get('values') ?? [])].sort()).toEqual([
      'fromA',
      'fromB',
    ]);
  });

  test('DIAG-13: each moves one subprocess into the other: the first lies where it is drawn and holds the other; undo of either leads back', () => {
    for (const undone of ['a', 'b'] as const) {
      const { meet, shown, findings, ...both } = pair((draft) => {
        task(draft, 'one', 'process', 'bpmn:SubProcess');
        task(draft, 'two', 'process', 'bpmn:SubProcess');
        task(draft, 'inside', 'two');
      });
      const undo = createUndo(both[undone]);
      edit(both.a, (draft) => draft.move('one', 'two', 'flowElements'));
      edit(both.b, (draft) => draft.move('two', 'one', 'flowElements'));
      meet();
      expect(['one', 'two', 'inside'].map((key) => shown(key)?.parent)).toEqual(['process', 'one', 'two']);
      expect(['oneShape', 'twoShape', 'insideShape'].filter((key) => shown(key) === undefined)).toEqual([]);
      expect(findings()).toEqual([['one', 'mended']]);
      undo.undo();
      meet();
      const back = undone === 'a' ? ['process', 'one'] : ['two', 'process'];
      expect(['one', 'two'].map((key) => shown(key)?.parent)).toEqual(back);
      expect(findings()).toEqual([]);
    }
  });

  test('DIAG-13: what lay in itself, and is worked on where it is shown, stays there', () => {
    const { a, b, meet, shown } = pair((draft) => {
      for (const key of ['one', 'two', 'three']) task(draft, key, 'process', 'bpmn:SubProcess');
    });
    edit(a, (draft) => draft.move('one', 'two', 'flowElements'));
    edit(b, (draft) => draft.move('two', 'one', 'flowElements'));
    meet();
    edit(b, (draft) => draft.move('one', 'three', 'flowElements'));
    meet();
    expect(['one', 'two', 'three'].map((key) => shown(key)?.parent)).toEqual(['three', 'one', 'process']);
    edit(a, (draft) => draft.remove('three'));
    meet();
    expect(['one', 'two', 'three'].filter((key) => shown(key) !== undefined)).toEqual([]);
  });

  test('DIAG-14: A deletes a task while B connects to it: the flow and its edge are hidden and named, and back on undo', () => {
    const { a, b, meet, shown, findings } = pair(two);
    const undo = createUndo(a);
    edit(a, (draft) => {
      draft.remove('twoShape');
      draft.remove('two');
    });
    edit(b, (draft) => {
      flow(draft, 'flow', 'one', 'two');
      draft.add('edge', 'bpmndi:BPMNEdge', 'diagram/plane', 'planeElement', {
        '&bpmnElement': 'flow',
        $waypoint: [
          [0, 0],
          [9, 9],
        ],
      });
    });
    meet();
    expect([shown('flow'), shown('edge')]).toEqual([undefined, undefined]);
    expect(shown('one')?.lists.get('outgoing')).toBeUndefined();
    expect(findings()).toEqual([
      ['edge', 'dangling'],
      ['flow', 'dangling'],
    ]);
    undo.undo();
    meet();
    expect(shown('flow')).toBeDefined();
    expect(shown('edge')).toBeDefined();
    expect(shown('one')?.lists.get('outgoing')).toEqual(['flow']);
    expect(shown('two')?.lists.get('incoming')).toEqual(['flow']);
    expect(findings()).toEqual([]);
  });

  test('DIAG-25: A takes a task to another diagram while B connects it: the edge is hidden, and back when both ends are on its page', () => {
    const { a, b, meet, shown, findings } = pair((draft) => {
      two(draft);
      draft.add('page', 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
      draft.add('page/plane', 'bpmndi:BPMNPlane', 'page', 'plane', { '&bpmnElement': 'process' });
    });
    edit(a, (draft) => draft.move('twoShape', 'page/plane', 'planeElement'));
    edit(b, (draft) => {
      flow(draft, 'flow', 'one', 'two');
      draft.add('edge', 'bpmndi:BPMNEdge', 'diagram/plane', 'planeElement', {
        '&bpmnElement': 'flow',
        $waypoint: [
          [0, 0],
          [9, 9],
        ],
      });
    });
    meet();
    expect(shown('flow')).toBeDefined();
    expect(shown('edge')).toBeUndefined();
    expect(findings()).toEqual([['edge', 'dangling']]);
    edit(b, (draft) => draft.move('oneShape', 'page/plane', 'planeElement'));
    edit(b, (draft) => draft.move('twoShape', 'diagram/plane', 'planeElement'));
    meet();
    expect(shown('edge')).toBeUndefined();
    edit(a, (draft) => draft.move('oneShape', 'diagram/plane', 'planeElement'));
    meet();
    expect(shown('edge')).toBeDefined();
    expect(findings()).toEqual([]);
  });

  /** A subprocess with a task in it; collapsing takes the task to a page, as bpmn-js does. */
  const opened = (draft: Draft) => {
    task(draft, 'sub', 'process', 'bpmn:SubProcess');
    draft.put('subShape', { set: { '@isExpanded': true } });
    task(draft, 'inner', 'sub');
  };
  const collapse = (draft: Draft) => {
    draft.put('subShape', { set: { '@isExpanded': false } });
    draft.add('page', 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
    draft.add('page/plane', 'bpmndi:BPMNPlane', 'page', 'plane', { '&bpmnElement': 'sub' });
    draft.move('innerShape', 'page/plane', 'planeElement');
  };
  const expand = (draft: Draft) => {
    draft.put('subShape', { set: { '@isExpanded': true } });
    for (const shape of draft.elements.get('page/plane')!.children.get('planeElement') ?? []) {
      draft.move(shape, 'diagram/plane', 'planeElement');
    }
    draft.remove('page');
  };

  test('DIAG-29: A collapses a subprocess while B adds to it: what is added is on its page, and back beside it on undo', () => {
    const { a, b, meet, shown, findings } = pair(opened);
    const undo = createUndo(a);
    edit(a, collapse);
    edit(b, (draft) => task(draft, 'added', 'sub'));
    meet();
    expect(shown('addedShape')).toMatchObject({ parent: 'page/plane', property: 'planeElement' });
    expect(findings()).toEqual([['addedShape', 'mended']]);
    undo.undo();
    meet();
    expect(shown('addedShape')?.parent).toBe('diagram/plane');
    expect(findings()).toEqual([]);
  });

  test('DIAG-29: A collapses a subprocess while B moves a task out of it and C puts an event on that: both are on the page of the process', () => {
    const { a, b, meet, shown } = pair(opened);
    edit(a, collapse);
    edit(a, (draft) => {
      draft.add('timer', 'bpmn:BoundaryEvent', 'sub', 'flowElements', { '&attachedToRef': 'inner' });
      draft.add('timerShape', 'bpmndi:BPMNShape', 'page/plane', 'planeElement', {
        '&bpmnElement': 'timer',
        $bounds: bounds(0),
      });
    });
    edit(b, (draft) => draft.move('inner', 'process', 'flowElements'));
    meet();
    expect(shown('timer')?.parent).toBe('process');
    expect(shown('innerShape')?.parent).toBe('diagram/plane');
    expect(shown('timerShape')?.parent).toBe('diagram/plane');
  });

  test('DIAG-29: A expands a subprocess while B adds to its page: what is added is drawn in it', () => {
    const { a, b, meet, shown } = pair((draft) => {
      opened(draft);
      collapse(draft);
    });
    edit(a, expand);
    edit(b, (draft) => {
      task(draft, 'added', 'sub');
      draft.move('addedShape', 'page/plane', 'planeElement');
    });
    meet();
    expect(shown('page/plane')).toBeUndefined();
    expect(shown('addedShape')?.parent).toBe('diagram/plane');
  });

  test('DIAG-29: of several drawings of one element at most one comes to a page', () => {
    const { a, b, meet, shown } = pair(opened);
    edit(a, collapse);
    edit(b, (draft) => {
      task(draft, 'added', 'sub');
      for (const key of ['again', 'innerAgain']) {
        draft.add(key, 'bpmndi:BPMNShape', 'diagram/plane', 'planeElement', {
          '&bpmnElement': key === 'again' ? 'added' : 'inner',
          $bounds: bounds(0),
        });
      }
    });
    meet();
    expect(['addedShape', 'again', 'innerShape', 'innerAgain'].map((key) => shown(key)?.parent)).toEqual([
      'page/plane',
      'diagram/plane',
      'page/plane',
      'diagram/plane',
    ]);
  });

  test('DIAG-15: a chain of associations falls with its first, also where it is a circle', () => {
    const { a, b, meet, shown } = pair((draft) => {
      two(draft);
      flow(draft, 'x', 'one', 'two', 'bpmn:Association');
      flow(draft, 'y', 'x', 'two', 'bpmn:Association');
      flow(draft, 'z', 'y', 'y', 'bpmn:Association');
    });
    edit(b, set('x', { '&targetRef': 'z' }));
    meet();
    // A circle of references that all stand is no contradiction.
    expect(['x', 'y', 'z'].map((key) => shown(key) !== undefined)).toEqual([true, true, true]);
    edit(a, (draft) => draft.remove('one'));
    meet();
    expect(['x', 'y', 'z'].map((key) => shown(key) !== undefined)).toEqual([false, false, false]);
  });

  test('DIAG-16: a boundary event goes with its host and comes back with it', () => {
    const { a, b, meet, shown, findings } = pair(two);
    const undo = createUndo(a);
    edit(a, (draft) => draft.remove('one'));
    edit(b, (draft) =>
      draft.add('timer', 'bpmn:BoundaryEvent', 'process', 'flowElements', { '&attachedToRef': 'one' }),
    );
    meet();
    expect(shown('timer')).toBeUndefined();
    expect(findings().map(([id]) => id)).toContain('timer');
    undo.undo();
    meet();
    expect(shown('timer')).toBeDefined();
  });

  test('DIAG-26: A moves an activity into a subprocess while B puts an event on it: the event lies there too', () => {
    for (const undone of ['a', 'b'] as const) {
      const { meet, shown, findings, ...both } = pair((draft) => {
        task(draft, 'one');
        task(draft, 'two', 'process', 'bpmn:SubProcess');
      });
      const undo = createUndo(both[undone]);
      edit(both.a, (draft) => draft.move('one', 'two', 'flowElements'));
      edit(both.b, (draft) =>
        draft.add('timer', 'bpmn:BoundaryEvent', 'process', 'flowElements', { '&attachedToRef': 'one' }),
      );
      meet();
      expect(shown('timer')?.parent).toBe('two');
      expect(shown('two')?.children.get('flowElements')).toContain('timer');
      expect(findings()).toEqual([['timer', 'mended']]);
      undo.undo();
      meet();
      expect(shown('timer')?.parent).toBe(undone === 'a' ? 'process' : undefined);
      expect(findings()).toEqual([]);
    }
  });

  test('DIAG-27: both draw the first pool around a process: one pool and all other work of both in one collaboration; undo of either leaves the other', () => {
    const first = (who: string) => (draft: Draft) => {
      draft.add(`${who}Collaboration`, 'bpmn:Collaboration', 'definitions', 'rootElements');
      draft.put('diagram/plane', { set: { '&bpmnElement': `${who}Collaboration` } });
      pool(draft, `${who}Pool`, `${who}Collaboration`, 'process');
    };
    const second = (who: string) => (draft: Draft) => {
      draft.add(`${who}Process`, 'bpmn:Process', 'definitions', 'rootElements');
      pool(draft, `${who}Other`, `${who}Collaboration`, `${who}Process`);
      draft.add(`${who}Flow`, 'bpmn:MessageFlow', `${who}Collaboration`, 'messageFlows', {
        '&sourceRef': `${who}Other`,
        '&targetRef': `${who}Pool`,
      });
    };
    for (const undone of ['a', 'b', null] as const) {
      const { meet, shown, ...both } = pair(two);
      const undos = { a: createUndo(both.a), b: createUndo(both.b) };
      for (const who of ['a', 'b'] as const) edit(both[who], first(who));
      if (undone === null) for (const who of ['a', 'b'] as const) edit(both[who], second(who));
      edit(both.a, (draft) => task(draft, 'fromA'));
      edit(both.b, (draft) => task(draft, 'fromB'));
      meet();
      const main = shown('diagram/plane')?.values.get('&bpmnElement') as string;
      const won = main[0]!;
      const lost = won === 'a' ? 'b' : 'a';
      expect(shown(`${lost}Collaboration`)).toBeUndefined();
      expect([shown(`${won}Pool`)?.parent, shown(`${lost}Pool`)]).toEqual([main, undefined]);
      expect(['one', 'two', 'fromA', 'fromB'].filter((key) => shown(key) === undefined)).toEqual([]);
      if (undone === null) {
        for (const key of ['aOther', 'bOther', 'aFlow', 'bFlow']) expect(shown(key)?.parent, key).toBe(main);
        expect(shown(`${lost}OtherShape`)).toBeDefined();
        expect(shown(`${lost}Flow`)?.values.get('&targetRef')).toBe(`${won}Pool`);
        continue;
      }
      undos[undone].undo();
      undos[undone].undo();
      meet();
      const left = undone === 'a' ? 'b' : 'a';
      expect(shown('diagram/plane')?.values.get('&bpmnElement')).toBe(`${left}Collaboration`);
      expect(shown(`${left}Pool`)?.values.get('&processRef')).toBe('process');
      expect(shown(`${left}PoolShape`)).toBeDefined();
      expect([shown(`${undone}Pool`), shown(`${undone}Collaboration`)]).toEqual([undefined, undefined]);
      expect(shown('one')?.parent).toBe('process');
    }
  });

  test('DIAG-27: when the pool goes that another is one with, both go', () => {
    const { a, b, meet, shown } = pair(two);
    for (const [who, editor] of [
      ['a', a],
      ['b', b],
    ] as const) {
      edit(editor, (draft) => {
        draft.add(`${who}Collaboration`, 'bpmn:Collaboration', 'definitions', 'rootElements');
        draft.put('diagram/plane', { set: { '&bpmnElement': `${who}Collaboration` } });
        pool(draft, `${who}Pool`, `${who}Collaboration`, 'process');
      });
    }
    meet();
    const main = String(shown('diagram/plane')?.values.get('&bpmnElement'));
    edit(a, (draft) => {
      draft.remove(`${main[0]}PoolShape`);
      draft.remove(`${main[0]}Pool`);
      draft.remove('process');
    });
    meet();
    expect([shown('aPool'), shown('bPool')]).toEqual([undefined, undefined]);
  });

  test('DIAG-28: both collapse one subprocess: all of it is on the first page; undo of either leaves the other', () => {
    const collapse = (who: string) => (draft: Draft) => {
      draft.add(`${who}Page`, 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
      draft.add(`${who}Page/plane`, 'bpmndi:BPMNPlane', `${who}Page`, 'plane', { '&bpmnElement': 'sub' });
      set('subShape', { '@isExpanded': false })(draft);
      for (const shape of ['oneShape', 'twoShape']) draft.move(shape, `${who}Page/plane`, 'planeElement');
      task(draft, `${who}Task`, 'sub');
      draft.move(`${who}TaskShape`, `${who}Page/plane`, 'planeElement');
    };
    for (const undone of ['a', 'b', null] as const) {
      const { meet, shown, findings, ...both } = pair((draft) => {
        task(draft, 'sub', 'process', 'bpmn:SubProcess');
        set('subShape', { '@isExpanded': true })(draft);
        for (const key of ['one', 'two']) task(draft, key, 'sub');
      });
      const undo = undone === null ? null : createUndo(both[undone]);
      edit(both.a, collapse('a'));
      edit(both.b, collapse('b'));
      meet();
      const pages = ['aPage', 'bPage'].filter((key) => shown(key) !== undefined);
      expect(pages).toHaveLength(1);
      const drawn = ['oneShape', 'twoShape', 'aTaskShape', 'bTaskShape'];
      const plane = `${pages[0]}/plane`;
      expect(drawn.map((key) => shown(key)?.parent)).toEqual(drawn.map(() => plane));
      expect(shown(plane)?.children.get('planeElement')?.toSorted()).toEqual(drawn.toSorted());
      expect(new Set(findings().map(([, code]) => code))).toEqual(new Set(['mended']));
      if (undo === null || undone === null) continue;
      undo.undo();
      meet();
      const left = undone === 'a' ? 'b' : 'a';
      expect([shown(`${undone}Page`), shown(`${undone}Task`)]).toEqual([undefined, undefined]);
      expect(shown(`${left}TaskShape`)?.parent).toBe(`${left}Page/plane`);
      expect([shown('oneShape'), shown('twoShape')].filter((shape) => shape === undefined)).toEqual([]);
    }
  });

  test('DIAG-28: an expanded subprocess has no empty page', () => {
    const { a, meet, shown } = pair((draft) => {
      task(draft, 'sub', 'process', 'bpmn:SubProcess');
      draft.add('page', 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
      draft.add('page/plane', 'bpmndi:BPMNPlane', 'page', 'plane', { '&bpmnElement': 'sub' });
    });
    expect(shown('page')).toBeDefined();
    edit(a, set('subShape', { '@isExpanded': true }));
    meet();
    expect([shown('page'), shown('page/plane')]).toEqual([undefined, undefined]);
  });

  test('DIAG-17: a node that two people put into two lanes of one set lies in one; lanes inside lanes are another set', () => {
    const { a, b, meet, shown } = pair((draft) => {
      two(draft);
      draft.add('set', 'bpmn:LaneSet', 'process', 'laneSets');
      draft.add('upper', 'bpmn:Lane', 'set', 'lanes');
      draft.add('lower', 'bpmn:Lane', 'set', 'lanes');
      draft.add('upper/childLaneSet', 'bpmn:LaneSet', 'upper', 'childLaneSet');
      draft.add('inner', 'bpmn:Lane', 'upper/childLaneSet', 'lanes');
      list('inner', 'flowNodeRef', ['one'])(draft);
    });
    edit(a, list('upper', 'flowNodeRef', ['one']));
    edit(b, list('lower', 'flowNodeRef', ['one', 'two']));
    meet();
    expect(shown('upper')?.lists.get('flowNodeRef')).toEqual(['one']);
    expect(shown('lower')?.lists.get('flowNodeRef')).toEqual(['two']);
    expect(shown('inner')?.lists.get('flowNodeRef')).toEqual(['one']);
  });

  test('DIAG-17: of two lanes that two people moved a node to at once it lies in the one where it is drawn', () => {
    for (const at of [0, 200]) {
      const { a, b, meet, shown } = pair((draft) => {
        two(draft);
        draft.add('set', 'bpmn:LaneSet', 'process', 'laneSets');
        for (const [lane, y] of [
          ['upper', 0],
          ['lower', 200],
        ] as const) {
          draft.add(lane, 'bpmn:Lane', 'set', 'lanes');
          draft.add(`${lane}Shape`, 'bpmndi:BPMNShape', 'diagram/plane', 'planeElement', {
            '&bpmnElement': lane,
            $bounds: { x: 0, y, width: 600, height: 200 },
          });
        }
      });
      edit(a, list('upper', 'flowNodeRef', ['one']));
      edit(b, list('lower', 'flowNodeRef', ['one']));
      edit(b, set('oneShape', { $bounds: { x: 0, y: at, width: 100, height: 80 } }));
      meet();
      const lanes = ['upper', 'lower'].filter((lane) => shown(lane)?.lists.get('flowNodeRef') !== undefined);
      expect(lanes).toEqual([at === 0 ? 'upper' : 'lower']);
      edit(a, set('oneShape', { $bounds: { x: 0, y: 200 - at, width: 100, height: 80 } }));
      meet();
      const then = ['upper', 'lower'].filter((lane) => shown(lane)?.lists.get('flowNodeRef') !== undefined);
      expect(then).toEqual([at === 0 ? 'lower' : 'upper']);
    }
  });

  test('DIAG-18: a default flow and a message that somebody deletes are no longer referred to, and are again when they are back', () => {
    const { a, b, meet, shown, findings } = pair((draft) => {
      two(draft);
      flow(draft, 'flow', 'one', 'two');
      draft.add('message', 'bpmn:Message', 'definitions', 'rootElements');
    });
    const undo = createUndo(a);
    edit(a, (draft) => {
      draft.remove('flow');
      draft.remove('message');
    });
    edit(b, (draft) => {
      set('one', { '&default': 'flow' })(draft);
      draft.put('two', { type: 'bpmn:ReceiveTask', set: { '&messageRef': 'message' } });
    });
    meet();
    expect(shown('one')?.values.has('&default')).toBe(false);
    expect(shown('two')?.values.has('&messageRef')).toBe(false);
    expect(findings()).toEqual([
      ['one', 'dangling'],
      ['two', 'dangling'],
    ]);
    undo.undo();
    meet();
    expect(shown('one')?.values.get('&default')).toBe('flow');
    expect(shown('two')?.values.get('&messageRef')).toBe('message');
  });

  test('DIAG-19: A makes a task of a subprocess while B draws in it: what a task can not hold is hidden and named', () => {
    const { a, b, meet, shown, findings } = pair((draft) => task(draft, 'one', 'process', 'bpmn:SubProcess'));
    edit(a, (draft) => draft.put('one', { type: 'bpmn:Task' }));
    edit(b, (draft) => {
      task(draft, 'inside', 'one');
      set('one', { '@triggeredByEvent': true })(draft);
    });
    meet();
    expect(shown('inside')).toBeUndefined();
    expect(shown('one')?.values.has('@triggeredByEvent')).toBe(false);
    expect(findings().map(([id]) => id)).toEqual(['inside', 'insideShape']);
    edit(a, (draft) => draft.put('one', { type: 'bpmn:SubProcess' }));
    meet();
    expect(shown('inside')).toBeDefined();
    expect(shown('one')?.values.get('@triggeredByEvent')).toBe(true);
  });

  test('DIAG-20: two elements with one id: the second is shown with another', () => {
    const { a, b, meet, shown, findings } = pair(two);
    edit(a, set('one', { '@id': 'Same' }));
    edit(b, set('two', { '@id': 'Same' }));
    meet();
    expect(shown('one')?.values.get('@id')).toBe('Same');
    expect(shown('two')?.values.get('@id')).toBe('Same_two');
    expect(findings()).toEqual([['two', 'dangling']]);
    // bpmn-moddle would not read the element again.
    edit(b, set('two', { '@id': 'Prüfung 1' }));
    meet();
    expect(shown('two')?.values.get('@id')).toBe('_two');
  });

  test('DIAG-21: what is drawn of a page that lost its subject is hidden with the page', () => {
    const { a, b, meet, shown } = pair((draft) => task(draft, 'one', 'process', 'bpmn:SubProcess'));
    edit(a, (draft) => draft.remove('one'));
    edit(b, (draft) => {
      draft.add('page', 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
      draft.add('page/plane', 'bpmndi:BPMNPlane', 'page', 'plane', { '&bpmnElement': 'one' });
    });
    meet();
    expect([shown('page'), shown('page/plane')]).toEqual([undefined, undefined]);
  });

  test('DIAG-21: a page is hidden while its subject is of a type that has none', () => {
    const { a, b, meet, shown } = pair((draft) => task(draft, 'one', 'process', 'bpmn:SubProcess'));
    edit(a, (draft) => draft.put('one', { type: 'bpmn:Task' }));
    edit(b, (draft) => {
      draft.add('page', 'bpmndi:BPMNDiagram', 'definitions', 'diagrams');
      draft.add('page/plane', 'bpmndi:BPMNPlane', 'page', 'plane', { '&bpmnElement': 'one' });
    });
    meet();
    expect([shown('page'), shown('page/plane')]).toEqual([undefined, undefined]);
    edit(a, (draft) => draft.put('one', { type: 'bpmn:Transaction' }));
    meet();
    expect(shown('page/plane')?.values.get('&bpmnElement')).toBe('one');
  });

  test('DIAG-22: data associations that lost their data are hidden', () => {
    const { a, b, meet, shown } = pair((draft) => {
      two(draft);
      draft.add('data', 'bpmn:DataObjectReference', 'process', 'flowElements', { '@id': 'data' });
    });
    edit(a, (draft) => draft.remove('data'));
    edit(b, (draft) => {
      draft.add('load', 'bpmn:DataInputAssociation', 'one', 'dataInputAssociations');
      list('load', 'sourceRef', ['data'])(draft);
      draft.add('store', 'bpmn:DataOutputAssociation', 'one', 'dataOutputAssociations', {
        '&targetRef': 'data',
      });
      draft.add('none', 'bpmn:DataInputAssociation', 'one', 'dataInputAssociations');
      list('none', 'sourceRef', ['?elsewhere'])(draft);
    });
    meet();
    expect([shown('load'), shown('store')]).toEqual([undefined, undefined]);
    // What a file refers to and does not contain is kept.
    expect(shown('none')?.lists.get('sourceRef')).toEqual(['?elsewhere']);
  });

  test('DIAG-24: what lies too deep for anybody to walk there is hidden, and shows when it is brought up', () => {
    const { a, meet, shown } = pair((draft) => {
      let owner = 'process';
      for (let depth = 0; depth < 400; depth += 1) {
        draft.add(`deep${depth}`, 'bpmn:SubProcess', owner, 'flowElements');
        owner = `deep${depth}`;
      }
    });
    meet();
    expect([shown('deep240') !== undefined, shown('deep260') !== undefined]).toEqual([true, false]);
    edit(a, (draft) => draft.move('deep200', 'process', 'flowElements'));
    meet();
    expect([shown('deep240') !== undefined, shown('deep399') !== undefined]).toEqual([true, true]);
  });

  test('DIAG-23: what is shown again has none of what it gained while it was away', () => {
    const { a, b, meet, shown } = pair(two);
    edit(a, (draft) => draft.remove('one'));
    edit(b, set('one', { '@name': 'Meanwhile', '@isForCompensation': true }));
    meet();
    edit(a, (draft) => draft.add('one', 'bpmn:Task', 'process', 'flowElements', { '@name': 'Anew' }));
    meet();
    expect([...(shown('one')?.values ?? [])].filter(([name]) => name !== '@id')).toEqual([['@name', 'Anew']]);
  });
});

describe('undo', () => {
  test('DIAG-8: a task and its shape are one thing: undo takes both away, or neither when somebody has worked on one', () => {
    const { a, b, meet, shown, findings } = pair(two);
    const undo = createUndo(a);
    edit(a, (draft) => {
      task(draft, 'named');
      task(draft, 'moved');
      task(draft, 'alone');
      draft.add('moved/extensionElements', 'bpmn:ExtensionElements', 'moved', 'extensionElements');
    });
    meet();
    edit(b, set('named', { '@name': 'By B' }));
    edit(b, set('movedShape', { $bounds: bounds(300) }));
    meet();
    undo.undo();
    meet();
    const there = [
      'named',
      'namedShape',
      'moved',
      'movedShape',
      'moved/extensionElements',
      'alone',
      'aloneShape',
    ];
    expect(there.filter((key) => shown(key) !== undefined)).toEqual(there.slice(0, 5));
    expect(findings()).toEqual([]);
    undo.redo();
    meet();
    expect(there.filter((key) => shown(key) !== undefined)).toEqual(there);
  });
});

describe('writing', () => {
  test('DIAG-6: one edit writes what it changed and nothing else', () => {
    const { a } = pair((draft) => {
      two(draft);
      for (let index = 0; index < 50; index += 1) task(draft, `more${index}`);
    });
    const changes: string[] = [];
    a.onCommand((done) => changes.push(...done.changes.map(({ id, register }) => `${id} ${register}`)));
    edit(a, set('oneShape', { $bounds: bounds(7) }));
    edit(a, (draft) => draft.move('more7', 'process', 'flowElements', 3));
    edit(a, (draft) => draft.move('more9', 'process', 'flowElements'));
    edit(a, list('one', 'supportedInterfaceRef', []));
    edit(a, () => undefined);
    expect(changes).toEqual(['oneShape $bounds', 'more7 o', 'more9 o']);
  });

  test('DIAG-7: unknown attributes keep the order of their file, and those that come later follow', () => {
    const { a, shown, meet } = pair(two);
    edit(a, set('one', { '~z:last': '1', '~a:first': '2', '~m:middle': '3' }));
    meet();
    expect([...(shown('one')?.values.keys() ?? [])].filter((name) => name.startsWith('~'))).toEqual([
      '~z:last',
      '~a:first',
      '~m:middle',
    ]);
  });
});
