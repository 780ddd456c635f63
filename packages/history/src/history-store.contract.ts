/** What every store of the past has to do, run by each adapter on its own ground. */
import type { LogEntry, NewEntry } from '@tidemark/sync';
import { digest } from 'lib0/hash/sha256';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AutomaticVersion, HistoryStore, Packer, Segment, WorkSession } from './ports.ts';
import { packEntries, unpackEntries } from './segment.ts';

/** An adapter and the handles a test needs that the port has no business to have. */
export interface StoreUnderTest {
  readonly store: HistoryStore;
  /** What the adapter reads segments with. */
  readonly packer: Packer;
  /** Makes an empty estimate and returns its id. */
  createDocument(): Promise<string>;
  /** Appends to the document's log, in its present life. */
  append(documentId: string, entries: readonly NewEntry[]): Promise<void>;
  /** Stores a checkpoint for loads, in the document's present life. */
  saveCheckpoint(documentId: string, lsn: number, state: Uint8Array): Promise<void>;
  /** Begins the document's history anew: another life, in its log first an empty entry; LSNs go on. */
  renew(documentId: string): Promise<void>;
  /** Removes the document for good. */
  purge(documentId: string): Promise<void>;
  /** A well-formed id that no document has. */
  readonly unknownId: string;
  /** A person who exists. */
  readonly userId: string;
  close(): Promise<void>;
}

