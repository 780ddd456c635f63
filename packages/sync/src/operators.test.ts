import { expect, test } from 'vitest';
import { House } from './testing.ts';

test('R37 operators see every room and session, what waits to be stored and for how long, and slow readers', async () => {
  const house = new House({ slowReaderBytes: 1_000 });
  house.memory.create('e');
  const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', atMost: 'read' })];
  house.client({ user: 'eve', document: 'e' });
  await house.pass(100);
  ann.type('stored');
  await house.settle();
  expect(house.lobby.stats()).toMatchObject({ rooms: 2, sessions: 3, joins: 3, dirtyMs: 0, staleReaders: 0 });
  house.log.before = () => new Promise(() => undefined);
  bob.stuck = true;
  const since = house.clock.now();
  ann.type('x'.repeat(3_000));
  await house.settle();
  await house.pass(700);
  ann.type('later');
  await house.settle();
  const stats = house.lobby.stats();
  expect(stats.dirtyMs).toBe(700);
  expect(stats.staleReaders).toBe(1);
  expect(stats.outboundBytes).toBeGreaterThan(3_000);
  const rooms = house.lobby.rooms();
  expect(rooms.map(({ documentId }) => documentId).sort()).toEqual(['d', 'e']);
  const room = rooms.find(({ documentId }) => documentId === 'd')!;
  expect(room).toMatchObject({
    epoch: 1,
    head: 1,
    tailEntries: 1,
    dirtySince: since,
    present: 0,
    failing: false,
  });
  expect(room.backlogBytes).toBeGreaterThan(3_000);
  expect(room.sessions).toEqual([
    expect.objectContaining({ userId: 'ann', access: 'edit', stale: false, frames: ann.sent.length }),
    expect.objectContaining({ userId: 'bob', access: 'read', stale: true }),
  ]);
  expect(room.sessions[0]!.since).toBeLessThan(since);
});

test('R37 the age of the oldest unsaved edit is that of the batch behind once the one before it is stored', async () => {
  const house = new House();
  const ann = house.client({ user: 'ann' });
  await house.settle();
  const answers: (() => void)[] = [];
  house.log.before = () => new Promise((resolve) => void answers.push(resolve));
  ann.type('one');
  await house.settle();
  await house.pass(300);
  ann.type('two');
  await house.settle();
  await house.pass(50);
  expect(house.lobby.stats().dirtyMs).toBe(350);
  answers[0]!();
  await house.settle();
  expect(house.lobby.stats().dirtyMs).toBe(50);
  answers[1]!();
  await house.settle();
  expect(house.lobby.stats().dirtyMs).toBe(0);
});

test('R37 loads, turns, appends, compactions and diffs are measured as they end', async () => {
  const house = new House({ bigDocumentBytes: 20, bigAnswerBytes: 10, checkpointEntries: 3 });
  const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
  await house.settle();
  for (let i = 0; i < 3; i += 1) {
    ann.type('some words ').type('in one turn ');
    await house.settle();
  }
  bob.cut();
  ann.type('more');
  await house.settle();
  bob.connect(house.lobby, { userId: 'bob', atMost: 'edit', credential: null }, 'd');
  await house.settle();
  expect(new Set(house.measured.map(([measure]) => measure))).toEqual(
    new Set(['load-ms', 'turn-frames', 'store-entries', 'store-ms', 'compact-ms', 'diff-ms']),
  );
  expect(house.measured).toContainEqual(['turn-frames', 2]);
  expect(house.measured).toContainEqual(['store-entries', 2]);
});
