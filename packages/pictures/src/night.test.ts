import { expect, test } from 'vitest';
import { atNight, daylight, night } from './night.ts';

const paint = (text: string) => atNight({ paint: text, opacity: 1 }).paint;

test('PIC-5 white becomes the shapes of a dark screen, ink and black its strokes', () => {
  expect(paint('white')).toBe(night.fill);
  expect(paint(daylight.fill)).toBe(night.fill);
  expect(paint('black')).toBe(night.ink);
  expect(paint(daylight.ink)).toBe(night.ink);
  expect(paint('none')).toBe('none');
});

test('PIC-5 the pale fills of files become dark, their strong strokes light, in the same hue', () => {
  const sum = (hex: string) => [1, 3, 5].reduce((n, at) => n + Number.parseInt(hex.slice(at, at + 2), 16), 0);
  // The blues, reds and greens of bpmn-js's own colour picker.
  for (const [fill, stroke] of [
    ['#bbdefb', '#0d4372'],
    ['#ffcdd2', '#831311'],
    ['#c8e6c9', '#205022'],
  ] as const) {
    expect(sum(paint(fill))).toBeLessThan(330);
    expect(sum(paint(stroke))).toBeGreaterThan(sum(paint(fill)) + 120);
  }
  expect(paint('#ffcdd2')).toMatch(/^#([4-9a-f].)(..)(..)$/);
});
