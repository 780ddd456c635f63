import { expect, test } from 'vitest';
import { type Ground, textUpdate } from './store-ground.contract.ts';

/** Where a document stands, what its log holds, and the states that are stored of it. */
export function storedLogContract(ground: () => Ground): void {
  test('an unknown document has no place, and nothing can be done to it', async () => {
    const { made, store, segmentOf } = ground();
    expect(await store.place(made.unknownId)).toBeNull();
    expect(await store.stateBefore(made.unknownId, 0, 9)).toBeNull();
    expect(await store.entries(made.unknownId, 0, 9)).toEqual({ segments: [], rows: [] });
    expect(await store.lsnAt(made.unknownId, Date.now())).toEqual({ lsn: 0, exact: true });
    expect(await store.bundles(made.unknownId, 0, 9, 9)).toEqual([]);
    expect(await store.earliest(made.unknownId, 0, 9)).toBeNull();
    await store.keepState(made.unknownId, 1, new Uint8Array([1]));
    expect(await store.sessions(made.unknownId, null, 9)).toEqual([]);
    expect(await store.saveSessions(made.unknownId, 0, 1, [])).toBe('outdated');
    const segment = segmentOf([{ lsn: 1, update: textUpdate('a'), userId: null, clientId: 0, at: 1 }]);
    expect(await store.pack(made.unknownId, segment)).toBe('outdated');
  });

  test('a new document stands at the beginning of its only life', async () => {
    const { store, written } = ground();
    const id = await written(0);
    expect(await store.place(id)).toMatchObject({
      ...{ kind: 'estimate', head: 0, headAt: null, settled: 0, packed: 0, thinned: 0, packable: 0 },
      lives: [{ after: 0, began: null }],
    });
  });

  test('the place follows the log; rows come in order, in the range asked for', async () => {
    const { made, store, written, rows } = ground();
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
    const { made, store, written } = ground();
    const id = await written(9);
    await made.saveCheckpoint(id, 4, textUpdate('one'));
    expect(await store.place(id)).toMatchObject({ packable: 0 });
    await made.saveCheckpoint(id, 6, textUpdate('two'));
    expect(await store.place(id)).toMatchObject({ packable: 4 });
    await made.saveCheckpoint(id, 9, textUpdate('three'));
    expect(await store.place(id)).toMatchObject({ packable: 6 });
  });

  test('TIME-2: what is packed is given back byte for byte, from wherever it lies', async () => {
    const { store, pack, all, bounds, packable } = ground();
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
    const { store, rows, pack, packable } = ground();
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

  test('HIST-12: for the bench so many entries come as fit into some bytes, at least one, byte for byte', async () => {
    const { store, rows, pack, all, bounds, packable, unbundled } = ground();
    const id = await packable(12, 8);
    const before = await all(id, 0, 12);
    const size = (await rows(id, 0, 1))[0]!.update.length;
    const lsns = async (after: number, upTo: number, bytes: number) =>
      unbundled(await store.bundles(id, after, upTo, bytes)).map(({ lsn }) => lsn);
    expect(unbundled(await store.bundles(id, 0, 12, 99 * size))).toEqual(before);
    expect(await lsns(4, 12, 3 * size - 1)).toEqual([5, 6]);
    expect(await lsns(4, 12, 0)).toEqual([5]);
    expect(await lsns(4, 6, 99 * size)).toEqual([5, 6]);
    expect(await lsns(12, 12, size)).toEqual([]);
    await pack(id, 1, 3);
    await pack(id, 4, 5);
    expect(unbundled(await store.bundles(id, 0, 12, 99 * size))).toEqual(before);
    expect(bounds(await store.bundles(id, 1, 12, 0)), 'a segment counts whole').toEqual([[1, 3]]);
    expect(await lsns(4, 12, 4 * size)).toEqual([4, 5, 6, 7]);
    expect(await lsns(5, 7, 99 * size)).toEqual([6, 7]);
  });

  test('HIST-12: thousands of entries come in several bundles, none of them missing', async () => {
    const { store, rows, written, unbundled } = ground();
    const id = await written(1_100);
    const bundles = await store.bundles(id, 3, 1_099, 1_000_000);
    expect(bundles.length).toBeGreaterThan(1);
    const plain = (await rows(id, 3, 1_099)).map((entry) => ({
      ...entry,
      update: new Uint8Array(entry.update),
    }));
    expect(unbundled(bundles)).toEqual(plain);
  });

  test('TIME-2: a segment that leaves a hole, comes twice, goes too far or has other bytes is outdated', async () => {
    const { store, rows, segmentOf, all, packable } = ground();
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
    const { store, rows, segmentOf, all, packable } = ground();
    const id = await packable(9, 6);
    const segment = segmentOf(await rows(id, 0, 6));
    const before = await all(id, 0, 9);
    const outcomes = await Promise.all([store.pack(id, segment), store.pack(id, segment)]);
    expect(outcomes.sort()).toEqual(['outdated', 'packed']);
    expect(await all(id, 0, 9)).toEqual(before);
  });

  test('a life that began anew leaves the former one to be packed, and no segment reaches across', async () => {
    const { made, store, written, append, pack } = ground();
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
    const { made, store, written } = ground();
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
    const { store, pack, all, packable } = ground();
    const id = await packable(6, 3);
    const times = (await all(id, 0, 6)).map(({ at }) => at);
    await pack(id, 1, 3);
    const plain = (time: number) => times.filter((at) => at <= time).length;
    for (const time of [times[0]! - 1, ...times, times[5]! + 5_000])
      expect(await store.lsnAt(id, time)).toEqual({ lsn: plain(time), exact: true });
    expect(await store.earliest(id, 0, 6)).toBe(times[0]);
    expect(await store.earliest(id, 3, 6)).toBe(times[3]);
    expect(await store.earliest(id, 6, 9)).toBeNull();
  });
}
