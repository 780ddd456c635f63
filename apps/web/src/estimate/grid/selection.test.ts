import { expect, test } from 'vitest';
import { surroundings } from './acts.ts';
import { commit } from './edit.ts';
import { testGrid } from './grid.testing.ts';
import { advance, move, type Surroundings } from './moves.ts';
import {
  blockOf,
  chosenColumns,
  chosenLines,
  extend,
  type Place,
  select,
  selectAll,
  selectRow,
  settle,
  toggleRow,
} from './selection.ts';
import { addLineKey, addSectionKey, sectionKey } from './sheet.ts';

const open = () => {
  const made = testGrid();
  const around: Surroundings = { ...surroundings(made.grid), page: 3 };
  const at = (row: string, column: Place['column'] = 'qty'): Place => ({ row, column });
  return { ...made, around, sheet: made.grid.sheet(), at };
};
const step = (direction: 'up' | 'down' | 'left' | 'right') => ({ by: 'step', direction }) as const;

test('GRID-1: the sheet has a head, the lines and a place to begin one for each section, then a place for a section', () => {
  const { sheet, first, second, grid } = open();
  const keys = sheet.rows.map(({ key }) => key);
  const [roof, walls] = grid.reader.view().groups.map(({ id }) => id);
  expect(keys).toEqual([
    sectionKey(roof!),
    ...first,
    addLineKey(roof!),
    sectionKey(walls!),
    ...second,
    addLineKey(walls!),
    addSectionKey,
  ]);
  grid.store.set({ collapsed: new Set([sectionKey(roof!)]) });
  expect(grid.sheet().rows.map(({ key }) => key)).toEqual([
    sectionKey(roof!),
    sectionKey(walls!),
    ...second,
    addLineKey(walls!),
    addSectionKey,
  ]);
  expect(grid.sheet(), 'the same until something changes').toBe(grid.sheet());
});

test('GRID-1: an edit of one line leaves the rows of all others as they are', () => {
  const { sheet, first, grid } = open();
  const before = new Map(sheet.rows.map((row) => [row.key, row]));
  grid.store.set({ selection: select({ row: first[1]!, column: 'qty' }) });
  grid.store.draft = '7';
  grid.store.set({ editing: { place: { row: first[1]!, column: 'qty' }, over: true, begin: null } });
  commit(grid, 'stay');
  const changed = grid.sheet().rows.filter((row) => row.type === 'line' && before.get(row.key) !== row);
  expect(changed.map(({ key }) => key)).toEqual([first[1]]);
});

test('GRID-3: steps stay within the sheet, jumps stop at the edges of what is filled', () => {
  const { around, at, first, second, sheet } = open();
  const top = sheet.rows[0]!.key;
  expect(move(select(at(top)), step('up'), false, around).active).toEqual(at(top));
  expect(move(select(at(first[0]!)), { by: 'jump', direction: 'down' }, false, around).active).toEqual(
    at(first[2]!),
  );
  expect(move(select(at(first[2]!)), { by: 'jump', direction: 'down' }, false, around).active).toEqual(
    at(second[0]!),
  );
  expect(move(select(at(first[0]!)), { by: 'jump', direction: 'left' }, false, around).active.column).toBe(
    'name',
  );
  expect(move(select(at(first[0]!)), { by: 'end', direction: 'down' }, false, around).active.row).toBe(
    addSectionKey,
  );
  expect(move(select(at(first[0]!)), { by: 'page', direction: 'down' }, false, around).active.row).toBe(
    sheet.rows[4]!.key,
  );
  expect(
    move(select(at(first[0]!)), { by: 'row-edge', direction: 'right' }, false, around).active.column,
  ).toBe('note');
});

test('GRID-3: a block is drawn out from the active cell, whatever the direction', () => {
  const { around, at, first, sheet } = open();
  let selection = select(at(first[1]!));
  for (const direction of ['up', 'left'] as const) selection = move(selection, step(direction), true, around);
  expect(selection.active).toEqual(at(first[1]!));
  expect(blockOf(selection, sheet)).toEqual({ top: 1, bottom: 2, left: 1, right: 2 });
  expect(chosenLines(selection, sheet).map(({ key }) => key)).toEqual(first.slice(0, 2));
  expect(chosenColumns(selection, sheet)).toEqual(['name', 'qty']);
});

