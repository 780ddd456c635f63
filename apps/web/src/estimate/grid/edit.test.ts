import { removeLines, setCells, writeStatus } from '@tidemark/documents/estimate';
import { expect, test } from 'vitest';
import { act } from './acts.ts';
import { cancel, commit, commitBlock, open, typed } from './edit.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { goTo } from './grid.ts';
import {
  beginLine,
  duplicateChosen,
  insertLine,
  moveChosen,
  removeChosen,
  setOptional,
} from './line-acts.ts';
import { beginSection, collapse, moveSection, removeSection } from './section-acts.ts';
import { extend, select } from './selection.ts';
import { addLineKey, addSectionKey, sectionKey } from './sheet.ts';

const enter = { key: 'enter', back: false } as const;
const tab = { key: 'tab', back: false } as const;
const lineOf = ({ grid }: TestGrid, id: string) => grid.reader.view().lines.get(id)!;
const steps = ({ grid }: TestGrid) => {
  let count = 0;
  while (grid.undo.undo() !== null) count += 1;
  for (let done = 0; done < count; done += 1) grid.undo.redo();
  return count;
};

test('GRID-9: typing over a cell writes it on Enter, as one step, and goes down', () => {
  const made = testGrid();
  const { grid, first } = made;
  const before = steps(made);
  goTo(grid, first[0]!, 'qty');
  typed(grid, '3');
  typed(grid, '31');
  expect(grid.store.get().editing).toMatchObject({ over: true, begin: null });
  commit(grid, enter);
  expect(lineOf(made, first[0]!).qty).toBe(31_000_000);
  expect(grid.store.get()).toMatchObject({
    editing: null,
    selection: { active: { row: first[1], column: 'qty' } },
  });
  expect(grid.undo.status().undoLabel).toBe('Change quantity');
  expect(steps(made)).toBe(before + 1);
});

test('GRID-9: F2 opens what is there, and Escape leaves it as it was', () => {
  const made = testGrid();
  const { grid, first } = made;
  goTo(grid, first[0]!, 'unitCost');
  act(grid, { act: 'edit' });
  expect(grid.store.get().editing).toMatchObject({ over: false, begin: '10' });
  typed(grid, '99');
  cancel(grid);
  expect(lineOf(made, first[0]!).unitCost).toBe(100_000);
  expect(grid.store.get().editing).toBeNull();
});

test('GRID-12: what can not be read is not written: it stays open, or in its cell, until it is mended or given up', () => {
  const made = testGrid();
  const { grid, first } = made;
  goTo(grid, first[0]!, 'qty');
  typed(grid, '12 apples');
  expect(commit(grid, enter)).toBe(false);
  expect(grid.store.get().problem).toBe('That is not a number.');
  expect(grid.store.get().editing).not.toBeNull();
  // A click elsewhere.
  commit(grid, 'stay');
  const key = `${first[0]} qty`;
  expect(grid.store.get().refused.get(key)?.text).toBe('12 apples');
  expect(lineOf(made, first[0]!).qty).toBe(2_000_000);
  act(grid, { act: 'edit' });
  expect(grid.store.get().editing?.begin).toBe('12 apples');
  commit(grid, 'stay');
  expect(grid.store.get().refused.has(key), 'opened and left as it was').toBe(true);
  act(grid, { act: 'escape' });
  expect(grid.store.get().refused.size).toBe(0);
});

test('GRID-12: a mended cell is written and its mark is gone', () => {
  const made = testGrid();
  const { grid, first } = made;
  goTo(grid, first[0]!, 'qty');
  typed(grid, 'x y');
  commit(grid, 'stay');
  open(grid);
  typed(grid, '4');
  expect(commit(grid, 'stay')).toBe(true);
  expect(grid.store.get().refused.size).toBe(0);
  expect(lineOf(made, first[0]!).qty).toBe(4_000_000);
});

