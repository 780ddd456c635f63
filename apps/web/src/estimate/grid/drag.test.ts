import { estimate, moveLines, removeGroup, removeLines } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import { expect, test } from 'vitest';
import { type Dragged, drop, dropAt } from './drag.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { collapse } from './section-acts.ts';
import { addLineKey, addSectionKey, sectionKey } from './sheet.ts';

/** Lets something fall on a row. */
const fall = (t: TestGrid, dragged: Dragged, row: string, lower = false) => {
  const found = dropAt(t.grid, dragged, t.grid.sheet().indexes.get(row)!, lower);
  return found !== null && drop(t.grid, dragged, found.place);
};
const lines = (...ids: (string | undefined)[]): Dragged => ({ type: 'lines', ids: ids.map((id) => id!) });
const sections = (t: TestGrid) => t.grid.reader.view().groups.map(({ name }) => name);

test('GRID-38: lines fall before a line or behind it, first on a head, last where a line is begun', () => {
  const t = testGrid();
  const [shingles, nails, felt] = t.first;
  const [roof, walls] = t.grid.reader.view().groups.map(({ id }) => id);
  fall(t, lines(felt), shingles!);
  expect(t.names()[0]).toEqual(['Felt', 'Shingles', 'Nails']);
  fall(t, lines(felt), shingles!, true);
  expect(t.names()[0]).toEqual(['Shingles', 'Felt', 'Nails']);
  fall(t, lines(shingles, nails), sectionKey(walls!));
  expect(t.names()).toEqual([['Felt'], ['Shingles', 'Nails', 'Siding', 'Trim', 'Paint']]);
  expect(t.grid.store.get().said?.text).toBe('2 lines moved to Walls, before Siding.');
  t.grid.undo.undo();
  expect(t.names()[0], 'one step').toEqual(['Shingles', 'Felt', 'Nails']);
  fall(t, lines(t.second[0]), addLineKey(roof!));
  expect(t.names()[0]).toEqual(['Shingles', 'Felt', 'Nails', 'Siding']);
  fall(t, lines(shingles), addSectionKey);
  expect(t.names()[1]).toEqual(['Trim', 'Paint', 'Shingles']);
  collapse(t.grid, sectionKey(roof!), true);
  fall(t, lines(shingles), sectionKey(roof!));
  expect(t.names()[0], 'last in a folded one').toEqual(['Felt', 'Nails', 'Siding', 'Shingles']);
});

test('GRID-38: lines that fall among themselves close up there', () => {
  const t = testGrid();
  const [shingles, nails, felt] = t.first;
  fall(t, lines(shingles, felt), felt!);
  expect(t.names()[0]).toEqual(['Nails', 'Shingles', 'Felt']);
  fall(t, lines(shingles, nails, felt), nails!);
  expect(t.names()[0]).toHaveLength(3);
});

test('GRID-38: a section falls before or behind another with its lines', () => {
  const t = testGrid();
  const [roof, walls] = t.grid.reader.view().groups.map(({ id }) => id);
  fall(t, { type: 'section', id: walls! }, sectionKey(roof!));
  expect(sections(t)).toEqual(['Walls', 'Roof']);
  expect(t.names()[0]).toEqual(['Siding', 'Trim', 'Paint']);
  fall(t, { type: 'section', id: walls! }, addLineKey(roof!), true);
  expect(sections(t)).toEqual(['Roof', 'Walls']);
  expect(fall(t, { type: 'section', id: walls! }, addSectionKey)).toBe(false);
  fall(t, { type: 'section', id: roof! }, addSectionKey);
  expect(sections(t)).toEqual(['Walls', 'Roof']);
});

test('GRID-39: what others do during a drag is kept: what they removed stays away, the rest is moved', () => {
  const t = testGrid();
  const tom = createEditor(t.doc, estimate.schema, 'tom');
  const [shingles, nails, felt] = t.first;
  const dragged = lines(shingles, nails);
  removeLines(tom, [nails!]);
  moveLines(tom, [felt!], t.grid.reader.view().groups[1]!.id);
  fall(t, dragged, felt!, true);
  expect(t.names()).toEqual([[], ['Siding', 'Trim', 'Paint', 'Felt', 'Shingles']]);
  removeLines(tom, [shingles!]);
  expect(drop(t.grid, dragged, { group: null })).toBe(false);
  expect(t.grid.store.get().said?.text).toContain('somebody removed');
  const [roof, walls] = t.grid.reader.view().groups.map(({ id }) => id);
  removeGroup(tom, walls!);
  expect(fall(t, { type: 'section', id: walls! }, sectionKey(roof!))).toBe(false);
  t.allow(false);
  expect(drop(t.grid, { type: 'section', id: roof! }, { group: null })).toBe(false);
});
