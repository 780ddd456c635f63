import { expect, test } from 'vitest';
import { readCost, readMoney } from './cell-numbers.ts';

test('an amount that says another currency than the estimate has is not taken', () => {
  expect(readMoney('-$1,234.50', 'USD')).toEqual({ value: -12_345_000 });
  expect(readCost('$5', 'CAD')).toEqual({ value: 50_000 });
  expect(readCost('', 'USD')).toEqual({ value: 0 });
  for (const read of [readMoney, readCost]) {
    expect(read('€5', 'USD')).toEqual({ problem: '€ is another currency: amounts here are in USD.' });
  }
});