test('GRID-13: Ctrl+Enter writes all that are chosen, as one step', () => {
  const made = testGrid();
  const { grid, first } = made;
  grid.store.set({
    selection: extend(select({ row: first[0]!, column: 'unit' }), { row: first[2]!, column: 'unit' }),
  });
  typed(grid, 'sq');
  commitBlock(grid);
  expect(first.map((id) => lineOf(made, id).unit)).toEqual(['sq', 'sq', 'sq']);
  grid.undo.undo();
  expect(first.map((id) => lineOf(made, id).unit)).toEqual(['ea', 'ea', 'ea']);
});

test('GRID-13: Delete clears the chosen cells of lines alone, as one step', () => {
  const made = testGrid();
  const { grid, first, second } = made;
  grid.store.set({
    selection: extend(select({ row: first[1]!, column: 'qty' }), { row: second[0]!, column: 'unitCost' }),
  });
  act(grid, { act: 'clear' });
  for (const id of [first[1]!, first[2]!, second[0]!]) {
    expect(lineOf(made, id)).toMatchObject({ qty: 0, unit: '', unitCost: 0 });
  }
  expect(lineOf(made, first[0]!).qty).toBe(2_000_000);
  grid.undo.undo();
  expect(lineOf(made, second[0]!)).toMatchObject({ qty: 2_000_000, unit: 'ea' });
});

test('GRID-14: a name typed where a line is begun makes the line; Tab goes on in it, Enter begins the next', () => {
  const made = testGrid();
  const { grid, names } = made;
  const roof = grid.reader.view().groups[0]!.id;
  goTo(grid, addLineKey(roof), 'qty');
  typed(grid, 'Ridge');
  commit(grid, enter);
  expect(grid.store.get().selection?.active.row).toBe(addLineKey(roof));
  typed(grid, 'Vents');
  commit(grid, tab);
  expect(names()[0]).toEqual(['Shingles', 'Nails', 'Felt', 'Ridge', 'Vents']);
  expect(grid.store.get().selection).toMatchObject({ active: { column: 'qty' }, home: 'name' });
});

test('GRID-14: a section is begun by its name, and its first line comes next', () => {
  const { grid } = testGrid();
  goTo(grid, addSectionKey, 'name');
  typed(grid, 'Gutters');
  commit(grid, enter);
  const made = grid.reader.view().groups.at(-1)!;
  expect(made.name).toBe('Gutters');
  expect(grid.store.get().selection?.active.row).toBe(addLineKey(made.id));
});

