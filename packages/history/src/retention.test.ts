import { kindNames } from '@tidemark/documents';
import { isRefusal } from '@tidemark/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  documentId,
  expectAllMoments,
  historyOver,
  houseOf,
  packAt,
  type TestHouse,
} from './house.testing.ts';
import { begin, logs, type TestEntry, type TestLog } from './log.testing.ts';
import type { AutomaticVersion, HistoryStore } from './ports.ts';

const dayMs = 86_400_000;
/** The clock of the tests stands long after: every session is over. */
const someTimes = fc.array(fc.nat(100), { minLength: 1, maxLength: 6 });

/** The log with its entries spread over some days. */
const overDays = (log: TestLog): TestLog => ({
  ...log,
  entries: log.entries.map((entry, index) => ({ ...entry, at: begin + index * (dayMs / 5) })),
});

async function withVersions(
  house: TestHouse,
  log: TestLog,
  picks: readonly number[],
): Promise<AutomaticVersion[]> {
  const versions: AutomaticVersion[] = [];
  for (const [index, pick] of picks.entries()) {
    const lsn = 1 + (pick % log.entries.length);
    const reason = index % 2 === 0 ? 'quiet' : 'nightly';
    const { at } = log.entries[lsn - 1]!;
    const added = await house.store.addAutomatic(documentId, { lsn, at, reason, userId: null, about: '' });
    if (added !== 'gone') versions.push(added);
  }
  return versions;
}

/** LSNs of the versions that stay, in the plainest way. */
function lastOfDays(versions: readonly AutomaticVersion[], upTo: number): Set<number> {
  const days = new Map<number, number>();
  for (const { lsn, at } of versions.filter((version) => version.lsn <= upTo)) {
    const day = Math.floor(at / dayMs);
    days.set(day, Math.max(days.get(day) ?? 0, lsn));
  }
  return new Set(days.values());
}

describe.each(kindNames)('thinning a random %s', (kind) => {
  test('HIST-7: changes no state that is promised: of versions and of all that comes later; the rest is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(kind, 14).map(overDays),
        someTimes,
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(30), { maxLength: 3 }),
        async (log, picks, times, ends) => {
          const house = houseOf(log);
          house.append(log.entries.length);
          const { history, store, memory } = house;
          await history.settle(documentId);
          const sessions = await store.sessions(documentId, null, 100);
          const versions = await withVersions(house, log, picks);
          if (ends.length > 0) await packAt(house, ends);
          else memory.allowPacking(documentId, log.entries.length);
          for (const time of times.toSorted((a, b) => a - b)) {
            const before = begin + time * (dayMs / 5) + 1;
            const plan = await history.thinning(documentId, before);
            expect(await history.thin(documentId, before)).toEqual(plan);
            const { thinned } = (await store.place(documentId))!;
            // Whole segments go: those that end before the time. What was not packed yet goes up to the time itself.
            const wanted = Math.min(log.entries.length, time + 1);
            const segment =
              ends.length === 0
                ? wanted
                : Math.max(0, ...segmentEnds(ends, log).filter((end) => end <= wanted));
            expect(thinned).toBe(segment);
            const stays = lastOfDays(versions, thinned).add(thinned);
            await expectAllMoments(house, [log.entries], (lsn) => lsn < thinned && !stays.has(lsn));
            const left = await store.automaticVersions(documentId, null, 100);
            const promised = new Set(left.map(({ lsn }) => lsn));
            expect(promised).toEqual(
              new Set(
                versions
                  .map(({ lsn }) => lsn)
                  .filter((lsn) => lsn > thinned || lastOfDays(versions, thinned).has(lsn)),
              ),
            );
          }
          // Who worked when is still told.
          expect(await store.sessions(documentId, null, 100)).toEqual(sessions);
          expect(house.errors).toEqual([]);
        },
      ),
      { numRuns: 14 },
    );
  });

  test('HIST-6, HIST-7: of what is thinned no author is told, of what is not the same ones as before', async () => {
    await fc.assert(
      fc.asyncProperty(logs(kind, 14).map(overDays), fc.nat(13), fc.nat(13), async (log, time, pick) => {
        const house = houseOf(log);
        const count = log.entries.length;
        house.append(count);
        const { history, store, memory } = house;
        const [version] = await withVersions(house, log, [pick]);
        const from = version!.lsn;
        const before = await history.changes(documentId, from, count);
        await history.settle(documentId);
        memory.allowPacking(documentId, count);
        await history.thin(documentId, begin + time * (dayMs / 5) + 1);
        const { thinned } = (await store.place(documentId))!;
        const after = await history.changes(documentId, from, count);
        if (isRefusal(before) || isRefusal(after)) return expect.fail('It is refused.');
        expect(after.differences).toEqual(
          before.differences.map((one) => ({ ...one, by: (one.by?.lsn ?? 0) > thinned ? one.by : null })),
        );
      }),
      { numRuns: 14 },
    );
  });
});

