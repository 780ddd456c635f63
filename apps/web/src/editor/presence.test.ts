import { afterEach, expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createPresenceWriter, type PresenceKind, peopleOf, readPeer as read, short } from './presence.ts';

const presence: PresenceKind<{ selected: string | null }> = {
  kind: 'any',
  empty: { selected: null },
  away: {},
  read: ({ selected }) => ({ selected: short(selected) }),
};
const readPeer = (clientId: number, raw: unknown) => read(clientId, raw, presence);

const user = { id: 'u2', name: 'Tom Reed' };
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a state without a person is nobody', () => {
  for (const raw of [null, 3, {}, { user: {} }, { user: { id: 'x' } }, { user: { id: '', name: 'x' } }]) {
    expect(readPeer(1, raw)).toBeNull();
  }
});

test('a long name is cut, what the kind does not know is left out, and nobody takes the place of another', () => {
  const raw = {
    user: { id: 'u2', name: 'n'.repeat(5000) },
    selected: 7,
    clientId: 9,
    more: 'x',
    away: 'yes',
  };
  expect(readPeer(1, raw)).toEqual({
    clientId: 1,
    user: { id: 'u2', name: 'n'.repeat(100) },
    away: false,
    past: false,
    selected: null,
  });
});

test('two screens of one person are one person, away only when both are', () => {
  const me = { id: 'u1', name: 'Ana Diaz' };
  const first = readPeer(1, { user, away: true })!;
  const second = readPeer(2, { user, away: false })!;
  expect(peopleOf([first, second], me)).toEqual([
    { id: 'u1', name: 'Ana Diaz', devices: 1, away: false, past: false, me: true },
    { id: 'u2', name: 'Tom Reed', devices: 2, away: false, past: false, me: false },
  ]);
  expect(peopleOf([first], me)[1]?.away).toBe(true);
  expect(peopleOf([readPeer(3, { user: me })!], me)[0]?.devices).toBe(2);
});

test('TIME-29 somebody looks at the past only when no screen of theirs shows the present', () => {
  const me = { id: 'u1', name: 'Ana Diaz' };
  const gone = readPeer(1, { user, past: true })!;
  expect(peopleOf([gone], me)[1]?.past).toBe(true);
  expect(peopleOf([gone, readPeer(2, { user })!], me)[1]?.past).toBe(false);
});

test('TIME-29 a screen of the present that was left does not speak over the one of the past', () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  const awareness = new Awareness(new Y.Doc());
  const writer = createPresenceWriter(awareness, user, presence);
  writer.set({ selected: 'a' });
  vi.advanceTimersByTime(1_000);
  writer.stop();
  awareness.setLocalState({ user, kind: 'any', past: true });
  writer.set({ selected: null });
  vi.advanceTimersByTime(1_000);
  expect(awareness.getLocalState()).toMatchObject({ past: true });
  awareness.destroy();
});
