import { setCells } from '@tidemark/documents/estimate';
import { expect, test } from 'vitest';
import { act } from './acts.ts';
import { fillTo, reachOf } from './fill.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { extend, type Place, type Selection, select } from './selection.ts';

const at = (row: string, column: Place['column']): Place => ({ row, column });
const quantities = (t: TestGrid) =>
  t.grid.reader.view().sections.map(({ lines }) => lines.map(({ qty }) => qty / 1_000_000));
const choose = (t: TestGrid, from: Place, to: Place = from): Selection => {
  const selection = extend(select(from), to);
  t.grid.store.set({ selection });
  return selection;
};

test('GRID-37: Ctrl+D writes the first line of a block into the rest, or the line above into one', () => {
  const t = testGrid();
  const [shingles, nails, felt] = t.first;
  setCells(t.grid.editor, [{ id: shingles!, column: 'qty', value: 6_000_000, calc: '2*3' }]);
  choose(t, at(shingles!, 'qty'), at(felt!, 'unit'));
  act(t.grid, { act: 'fill', direction: 'down' });
  expect(quantities(t)[0]).toEqual([6, 6, 6]);
  expect(t.grid.reader.view().lines.get(felt!)?.calc).toEqual({ qty: '2*3' });
  t.grid.undo.undo();
  expect(quantities(t)[0]).toEqual([6, 2, 2]);
  choose(t, at(nails!, 'qty'));
  act(t.grid, { act: 'fill', direction: 'down' });
  expect(quantities(t)[0]).toEqual([6, 6, 2]);
  // From the last line of the section before.
  setCells(t.grid.editor, [{ id: felt!, column: 'qty', value: 9_000_000 }]);
  choose(t, at(t.second[0]!, 'qty'));
  act(t.grid, { act: 'fill', direction: 'down' });
  expect(quantities(t)[1]).toEqual([9, 2, 2]);
});

test('GRID-37: Ctrl+R writes the first column into the others, as far as they can hold it', () => {
  const t = testGrid();
  choose(t, at(t.first[0]!, 'qty'), at(t.first[1]!, 'kind'));
  act(t.grid, { act: 'fill', direction: 'right' });
  expect(t.grid.reader.view().lines.get(t.first[1]!)).toMatchObject({
    qty: 2_000_000,
    unit: '2',
    unitCost: 20_000,
    wasteBp: 200,
    kind: 'mat',
  });
  t.grid.undo.undo();
  expect(t.grid.reader.view().lines.get(t.first[1]!)).toMatchObject({ unit: 'ea', unitCost: 100_000 });
});

test('GRID-37: the handle repeats the block down, up and aside, over heads of sections, as one step', () => {
  const t = testGrid();
  const [shingles, nails] = t.first;
  setCells(t.grid.editor, [
    { id: shingles!, column: 'qty', value: 1_000_000 },
    { id: nails!, column: 'qty', value: 5_000_000 },
  ]);
  const selection = choose(t, at(shingles!, 'qty'), at(nails!, 'qty'));
  const { indexes, columns } = t.grid.sheet();
  const last = indexes.get(t.second[1]!)!;
  const qty = columns.indexOf('qty');
  expect(reachOf(t.grid, selection, indexes.get(nails!)!, qty)).toBeNull();
  const reach = reachOf(t.grid, selection, last, qty + 2);
  expect(reach).toEqual({ along: 'rows', to: last });
  fillTo(t.grid, selection, reach!);
  expect(quantities(t)).toEqual([
    [1, 5, 1],
    [5, 1, 2],
  ]);
  expect(t.grid.store.get().selection?.lead).toEqual(at(t.second[1]!, 'qty'));
  t.grid.undo.undo();
  expect(quantities(t)[1]).toEqual([2, 2, 2]);

  const below = choose(t, at(t.second[0]!, 'qty'), at(t.second[1]!, 'qty'));
  setCells(t.grid.editor, [
    { id: t.second[0]!, column: 'qty', value: 7_000_000 },
    { id: t.second[1]!, column: 'qty', value: 8_000_000 },
  ]);
  fillTo(t.grid, below, { along: 'rows', to: indexes.get(shingles!)! });
  expect(quantities(t)[0], 'upwards the block repeats from its end').toEqual([8, 7, 8]);

  const one = choose(t, at(shingles!, 'unit'));
  fillTo(t.grid, one, { along: 'columns', to: columns.indexOf('name') });
  expect(t.grid.reader.view().lines.get(shingles!)).toMatchObject({ name: 'ea', qty: 8_000_000 });
});

test('GRID-37: nothing is filled in an estimate that can not be written', () => {
  const t = testGrid();
  const selection = choose(t, at(t.first[0]!, 'qty'), at(t.first[1]!, 'qty'));
  setCells(t.grid.editor, [{ id: t.first[0]!, column: 'qty', value: 1_000_000 }]);
  t.allow(false);
  act(t.grid, { act: 'fill', direction: 'down' });
  fillTo(t.grid, selection, { along: 'rows', to: 3 });
  expect(quantities(t)[0]).toEqual([1, 2, 2]);
});
