import { estimate, moveLines, removeLines, renameGroup, setCells } from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cancel, commit, open, typed } from './edit.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { goTo } from './grid.ts';
import { watchOthers } from './others.ts';
import { atCells, beyondSight, markOf } from './peers.ts';
import { collapse } from './section-acts.ts';
import { sectionKey } from './sheet.ts';

const bob = { id: 'u2', name: 'Bob Stone' };
let t: TestGrid;
let tom: Editor;
let clock: number;
let timers: { at: number; then: () => void }[];
/** Brings what the other replica has. */
let arrive: () => void;
const pass = (ms: number) => {
  clock += ms;
  const due = timers.filter(({ at }) => at <= clock);
  timers = timers.filter(({ at }) => at > clock);
  for (const { then } of due) then();
};

beforeEach(() => {
  t = testGrid();
  clock = 0;
  timers = [];
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(t.doc));
  tom = createEditor(other, estimate.schema, 'tom');
  arrive = () => {
    Y.applyUpdate(t.doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(t.doc)));
    t.render();
  };
  watchOthers(t.grid, {
    whoWrote: () => bob,
    now: () => clock,
    later: (ms, then) => timers.push({ at: clock + ms, then }),
  });
});

const flashes = () =>
  [...t.grid.store.get().flashes.values()].map(({ row, column, mine }) => [row, column, mine]);

test('GRID-41: what others change is shown for a moment, what came to its place as a row', () => {
  const [shingles, nails] = t.first;
  setCells(tom, [{ id: shingles!, column: 'qty', value: 9_000_000 }]);
  moveLines(tom, [nails!], t.grid.reader.view().groups[1]!.id);
  arrive();
  expect(flashes()).toEqual([
    [shingles, 'qty', false],
    [nails, null, false],
  ]);
  pass(1_600);
  expect(flashes()).toEqual([]);
  setCells(t.grid.editor, [{ id: shingles!, column: 'qty', value: 1_000_000 }]);
  expect(flashes(), 'not what is changed here').toEqual([]);
});

test('GRID-41: what was written here a moment ago and somebody else writes over is told with a name', () => {
  const [shingles] = t.first;
  setCells(t.grid.editor, [{ id: shingles!, column: 'unitCost', value: 110_000 }]);
  // Both replicas hold it before it is written over.
  Y.applyUpdate(tom.doc, Y.encodeStateAsUpdate(t.doc));
  setCells(tom, [{ id: shingles!, column: 'unitCost', value: 120_000 }]);
  arrive();
  expect(flashes()).toEqual([[shingles, 'unitCost', true]]);
  expect(t.grid.store.get().said?.text).toBe('Bob Stone changed unit cost of Shingles.');
  pass(2_000);
  expect(flashes()).toHaveLength(1);
  pass(3_000);
  expect(flashes()).toEqual([]);
  pass(60_000);
  setCells(tom, [{ id: shingles!, column: 'unitCost', value: 130_000 }]);
  arrive();
  expect(flashes(), 'long ago').toEqual([[shingles, 'unitCost', false]]);
});

test('GRID-42: in an open cell it is asked which stays: Enter keeps mine, Escape takes theirs', () => {
  const [shingles] = t.first;
  const qty = () => t.grid.reader.view().lines.get(shingles!)?.qty;
  goTo(t.grid, shingles!, 'qty');
  typed(t.grid, '77');
  setCells(tom, [{ id: shingles!, column: 'qty', value: 9_000_000 }]);
  arrive();
  expect(t.grid.store.get().theirs).toEqual({
    place: { row: shingles, column: 'qty' },
    by: bob,
    what: 'changed',
  });
  cancel(t.grid);
  expect(t.grid.store.get().theirs).toBeNull();
  expect(qty()).toBe(9_000_000);
  typed(t.grid, '78');
  setCells(tom, [{ id: shingles!, column: 'qty', value: 10_000_000 }]);
  arrive();
  commit(t.grid, 'stay');
  expect(qty()).toBe(78_000_000);
  expect(t.grid.store.get().theirs).toBeNull();
  // The same as what is typed is no question.
  typed(t.grid, '5');
  setCells(tom, [{ id: shingles!, column: 'qty', value: 5_000_000 }]);
  arrive();
  expect(t.grid.store.get().theirs).toBeNull();
});

