import { expect, test } from 'vitest';
import { documentId, historyOver, houseOf } from './house.testing.ts';
import type { HistoryStore } from './ports.ts';

const update = new Uint8Array([0, 0]);
const people = ['ann', ...Array.from({ length: 20 }, () => 'bob'), 'ann'];
const log = {
  kind: 'estimate' as const,
  entries: people.map((userId, index) => ({ update, userId, clientId: 1, at: index * 1_000 })),
};

/** Settles the log as it comes: without the last entry, then whole. `scale`: as if each of its bytes were so many. */
async function settled(scale: number) {
  const house = houseOf(log);
  const parts: number[] = [];
  const store: HistoryStore = {
    ...house.store,
    reach: (id, after, upTo, bytes) => house.store.reach(id, after, upTo, bytes / scale),
    async saveSessions(id, from, to, sessions) {
      parts.push(to - from);
      return house.store.saveSessions(id, from, to, sessions);
    },
  };
  const history = historyOver(store);
  for (const count of [people.length - 1, 1]) {
    house.append(count);
    await history.settle(documentId);
  }
  const sessions = await store.sessions(documentId, null, 50);
  return { parts, sessions: sessions.map(({ first, userId, edits }) => [first, userId, edits]).toSorted() };
}

test('HIST-12: a part of the log that is settled at once is bounded in bytes, and what came long before is over', async () => {
  const MB = 1024 * 1024;
  const small = await settled(1);
  expect(small.parts).toEqual([21, 1]);
  expect(small.sessions).toEqual([
    [1, 'ann', 2],
    [2, 'bob', 20],
  ]);
  // Entries of 2 MB each: four at a time, and Ann's first is 40 MB back when she comes again.
  const large = await settled(MB);
  expect(large.parts).toEqual([4, 4, 4, 4, 4, 1, 1]);
  expect(large.sessions.filter(([, userId]) => userId === 'ann')).toEqual([
    [1, 'ann', 1],
    [22, 'ann', 1],
  ]);
  const bob = large.sessions.filter(([, userId]) => userId === 'bob');
  expect(
    bob.reduce((sum, [, , edits]) => sum + Number(edits), 0),
    'each once',
  ).toBe(20);
});