export function historyStoreContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`history store: ${name}`, () => {
    let made: StoreUnderTest;
    let store: HistoryStore;
    beforeAll(async () => {
      made = await makeStore();
      store = made.store;
    });
    afterAll(() => made.close());

    /** A document with so many entries. */
    const written = async (count: number): Promise<string> => {
      const id = await made.createDocument();
      if (count > 0) await append(id, count);
      return id;
    };
    const append = (id: string, count: number) =>
      made.append(
        id,
        Array.from({ length: count }, (_, index) => ({
          update: textUpdate(`${index}`),
          userId: index % 3 === 2 ? null : made.userId,
          clientId: 7 + (index % 2),
        })),
      );
    const rows = async (id: string, after: number, upTo: number) =>
      (await store.entries(id, after, upTo)).rows;
    const segmentOf = (entries: readonly LogEntry[]) => ({
      first: entries[0]!.lsn,
      last: entries.at(-1)!.lsn,
      content: packEntries(entries, made.packer),
      sha256: digest(new Uint8Array(entries.flatMap(({ update }) => [...update]))),
    });
    const pack = async (id: string, first: number, last: number) =>
      store.pack(id, segmentOf(await rows(id, first - 1, last)));
    /** All that there is, wherever it lies. */
    const all = async (id: string, after: number, upTo: number): Promise<LogEntry[]> => {
      const { segments, rows: loose } = await store.entries(id, after, upTo);
      const packed = segments.flatMap(({ content }) => unpackEntries(content, made.packer));
      return [...packed, ...loose].map((entry) => ({ ...entry, update: new Uint8Array(entry.update) }));
    };
    const bounds = (segments: readonly Segment[]) => segments.map(({ first, last }) => [first, last]);
    /** A document of `count` entries of which those up to `upTo` may be packed. */
    const packable = async (count: number, upTo: number): Promise<string> => {
      const id = await written(count);
      await made.saveCheckpoint(id, upTo, textUpdate('older'));
      await made.saveCheckpoint(id, count, textUpdate('newer'));
      return id;
    };

    test('an unknown document has no place, and nothing can be done to it', async () => {
      expect(await store.place(made.unknownId)).toBeNull();
      expect(await store.stateBefore(made.unknownId, 0, 9)).toBeNull();
      expect(await store.entries(made.unknownId, 0, 9)).toEqual({ segments: [], rows: [] });
      expect(await store.lsnAt(made.unknownId, Date.now())).toBe(0);
      await store.keepState(made.unknownId, 1, new Uint8Array([1]));
      expect(await store.sessions(made.unknownId, null, 9)).toEqual([]);
      expect(await store.saveSessions(made.unknownId, 0, 1, [])).toBe('outdated');
      const segment = segmentOf([{ lsn: 1, update: textUpdate('a'), userId: null, clientId: 0, at: 1 }]);
      expect(await store.pack(made.unknownId, segment)).toBe('outdated');
    });

    test('a new document stands at the beginning of its only life', async () => {
      const id = await written(0);
      expect(await store.place(id)).toMatchObject({
        ...{ kind: 'estimate', head: 0, headAt: null, settled: 0, packed: 0, thinned: 0, packable: 0 },
        lives: [{ after: 0, began: null }],
      });
    });

    test('the place follows the log; rows come in order, in the range asked for', async () => {
      const id = await written(9);
      const place = await store.place(id);
      expect(place).toMatchObject({ head: 9, packed: 0, packable: 0 });
      expect(place?.lives.at(-1)?.epoch).toBe(place?.epoch);
      const some = await rows(id, 3, 6);
      expect(some.map(({ lsn }) => lsn)).toEqual([4, 5, 6]);
      expect(some.map(({ userId, clientId }) => [userId, clientId])).toEqual([
        [made.userId, 8],
        [made.userId, 7],
        [null, 8],
      ]);
      expect(place?.headAt).toBe((await rows(id, 8, 9))[0]?.at);
    });

    test('rows may be packed up to the older of two checkpoints for loads; with one, none may', async () => {
      const id = await written(9);
      await made.saveCheckpoint(id, 4, textUpdate('one'));
      expect(await store.place(id)).toMatchObject({ packable: 0 });
      await made.saveCheckpoint(id, 6, textUpdate('two'));
      expect(await store.place(id)).toMatchObject({ packable: 4 });
      await made.saveCheckpoint(id, 9, textUpdate('three'));
      expect(await store.place(id)).toMatchObject({ packable: 6 });
    });

    test('TIME-2: what is packed is given back byte for byte, from wherever it lies', async () => {
      const id = await packable(12, 8);
      const before = await all(id, 0, 12);
      expect(await pack(id, 1, 3)).toBe('packed');
      expect(await pack(id, 4, 8)).toBe('packed');
      expect(await store.place(id)).toMatchObject({ packed: 8, head: 12 });
      const { segments, rows: loose } = await store.entries(id, 0, 12);
      expect(bounds(segments)).toEqual([
        [1, 3],
        [4, 8],
      ]);
      expect(loose.map(({ lsn }) => lsn)).toEqual([9, 10, 11, 12]);
      expect(await all(id, 0, 12)).toEqual(before);
      expect(bounds((await store.entries(id, 3, 4)).segments)).toEqual([[4, 8]]);
      expect(bounds((await store.entries(id, 2, 4)).segments)).toEqual([
        [1, 3],
        [4, 8],
      ]);
      expect((await store.entries(id, 8, 10)).segments).toEqual([]);
    });

    test('HIST-12: so many entries as fit into some bytes are told, at least one, packed or not', async () => {
      const id = await packable(12, 8);
      const size = (await rows(id, 0, 1))[0]!.update.length;
      expect(await store.reach(id, 0, 12, 3 * size)).toBe(3);
      expect(await store.reach(id, 4, 12, 3 * size - 1)).toBe(6);
      expect(await store.reach(id, 4, 12, 0)).toBe(5);
      expect(await store.reach(id, 4, 6, 100 * size)).toBe(6);
      expect(await store.reach(id, 12, 12, size)).toBe(12);
      await pack(id, 1, 5);
      expect(await store.reach(id, 0, 12, 6 * size)).toBe(6);
      expect(await store.reach(id, 0, 12, 4 * size), 'a segment counts whole').toBe(5);
      expect(await store.reach(id, 2, 4, 100 * size)).toBe(4);
    });

    test('TIME-2: a segment that leaves a hole, comes twice, goes too far or has other bytes is outdated', async () => {
      const id = await packable(12, 8);
      const entries = await rows(id, 0, 12);
      const range = (first: number, last: number) => segmentOf(entries.slice(first - 1, last));
      expect(await store.pack(id, range(2, 4))).toBe('outdated');
      expect(await store.pack(id, range(1, 9))).toBe('outdated');
      const { sha256 } = range(2, 5);
      expect(await store.pack(id, { ...range(1, 4), sha256 })).toBe('outdated');
      expect(await all(id, 0, 12)).toHaveLength(12);
      expect(await store.pack(id, range(1, 4))).toBe('packed');
      expect(await store.pack(id, range(1, 4))).toBe('outdated');
      expect(await store.pack(id, range(3, 6))).toBe('outdated');
      expect(await store.place(id)).toMatchObject({ packed: 4 });
      expect(await all(id, 0, 12)).toHaveLength(12);
    });

    test('HIST-8: of two that pack the same at once, one does', async () => {
      const id = await packable(9, 6);
      const segment = segmentOf(await rows(id, 0, 6));
      const before = await all(id, 0, 9);
      const outcomes = await Promise.all([store.pack(id, segment), store.pack(id, segment)]);
      expect(outcomes.sort()).toEqual(['outdated', 'packed']);
      expect(await all(id, 0, 9)).toEqual(before);
    });

    test('a life that began anew leaves the former one to be packed, and no segment reaches across', async () => {
      const id = await written(4);
      await made.renew(id);
      const place = await store.place(id);
      expect(place?.lives.map(({ after }) => after)).toEqual([0, 4]);
      expect(place?.lives[1]?.epoch).toBeGreaterThan(place?.lives[0]?.epoch ?? Number.NaN);
      expect(place?.lives[1]?.began?.at).toBeGreaterThan(Date.UTC(2024, 0));
      expect(place).toMatchObject({ packable: 4 });
      await append(id, 5);
      const { head } = (await store.place(id))!;
      await made.saveCheckpoint(id, head - 1, textUpdate('a'));
      await made.saveCheckpoint(id, head, textUpdate('b'));
      expect(await pack(id, 1, 6)).toBe('outdated');
      expect(await pack(id, 1, 4)).toBe('packed');
      expect(await pack(id, 5, 6)).toBe('packed');
    });

    test('the newest state of the life at or before an LSN is found, of history or of loads', async () => {
      const id = await written(9);
      await store.keepState(id, 2, new Uint8Array([2]));
      await store.keepState(id, 7, new Uint8Array([7]));
      await store.keepState(id, 7, new Uint8Array([77]));
      const v1 = textUpdate('five');
      await made.saveCheckpoint(id, 5, v1);
      const at = async (lsn: number, lifeAfter = 0) => {
        const found = await store.stateBefore(id, lifeAfter, lsn);
        return found === null ? null : [found.lsn, found.form, [...found.state]];
      };
      expect(await at(1)).toBeNull();
      expect(await at(2)).toEqual([2, 'packed', [2]]);
      expect(await at(4)).toEqual([2, 'packed', [2]]);
      expect(await at(6)).toEqual([5, 'v1', [...v1]]);
      expect(await at(9)).toEqual([7, 'packed', [7]]);
      expect(await at(4, 2)).toBeNull();
    });

    test('the LSN of a time is the last one stored by then, packed or not', async () => {
      const id = await packable(6, 3);
      const times = (await all(id, 0, 6)).map(({ at }) => at);
      await pack(id, 1, 3);
      const plain = (time: number) => times.filter((at) => at <= time).length;
      expect(await store.lsnAt(id, times[0]! - 1)).toBe(0);
      for (const time of times) expect(await store.lsnAt(id, time)).toBe(plain(time));
      expect(await store.lsnAt(id, times[5]! + 5_000)).toBe(6);
    });

    const session = (first: number, last: number, to: number, userId: string | null = null): WorkSession => ({
      ...{ first, last, userId, from: to - 1_000, to, edits: last - first + 1, bytes: 12 },
      touched: {
        collections: {
          lines: { added: 1, removed: 0, changed: 2, moved: 0, ids: ['a'], registers: ['qty'] },
        },
        texts: { scope: { inserted: 3, deleted: 1 } },
      },
      stops: [
        [first, to - 500],
        [last, to],
      ],
    });
    const day = Date.UTC(2025, 5, 1);

    test('sessions are given back as they were stored, the latest end first, page by page', async () => {
      const id = await written(9);
      const [one, two, three] = [
        session(1, 3, day, made.userId),
        session(2, 5, day),
        session(6, 9, day + 5_000),
      ];
      expect(await store.saveSessions(id, 0, 9, [one, two, three])).toBe('saved');
      expect(await store.sessions(id, null, 9)).toEqual([three, two, one]);
      expect(await store.sessions(id, null, 1)).toEqual([three]);
      expect(await store.sessions(id, three, 9)).toEqual([two, one]);
      expect(await store.sessions(id, two, 9)).toEqual([one]);
      expect(await store.openSessions(id, day + 1)).toEqual([three]);
      const open = await store.openSessions(id, day);
      expect([...open].sort((a, b) => a.first - b.first)).toEqual([one, two, three]);
    });

    test('HIST-8: sessions are settled from where they stand, once; one of the same first entry is replaced', async () => {
      const id = await written(9);
      expect(await store.saveSessions(id, 3, 5, [session(4, 5, day)])).toBe('outdated');
      expect(await store.saveSessions(id, 0, 5, [session(1, 5, day)])).toBe('saved');
      expect(await store.saveSessions(id, 0, 5, [session(1, 4, day)])).toBe('outdated');
      const later = session(1, 8, day + 9_000);
      const both = await Promise.all([
        store.saveSessions(id, 5, 8, [later]),
        store.saveSessions(id, 5, 8, [later]),
      ]);
      expect(both.sort()).toEqual(['outdated', 'saved']);
      expect(await store.sessions(id, null, 9)).toEqual([later]);
      expect(await store.place(id)).toMatchObject({ settled: 8 });
    });

    test('stops of overlapping sessions come in the order of LSNs, those of the range', async () => {
      const id = await written(9);
      await store.saveSessions(id, 0, 9, [session(1, 8, day, made.userId), session(3, 5, day - 100)]);
      const stops = await store.stops(id, 0, 9);
      expect(stops.map(({ lsn }) => lsn)).toEqual([1, 3, 5, 8]);
      expect(stops[1]).toEqual({ lsn: 3, at: day - 600, userId: null });
      expect(stops[3]).toEqual({ lsn: 8, at: day, userId: made.userId });
      expect((await store.stops(id, 1, 5)).map(({ lsn }) => lsn)).toEqual([3, 5]);
    });

    const version = (
      lsn: number,
      reason: AutomaticVersion['reason'] = 'quiet',
    ): Omit<AutomaticVersion, 'id'> => ({
      ...{ lsn, at: day + lsn * 1_000, reason, userId: made.userId, about: `about ${lsn}` },
    });

    test('automatic versions are kept once per moment and reason, the newest first', async () => {
      const id = await written(9);
      const one = await store.addAutomatic(id, version(3));
      expect(one).toMatchObject(version(3));
      expect((await store.addAutomatic(id, { ...version(3), about: 'again' })).id).toBe(one.id);
      const other = await store.addAutomatic(id, { ...version(3, 'before-restore'), at: day + 3_500 });
      const late = await store.addAutomatic(id, { ...version(7, 'nightly'), userId: null });
      expect(await store.automaticVersions(id, null, 9)).toEqual([late, other, one]);
      expect(await store.automaticVersions(id, null, 1)).toEqual([late]);
      expect(await store.automaticVersions(id, 7, 9)).toEqual([other, one]);
      expect(await store.automaticVersions(id, 3, 9)).toEqual([]);
    });

    test('TIME-7: thinning takes whole segments, the versions not kept, and the states that nothing needs', async () => {
      const id = await packable(12, 10);
      await pack(id, 1, 4);
      await pack(id, 5, 8);
      await pack(id, 9, 10);
      for (const lsn of [2, 3, 4, 8, 10]) await store.keepState(id, lsn, new Uint8Array([lsn]));
      const [kept] = await Promise.all([
        store.addAutomatic(id, version(3)),
        store.addAutomatic(id, version(2)),
      ]);
      const young = await store.addAutomatic(id, version(9));
      expect(await store.thin(id, 9, [kept.id])).toBe('thinned');
      expect(await store.place(id)).toMatchObject({ thinned: 8, packed: 10 });
      expect((await all(id, 0, 12)).map(({ lsn }) => lsn)).toEqual([9, 10, 11, 12]);
      expect(await store.automaticVersions(id, null, 9)).toEqual([young, kept]);
      expect((await store.stateBefore(id, 0, 2))?.lsn).toBeUndefined();
      expect((await store.stateBefore(id, 0, 7))?.lsn).toBe(3);
      expect((await store.stateBefore(id, 0, 8))?.lsn).toBe(8);
      // A moment that is gone is no version; one that has its state may be.
      await expect(store.addAutomatic(id, version(2))).rejects.toThrow('gone');
      const late = await store.addAutomatic(id, version(3, 'nightly'));
      expect(await store.automaticVersions(id, 4, 9)).toEqual(expect.arrayContaining([kept, late]));
      // Once more: nothing is left to do.
      expect(await store.thin(id, 9, [kept.id])).toBe('thinned');
      expect(await store.place(id)).toMatchObject({ thinned: 8 });
    });

    test('TIME-7: nothing is thinned where a moment that stays would have no state', async () => {
      const id = await packable(12, 8);
      await pack(id, 1, 4);
      await pack(id, 5, 8);
      const kept = await store.addAutomatic(id, version(3));
      await store.keepState(id, 8, new Uint8Array([8]));
      expect(await store.thin(id, 8, [kept.id])).toBe('outdated');
      await store.keepState(id, 3, new Uint8Array([3]));
      expect(await store.thin(id, 4, [kept.id])).toBe('outdated');
      expect(await all(id, 0, 12)).toHaveLength(12);
      expect(await store.place(id)).toMatchObject({ thinned: 0 });
      expect(await store.thin(id, 8, [kept.id])).toBe('thinned');
    });

    test('TIME-7: where a life ends, no state is needed for what follows', async () => {
      const id = await written(4);
      await made.renew(id);
      await pack(id, 1, 4);
      expect(await store.thin(id, 4, [])).toBe('thinned');
      expect(await store.place(id)).toMatchObject({ thinned: 4 });
    });

    test('TIME-8: a document that is deleted for good leaves nothing', async () => {
      const id = await packable(9, 6);
      await pack(id, 1, 6);
      await store.keepState(id, 6, new Uint8Array([6]));
      await store.addAutomatic(id, version(3));
      await store.saveSessions(id, 0, 9, [session(1, 9, day)]);
      await made.purge(id);
      expect(await store.place(id)).toBeNull();
      expect(await store.entries(id, 0, 9)).toEqual({ segments: [], rows: [] });
      expect(await store.stateBefore(id, 0, 9)).toBeNull();
      expect(await store.sessions(id, null, 9)).toEqual([]);
      expect(await store.automaticVersions(id, null, 9)).toEqual([]);
    });
  });
}

function textUpdate(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}