test('GRID-15: lines are inserted, duplicated, made optional, moved over the edge of a section and removed, one step each', () => {
  const made = testGrid();
  const { grid, first, names } = made;
  goTo(grid, first[1]!, 'name');
  const id = insertLine(grid, 'above');
  expect(names()[0]).toEqual(['Shingles', '', 'Nails', 'Felt']);
  expect(grid.store.get().selection?.active.row).toBe(id);
  grid.undo.undo();

  grid.store.set({
    selection: { ...select({ row: first[1]!, column: 'name' }), lead: { row: first[2]!, column: 'name' } },
  });
  duplicateChosen(grid);
  expect(names()[0]).toEqual(['Shingles', 'Nails', 'Felt', 'Nails', 'Felt']);
  setOptional(grid, true);
  expect(grid.reader.view().sections[0]!.lines.map(({ optional }) => optional)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  moveChosen(grid, 'down');
  expect(names()).toEqual([
    ['Shingles', 'Nails', 'Felt'],
    ['Nails', 'Felt', 'Siding', 'Trim', 'Paint'],
  ]);
  moveChosen(grid, 'up');
  expect(names()[0]).toEqual(['Shingles', 'Nails', 'Felt', 'Nails', 'Felt']);
  removeChosen(grid);
  expect(names()[0]).toEqual(['Shingles', 'Nails', 'Felt']);
  grid.undo.undo();
  expect(names()[0]).toEqual(['Shingles', 'Nails', 'Felt', 'Nails', 'Felt']);
});

test('GRID-15: sections are begun, moved and removed with their lines', () => {
  const { grid, names } = testGrid();
  const [roof, walls] = grid.reader.view().groups.map(({ id }) => id);
  moveSection(grid, walls!, 'up');
  expect(grid.reader.view().groups.map(({ id }) => id)).toEqual([walls, roof]);
  beginSection(grid, walls!);
  expect(grid.reader.view().groups.map(({ name }) => name)).toEqual(['Walls', '', 'Roof']);
  expect(grid.store.get().editing?.place.row).toBe(grid.store.get().selection?.active.row);
  cancel(grid);
  removeSection(grid, roof!);
  expect(names()).toEqual([['Siding', 'Trim', 'Paint'], []]);
  grid.undo.undo();
  expect(names().at(-1)).toEqual(['Shingles', 'Nails', 'Felt']);
});

test('GRID-16: undo and redo choose what they changed, in a folded section too', () => {
  const { grid, first, second, render } = testGrid();
  goTo(grid, first[0]!, 'unit');
  typed(grid, 'sq');
  commit(grid, enter);
  goTo(grid, second[2]!, 'note');
  collapse(grid, sectionKey(grid.reader.view().groups[0]!.id), true);
  render();
  grid.undo.undo();
  render();
  expect(grid.store.get().selection?.active).toEqual({ row: first[0], column: 'unit' });
  expect(grid.store.get().collapsed.size).toBe(0);
});

test('GRID-17: a line removed under an open cell gives the typed text back', () => {
  const { grid, first, render } = testGrid();
  goTo(grid, first[1]!, 'name');
  typed(grid, 'Ring shank nails');
  removeLines(grid.editor, [first[1]!]);
  render();
  expect(grid.store.get()).toMatchObject({
    editing: null,
    lost: { text: 'Ring shank nails', why: 'removed' },
    selection: { active: { row: first[2] } },
  });
});

test('GRID-17: a lock or the loss of the right to edit closes an open cell and gives its text back', () => {
  const locked = testGrid();
  goTo(locked.grid, locked.first[0]!, 'qty');
  typed(locked.grid, '12');
  const status = {
    is: 'submitted',
    at: '2026-03-01T10:00:00Z',
    by: 'bo',
    byName: 'Bo',
    versionId: 'v',
    number: 1,
  } as const;
  writeStatus(locked.grid.editor, status);
  locked.render();
  expect(locked.grid.store.get()).toMatchObject({ editing: null, lost: { text: '12', why: 'locked' } });
  expect(open(locked.grid), 'nothing opens any more').toBe(false);
  const keys = locked.grid.sheet().rows.map(({ type }) => type);
  expect(keys, 'nothing is begun any more').not.toContain('add-line');

  const shut = testGrid();
  goTo(shut.grid, shut.first[0]!, 'qty');
  typed(shut.grid, '12');
  shut.allow(false);
  shut.render();
  expect(shut.grid.store.get().lost?.why).toBe('rights');
});

test('GRID-17: a cell that was opened and not changed is closed without a word', () => {
  const { grid, first, render } = testGrid();
  goTo(grid, first[1]!, 'name');
  open(grid);
  removeLines(grid.editor, [first[1]!]);
  render();
  expect(grid.store.get()).toMatchObject({ editing: null, lost: null });
});

test('GRID-9: an edit by somebody else leaves what is typed alone', () => {
  const made = testGrid();
  const { grid, first, render } = made;
  goTo(grid, first[0]!, 'qty');
  typed(grid, '5');
  setCells(grid.editor, [{ id: first[0]!, column: 'qty', value: 9_000_000 }]);
  render();
  expect(grid.store.draft).toBe('5');
  commit(grid, enter);
  expect(lineOf(made, first[0]!).qty).toBe(5_000_000);
});

test('GRID-14: nothing is begun by nothing typed', () => {
  const { grid, names } = testGrid();
  const roof = grid.reader.view().groups[0]!.id;
  goTo(grid, addLineKey(roof), 'name');
  act(grid, { act: 'advance', key: 'enter', back: false });
  expect(grid.store.get().editing).not.toBeNull();
  commit(grid, enter);
  expect(names()[0]).toHaveLength(3);
  beginLine(grid, roof);
  expect(names()[0]).toHaveLength(4);
});
