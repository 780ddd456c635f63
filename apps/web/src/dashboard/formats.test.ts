import { expect, test } from 'vitest';
import { dateFormat, numberFormat, unitOf, withUnit } from './formats.ts';

test('numbers follow the type of their column', () => {
  expect(numberFormat({ type: 'decimal', format: {} }, 'sum', false)(1234.567)).toBe('1,234.57');
  expect(numberFormat({ type: 'percent', format: {} }, 'avg', false)(0.1234)).toBe('12.3%');
  expect(numberFormat({ type: 'currency', format: { currency: '€' } }, 'sum', false)(12.5)).toBe('€12.5');
  expect(numberFormat({ type: 'integer', format: {} }, 'sum', true)(12_345)).toBe('12.3K');
});

test('a count is a plain number whatever it counts', () => {
  expect(numberFormat({ type: 'currency', format: { currency: 'USD' } }, 'count', false)(3)).toBe('3');
});

test('nothing known is a dash, and an unknown currency does no harm', () => {
  expect(numberFormat(null, null, false)(null)).toBe('–');
  expect(numberFormat({ type: 'currency', format: { currency: 'shells' } }, 'sum', false)(3)).toBe('3');
});

test('a unit stands where people write it, and nowhere when nothing is known', () => {
  const said = (unit: string, value: number | null) =>
    withUnit(numberFormat(null, null, false), unitOf({ unit }))(value);
  expect(said('°C', 35.6)).toBe('35.6\u202f°C');
  expect(said('$', -707)).toBe('-$707');
  expect(said('%', 12)).toBe('12%');
  expect(said(' ', 12)).toBe('12');
  expect(said('mm', null)).toBe('–');
  expect(unitOf({ unit: 3 })).toBe('');
});

test('dates are said in the words of their span, in UTC', () => {
  const at = Date.UTC(2024, 4, 1);
  expect(dateFormat('quarter')(at)).toBe('Q2 2024');
  expect(dateFormat('month')(at)).toBe('May 2024');
  expect(dateFormat('none')(at)).toBe('May 1, 2024');
  expect(dateFormat('none')(at + 3_600_000)).toContain('1:00');
});