function segmentEnds(ends: readonly number[], { entries }: TestLog): number[] {
  return [...ends.filter((end) => end > 0 && end <= entries.length), entries.length];
}

test('HIST-7: of hundreds of versions, several at one moment, the last moment of each day stays with all its reasons', async () => {
  const update = new Uint8Array([0, 0]);
  const entries = Array.from({ length: 100 }, (_, index) => ({
    ...{ update, userId: 'ann', clientId: 1, at: begin + index * (dayMs / 10) },
  }));
  const house = houseOf({ kind: 'estimate', entries });
  house.append(100);
  house.memory.allowPacking(documentId, 100);
  for (const [index, { at }] of entries.entries()) {
    for (const reason of ['quiet', 'nightly', 'before-restore'] as const)
      await house.store.addAutomatic(documentId, { lsn: index + 1, at, reason, userId: null, about: '' });
  }
  const days = new Set(entries.map(({ at }) => Math.floor(at / dayMs))).size;
  const thinned = { upTo: 100, entries: 100, kept: 3 * days, dropped: 300 - 3 * days };
  expect(await house.history.thin(documentId, begin + 20 * dayMs)).toEqual(thinned);
  expect(await house.store.automaticVersions(documentId, null, 400)).toHaveLength(3 * days);
});

test('HIST-6: of what was there when detail began, the deletion after it still has an author', async () => {
  const doc = new Y.Doc();
  const entries: TestEntry[] = [];
  doc.on('update', (update: Uint8Array) =>
    entries.push({ update, userId: 'ann', clientId: 1, at: begin + entries.length * dayMs }),
  );
  const lines = doc.getMap<Y.Map<unknown>>('lines');
  lines.set('a', new Y.Map([['qty', 1]]));
  lines.get('a')?.set('qty', 2);
  lines.get('a')?.set('name', 'A');
  lines.get('a')?.delete('qty');
  const house = houseOf({ kind: 'estimate', entries });
  house.append(4);
  house.memory.allowPacking(documentId, 4);
  await house.store.addAutomatic(documentId, { lsn: 1, at: begin, reason: 'quiet', userId: null, about: '' });
  expect(await house.history.thin(documentId, begin + 2 * dayMs)).toMatchObject({ upTo: 2 });
  const changes = await house.history.changes(documentId, 1, 4);
  if (isRefusal(changes)) return expect.fail(changes.detail);
  expect(changes.differences.map(({ register, by }) => [register, by?.lsn])).toEqual([
    ['name', 3],
    ['qty', 4],
  ]);
});

