import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffStates } from '../records/diff.ts';
import { transact } from '../records/editor.ts';
import { equalJson, type Json } from '../records/json.ts';
import { readState } from '../records/state.ts';
import { createUndo } from '../records/undo.ts';
import {
  addChart,
  hideChart,
  moveChart,
  removeChart,
  setChartTitle,
  setOption,
  showChart,
} from './chart-commands.ts';
import { setTitle } from './commands.ts';
import { edits, people, viewOf } from './random-edits.ts';
import { dashboard } from './view.ts';

function two() {
  const crowd = people(2);
  const [a, b] = crowd.editors;
  return { ...crowd, a: a!, b: b!, undoA: createUndo(a!), undoB: createUndo(b!) };
}

describe('undo', () => {
  test('REC-7: both set one register, A wins, A undoes: the value before stands, on both sides', () => {
    const { network, a, b, undoA, undoB, view } = two();
    // Of two concurrent writes the one with the higher client ID wins; let each be the undoer once.
    for (const [winner, undo] of [
      [b, undoB],
      [a, undoA],
    ] as const) {
      setTitle(a, `A ${winner === a}`);
      setTitle(b, `B ${winner === a}`);
      network.settle();
      undo.undo();
      network.settle();
      expect(view(0).meta.title).toEqual(view(1).meta.title);
      expect(view(0).meta.title).not.toBe('');
    }
  });

  test('REC-7: what B wrote over it stays', () => {
    const { network, a, b, undoA, view } = two();
    const id = addChart(a, { type: 'line', title: 'One' });
    network.settle();
    setChartTitle(a, id, 'Two');
    moveChart(a, id, { x: 3, y: 3 });
    network.settle();
    setChartTitle(b, id, 'Three');
    network.settle();
    expect(undoA.undo()).toBe('Move chart');
    expect(undoA.status()).toEqual({
      canUndo: false,
      undoLabel: null,
      canRedo: true,
      redoLabel: 'Move chart',
    });
    // Nothing is left of "Two", and the chart itself holds B's work: both steps are passed over.
    expect(undoA.undo()).toBe(null);
    network.settle();
    for (const who of [0, 1]) {
      expect(view(who).charts[0]).toMatchObject({ title: 'Three', place: { pos: { x: 0, y: 0 } } });
    }
  });

  test('REC-7: an older step does not take another person’s equal write for its own', () => {
    const { network, a, b, undoA, view } = two();
    const id = addChart(a, { type: 'line' });
    network.settle();
    hideChart(a, id);
    showChart(a, id);
    network.settle();
    hideChart(b, id);
    network.settle();
    while (undoA.undo() !== null);
    expect(view(0).charts[0]?.hidden).toBe(true);
  });

  test('REC-7: what B wrote last is B’s, even when it says what A had said', () => {
    const { network, a, b, undoA, view } = two();
    setTitle(a, 'A');
    network.settle();
    setTitle(b, 'B');
    setTitle(b, 'A');
    network.settle();
    expect(undoA.undo()).toBe(null);
    expect(view(0).meta.title).toBe('A');
  });

  test('REC-7: undoing a removal brings back what B wrote meanwhile', () => {
    const { network, a, b, undoA, view } = two();
    const id = addChart(a, { type: 'line', title: 'One' });
    network.settle();
    removeChart(a, id);
    setChartTitle(b, id, 'Two');
    network.settle();
    expect(view(1).charts).toEqual([]);
    expect(undoA.status().undoLabel).toBe('Remove chart');
    undoA.undo();
    network.settle();
    expect(view(0).charts[0]?.title).toBe('Two');
    expect(view(1).charts[0]?.title).toBe('Two');
  });

  test('REC-7: a chart that nobody else touched goes when its making is undone, and comes back', () => {
    const { a, undoA, view } = two();
    const id = addChart(a, { type: 'line', title: 'One' });
    expect(undoA.undo()).toBe('Add chart');
    expect(view(0).charts).toEqual([]);
    expect(undoA.redo()).toBe('Add chart');
    expect(view(0).charts[0]).toMatchObject({ id, title: 'One' });
    expect(undoA.undo()).toBe('Add chart');
    expect(view(0).charts).toEqual([]);
  });

  test('REC-8: commands of one gesture are one step; another command ends it', () => {
    const { a, undoA, view } = two();
    const id = addChart(a, { type: 'line', title: '' });
    for (const title of ['R', 'Ra', 'Rain']) setChartTitle(a, id, title, { gesture: 'typing' });
    hideChart(a, id);
    setChartTitle(a, id, 'Rain!', { gesture: 'typing' });
    undoA.undo();
    expect(view(0).charts[0]).toMatchObject({ title: 'Rain', hidden: true });
    undoA.undo();
    undoA.undo();
    expect(view(0).charts[0]).toMatchObject({ title: '', hidden: false });
    undoA.redo();
    expect(view(0).charts[0]?.title).toBe('Rain');
  });

  test('REC-8: a record made and filled in one gesture goes and comes back as one', () => {
    const { a, undoA, view } = two();
    for (const gesture of [undefined, 'drop']) {
      transact(a, 'Make', (write) => write.create('tabs', `t ${gesture}`, { title: 'One' }), {
        gesture: gesture ?? 'own',
      });
      transact(a, 'Fill', (write) => write.set('tabs', `t ${gesture}`, 'title', 'Two'), {
        gesture: gesture ?? 'own',
      });
    }
    transact(a, 'Both', (write) => {
      write.create('tabs', 'once', { title: 'One' });
      write.set('tabs', 'once', 'title', 'Two');
    });
    for (let step = 0; step < 3; step += 1) undoA.undo();
    expect(view(0).tabs).toEqual([]);
    while (undoA.redo() !== null);
    expect(view(0).tabs.map(({ title }) => title)).toEqual(['Two', 'Two', 'Two']);
  });

  test('REC-8: a new command after undo ends redo; the stack is bounded', () => {
    const { a, view } = two();
    const undo = createUndo(a, { maxSteps: 3 });
    for (const title of ['1', '2', '3', '4', '5']) setTitle(a, title);
    undo.undo();
    setTitle(a, '6');
    expect(undo.status().canRedo).toBe(false);
    expect(undo.redo()).toBe(null);
    while (undo.undo() !== null);
    expect(view(0).meta.title).toBe('2');
    undo.destroy();
    setTitle(a, '7');
    expect(undo.undo()).toBe(null);
  });

  test('REC-8: the status is one object until it changes, and whoever listens is told', () => {
    const { network, a, b, undoA } = two();
    let calls = 0;
    undoA.subscribe(() => {
      calls += 1;
    });
    const empty = undoA.status();
    setTitle(a, 'A');
    const one = undoA.status();
    expect([empty.canUndo, one.undoLabel, calls > 0]).toEqual([false, 'Rename dashboard', true]);
    network.settle();
    expect(undoA.status()).toBe(one);
    setTitle(b, 'B');
    network.settle();
    expect(undoA.status().canUndo).toBe(false);
  });

  test('REC-8: what this version cannot read is put back as it was', () => {
    const { a, undoA, view } = two();
    const id = addChart(a, { type: 'line' });
    a.doc.getMap<Map<string, unknown>>('charts').get(id)!.set('type', 'hologram');
    setOption(a, id, 'k', 1);
    setChartTitle(a, id, 'T');
    undoA.undo();
    expect(view(0).charts[0]?.type).toBe('table');
    expect(readState(a.doc, dashboard.schema).charts?.get(id)?.get('type')).toBe('hologram');
  });

  test('REC-8: alone, undoing all leads to the beginning, and redoing all back', () => {
    fc.assert(
      fc.property(edits(1, 30), (work) => {
        const { editors, work: act, network } = people(1);
        const undo = createUndo(editors[0]!);
        const read = () => readState(network.docs[0]!, dashboard.schema);
        const begin = read();
        for (const edit of work) act({ ...edit, deliveries: [] });
        const end = read();
        while (undo.undo() !== null);
        expect(diffStates(dashboard.schema, read(), begin)).toEqual([]);
        while (undo.redo() !== null);
        expect(diffStates(dashboard.schema, read(), end)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('REC-7: whatever A undoes and redoes, what B wrote and saw stand is still there', () => {
    const step = fc.oneof(
      edits(2, 1).map((list) => list[0] ?? null),
      fc.constantFrom('undo' as const, 'redo' as const),
    );
    fc.assert(
      fc.property(edits(2, 15), fc.array(step, { maxLength: 20 }), (before, after) => {
        const { network, editors, work } = people(2);
        const [a, b] = editors;
        const undo = createUndo(a!);
        const written = new Map<string, unknown>();
        b!.onCommand(({ changes }) => {
          for (const { collection, id, register, after: value } of changes) {
            written.set(JSON.stringify([collection, id, register]), value);
          }
        });
        // What A writes by a command of its own over B's work is A's right; only undo must keep off.
        a!.onCommand(({ type, changes }) => {
          if (type !== 'command') return;
          for (const { collection, id, register } of changes)
            written.delete(JSON.stringify([collection, id, register]));
        });
        for (const edit of before) {
          work(edit);
          network.settle();
        }
        for (const act of after) {
          if (act === 'undo') undo.undo();
          else if (act === 'redo') undo.redo();
          else if (act !== null) work(act);
          network.settle();
        }
        while (undo.undo() !== null) network.settle();
        const state = readState(network.docs[1]!, dashboard.schema);
        for (const [key, value] of written) {
          const [collection, id, register] = JSON.parse(key) as [string, string, string];
          expect([key, state[collection]?.get(id)?.get(register)]).toEqual([key, value]);
        }
        expect(viewOf(a!)).toEqual(viewOf(b!));
      }),
      { numRuns: 150 },
    );
  });

  test('REC-7: after work at the same time, A undoing all of it hides nothing of B that was to be seen', () => {
    fc.assert(
      fc.property(edits(2, 40), (work) => {
        const { network, editors, work: act } = people(2);
        const [a, b] = editors;
        const undo = createUndo(a!);
        const [mine, theirs] = [new Map<string, unknown>(), new Map<string, unknown>()];
        for (const [editor, written] of [
          [a!, mine],
          [b!, theirs],
        ] as const) {
          editor.onCommand(({ type, changes }) => {
            if (type !== 'command') return;
            for (const { collection, id, register, after } of changes) {
              written.set(JSON.stringify([collection, id, register]), after);
            }
          });
        }
        for (const edit of work) act(edit);
        network.settle();
        const standing = (key: string) => {
          const [collection, id, register] = JSON.parse(key) as [string, string, string];
          return readState(network.docs[1]!, dashboard.schema)[collection]?.get(id)?.get(register);
        };
        const visible = [...theirs].filter(
          ([key, value]) =>
            equalJson(standing(key), value as Json) && !equalJson(mine.get(key) as Json, value as Json),
        );
        while (undo.undo() !== null);
        network.settle();
        for (const [key, value] of visible) expect([key, standing(key)]).toEqual([key, value]);
        expect(viewOf(a!)).toEqual(viewOf(b!));
      }),
      { numRuns: 150 },
    );
  });
});
