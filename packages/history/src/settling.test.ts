import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bench, documentId, historyOver, houseOf, packAt, page } from './house.testing.ts';
import { begin } from './log.testing.ts';
import type { HistoryBench, HistoryStore, Material } from './ports.ts';

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

/** Registers written by as many people, an hour apart, each with much in it. */
function fatLog(count: number) {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (one: Uint8Array) => updates.push(one));
  for (let n = 0; n < count; n += 1) doc.getMap('meta').set(`part ${n}`, `${n} `.repeat(100));
  const entries = updates.map((fat, n) => ({
    ...{ update: fat, userId: `person ${n}`, clientId: 1, at: begin + n * 3_600_000 },
  }));
  return { kind: 'estimate' as const, entries };
}

test('HIST-15: settling and thinning gather a page before where they begin, whatever lies there, and go each way once', async () => {
  const fat = fatLog(60);
  const house = houseOf(fat);
  house.append(60);
  const { memory } = house;
  // As if four of its entries were what is settled at once.
  const scale = (8 * 1024 * 1024) / 1_200;
  const store: HistoryStore = {
    ...house.store,
    reach: (id, after, upTo, most) => house.store.reach(id, after, upTo, most / scale),
  };
  const gathered: number[] = [];
  let pages = 0;
  const weigh = <T>(material: Material, made: T): T => {
    const held = material.segments.flatMap(({ first, last }) => fat.entries.slice(first - 1, last));
    gathered.push(held.reduce((sum, entry) => sum + entry.update.length, 0));
    return made;
  };
  const weighing: HistoryBench = {
    ...bench,
    stateAt(material, lsn) {
      pages += 1;
      return weigh(material, bench.stateAt(material, lsn));
    },
    packedState: (material, lsn) => weigh(material, bench.packedState(material, lsn)),
    sessions: (material, range, open) => weigh(material, bench.sessions(material, range, open)),
  };
  const history = historyOver(store, [], 0, weighing);
  await history.settle(documentId);
  expect((await store.sessions(documentId, null, 99)).map(({ edits }) => edits)).toEqual(Array(60).fill(1));
  // A page, and what is settled at once; and once over all of it.
  const most = 2 * (page.bytes + 1_200);
  expect(gathered.length).toBeGreaterThan(12);
  expect(Math.max(...gathered)).toBeLessThan(most);
  expect(pages).toBeLessThan(60);

  // The same where moments are kept of a log that has no history checkpoint at all.
  await packAt(
    house,
    Array.from({ length: 30 }, (_, n) => 2 * n + 1),
  );
  for (const [n, lsn] of [30, 58].entries())
    await store.addAutomatic(documentId, {
      ...{ lsn, at: begin + n * 86_400_000, reason: 'quiet', userId: null, about: '' },
    });
  gathered.length = pages = 0;
  expect(await history.thin(documentId, begin + 59 * 3_600_000)).toMatchObject({ upTo: 59, kept: 2 });
  expect(Math.max(...gathered)).toBeLessThan(most);
  expect(pages).toBeLessThan(32);
  expect([...memory.stored(documentId).states.keys()]).toEqual([30, 58, 59]);
});
