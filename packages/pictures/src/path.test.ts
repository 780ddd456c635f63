import { expect, test } from 'vitest';
import { boxOf, lengthOf, pointAt, pointsOf } from './path.ts';

test('PIC-1 the length of a path is that of its lines, and the point halfway lies on it', () => {
  const points = pointsOf('M 10 10 L 110 10 l 0 50 H 10 v 40');
  expect(lengthOf(points)).toBe(100 + 50 + 100 + 40);
  expect(pointAt(points, 120)).toEqual({ x: 110, y: 30 });
  expect(pointAt(points, 9_999)).toEqual({ x: 10, y: 100 });
  expect(boxOf(points)).toEqual({ x: 10, y: 10, width: 100, height: 90 });
});

test('PIC-1 curves are as long as they are drawn, to a hundredth', () => {
  // A quarter of a circle of radius 100, by the usual constant.
  const k = 55.2284749831;
  expect(lengthOf(pointsOf(`M100,0C100,${k},${k},100,0,100`))).toBeCloseTo((Math.PI / 2) * 100, 0);
  expect(lengthOf(pointsOf('M0,0Q50,0,100,0'))).toBeCloseTo(100, 6);
});

test('PIC-1 a path closes to where it began, and one of nothing has no length', () => {
  expect(lengthOf(pointsOf('m 1 5 l 0 -3 l 7 0 z'))).toBeCloseTo(3 + 7 + Math.hypot(7, 3), 6);
  expect(lengthOf(pointsOf(''))).toBe(0);
  expect(pointAt([], 5)).toEqual({ x: 0, y: 0 });
});
