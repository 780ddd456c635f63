import { expect, test } from 'vitest';
import { decimalText } from './decimal-text.ts';

test.each([
  [125_000, 4, '12.5'],
  [-123_400, 4, '-12.34'],
  [5, 6, '0.000005'],
  [-5, 2, '-0.05'],
  [1_000_000, 6, '1'],
  [0, 4, '0'],
  [1_200, 0, '1200'],
  [Number.MAX_SAFE_INTEGER, 4, '900719925474.0991'],
])('%d of 10^-%d is %s', (value, places, text) => {
  expect(decimalText(value, places)).toBe(text);
});
