import { describe, expect, test } from 'vitest';
import { covers, gather } from './gather.ts';
import { documentId, houseOf, packAt } from './house.testing.ts';
import { begin } from './log.testing.ts';
import type { HistoryStore } from './ports.ts';

const update = new Uint8Array([0, 0]);
const log = {
  kind: 'estimate' as const,
  entries: Array.from({ length: 9 }, (_, index) => ({
    update,
    userId: 'ann',
    clientId: 1,
    at: begin + index,
  })),
};

describe('what a moment is made of', () => {
  test('HIST-8: a hole is seen, in segments and in rows; what overlaps is none', () => {
    const segment = (first: number, last: number) => ({ first, last, content: update });
    const row = (lsn: number) => ({ lsn, update, userId: null, clientId: 0, at: 1 });
    expect(covers({ segments: [segment(1, 3), segment(4, 5)], rows: [row(6)] }, 0, 6)).toBe(true);
    expect(covers({ segments: [segment(1, 3), segment(2, 5)], rows: [row(5), row(6)] }, 2, 6)).toBe(true);
    expect(covers({ segments: [segment(1, 3), segment(5, 5)], rows: [row(6)] }, 0, 6)).toBe(false);
    expect(covers({ segments: [segment(2, 5)], rows: [row(6)] }, 0, 6)).toBe(false);
    expect(covers({ segments: [segment(1, 3)], rows: [row(5)] }, 0, 5)).toBe(false);
    expect(covers({ segments: [segment(1, 3)], rows: [] }, 0, 4)).toBe(false);
  });

  test('HIST-8: detail that goes between two questions is refused, or made of what stays; never made of a part', async () => {
    const house = houseOf(log);
    house.append(9);
    await house.history.settle(documentId);
    await packAt(house, [3, 6]);
    const { store } = house;
    const place = (await store.place(documentId))!;
    const racing = (): HistoryStore => ({
      ...store,
      async bundles(...question) {
        await house.history.thin(documentId, begin + 6);
        return store.bundles(...question);
      },
    });
    expect(await gather(racing(), documentId, place, 5, 5)).toMatchObject({ refused: 'no-detail' });
    expect(await gather(racing(), documentId, place, 8, 8)).toMatchObject({
      start: { lsn: 6, form: 'packed' },
    });
  });

  test('a hole that nothing explains is a fault', async () => {
    const house = houseOf(log);
    house.append(9);
    const place = (await house.store.place(documentId))!;
    const store: HistoryStore = {
      ...house.store,
      async bundles(id, after, upTo, bytes) {
        const found = await house.store.bundles(id, after, Math.min(upTo, 3), bytes);
        return upTo <= 4 ? found : [...found, ...(await house.store.bundles(id, 4, upTo, bytes))];
      },
    };
    await expect(gather(store, documentId, place, 9, 9)).rejects.toThrow('has a hole');
    expect(await gather(store, documentId, place, 3, 3)).toMatchObject({ start: null });
  });
});
