import { estimate, setCells, setMeta } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { expect, test } from 'vitest';
import { editText, readCell, readKind } from './cell-read.ts';
import { plainDecimal } from './cell-text.ts';
import { commit, typed } from './edit.ts';
import { testGrid } from './grid.testing.ts';
import { goTo } from './grid.ts';

test('GRID-10: what is typed is worked out, and what was typed is opened again while it still holds', () => {
  const { grid, doc, first } = testGrid();
  const id = first[0]!;
  const line = () => createReader(doc, estimate).view().lines.get(id)!;
  const read = readCell('qty', ' 12*3.5 ');
  expect(read).toEqual({ value: 42_000_000, calc: '12*3.5' });
  if ('problem' in read) throw new Error('it is a number');
  setCells(grid.editor, [{ id, column: 'qty', ...read }]);
  expect(editText(line(), 'qty')).toBe('12*3.5');
  setCells(grid.editor, [{ id, column: 'qty', value: 5_000_000, calc: '12*3.5' }]);
  expect(editText(line(), 'qty'), 'somebody else changed the value').toBe('5');
});

test('GRID-10: every number a cell can hold is opened as text that reads back to it', () => {
  const { first, grid } = testGrid();
  const some = grid.reader.view().lines.get(first[0]!)!;
  const numbers = [
    0,
    1,
    -1,
    9,
    10,
    99_999,
    1_000_000,
    1_234_567,
    -123_400,
    10 ** 12 + 7,
    Number.MAX_SAFE_INTEGER,
  ];
  for (const value of [...numbers, ...numbers.map((number) => -number)]) {
    const line = { ...some, qty: value, unitCost: value, wasteBp: Math.abs(value) % 100_001, calc: {} };
    for (const column of ['qty', 'unitCost', 'wasteBp'] as const) {
      const read = readCell(column, editText(line, column));
      expect('value' in read && Number(read.value) + 0, `${column} ${value}`).toBe(line[column] + 0);
    }
  }
});

test('GRID-10: nothing at all clears a cell, and what can not be read says why', () => {
  for (const column of ['code', 'name', 'qty', 'unit', 'unitCost', 'wasteBp', 'kind', 'note'] as const) {
    expect(readCell(column, '  '), column).toEqual({ value: null, calc: null });
  }
  for (const [column, text] of [
    ['qty', '12 apples'],
    ['unitCost', '1/0'],
    ['wasteBp', '-5%'],
    ['wasteBp', '2000%'],
    ['kind', 'magic'],
    ['unit', 'x'.repeat(41)],
  ] as const) {
    expect(readCell(column, text), text).toHaveProperty('problem');
  }
});

test('GRID-10: what another language reads differently is asked, and money of another currency is not taken', () => {
  const german = ['en', 'de-DE'];
  expect(readCell('unitCost', '1.234,50', 'EUR', german)).toEqual({ value: 12_345_000, calc: null });
  expect(readCell('qty', '1.234', 'EUR', german)).toHaveProperty('problem');
  expect(readCell('unitCost', '1,234', 'USD', ['en', 'en-GB'])).toEqual({ value: 12_340_000, calc: null });
  expect(readCell('unitCost', '€5', 'EUR')).toEqual({ value: 50_000, calc: null });
  expect(readCell('unitCost', '€5', 'USD')).toEqual({
    problem: '€ is another currency: amounts here are in USD.',
  });
  const line = { ...testGrid().grid.reader.view().lines.values().next().value!, qty: 2_469_000 };
  expect(editText({ ...line, calc: { qty: '1.2345*2' } }, 'qty')).toBe('1.2345*2');
});

test('GRID-12: a cell does not take an amount in another currency than the estimate has', () => {
  const { grid, first } = testGrid();
  goTo(grid, first[0]!, 'unitCost');
  typed(grid, '€7');
  expect(commit(grid, { key: 'enter', back: false })).toBe(false);
  expect(grid.store.get().problem).toMatch(/^€ is another currency/);
  expect(grid.reader.view().lines.get(first[0]!)?.unitCost).toBe(100_000);
  setMeta(grid.editor, { currency: 'EUR' });
  expect(commit(grid, { key: 'enter', back: false })).toBe(true);
  expect(grid.reader.view().lines.get(first[0]!)?.unitCost).toBe(70_000);
});

test('GRID-11: a kind is read by its word, by how it begins, and by the words of others', () => {
  expect(['l', 'Labour', 'labor', 'MAT', 'eq', 'subcontractor', 'o'].map(readKind)).toEqual([
    'lab',
    'lab',
    'lab',
    'mat',
    'equip',
    'sub',
    'other',
  ]);
  expect(readKind('x')).toBeNull();
});

test('GRID-10: decimals are written exactly', () => {
  expect(plainDecimal(-123_400, 4)).toBe('-12.34');
  expect(plainDecimal(5, 6)).toBe('0.000005');
  expect(plainDecimal(Number.MAX_SAFE_INTEGER, 4)).toBe('900719925474.0991');
});
