import { expect, test } from 'vitest';
import {
  plainLayout,
  readLayout,
  totalWidth,
  tracksOf,
  visibleColumns,
  withHidden,
  withWidth,
} from './column-layout.ts';

test('GRID-2: columns are hidden and drawn wider within bounds; what names a line and what it comes to stay', () => {
  let layout = withHidden(plainLayout, 'code', true);
  layout = withHidden(layout, 'name', true);
  expect(visibleColumns(layout)).not.toContain('code');
  expect(visibleColumns(layout)).toContain('name');
  layout = withWidth(withWidth(layout, 'unit', 3), 'note', 9000);
  expect(tracksOf(layout, 48)).toBe('48px minmax(224px, 1fr) 92px 48px 100px 68px 100px 116px 800px');
  expect(totalWidth(layout, 48)).toBe(1596);
  expect(readLayout(JSON.stringify(layout))).toEqual(layout);
});

test('GRID-2: whatever a device has kept gives columns', () => {
  for (const kept of [
    null,
    '',
    '{',
    '7',
    'null',
    '{"hidden":7,"widths":[1]}',
    '{"widths":{"qty":"x","?":5}}',
  ]) {
    expect(readLayout(kept), String(kept)).toEqual(plainLayout);
  }
});
