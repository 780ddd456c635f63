import { expect, test } from 'vitest';
import { peopleOf, readPeer } from './presence.ts';

const user = { id: 'u2', name: 'Tom Reed' };

test('a state without a person is nobody', () => {
  for (const raw of [null, 3, {}, { user: {} }, { user: { id: 'x' } }, { user: { id: '', name: 'x' } }]) {
    expect(readPeer(1, raw)).toBeNull();
  }
});

test('what others send is clamped or left out', () => {
  const peer = readPeer(1, {
    user: { id: 'u2', name: 'n'.repeat(5000) },
    cursor: { x: 1e9, y: -5 },
    drag: { chart: 'c', x: 1, y: Number.NaN, w: 2, h: 2 },
    scroll: 'far',
    selected: 7,
  });
  expect(peer?.user.name).toHaveLength(100);
  expect(peer?.cursor).toEqual({ x: 12, y: 0 });
  expect(peer?.drag).toBeNull();
  expect(peer?.scroll).toBe(0);
  expect(peer?.selected).toBeNull();
});

test('two screens of one person are one person, away only when both are', () => {
  const me = { id: 'u1', name: 'Ana Diaz' };
  const first = readPeer(1, { user, away: true })!;
  const second = readPeer(2, { user, away: false })!;
  expect(peopleOf([first, second], me)).toEqual([
    { id: 'u1', name: 'Ana Diaz', devices: 1, away: false, me: true },
    { id: 'u2', name: 'Tom Reed', devices: 2, away: false, me: false },
  ]);
  expect(peopleOf([first], me)[1]?.away).toBe(true);
  expect(peopleOf([readPeer(3, { user: me })!], me)[0]?.devices).toBe(2);
});
