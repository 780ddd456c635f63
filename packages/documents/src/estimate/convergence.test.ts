import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { diffStates } from '../records/diff.ts';
import { type Past, readPast } from '../records/past.ts';
import { createReader } from '../records/reader.ts';
import { restoreState } from '../records/restore.ts';
import { readState } from '../records/state.ts';
import { createUndo } from '../records/undo.ts';
import { edit, edits, people, viewOf } from './random-edits.ts';
import { readTexts } from './texts.ts';
import { type EstimateView, estimate } from './view.ts';

const runs = { numRuns: 150 };

/** The order in the plainest way, as an oracle: what lies in each section, sorted anew. */
function plainSections(view: EstimateView): [string | null, string[]][] {
  const sorted = (lines: EstimateView['sections'][number]['lines']) =>
    [...lines]
      .sort((a, b) =>
        a.order === b.order
          ? a.id < b.id
            ? -1
            : 1
          : a.order === null
            ? 1
            : b.order === null
              ? -1
              : a.order < b.order
                ? -1
                : 1,
      )
      .map(({ id }) => id);
  const all = [...view.lines.values()];
  const known = new Set<string | null>(view.groups.map(({ id }) => id));
  const loose = sorted(all.filter(({ group }) => !known.has(group)));
  return [
    ...view.groups.map(({ id }): [string, string[]] => [id, sorted(all.filter(({ group }) => group === id))]),
    ...(loose.length > 0 ? [[null, loose] as [null, string[]]] : []),
  ];
}

const idsOf = (view: EstimateView) =>
  view.sections.map(({ group, lines }) => [group?.id ?? null, lines.map(({ id }) => id)]);

describe('random people on one estimate', () => {
  test('EST-3: whatever is done in whatever order it arrives, undo and redo among it, all replicas show the same', () => {
    const step = fc.tuple(fc.constantFrom('work', 'work', 'work', 'undo', 'redo'), edit(3));
    fc.assert(
      fc.property(fc.constantFrom(2, 3), fc.array(step, { maxLength: 40, size: 'max' }), (count, work) => {
        const { network, editors, work: act } = people(count);
        const undos = editors.map((editor) => createUndo(editor));
        for (const [what, one] of work) {
          const who = one.who % count;
          if (what === 'undo') undos[who]?.undo();
          else if (what === 'redo') undos[who]?.redo();
          else act({ ...one, who });
        }
        network.settle();
        const [first, ...others] = editors.map(viewOf);
        for (const other of others) expect(other).toEqual(first);
        for (const doc of network.docs) expect(readTexts(doc)).toEqual(readTexts(network.docs[0]!));
        expect(idsOf(first!)).toEqual(plainSections(first!));
        const newcomer = new Y.Doc();
        Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(network.docs[0]!));
        expect(estimate.view(readState(newcomer, estimate.schema), [], null)).toEqual(first);
      }),
      runs,
    );
  });

  test('EST-4: a live reader says what a fresh reading says, in the same order, and keeps what did not change', () => {
    fc.assert(
      fc.property(edits(2, 30), (work) => {
        const { network, editors, work: act } = people(2);
        const readers = network.docs.map((doc) => createReader(doc, estimate));
        for (const edit of work) {
          const before = readers.map((reader) => reader.view());
          act(edit);
          readers.forEach((reader, index) => {
            const now = reader.view();
            const fresh = viewOf(editors[index]!);
            expect(now).toEqual(fresh);
            expect([...now.lines.keys()]).toEqual([...fresh.lines.keys()]);
            expect(reader.state()).toEqual(readState(network.docs[index]!, estimate.schema));
            expectKept(before[index]!, now);
          });
        }
      }),
      runs,
    );
  });

  test('EST-5: any earlier state comes back exactly, and the difference to it is empty', () => {
    fc.assert(
      fc.property(edits(2, 20), edits(2, 20), (before, after) => {
        const { network, editors, work } = people(2);
        for (const edit of before) work(edit);
        network.settle();
        const then = readPast(network.docs[0]!, estimate.schema);
        const view = viewOf(editors[0]!);
        for (const edit of after) work(edit);
        network.settle();
        const now = readState(network.docs[0]!, estimate.schema);
        const isOther =
          diffStates(estimate.schema, now, then.state).length > 0 ||
          !equalTexts(readPast(network.docs[0]!, estimate.schema), then);
        expect(restoreState(editors[0]!, then)).toBe(isOther);
        expect(readPast(network.docs[0]!, estimate.schema).texts).toEqual(then.texts);
        expect(diffStates(estimate.schema, readState(network.docs[0]!, estimate.schema), then.state)).toEqual(
          [],
        );
        expect(viewOf(editors[0]!)).toEqual(view);
      }),
      runs,
    );
  });

  test('EST-6: alone, undoing everything leads to the beginning and redoing everything back', () => {
    fc.assert(
      fc.property(edits(1, 30), (work) => {
        const { editors, work: act, network } = people(1);
        const undo = createUndo(editors[0]!);
        const read = () => readState(network.docs[0]!, estimate.schema);
        const begin = read();
        for (const edit of work) act({ ...edit, deliveries: [] });
        const end = read();
        while (undo.undo() !== null);
        expect(diffStates(estimate.schema, read(), begin)).toEqual([]);
        while (undo.redo() !== null);
        expect(diffStates(estimate.schema, read(), end)).toEqual([]);
      }),
      runs,
    );
  });
});

function equalTexts({ texts: a }: Past, { texts: b }: Past): boolean {
  return [...a].every(([name, text]) => b.get(name) === text);
}

/** What is equal is the same object: records, sections, lists and the whole. */
function expectKept(before: EstimateView, now: EstimateView): void {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  for (const name of [
    'meta',
    'params',
    'proposal',
    'review',
    'groups',
    'sections',
    'risks',
    'actuals',
    'lessons',
  ] as const) {
    if (same(before[name], now[name])) expect(now[name]).toBe(before[name]);
  }
  for (const [id, line] of now.lines) {
    const old = before.lines.get(id);
    if (old !== undefined && same(old, line)) expect(line).toBe(old);
  }
  for (const section of now.sections) {
    const old = before.sections.find(({ group }) => group?.id === section.group?.id);
    if (old === undefined) continue;
    if (same(old.lines, section.lines)) expect(section.lines).toBe(old.lines);
    if (same(old, section)) expect(section).toBe(old);
  }
  if (before.sections === now.sections) expect(now.lines).toBe(before.lines);
}
