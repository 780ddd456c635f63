import type { Pictures } from '@tidemark/pictures';
import type { Clock } from '@tidemark/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPainter, type Painted, type Painter } from './painter.ts';
import type { Looks, Thumbnails } from './thumbnails.ts';

/** A clock that the test turns. */
function createClock() {
  let now = 1_000;
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: Clock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  return {
    clock,
    async pass(ms: number) {
      now += ms;
      for (const timer of [...timers].sort((a, b) => a.at - b.at)) {
        if (timer.at > now || !timers.delete(timer)) continue;
        timer.run();
      }
      // What was begun by that has all its answers at once.
      for (let i = 0; i < 30; i += 1) await Promise.resolve();
    },
  };
}

let time: ReturnType<typeof createClock>;
let claims: Awaited<ReturnType<Thumbnails['claim']>>[];
let drawn: Awaited<ReturnType<Pictures['draw']>>;
let kept: [string, number, Looks | null][];
let released: string[];
let changed: string[];
let outcomes: Painted[];
let warned: string[];
let painter: Painter;

beforeEach(() => {
  time = createClock();
  claims = [];
  kept = [];
  released = [];
  changed = [];
  outcomes = [];
  warned = [];
  drawn = new Uint8Array([1]);
  const quiet = () => undefined;
  painter = createPainter({
    source: async () => ({ xml: '<x/>', epoch: 1, head: 7 }),
    pictures: { draw: async () => drawn } as Partial<Pictures> as Pictures,
    thumbnails: {
      find: async () => null,
      claim: async () => claims.shift() ?? 'claimed',
      async keep(id, { head }, looks) {
        const before = kept.findLast(([one]) => one === id)?.[2]?.version;
        kept.push([id, head, looks]);
        return before !== looks?.version;
      },
      async release(id) {
        released.push(id);
      },
    },
    clock: time.clock,
    journal: { debug: quiet, info: quiet, warn: (event) => warned.push(event), error: quiet },
    changed: (id) => changed.push(id),
    painted: (outcome) => outcomes.push(outcome),
    settings: { quietMs: 3_000, mostMs: 10_000, againMs: 5_000, repairMs: 60_000 },
  });
});
afterEach(() => painter.close());

test('PIC-32 a document is drawn when it has been quiet for a while, once for many edits', async () => {
  for (let i = 0; i < 3; i += 1) {
    painter.touched('d');
    await time.pass(2_000);
  }
  expect(kept).toEqual([]);
  await time.pass(1_000);
  expect(kept.map(([id, head]) => [id, head])).toEqual([['d', 7]]);
  expect(changed).toEqual(['d']);
});

test('PIC-32 one that is never quiet is drawn all the same', async () => {
  for (let i = 0; i < 10; i += 1) {
    painter.touched('d');
    await time.pass(1_000);
  }
  expect(kept).toHaveLength(1);
});

test('PIC-32 nobody is told when it looks as before', async () => {
  for (let i = 0; i < 2; i += 1) {
    painter.touched('d');
    await time.pass(3_000);
  }
  expect(kept).toHaveLength(2);
  expect(changed).toEqual(['d']);
  expect(outcomes).toEqual(['drawn', 'same']);
});

test('PIC-33 what another process has is left to it, and looked at again later', async () => {
  claims = ['taken', 'fresh'];
  painter.touched('d');
  await time.pass(3_000);
  expect(kept).toEqual([]);
  await time.pass(5_000);
  expect(claims).toEqual([]);
  expect(kept).toEqual([]);
});

test('PIC-33 a list has one that is out of date drawn at once, and not again for a while', async () => {
  drawn = { failed: 'broken', detail: 'a bug' };
  painter.repair('d');
  await time.pass(0);
  expect(kept).toEqual([['d', 7, null]]);
  painter.repair('d');
  await time.pass(59_000);
  expect(kept).toHaveLength(1);
  await time.pass(1_000);
  painter.repair('d');
  await time.pass(0);
  expect(kept).toHaveLength(2);
});

test.each(['nothing-to-draw', 'too-slow', 'out-of-memory', 'broken'] as const)(
  'PIC-34 a document that cannot be drawn (%s) has no thumbnail, and is not tried again until it changes',
  async (failed) => {
    drawn = { failed, detail: 'no' };
    painter.touched('d');
    await time.pass(3_000);
    expect(kept).toEqual([['d', 7, null]]);
    expect(outcomes).toEqual([failed === 'nothing-to-draw' ? 'empty' : failed]);
    expect(warned).toEqual(failed === 'nothing-to-draw' ? [] : ['thumbnail-failed']);
  },
);

test.each(['busy', 'closed'] as const)(
  'PIC-34 one that was not tried (%s) stays out of date',
  async (failed) => {
    drawn = { failed, detail: 'no' };
    painter.touched('d');
    await time.pass(3_000);
    expect([kept, released]).toEqual([[], ['d']]);
    // Who was only busy is asked again.
    await time.pass(5_000);
    expect(released).toHaveLength(failed === 'busy' ? 2 : 1);
  },
);

test('PIC-34 a picture too large to keep is made smaller, and left out if that is too large too', async () => {
  drawn = new Uint8Array(70_000);
  painter.touched('d');
  await time.pass(3_000);
  expect(kept).toEqual([['d', 7, null]]);
  expect(outcomes).toEqual(['too-large']);
});

test('PIC-32 nothing is drawn after the end', async () => {
  painter.touched('d');
  await painter.close();
  painter.touched('e');
  painter.repair('f');
  await time.pass(60_000);
  expect(kept).toEqual([]);
});