test('GRID-3: Tab and Enter go round in a block, and keep it', () => {
  const { at, first, sheet } = open();
  const block = extend(select(at(first[0]!, 'qty')), at(first[1]!, 'unit'));
  const walk = (key: 'tab' | 'enter') => {
    let selection = block;
    return Array.from({ length: 4 }, () => {
      selection = advance(selection, key, false, sheet)!;
      return `${first.indexOf(selection.active.row)} ${selection.active.column}`;
    });
  };
  expect(walk('tab')).toEqual(['0 unit', '1 qty', '1 unit', '0 qty']);
  expect(walk('enter')).toEqual(['1 qty', '0 unit', '1 unit', '0 qty']);
  expect(advance(block, 'tab', true, sheet)?.active).toEqual(at(first[1]!, 'unit'));
});

test('GRID-3: Enter after a run of Tab goes back to the column where it was begun', () => {
  const { at, first, sheet } = open();
  let selection = select(at(first[0]!, 'name'));
  for (let count = 0; count < 3; count += 1) selection = advance(selection, 'tab', false, sheet)!;
  expect(selection.active.column).toBe('unitCost');
  expect(advance(selection, 'enter', false, sheet)?.active).toEqual(at(first[1]!, 'name'));
});

test('GRID-3: Tab passes over what is computed, stops once at other rows, and leaves at both ends', () => {
  const { at, first, sheet, grid } = open();
  const roof = grid.reader.view().groups[0]!.id;
  expect(advance(select(at(first[0]!, 'kind')), 'tab', false, sheet)?.active).toEqual(at(first[0]!, 'note'));
  expect(advance(select(at(first[2]!, 'note')), 'tab', false, sheet)?.active.row).toBe(addLineKey(roof));
  expect(advance(select(at(addSectionKey)), 'tab', false, sheet)).toBeNull();
  expect(advance(select(at(sectionKey(roof))), 'tab', true, sheet)).toBeNull();
});

test('GRID-7: rows are chosen one by one, in runs, and all', () => {
  const { at, first, second, sheet } = open();
  let selection = selectRow(at(first[0]!));
  selection = toggleRow(selection, sheet, at(second[1]!));
  expect(chosenLines(selection, sheet).map(({ key }) => key)).toEqual([first[0], second[1]]);
  selection = toggleRow(selection, sheet, at(first[0]!));
  expect(chosenLines(selection, sheet).map(({ key }) => key)).toEqual([second[1]]);
  expect(selection.active.row).toBe(second[1]);
  expect(chosenLines(selectAll(sheet, selection), sheet)).toHaveLength(6);
  const run = { ...extend(selectRow(at(first[1]!)), at(second[0]!)), whole: true };
  expect(chosenLines(run, sheet).map(({ key }) => key)).toEqual([first[1], first[2], second[0]]);
});

test('GRID-8: what stood on a row that is gone goes to the one now in its place', () => {
  const { at, first, second, sheet, grid } = open();
  const selection = select(at(first[1]!));
  const without = (keys: readonly string[]) => {
    const rows = sheet.rows.filter(({ key }) => !keys.includes(key));
    return { ...sheet, rows, indexes: new Map(rows.map(({ key }, index) => [key, index])) };
  };
  expect(settle(selection, sheet, without([first[0]!])), 'it moves with its row').toBe(selection);
  expect(settle(selection, sheet, without([first[1]!]))?.active).toEqual(at(first[2]!));
  expect(settle(select(at(addSectionKey)), sheet, without([addSectionKey]))?.active.row).toBe(
    addLineKey(grid.reader.view().groups[1]!.id),
  );
  const block = extend(selection, at(second[0]!));
  expect(settle(block, sheet, without([second[0]!]))).toMatchObject({
    active: at(first[1]!),
    lead: at(first[1]!),
  });
});
