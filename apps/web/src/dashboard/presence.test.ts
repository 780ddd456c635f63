import { expect, test } from 'vitest';
import { dashboardPresence } from './presence.ts';

test('what others send is clamped or left out', () => {
  const peer = dashboardPresence.read({
    cursor: { x: 1e9, y: -5 },
    drag: { chart: 'c', x: 1, y: Number.NaN, w: 2, h: 2 },
    scroll: 'far',
    selected: 7,
  });
  expect(peer).toEqual({ cursor: { x: 12, y: 0 }, drag: null, scroll: 0, selected: null });
});
