import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Editor } from '../records/editor.ts';
import { readPast } from '../records/past.ts';
import { createReader } from '../records/reader.ts';
import { restoreState } from '../records/restore.ts';
import { readState } from '../records/state.ts';
import { type Draft, draftOf } from './draft.ts';
import { plainPagesOfDrawings, thingsIn } from './plain-drawings.ts';
import { plainStanding } from './plain-standing.ts';
import { edits, people, viewOf } from './random-edits.ts';
import { diagram } from './view.ts';
import { writeDifference } from './write.ts';

const runs = { numRuns: 80 };

describe('random people on one diagram', () => {
  test('DIAG-1: whatever is done in whatever order it arrives, all replicas show the same in the end', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3), edits(3, 40), (count, work) => {
        const { network, editors, work: act } = people(count);
        for (const edit of work) act({ ...edit, who: edit.who % count });
        network.settle();
        const [first, ...others] = editors.map(viewOf);
        for (const other of others) expect(other).toEqual(first);
        const newcomer = new Y.Doc();
        Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(network.docs[0]!));
        expect(viewOf({ doc: newcomer, schema: diagram.schema })).toEqual(first);
      }),
      runs,
    );
  });

  test('DIAG-2: a live reader says what a fresh reading says, and what stands is what the plainest way finds', () => {
    fc.assert(
      fc.property(edits(2, 40), fc.array(fc.nat(9)), (work, turns) => {
        const { network, editors, undos, work: act } = people(2);
        const readers = network.docs.map((doc) => createReader(doc, diagram));
        let last = readers.map((reader) => reader.view());
        work.forEach((edit, index) => {
          act(edit);
          const turn = turns[index % Math.max(1, turns.length)] ?? 9;
          if (turn < 3) undos[edit.who]!.undo();
          else if (turn === 3) undos[edit.who]!.redo();
          const views = readers.map((reader) => reader.view());
          views.forEach((view, at) => {
            const state = readState(network.docs[at]!, diagram.schema);
            expect(view).toEqual(viewOf(editors[at]!));
            expect([...view.elements.keys()].sort()).toEqual(plainStanding(state));
            for (const [key, element] of view.elements) {
              const before = last[at]!.elements.get(key);
              if (before !== undefined && before !== element) expect(element).not.toEqual(before);
            }
          });
          last = views;
        });
      }),
      runs,
    );
  });

  test('DIAG-29: whoever collapses, expands, adds and moves, a drawing is on the page of what its element lies in', () => {
    const work = edits(2, 25, ['addTask', 'connect', 'boundary', 'moveInto', 'collapse', 'expand', 'morph']);
    fc.assert(
      fc.property(work, (edits) => {
        const { network, editors, work: act } = people(2);
        const readers = network.docs.map((doc) => createReader(doc, diagram));
        for (const edit of edits) {
          act(edit);
          readers.forEach((reader, at) => {
            const view = reader.view();
            expect(view).toEqual(viewOf(editors[at]!));
            const state = readState(network.docs[at]!, diagram.schema);
            expect([...view.elements.keys()].sort()).toEqual(plainStanding(state));
            expect(plainPagesOfDrawings(thingsIn(view.elements))).toEqual(new Map());
          });
        }
      }),
      runs,
    );
  });

  test('DIAG-3: what a lone person draws is what shows, in the order they put it', () => {
    fc.assert(
      fc.property(edits(1, 30), (work) => {
        const { editors, work: act } = people(1);
        const hidden = new Set<string>();
        for (const edit of work) {
          const wanted = act({ ...edit, deliveries: [] });
          const { elements } = viewOf(editors[0]!);
          // A flow between two pages has no line to show; it has one again when they are one page.
          for (const key of wanted.keys()) if (!elements.has(key)) hidden.add(key);
          for (const [key, element] of elements) {
            const meant = wanted.get(key);
            // What a type could not hold is back with one that can.
            if (meant === undefined && (edit.what === 'morph' || hidden.has(key))) continue;
            if (meant === undefined) throw new Error(`${key} was not drawn by anybody.`);
            expect({ ...element, values: null, lists: null, children: null }).toEqual({
              ...meant,
              values: null,
              lists: null,
              children: null,
            });
            for (const [property, children] of meant.children) {
              const there = children.filter((child) => elements.has(child));
              const shown = element.children.get(property) ?? [];
              expect(shown.filter((child) => wanted.has(child))).toEqual(there);
            }
            for (const [name, value] of meant.values) {
              if (name !== '@id' && !name.startsWith('&')) expect(element.values.get(name)).toEqual(value);
            }
          }
        }
      }),
      runs,
    );
  });

  test('DIAG-4: any earlier state comes back exactly', () => {
    fc.assert(
      fc.property(edits(2, 20), edits(2, 20), (before, after) => {
        const { network, editors, work } = people(2);
        for (const edit of before) work(edit);
        network.settle();
        const then = readPast(network.docs[0]!, diagram.schema);
        const view = viewOf(editors[0]!);
        for (const edit of after) work(edit);
        network.settle();
        restoreState(editors[0]!, then);
        expect(viewOf(editors[0]!)).toEqual(view);
        network.settle();
        expect(viewOf(editors[1]!)).toEqual(view);
      }),
      runs,
    );
  });

  test('DIAG-5: alone, undoing everything leads to the beginning and redoing everything back', () => {
    fc.assert(
      fc.property(edits(1, 25), (work) => {
        const { editors, undos, work: act } = people(1);
        const begin = viewOf(editors[0]!);
        for (const edit of work) act(edit);
        const end = viewOf(editors[0]!);
        while (undos[0]!.undo() !== null);
        expect(viewOf(editors[0]!)).toEqual(begin);
        while (undos[0]!.redo() !== null);
        expect(viewOf(editors[0]!)).toEqual(end);
      }),
      runs,
    );
  });

  test('DIAG-13: whoever moves which subprocess into which other, none is ever lost', () => {
    const move = fc.record({
      who: fc.nat(2),
      what: fc.nat(5),
      into: fc.nat(6),
      to: fc.nat(2),
      pick: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30, size: 'max' }), (moves) => {
        const { network, editors } = people(3);
        const boxes = ['f', 'a', 'd', 'b', 'e', 'c'];
        change(editors[0]!, (draft) => {
          for (const key of boxes) draft.add(key, 'bpmn:SubProcess', 'process', 'flowElements');
          for (const key of boxes) {
            draft.add(`${key}2`, 'bpmn:BoundaryEvent', 'process', 'flowElements', { '&attachedToRef': key });
          }
        });
        network.settle();
        const reader = createReader(network.docs[0]!, diagram);
        for (const { who, what, into, to, pick } of moves) {
          const key = boxes[what]!;
          const owner = boxes[into] ?? 'process';
          change(editors[who]!, (draft) => {
            // An update that came too early can have taken a register away that it has not written yet.
            if (!draft.elements.has(key) || !draft.elements.has(owner)) return;
            for (let at: string | null = owner; at !== null; at = draft.elements.get(at)?.parent ?? null) {
              if (at === key) return;
            }
            draft.move(key, owner, 'flowElements');
          });
          network.deliver(to, pick);
          const { elements } = reader.view();
          expect(viewOf(editors[0]!).elements).toEqual(elements);
          for (const box of boxes) {
            expect(elements.get(`${box}2`)?.parent).toBe(elements.get(box)?.parent);
          }
          const state = readState(network.docs[0]!, diagram.schema);
          expect([...elements.keys()].sort()).toEqual(plainStanding(state));
        }
        network.settle();
        const [first, ...others] = editors.map(viewOf);
        for (const other of others) expect(other).toEqual(first);
        expect(boxes.filter((key) => !first!.elements.has(key))).toEqual([]);
      }),
      runs,
    );
  });
});

function change(editor: Editor, work: (draft: Draft) => void): void {
  const before = viewOf(editor).elements;
  const draft = draftOf(before);
  work(draft);
  writeDifference(editor, before, draft.elements, 'Edit');
}
