import { expect, test } from 'vitest';
import { nextLevel, windowOn } from './zoom.ts';

const outer = { width: 1000, height: 600 };
const space = { left: 100, top: 50, right: 0, bottom: 50 };

test('a small diagram is shown at its size, in the middle of the room that is left', () => {
  const window = windowOn({ x: 200, y: 100, width: 36, height: 36 }, outer, space);
  expect(window).toEqual({ x: 218 - 550, y: 118 - 300, width: 1000, height: 600 });
});

test('a large diagram is made small enough to be seen whole', () => {
  const inner = { x: -500, y: 0, width: 1800, height: 500 };
  const window = windowOn(inner, outer, space);
  const scale = outer.width / window.width;
  expect(scale).toBeCloseTo(0.5);
  expect((inner.x - window.x) * scale).toBeCloseTo(100);
  expect((inner.x + inner.width - window.x) * scale).toBeCloseTo(1000);
});

test('a diagram without extent divides by nothing', () => {
  expect(windowOn({ x: 0, y: 0, width: 0, height: 0 }, outer, space).width).toBe(1000);
});

test('zooming goes by levels, and stops at the last', () => {
  expect(nextLevel(1, 1)).toBe(1.1);
  expect(nextLevel(1.004, 1)).toBe(1.1);
  expect(nextLevel(0.62, -1)).toBe(0.5);
  expect(nextLevel(4, 1)).toBe(4);
  expect(nextLevel(0.1, -1)).toBe(0.1);
});
