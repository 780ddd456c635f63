import { expect, test } from 'vitest';
import { parseColour } from './colour.ts';

test.each([
  ['#0D4372', { paint: '#0d4372', opacity: 1 }],
  ['#abc', { paint: '#aabbcc', opacity: 1 }],
  ['#11223380', { paint: '#112233', opacity: 0.502 }],
  ['rgb(255, 0, 12)', { paint: '#ff000c', opacity: 1 }],
  ['rgba(255,255,255,0.5)', { paint: '#ffffff', opacity: 0.5 }],
  ['rgb(100% 0% 50% / 25%)', { paint: '#ff0080', opacity: 0.25 }],
  ['hsl(225, 10%, 15%)', { paint: '#22242a', opacity: 1 }],
  ['hsl(-120deg, 100%, 50%)', { paint: '#0000ff', opacity: 1 }],
  ['White', { paint: 'white', opacity: 1 }],
  ['transparent', { paint: 'none', opacity: 1 }],
])('PIC-3 a colour is understood as CSS has it: %s', (text, colour) => {
  expect(parseColour(text)).toEqual(colour);
});

test.each([
  '',
  'url(#x)',
  'url(javascript:alert(1))',
  'red;background:url(x)',
  'red" onload="alert(1)',
  '#12',
  '#12345',
  'expression(alert(1))',
  'rgb(1,2)',
  'var(--x)',
])('PIC-3 what is no colour is none: %s', (text) => {
  expect(parseColour(text)).toBeNull();
});
