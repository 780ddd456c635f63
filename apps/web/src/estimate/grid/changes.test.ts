import {
  addLines,
  estimate,
  moveLines,
  removeGroup,
  removeLines,
  renameGroup,
  setCells,
} from '@tidemark/documents/estimate';
import { readPast } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import { compare } from '../../history/compare/comparison.ts';
import { stepToChange } from './change-steps.ts';
import { gridChanges, textBefore } from './changes.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { chooseSection } from './section-acts.ts';
import { selectAll } from './selection.ts';
import { sectionKey } from './sheet.ts';
import { summaryOf } from './summary.ts';

const momentOf = ({ grid }: TestGrid) => {
  const view = grid.reader.view();
  return { view, estimation: calculate(view) };
};

/** The grid after `edit`, with marks for what differs from before. */
function compared(edit: (made: TestGrid) => void) {
  const made = testGrid();
  const { grid, doc } = made;
  const [before, past] = [momentOf(made), readPast(doc, estimate.schema)];
  edit(made);
  made.allow(false);
  const { marks } = compare('estimate', past, readPast(doc, estimate.schema));
  const changes = gridChanges(marks, before, momentOf(made));
  grid.store.set({ changes });
  made.render();
  const rows = () =>
    grid.sheet().rows.map((row) => {
      const name =
        row.type === 'line' ? row.line.name : row.type === 'section' ? row.section.group?.name : '';
      const types = changes.rows.get(row.key)?.types.join(' ') ?? '';
      return `${row.type === 'line' ? row.number : '#'} ${name} ${types}`.trim();
    });
  const [roof, walls] = before.view.groups.map(({ id }) => id) as [string, string];
  return { ...made, changes, rows, roof, walls };
}

test('GRID-50: what is gone has a row where it stood, without a number; it is not counted', () => {
  const { grid, rows, first } = compared(({ grid: { editor }, first, second }) => {
    removeLines(editor, [first[0]!, first[1]!, second[2]!]);
  });
  expect(rows()).toEqual([
    '# Roof',
    '0 Shingles removed',
    '0 Nails removed',
    '1 Felt',
    '# Walls',
    '1 Siding',
    '2 Trim',
    '0 Paint removed',
  ]);
  const selection = grid.store.get().selection!;
  const all = summaryOf(
    selectAll(grid.sheet(), selection),
    grid.sheet(),
    calculate(grid.reader.view()).amounts,
  );
  expect(all?.words).toBe('3 lines');
  grid.store.set({ collapsed: new Set([...grid.sheet().rows].map(({ key }) => key)) });
  expect(rows()).toEqual(['# Roof', '# Walls']);
  expect(grid.sheet().indexes.has(first[0]!)).toBe(false);
});

test('GRID-50: a section that is gone stands where it was with its lines; those that were moved out of it do not', () => {
  const { rows } = compared(({ grid: { editor, reader }, first }) => {
    const [roof, walls] = reader.view().groups.map(({ id }) => id) as [string, string];
    moveLines(editor, [first[2]!], walls);
    removeGroup(editor, roof);
  });
  expect(rows()).toEqual([
    '# Roof removed',
    '0 Shingles removed',
    '0 Nails removed',
    '# Walls',
    '1 Siding',
    '2 Trim',
    '3 Paint',
    expect.stringMatching(/^4 Felt .*moved/),
  ]);
});

test('GRID-51: cells that say something else know what they said, as they are written there; others say nothing', () => {
  const { changes, first, grid, roof, walls } = compared(({ grid: { editor, reader }, first }) => {
    setCells(editor, [{ id: first[1]!, column: 'qty', value: 3_000_000 }]);
    renameGroup(editor, reader.view().groups[0]!.id, 'Main roof');
    addLines(editor, { group: reader.view().groups[1]!.id }, [{ name: 'Gutter' }]);
  });
  const format = {
    quantity: String,
    amount: String,
    unitCost: String,
    rate: String,
    money: String,
    currency: 'USD',
  };
  const change = changes.rows.get(first[1]!);
  expect(textBefore(change, 'qty', '3000000', format)).toBe('2000000');
  expect(textBefore(change, 'name', 'Nails', format)).toBeNull();
  expect(change?.fields).toEqual(['Quantity: 2 → 3']);
  expect(changes.rows.get(first[0]!)).toBeUndefined();
  expect(changes.rows.get(sectionKey(roof))).toMatchObject({
    types: ['changed'],
    fields: ['Name: Roof → Main roof'],
    amount: 600_000,
  });
  expect(changes.rows.get(sectionKey(walls)), 'as much as before').toBeUndefined();
  const added = grid.reader.view().sections[1]!.lines.at(-1)!;
  expect(changes.rows.get(added.id)).toMatchObject({ types: ['added'], line: null, amount: null });
  expect(textBefore(changes.rows.get(added.id), 'name', 'Gutter', format)).toBeNull();
});

test('GRID-52: one goes from row to row that differs, those that are gone and those in folded sections too, around the end', () => {
  const { grid, first, second, roof, walls } = compared(({ grid: { editor }, first, second }) => {
    removeLines(editor, [first[1]!]);
    setCells(editor, [{ id: second[2]!, column: 'unit', value: 'm' }]);
  });
  const active = () => grid.store.get().selection?.active.row;
  grid.store.set({ collapsed: new Set([sectionKey(walls)]) });
  chooseSection(grid, sectionKey(roof), roof);
  stepToChange(grid, 1);
  expect(active()).toBe(first[1]);
  stepToChange(grid, 1);
  expect(active()).toBe(second[2]);
  expect(grid.sheet().indexes.has(second[2]!), 'unfolded').toBe(true);
  expect(grid.store.get().said?.text).toBe('2 of 2, Paint, changed: Unit: ea → m');
  stepToChange(grid, 1);
  expect(active()).toBe(first[1]);
  stepToChange(grid, -1);
  expect(active()).toBe(second[2]);
});
