import { expect, test } from 'vitest';
import { accentOf } from './paper.ts';

test("PROP-20 a company's colour is darkened until it can be read on white, and what is none is the house's", () => {
  expect(accentOf('#1f5c7a')).toBe('#1f5c7a');
  for (const light of ['#ffffff', '#ffe000', '#00ffaa', '#f59e0b'])
    expect(contrast(accentOf(light))).toBeGreaterThanOrEqual(4.5);
  expect(accentOf('red')).toBe(accentOf(''));
});

/** WCAG 2.2: contrast of a colour on white. */
function contrast(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
