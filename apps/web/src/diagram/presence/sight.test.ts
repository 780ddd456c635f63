import { expect, test } from 'vitest';
import { edgePoint } from './edge-hints.ts';
import { boxOf, fitted } from './sight.ts';

test('what the window shows, in units of the diagram', () => {
  expect(boxOf({ scale: 2, offset: { x: -100, y: 40 }, width: 800, height: 600 })).toEqual({
    x: 50,
    y: -20,
    width: 400,
    height: 300,
  });
});

test('all that somebody sees is within a window of another form, in the middle', () => {
  const box = { x: 100, y: 100, width: 800, height: 400 };
  expect(fitted(box, { width: 400, height: 800 })).toEqual({ x: 100, y: -500, width: 800, height: 1600 });
  expect(fitted(box, { width: 1600, height: 400 })).toEqual({ x: -300, y: 100, width: 1600, height: 400 });
  expect(fitted(box, { width: 80, height: 40 })).toEqual(box);
});

test('who is outside of the window is told of at its edge, in their direction; who is inside is not', () => {
  const lie = { scale: 2, offset: { x: 100, y: 0 }, width: 1000, height: 600 };
  expect(edgePoint({ x: 10, y: 10 }, lie)).toBeNull();
  expect(edgePoint({ x: 2000, y: 150 }, lie)).toEqual({ x: 972, y: 300, angle: 0 });
  const above = edgePoint({ x: 200, y: -900 }, lie)!;
  expect([above.x, above.y]).toEqual([500, 28]);
  expect(above.angle).toBeCloseTo(-Math.PI / 2);
});
