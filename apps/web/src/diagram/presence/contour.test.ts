import { expect, test } from 'vitest';
import { type Contour, cornerOf, pathOf } from './contour.ts';

const shape = (form: 'box' | 'round' | 'diamond'): Contour => ({
  form,
  x: 100,
  y: 50,
  width: 100,
  height: 80,
});

test('a contour lies around its shape, at any scale, as many pixels away', () => {
  for (const scale of [0.2, 1, 4]) {
    for (const form of ['box', 'round', 'diamond'] as const) {
      expect(reach(pathOf(shape(form), scale, 5))).toEqual({
        left: 100 * scale - 5,
        top: 50 * scale - 5,
        right: 200 * scale + 5,
        bottom: 130 * scale + 5,
      });
    }
  }
});

test('a line runs through its points, and its name is halfway along', () => {
  const line: Contour = {
    form: 'line',
    points: [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 30 },
    ],
  };
  expect(pathOf(line, 2, 5)).toBe('M0 0L20 0L20 60');
  expect(cornerOf(line)).toEqual({ x: 10, y: 10 });
});

test('a line without length has a place all the same', () => {
  const point = { x: 4, y: 5 };
  expect(cornerOf({ form: 'line', points: [point, point] })).toEqual(point);
  expect(cornerOf({ form: 'line', points: [] })).toEqual({ x: 0, y: 0 });
});

/** Follows the relative commands that `pathOf` uses. */
function reach(path: string) {
  let [x, y] = [0, 0];
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [, letter, rest] of path.matchAll(/([Mhvlaz])([^Mhvlaz]*)/g)) {
    const numbers = (rest ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
    if (letter === 'M') [x, y] = [numbers[0]!, numbers[1]!];
    else if (letter === 'h') x += numbers[0]!;
    else if (letter === 'v') y += numbers[0]!;
    else if (letter !== 'z') {
      x += numbers.at(-2)!;
      y += numbers.at(-1)!;
    }
    xs.push(x);
    ys.push(y);
  }
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    left: round(Math.min(...xs)),
    top: round(Math.min(...ys)),
    right: round(Math.max(...xs)),
    bottom: round(Math.max(...ys)),
  };
}
