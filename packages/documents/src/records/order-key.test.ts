import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareOrder, isOrderKey, keyBetween, keysBetween } from './order-key.ts';

const anyKey = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    'a0',
    'a1',
    'Zz',
    'zzzzzzzzzzzzzzzzzzzzzzzzzzz',
    'A00000000000000000000000000',
    'a10',
    '~',
  ),
  fc.constant(null),
);

describe('order keys', () => {
  test('REC-1: a new key lies between its neighbours, over any run of insertions', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (places) => {
        const keys: string[] = [];
        for (const place of places) {
          const at = place % (keys.length + 1);
          keys.splice(at, 0, keyBetween(keys[at - 1] ?? null, keys[at] ?? null));
        }
        expect(keys).toEqual(keys.toSorted());
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.every(isOrderKey)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('REC-1: several keys at once are in order and between', () => {
    const [low, high] = [keyBetween(null, null), keyBetween(keyBetween(null, null), null)].toSorted();
    const keys = keysBetween(low!, high!, 20);
    expect([low, ...keys, high]).toEqual([low, ...keys, high].toSorted());
    expect(new Set(keys).size).toBe(20);
  });

  test('REC-1: neighbours that are garbage or out of order never stop an insertion', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (before, after) => {
        const key = keyBetween(before, after);
        expect(isOrderKey(key)).toBe(true);
        if (isOrderKey(before)) expect(key > before).toBe(true);
        else if (isOrderKey(after)) expect(key < after).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('REC-1: two people who insert at one place choose different keys', () => {
    const keys = new Set(Array.from({ length: 1000 }, () => keyBetween('a0', 'a1')));
    expect(keys.size).toBeGreaterThan(990);
  });

  test('REC-1: the order is total: it does not depend on where sorting began', () => {
    const items = fc.array(fc.record({ order: anyKey, id: fc.string({ maxLength: 2 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(items, (list) => {
        const sorted = list.toSorted(compareOrder);
        expect(list.toReversed().sort(compareOrder)).toEqual(sorted);
        expect(sorted.slice(1).every((item, index) => compareOrder(sorted[index]!, item) <= 0)).toBe(true);
      }),
    );
  });
});