test('GRID-42: the name of a section that is being written is asked about likewise', () => {
  const [roof] = t.grid.reader.view().groups;
  goTo(t.grid, sectionKey(roof!.id), 'name');
  typed(t.grid, 'Roof and gutters');
  renameGroup(tom, roof!.id, 'Roofing');
  arrive();
  expect(t.grid.store.get().theirs).toMatchObject({ by: bob, what: 'changed' });
  cancel(t.grid);
  expect(t.grid.reader.view().groups[0]?.name).toBe('Roofing');
});

test('GRID-42: a cell that was opened and not typed in goes on from what stands there now', () => {
  const [shingles] = t.first;
  goTo(t.grid, shingles!, 'qty');
  open(t.grid);
  setCells(tom, [{ id: shingles!, column: 'qty', value: 9_000_000 }]);
  arrive();
  expect(t.grid.store.get().theirs).toBeNull();
  expect(t.grid.store.get().editing?.begin).toBe('9');
  expect(t.grid.store.draft).toBe('9');
});

test('GRID-42: the line of an open cell is moved, then removed, by somebody who is named', () => {
  const [shingles] = t.first;
  goTo(t.grid, shingles!, 'qty');
  typed(t.grid, '77');
  moveLines(tom, [shingles!], t.grid.reader.view().groups[1]!.id);
  arrive();
  expect(t.grid.store.get().theirs?.what).toBe('moved');
  expect(t.grid.store.get().editing?.place.row).toBe(shingles);
  removeLines(tom, [shingles!]);
  arrive();
  expect(t.grid.store.get()).toMatchObject({
    editing: null,
    theirs: null,
    lost: { text: '77', why: 'removed', by: 'Bob Stone' },
  });
});

test('GRID-40: others are at their cells and blocks, at the head of a folded section, or nowhere', () => {
  const [shingles, , felt] = t.first;
  const sheet = t.grid.sheet();
  const { columns, indexes } = sheet;
  const qty = columns.indexOf('qty');
  const at = { clientId: 1, user: bob, editing: false, view: 'estimate', away: false } as const;
  const cell = { line: felt!, column: 'unit' };
  const [peer] = atCells([
    { ...at, cell, range: { anchor: { line: shingles!, column: 'qty' }, focus: cell } },
    { ...at, cell, range: null, view: 'risks' },
    { ...at, cell, range: null, away: true },
    { ...at, cell: null, range: null },
  ]);
  const [top, bottom] = [indexes.get(shingles!)!, indexes.get(felt!)!];
  expect(markOf(t.grid, sheet, peer!)).toMatchObject({
    at: { top: bottom, bottom, left: qty + 1, right: qty + 1 },
    range: { top, bottom, left: qty, right: qty + 1 },
  });
  const roof = t.grid.reader.view().groups[0]!.id;
  collapse(t.grid, sectionKey(roof), true);
  expect(markOf(t.grid, t.grid.sheet(), peer!)?.at).toEqual({
    top: 0,
    bottom: 0,
    left: 0,
    right: columns.length - 1,
  });
  expect(markOf(t.grid, sheet, { ...peer!, cell: { line: 'gone', column: 'qty' } })).toBeNull();
  expect(markOf(t.grid, sheet, { ...peer!, range: null, cell: { line: felt!, column: '?' } })?.at.left).toBe(
    0,
  );
  expect(beyondSight({ top: 0, bottom: 32 }, { top: 40, bottom: 400 })).toBe('above');
  expect(beyondSight({ top: 400, bottom: 432 }, { top: 40, bottom: 400 })).toBe('below');
  expect(beyondSight({ top: 100, bottom: 132 }, { top: 40, bottom: 400 })).toBeNull();
});
