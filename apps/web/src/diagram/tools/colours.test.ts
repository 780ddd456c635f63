import { describe, expect, it } from 'vitest';
import { colours } from './colours.ts';

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('colours of shapes', () => {
  it.each(colours)('$name reads on its fill and on white', ({ fill, stroke }) => {
    expect(contrast(fill, stroke)).toBeGreaterThan(4.5);
    expect(contrast('#ffffff', stroke)).toBeGreaterThan(4.5);
  });
});
