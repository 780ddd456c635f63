import { filterOperators } from '@tidemark/documents/dashboard';
import { expect, test } from 'vitest';
import { filterWords, operatorsFor } from './filter-words.ts';

test('conditions read as sentences', () => {
  expect(filterWords({ op: 'between', value: ['2012-01-01', ''] })).toBe('is between 2012-01-01 and …');
  expect(filterWords({ op: 'one-of', value: ['a', 'b', 'c', 'd', 'e'] })).toBe('is one of a, b, c +2');
  expect(filterWords({ op: 'empty', value: null })).toBe('is empty');
  expect(filterWords({ op: 'is', value: null })).toBe('is …');
});

test('numbers are compared, names are chosen', () => {
  expect(operatorsFor('decimal')[0]).toBe('between');
  expect(operatorsFor('category')[0]).toBe('one-of');
  for (const op of operatorsFor('text')) expect(filterOperators).toContain(op);
});