test('HIST-14: the place of a time is a moment that is left, or refused: never a neighbour', async () => {
  const minute = 60_000;
  const times = [0, 60, 1_440].flatMap((start) =>
    [0, 1, 2, 3].map((after) => begin + (start + after) * minute),
  );
  const update = new Uint8Array([0, 0]);
  const entries = times.map((at): TestEntry => ({ update, userId: 'ann', clientId: 1, at }));
  const house = houseOf({ kind: 'estimate', entries });
  house.append(12);
  house.memory.allowPacking(documentId, 12);
  const { history, store } = house;
  /** Minutes after the beginning: before it; at work in the first session, after it; in the second, after it; in the third, after it. */
  const ask = () =>
    Promise.all(
      [-1, 0, 1.5, 30, 60, 61.5, 63, 900, 1_440, 1_441.5, 9_000].map(async (after) => {
        const lsn = await history.lsnAt(documentId, begin + after * minute);
        return isRefusal(lsn) ? lsn.refused : lsn;
      }),
    );
  expect(await ask()).toEqual([0, 1, 2, 4, 5, 6, 8, 8, 9, 10, 12]);
  for (const lsn of [4, 8]) {
    const version = { lsn, at: times[lsn - 1]!, reason: 'quiet', userId: 'ann', about: '' } as const;
    await store.addAutomatic(documentId, version);
  }
  expect(await history.thin(documentId, begin + 1_000 * minute)).toMatchObject({ upTo: 8, kept: 1 });
  const gone = 'no-detail';
  expect(await ask()).toEqual([0, gone, gone, gone, gone, gone, 8, 8, 9, 10, 12]);
  expect(await history.lsnAt('nobody', begin)).toMatchObject({ refused: 'not-found' });
});

describe('two at once', () => {
  const all = async (house: TestHouse) => {
    const place = await house.store.place(documentId);
    const sessions = await house.store.sessions(documentId, null, 100);
    return { place, sessions, versions: await house.store.automaticVersions(documentId, null, 100) };
  };
  const works = ['settle', 'archive', 'thin'] as const;
  const work = async (store: HistoryStore, name: (typeof works)[number]) => {
    const history = historyOver(store);
    if (name === 'thin') await history.thin(documentId, begin + 3 * dayMs);
    else await history[name](documentId);
  };
  const prepared = async (log: TestLog) => {
    const house = houseOf(log);
    house.append(log.entries.length);
    await withVersions(house, log, [1, 4, 9]);
    house.memory.allowPacking(documentId, log.entries.length);
    return house;
  };
  const finish = async (house: TestHouse) => {
    for (const name of works) await work(house.store, name);
    return all(house);
  };

  test('HIST-8: whatever several processes do at once, the outcome is that of one, and no moment is another', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs('estimate', 14).map(overDays),
        fc.array(fc.constantFrom(...works), { minLength: 2, maxLength: 6 }),
        async (log, jobs) => {
          const alone = await finish(await prepared(log));
          const house = await prepared(log);
          await Promise.all(jobs.map((name) => work(house.store, name)));
          expect(await finish(house)).toEqual(alone);
          const { thinned } = alone.place!;
          const stays = new Set([...alone.versions.map(({ lsn }) => lsn), thinned]);
          await expectAllMoments(house, [log.entries], (lsn) => lsn < thinned && !stays.has(lsn));
        },
      ),
      { numRuns: 20 },
    );
  });

  test('HIST-8: a crash before or after any write leaves what the next one finishes', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs('estimate', 12).map(overDays),
        fc.nat(7),
        fc.boolean(),
        async (log, at, after) => {
          const alone = await finish(await prepared(log));
          const house = await prepared(log);
          let writes = 0;
          const crashing =
            <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
            async (...args: A): Promise<R> => {
              writes += 1;
              if (writes === at + 1 && !after) throw new Error('crash');
              const result = await write(...args);
              if (writes === at + 1) throw new Error('crash');
              return result;
            };
          const { store } = house;
          const broken: HistoryStore = {
            ...store,
            pack: crashing(store.pack),
            keepState: crashing(store.keepState),
            saveSessions: crashing(store.saveSessions),
            thin: crashing(store.thin),
          };
          try {
            for (const name of works) await work(broken, name);
          } catch (error) {
            expect(String(error)).toBe('Error: crash');
          }
          expect(await finish(house)).toEqual(alone);
          const { thinned } = alone.place!;
          const stays = new Set([...alone.versions.map(({ lsn }) => lsn), thinned]);
          await expectAllMoments(house, [log.entries], (lsn) => lsn < thinned && !stays.has(lsn));
        },
      ),
      { numRuns: 30 },
    );
  });
});
