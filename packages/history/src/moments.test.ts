import { kindNames } from '@tidemark/documents';
import { isRefusal } from '@tidemark/protocol';
import { differenceFrom } from '@tidemark/sync/workbench';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createHistory } from './create-history.ts';
import {
  bench,
  documentId,
  expectAllMoments,
  historyOver,
  houseOf,
  lookedAgain,
  packAt,
} from './house.testing.ts';
import { begin, logs, replay, type TestEntry } from './log.testing.ts';
import type { HistoryBench, HistoryStore, Segment } from './ports.ts';

describe.each(kindNames)('moments of a random %s', (kind) => {
  test('HIST-1: are what the replay gives, with any states stored and any cut into segments and rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...([
          logs(kind, 14),
          fc.array(fc.nat(40), { maxLength: 4 }),
          fc.array(fc.nat(40), { maxLength: 4 }),
        ] as const),
        fc.boolean(),
        async (log, ends, states, shuffled) => {
          // What came too early waits, in the replay and in every state.
          const entries = shuffled
            ? log.entries.toSorted((a, b) => a.update.length - b.update.length)
            : log.entries;
          const house = houseOf({ ...log, entries });
          house.append(entries.length);
          await expectAllMoments(house, [entries]);
          for (const pick of states) {
            const lsn = 1 + (pick % entries.length);
            const material = { start: null, ...(await house.store.entries(documentId, 0, lsn)) };
            const state = await house.bench.packedState(material, lsn);
            if ('unreadable' in state) throw new Error(state.unreadable);
            await house.store.keepState(documentId, lsn, state);
          }
          const [first] = states;
          if (first !== undefined) {
            const lsn = 1 + ((first * 7) % entries.length);
            const doc = [...replay(entries.slice(0, lsn))].at(-1) ?? new Y.Doc();
            house.memory.saveCheckpoint(documentId, lsn, Y.encodeStateAsUpdate(doc));
          }
          await packAt(house, ends);
          await expectAllMoments(house, [entries]);
          expect(house.errors).toEqual([]);
        },
      ),
      { numRuns: 16 },
    );
  });

  test('HIST-1: each life has its own; the beginning of one is the end of the one before', async () => {
    await fc.assert(
      fc.asyncProperty(logs(kind, 8), logs(kind, 8), fc.boolean(), async (one, two, packed) => {
        const house = houseOf(one);
        house.append(one.entries.length);
        house.memory.renew(documentId, 1);
        const empty = { update: new Uint8Array([0, 0]), userId: null, clientId: 0, at: 1 };
        for (const entry of two.entries) house.memory.append(documentId, [entry], entry.at);
        if (packed) await packAt(house, [one.entries.length]);
        await expectAllMoments(house, [one.entries, [empty, ...two.entries]]);
      }),
      { numRuns: 8 },
    );
  });
});

describe.each(kindNames)('moments of a random %s, from memory', (kind) => {
  test('HIST-13: states on the way to one are what the replay gives, and so is what is made of them, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(kind, 12),
        fc.array(fc.nat(1_000), { minLength: 12, maxLength: 24 }),
        fc.integer({ min: 0, max: 60_000 }),
        async (log, asked, cacheBytes) => {
          const house = houseOf(log);
          house.append(log.entries.length);
          const states = [...replay(log.entries)].map((_, index) => stateOf(log.entries.slice(0, index + 1)));
          const history = historyOver(house.store, house.errors, cacheBytes);
          for (const pick of asked) {
            const lsn = 1 + (pick % log.entries.length);
            const state = await history.stateAt(documentId, lsn);
            if (isRefusal(state)) return expect.fail(state.detail);
            expect([lsn, differenceFrom(states[lsn - 1]!, state)]).toEqual([lsn, null]);
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});

function stateOf(entries: readonly TestEntry[]): Y.Doc {
  const doc = [...replay(entries)].at(-1) ?? new Y.Doc();
  return lookedAgain(doc);
}

describe('moments of a log that nobody has packed', () => {
  const heavy = Array.from({ length: 24 }, (_, index): TestEntry => {
    const doc = new Y.Doc();
    doc.clientID = index + 1;
    doc.getMap('meta').set('title', `${index}`.padEnd(10_000, 'x'));
    return { update: Y.encodeStateAsUpdate(doc), userId: 'ann', clientId: index, at: begin + index };
  });
  const watched = (cacheBytes: number) => {
    const house = houseOf({ kind: 'estimate', entries: heavy });
    house.append(heavy.length);
    const read: number[] = [];
    const worked: number[] = [];
    const sum = (segments: readonly Segment[]) =>
      segments.reduce((bytes, { content }) => bytes + content.length, 0);
    const store: HistoryStore = {
      ...house.store,
      async bundles(id, after, upTo, bytes) {
        const found = await house.store.bundles(id, after, upTo, bytes);
        read.push(sum(found));
        return found;
      },
    };
    const watchedBench: HistoryBench = {
      ...bench,
      stateAt(material, lsn) {
        worked.push(sum(material.segments));
        return bench.stateAt(material, lsn);
      },
    };
    const quiet = () => undefined;
    const journal = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const page = { entries: 1_000, bytes: 35_000 };
    const history = createHistory({
      ...{ store, bench: watchedBench, clock: { now: () => begin }, journal, cacheBytes, page },
    });
    return { history, read, worked };
  };

  test('HIST-12, HIST-13: no more of it is in memory at once than a page, whatever it weighs', async () => {
    const { history, read, worked } = watched(0);
    const state = await history.stateAt(documentId, 24);
    if (isRefusal(state)) return expect.fail(state.detail);
    expect(differenceFrom(stateOf(heavy), state)).toBeNull();
    expect(read).toHaveLength(8);
    expect(Math.max(...read, ...worked)).toBeLessThan(35_000);
    // Who was there is asked of both sides in the same way.
    const changes = await history.changes(documentId, 20, 24);
    expect(changes).toMatchObject({ differences: [{ register: 'title', by: { lsn: 24 } }] });
  });

  test('HIST-13: who asks near by, before or after, is answered from the states on the way', async () => {
    const { history, read } = watched(1_000_000);
    await history.stateAt(documentId, 20);
    const first = read.splice(0).length;
    for (const lsn of [19, 17, 21, 4, 20]) {
      expect(await history.stateAt(documentId, lsn)).toBeInstanceOf(Uint8Array);
      expect(read.splice(0).length, `${lsn}`).toBeLessThan(2);
    }
    expect(first).toBe(7);
  });

  test('HIST-12: what is more than can be looked through between two moments is refused', async () => {
    const house = houseOf({ kind: 'estimate', entries: heavy });
    house.append(heavy.length);
    const store: HistoryStore = {
      ...house.store,
      bundles: (id, after, upTo, bytes) => house.store.bundles(id, after, upTo, Math.min(bytes, 35_000)),
    };
    const history = historyOver(store);
    expect(await history.changes(documentId, 2, 20)).toMatchObject({ refused: 'too-large' });
    expect(await history.changes(documentId, 2, 4)).toMatchObject({ differences: [{ by: { lsn: 4 } }] });
  });
});
