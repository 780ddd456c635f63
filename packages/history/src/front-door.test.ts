import { isRefusal } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Wish } from './cancel.ts';
import { createHistory } from './create-history.ts';
import { Cancelled, type PageCursor } from './history.ts';
import { bench, documentId, houseOf, packAt } from './house.testing.ts';
import type { TestEntry } from './log.testing.ts';
import type { HistoryBench, WorkSession } from './ports.ts';
import { StateCache } from './state-cache.ts';

/** `count` entries, a minute apart; `gap` after every fifth. */
function entriesOf(count: number, users: readonly string[] = ['ann'], gap = 60_000): TestEntry[] {
  const doc = new Y.Doc();
  const entries: TestEntry[] = [];
  let at = 1_000_000;
  doc.on('update', (update: Uint8Array) => {
    at += entries.length % 5 === 4 ? gap : 60_000;
    entries.push({ update, userId: users[entries.length % users.length] ?? null, clientId: 1, at });
  });
  for (let index = 0; index < count; index += 1) doc.getText('notes').insert(0, `${index} `);
  return entries;
}

/** A bench that waits to be told, and counts. */
function heldBench(): { bench: HistoryBench; asked: number[]; cancelled: number[]; go: () => void } {
  const asked: number[] = [];
  const cancelled: number[] = [];
  const gate = Promise.withResolvers<void>();
  return {
    asked,
    cancelled,
    go: gate.resolve,
    bench: {
      ...bench,
      async stateAt(material, lsn, cancel) {
        asked.push(lsn);
        cancel?.onCancel(() => cancelled.push(lsn));
        await gate.promise;
        return bench.stateAt(material, lsn);
      },
    },
  };
}

const quiet = () => undefined;
const journal = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const clock = { now: () => 9_000_000_000 };

