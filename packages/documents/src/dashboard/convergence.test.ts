import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { diffStates } from '../records/diff.ts';
import { readPast } from '../records/past.ts';
import { createReader } from '../records/reader.ts';
import { restoreState } from '../records/restore.ts';
import { readState, type State } from '../records/state.ts';
import { layoutOf } from './layout-view.ts';
import { edits, people, viewOf } from './random-edits.ts';
import { type DashboardView, dashboard } from './view.ts';

const runs = { numRuns: 150 };

describe('random people on one dashboard', () => {
  test('REC-3: whatever is done in whatever order it arrives, all replicas show the same in the end', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3), edits(3, 40), (count, work) => {
        const { network, editors, work: act } = people(count);
        for (const edit of work) act({ ...edit, who: edit.who % count });
        network.settle();
        const [first, ...others] = editors.map(viewOf);
        for (const other of others) {
          expect(other).toEqual(first);
          expect(layoutOf(other)).toEqual(layoutOf(first!));
        }
        // What a server stores and hands to a newcomer shows the same again.
        const newcomer = new Y.Doc();
        Y.applyUpdate(newcomer, Y.encodeStateAsUpdate(network.docs[0]!));
        expect(dashboard.view(readState(newcomer, dashboard.schema), [], null)).toEqual(first);
      }),
      runs,
    );
  });

  test('REC-4: a live reader says what a fresh reading says, after every transaction', () => {
    fc.assert(
      fc.property(edits(2, 30), (work) => {
        const { network, editors, work: act } = people(2);
        const readers = network.docs.map((doc) => createReader(doc, dashboard));
        for (const edit of work) {
          act(edit);
          readers.forEach((reader, index) => {
            expect(reader.view()).toEqual(viewOf(editors[index]!));
            expect(reader.state()).toEqual(readState(network.docs[index]!, dashboard.schema));
          });
        }
      }),
      runs,
    );
  });

  test('REC-11, REC-12: any earlier state comes back exactly, and the difference to it is empty', () => {
    fc.assert(
      fc.property(edits(2, 20), edits(2, 20), (before, after) => {
        const { network, editors, work } = people(2);
        for (const edit of before) work(edit);
        network.settle();
        const then = readPast(network.docs[0]!, dashboard.schema);
        const view = viewOf(editors[0]!);
        for (const edit of after) work(edit);
        network.settle();
        const now = readState(network.docs[0]!, dashboard.schema);
        const different = diffStates(dashboard.schema, now, then.state).length > 0;
        expect(different).toBe(!sameView(viewOf(editors[0]!), view) || !sameShown(now, then.state));
        expect(restoreState(editors[0]!, then)).toBe(different);
        expect(
          diffStates(dashboard.schema, readState(network.docs[0]!, dashboard.schema), then.state),
        ).toEqual([]);
        expect(viewOf(editors[0]!)).toEqual(view);
        network.settle();
        expect(viewOf(editors[1]!)).toEqual(view);
      }),
      runs,
    );
  });
});

function sameView(a: DashboardView, b: DashboardView): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Compared in the plainest way, as an oracle: records that were not removed, written out. */
function sameShown(a: State, b: State): boolean {
  const plain = (state: State) =>
    JSON.stringify(
      Object.entries(state).map(([name, records]) => [
        name,
        [...records]
          .filter(([, record]) => record.get('x') !== 1)
          .map(([id, record]) => [id, [...record].sort(([x], [y]) => (x < y ? -1 : 1))])
          .sort(([x], [y]) => (x! < y! ? -1 : 1)),
      ]),
    );
  return plain(a) === plain(b);
}
