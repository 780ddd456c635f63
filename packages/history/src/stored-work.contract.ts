import { expect, test } from 'vitest';
import type { Ground } from './store-ground.contract.ts';

/** Sessions of work, automatic versions, and what thinning leaves. */
export function storedWorkContract(ground: () => Ground): void {
  test('sessions are given back as they were stored, the latest end first, page by page', async () => {
    const { made, store, written, session, day } = ground();
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
    const { store, written, session, day } = ground();
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
    const { made, store, written, session, day } = ground();
    const id = await written(9);
    await store.saveSessions(id, 0, 9, [session(1, 8, day, made.userId), session(3, 5, day - 100)]);
    const stops = await store.stops(id, 0, 9);
    expect(stops.map(({ lsn }) => lsn)).toEqual([1, 3, 5, 8]);
    expect(stops[1]).toEqual({ lsn: 3, at: day - 600, userId: null });
    expect(stops[3]).toEqual({ lsn: 8, at: day, userId: made.userId });
    expect((await store.stops(id, 1, 5)).map(({ lsn }) => lsn)).toEqual([3, 5]);
  });

  test('automatic versions are kept once per moment and reason, the newest first', async () => {
    const { store, mark, written, day, version } = ground();
    const id = await written(9);
    const one = await mark(id, version(3));
    expect(one).toMatchObject(version(3));
    expect((await mark(id, { ...version(3), about: 'again' })).id).toBe(one.id);
    const other = await mark(id, { ...version(3, 'before-restore'), at: day + 3_500 });
    const late = await mark(id, { ...version(7, 'nightly'), userId: null });
    expect(await store.automaticVersions(id, null, 9)).toEqual([late, other, one]);
    expect(await store.automaticVersions(id, null, 1)).toEqual([late]);
    expect(await store.automaticVersions(id, 7, 9)).toEqual([other, one]);
    expect(await store.automaticVersions(id, 3, 9)).toEqual([]);
  });

  test('TIME-7: thinning takes whole segments, the versions not kept, and the states that nothing needs', async () => {
    const { made, store, mark, pack, all, packable, version } = ground();
    const id = await packable(12, 10);
    await pack(id, 1, 4);
    await pack(id, 5, 8);
    await pack(id, 9, 10);
    for (const lsn of [2, 3, 4, 8, 10]) await store.keepState(id, lsn, new Uint8Array([lsn]));
    const [kept] = await Promise.all([mark(id, version(3)), mark(id, version(2))]);
    const young = await mark(id, version(9));
    expect(await store.thin(id, 9, [kept.id])).toBe('thinned');
    expect(await store.place(id)).toMatchObject({ thinned: 8, packed: 10 });
    expect((await all(id, 0, 12)).map(({ lsn }) => lsn)).toEqual([9, 10, 11, 12]);
    expect(await store.automaticVersions(id, null, 9)).toEqual([young, kept]);
    expect((await store.stateBefore(id, 0, 2))?.lsn).toBeUndefined();
    expect((await store.stateBefore(id, 0, 7))?.lsn).toBe(3);
    expect((await store.stateBefore(id, 0, 8))?.lsn).toBe(8);
    // A moment that is gone is no version; one that has its state may be.
    expect(await store.addAutomatic(id, version(2))).toBe('gone');
    expect(await store.addAutomatic(made.unknownId, version(2))).toBe('gone');
    const late = await mark(id, version(3, 'nightly'));
    expect(await store.automaticVersions(id, 4, 9)).toEqual(expect.arrayContaining([kept, late]));
    // Once more: nothing is left to do.
    expect(await store.thin(id, 9, [kept.id])).toBe('thinned');
    expect(await store.place(id)).toMatchObject({ thinned: 8 });
  });

  test('TIME-7: nothing is thinned where a moment that stays would have no state', async () => {
    const { store, mark, pack, all, packable, version } = ground();
    const id = await packable(12, 8);
    await pack(id, 1, 4);
    await pack(id, 5, 8);
    const kept = await mark(id, version(3));
    await store.keepState(id, 8, new Uint8Array([8]));
    expect(await store.thin(id, 8, [kept.id])).toBe('outdated');
    await store.keepState(id, 3, new Uint8Array([3]));
    expect(await store.thin(id, 4, [kept.id])).toBe('outdated');
    expect(await all(id, 0, 12)).toHaveLength(12);
    expect(await store.place(id)).toMatchObject({ thinned: 0 });
    expect(await store.thin(id, 8, [kept.id])).toBe('thinned');
  });

  test('TIME-7: where a life ends, no state is needed for what follows', async () => {
    const { made, store, written, pack } = ground();
    const id = await written(4);
    await made.renew(id);
    await pack(id, 1, 4);
    expect(await store.thin(id, 4, [])).toBe('thinned');
    expect(await store.place(id)).toMatchObject({ thinned: 4 });
  });

  test('TIME-8: a document that is deleted for good leaves nothing', async () => {
    const { made, store, mark, pack, packable, session, day, version } = ground();
    const id = await packable(9, 6);
    await pack(id, 1, 6);
    await store.keepState(id, 6, new Uint8Array([6]));
    await mark(id, version(3));
    await store.saveSessions(id, 0, 9, [session(1, 9, day)]);
    await made.purge(id);
    expect(await store.place(id)).toBeNull();
    expect(await store.entries(id, 0, 9)).toEqual({ segments: [], rows: [] });
    expect(await store.stateBefore(id, 0, 9)).toBeNull();
    expect(await store.sessions(id, null, 9)).toEqual([]);
    expect(await store.automaticVersions(id, null, 9)).toEqual([]);
  });
}