function housed(count: number, other: HistoryBench = bench, cacheBytes?: number) {
  const house = houseOf({ kind: 'estimate', entries: entriesOf(count) });
  house.append(count);
  const options = { store: house.store, bench: other, clock, journal };
  return {
    ...house,
    history: createHistory(cacheBytes === undefined ? options : { ...options, cacheBytes }),
  };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

describe('moments', () => {
  test('HIST-9: what is no moment is refused: no document, beyond the head, no whole number', async () => {
    const { history } = housed(3);
    expect(await history.stateAt('nobody', 1)).toMatchObject({ refused: 'not-found' });
    for (const lsn of [-1, 4, 1.5, Number.NaN]) {
      expect(await history.stateAt(documentId, lsn)).toMatchObject({ refused: 'not-found' });
    }
    expect(await history.changes(documentId, 1, 4)).toMatchObject({ refused: 'not-found' });
    expect(await history.changes(documentId, 3, 1)).toMatchObject({ refused: 'malformed' });
    expect(await history.stateAt(documentId, 0)).toEqual(new Uint8Array([0, 0]));
  });

  test('HIST-9: what cannot be read is refused, and operators are told', async () => {
    const house = houseOf({
      kind: 'estimate',
      entries: [{ update: new Uint8Array([9, 9]), userId: null, clientId: 0, at: 1 }],
    });
    house.append(1);
    expect(await house.history.stateAt(documentId, 1)).toMatchObject({ refused: 'quarantined' });
    await house.history.settle(documentId);
    expect(house.errors).toHaveLength(2);
    expect(await house.store.place(documentId)).toMatchObject({ settled: 0 });
  });

  test('HIST-9: a stored state that cannot be read is refused, at its own moment and after it', async () => {
    const garbage = new Uint8Array([9, 9, 9]);
    const house = housed(4);
    house.memory.saveCheckpoint(documentId, 1, garbage);
    await house.store.keepState(documentId, 3, garbage);
    for (const lsn of [1, 2, 3, 4])
      expect([lsn, await house.history.stateAt(documentId, lsn)]).toMatchObject([
        lsn,
        { refused: 'quarantined' },
      ]);
  });

  test('HIST-10: equal questions share one answer, and who asks again gets it from memory', async () => {
    const held = heldBench();
    const { history } = housed(3, held.bench);
    const both = [history.stateAt(documentId, 2), history.stateAt(documentId, 2)];
    await turns();
    held.go();
    const [one, two] = await Promise.all(both);
    expect(one).toBe(two);
    expect(await history.stateAt(documentId, 2)).toBe(one);
    expect(held.asked).toEqual([2]);
  });

  test('HIST-10: a question is cancelled when the last who asked has gone; who stays gets the answer', async () => {
    const held = heldBench();
    const { history } = housed(3, held.bench);
    const [first, second, alone] = [new Wish(), new Wish(), new Wish()];
    const gone = history.stateAt(documentId, 2, first);
    const stays = history.stateAt(documentId, 2, second);
    const nobody = history.stateAt(documentId, 3, alone);
    await turns();
    first.cancel();
    alone.cancel();
    await expect(gone).rejects.toThrow(Cancelled);
    await expect(nobody).rejects.toThrow(Cancelled);
    expect(held.cancelled).toEqual([3]);
    held.go();
    expect(await stays).toBeInstanceOf(Uint8Array);
  });

  test('HIST-10: what was cancelled before its turn is never begun, and can be asked for again', async () => {
    const held = heldBench();
    const { history } = housed(3, held.bench);
    const wish = new Wish();
    const gone = history.stateAt(documentId, 2, wish);
    wish.cancel();
    await expect(gone).rejects.toThrow(Cancelled);
    await turns();
    expect(held.asked).toEqual([]);
    held.go();
    expect(await history.stateAt(documentId, 2)).toBeInstanceOf(Uint8Array);
  });

  test('HIST-10: a document that was deleted for good is not answered from memory', async () => {
    const { history, memory } = housed(3);
    expect(await history.stateAt(documentId, 2)).toBeInstanceOf(Uint8Array);
    memory.purge(documentId);
    expect(await history.stateAt(documentId, 2)).toMatchObject({ refused: 'not-found' });
  });

  test('HIST-10: memory is bounded in bytes, and keeps what was asked for last', () => {
    const cache = new StateCache(10);
    const keep = (lsn: number, bytes: number) => cache.set('life', lsn, new Uint8Array(bytes));
    const kept = (...lsns: number[]) => lsns.map((lsn) => cache.before('life', lsn)?.lsn ?? null);
    for (const lsn of [3, 6]) keep(lsn, 5);
    expect(kept(2, 3, 5, 6, 9)).toEqual([null, 3, 3, 6, 6]);
    expect(cache.before('another', 9)).toBeNull();
    kept(3);
    keep(8, 5);
    expect(kept(3, 6, 8)).toEqual([3, 3, 8]);
    keep(5, 11);
    expect(kept(5)).toEqual([3]);
    keep(3, 1);
    keep(1, 4);
    expect(kept(1, 3, 8)).toEqual([1, 3, 8]);
    expect(cache.before('life', 3)?.state).toHaveLength(1);
  });

  test('HIST-1: a version that keeps its own state stands in for what is thinned', async () => {
    const { history, memory } = housed(9);
    const old = await history.stateAt(documentId, 3);
    if (isRefusal(old)) return expect.fail(old.detail);
    memory.allowPacking(documentId, 9);
    expect(await history.thin(documentId, 1_000_000 + 5 * 60_000 + 1)).toMatchObject({ upTo: 5 });
    expect(await history.changes(documentId, 3, 9)).toMatchObject({ refused: 'no-detail' });
    const changes = await history.changes(documentId, { id: 'kept', lsn: 3, state: old, form: 'v1' }, 9);
    if (isRefusal(changes)) return expect.fail(changes.detail);
    expect(changes.texts).toEqual([
      { text: 'notes', by: [expect.objectContaining({ lsn: 9, userId: 'ann' })] },
    ]);
  });
});

describe('pages', () => {
  test('HIST-11: sessions and versions by time, the newest first, each once, however many a page has', async () => {
    const house = houseOf({ kind: 'estimate', entries: entriesOf(60, ['ann', 'bo', 'cy'], 700_000) });
    house.append(60);
    await house.history.settle(documentId);
    for (const lsn of [3, 3, 17, 30, 30, 44, 60]) {
      for (const reason of ['quiet', 'nightly', 'before-restore'] as const) {
        const at = 1_000_000 + lsn * 60_000;
        await house.store.addAutomatic(documentId, { lsn, at, reason, userId: null, about: '' });
      }
    }
    const read = async (limit: number) => {
      const names: string[] = [];
      const times: number[] = [];
      let cursor: PageCursor | null = null;
      let bound: number | null = null;
      do {
        const page = await house.history.page(documentId, cursor, limit);
        if (isRefusal(page)) throw new Error(page.detail);
        expect(page.before).toBe(bound);
        expect(page).toMatchObject({ head: 60, settled: 60, thinned: 0 });
        for (const item of page.items) {
          const time = item.type === 'session' ? item.session.to : item.version.at;
          names.push(
            item.type === 'session'
              ? `session ${item.session.first}`
              : `${item.version.lsn} ${item.version.reason}`,
          );
          times.push(time);
          expect(time).toBeGreaterThanOrEqual(page.since ?? 0);
        }
        bound = page.since;
        // As it comes back from a browser.
        cursor = JSON.parse(JSON.stringify(page.next));
      } while (cursor !== null);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      return names;
    };
    const all = await read(1_000);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => !name.startsWith('session'))).toHaveLength(15);
    expect(all.filter((name) => name.startsWith('session')).length).toBeGreaterThan(10);
    for (const limit of [1, 2, 5]) expect((await read(limit)).toSorted()).toEqual(all.toSorted());
  });

  test('HIST-11: stops are spread evenly, the last one always, and none where detail is gone', async () => {
    const { history, store, memory } = housed(50);
    await history.settle(documentId);
    const stops = await history.stops(documentId, 0, 50, 1_000);
    if (isRefusal(stops)) return expect.fail(stops.detail);
    expect(stops).toHaveLength(50);
    const few = await history.stops(documentId, 10, 50, 4);
    expect(few).toMatchObject([{ lsn: 20 }, { lsn: 30 }, { lsn: 40 }, { lsn: 50 }]);
    memory.allowPacking(documentId, 50);
    await packAt({ ...housed(0), store, memory, history }, [30]);
    await history.thin(documentId, 1_000_000 + 31 * 60_000 + 1);
    expect(await history.stops(documentId, 0, 50, 1_000)).toHaveLength(20);
    expect(await history.stops('nobody', 0, 9, 9)).toMatchObject({ refused: 'not-found' });
  });

  test('HIST-11: where people never pause, stops are still spread over the session', async () => {
    const { history, store } = housed(0);
    const entries = entriesOf(900).map((entry, index) => ({ ...entry, at: 1_000_000 + index * 50 }));
    const house = houseOf({ kind: 'estimate', entries });
    house.append(900);
    await house.history.settle(documentId);
    const [session]: readonly (WorkSession | undefined)[] = await house.store.sessions(documentId, null, 1);
    expect(session?.stops.map(([lsn]) => lsn)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(await store.sessions(documentId, null, 1)).toEqual([]);
    expect(await history.page(documentId, null, 5)).toMatchObject({ items: [], next: null, since: null });
  });
});
