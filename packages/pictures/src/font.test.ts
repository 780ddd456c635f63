import { expect, test } from 'vitest';
import { ascent, descent, widthOf } from './font.ts';

// Widths of Arial and its metric twins, in 1/2048 of the size (Adobe's AFM of Helvetica has them in 1/1000).
test('PIC-1 text is as wide as Arial is', () => {
  expect(widthOf('W')).toBeCloseTo(1933 / 2048, 4);
  expect(widthOf('mmmm')).toBeCloseTo((4 * 1706) / 2048, 4);
  expect(widthOf('')).toBe(0);
  expect([ascent, descent].map((n) => n.toFixed(3))).toEqual(['0.905', '0.212']);
});

test('PIC-1 kerning counts, and what the font lacks has a width all the same', () => {
  expect(widthOf('AV')).toBeLessThan(widthOf('A') + widthOf('V'));
  expect(widthOf('漢字')).toBe(2);
  expect(widthOf('Straße Größe Αθήνα Київ')).toBeGreaterThan(8);
});
