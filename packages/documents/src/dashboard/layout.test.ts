import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowLayout, freeSpot, landing, overlap, resolveLayout, type Tile } from './layout.ts';

const tile = fc.record({
  x: fc.integer({ min: -3, max: 15 }),
  y: fc.integer({ min: -2, max: 30 }),
  w: fc.integer({ min: -1, max: 15 }),
  h: fc.integer({ min: -1, max: 12 }),
  turn: fc.integer({ min: 0, max: 4 }),
});
const tiles = fc
  .array(tile, { maxLength: 40, size: 'max' })
  .map((list) => list.map((place, index): Tile => ({ id: `t${index}`, ...place })));

function expectFree(list: readonly Tile[], columns: number) {
  list.forEach((one, index) => {
    expect([one.x >= 0, one.y >= 0, one.w >= 1, one.h >= 1, one.x + one.w <= columns]).toEqual(
      Array(5).fill(true),
    );
    for (const other of list.slice(index + 1)) expect(overlap(one, other)).toBe(false);
  });
}

describe('layout', () => {
  test('DASH-2: tiles never overlap and never leave the grid, whatever was written', () => {
    fc.assert(
      fc.property(tiles, fc.constantFrom(1, 6, 12), (list, columns) => {
        for (const layout of [resolveLayout, flowLayout]) {
          const resolved = layout(list, columns);
          expectFree(resolved, columns);
          expect(resolved.map(({ id }) => id).toSorted()).toEqual(list.map(({ id }) => id).toSorted());
        }
      }),
    );
  });

  test('DASH-2: the result does not depend on the order tiles are found in, and resolving again changes nothing', () => {
    fc.assert(
      fc.property(tiles, (list) => {
        const resolved = resolveLayout(list, 12);
        expect(resolveLayout(list.toReversed(), 12)).toEqual(resolved);
        expect(resolveLayout(resolved, 12)).toEqual(resolved);
      }),
    );
  });

  test('DASH-2: tiles that overlap nothing stay where people put them', () => {
    const list = [
      { id: 'a', x: 0, y: 4, w: 6, h: 2 },
      { id: 'b', x: 6, y: 0, w: 6, h: 8 },
    ];
    expect(resolveLayout(list, 12)).toEqual([list[1], list[0]]);
  });

  test('DASH-2: of tiles that begin in one row the one put down last has its place', () => {
    const before = { id: 'a', x: 0, y: 0, w: 6, h: 4 };
    const dropped = { id: 'b', x: 2, y: 0, w: 6, h: 2, turn: 1 };
    expect(resolveLayout([before, dropped], 12)).toEqual([dropped, { ...before, y: 2, meant: 0 }]);
  });

  test('DASH-2: over the upper half of a tile one aims at its row, over the lower half below it', () => {
    const below = { id: 'a', x: 0, y: 4, w: 6, h: 8 };
    const hand = { id: 'b', x: 3, w: 3, h: 3 };
    expect(landing({ ...hand, y: 7 }, [below])).toEqual({ x: 3, y: 4 });
    expect(landing({ ...hand, y: 8 }, [below])).toEqual({ x: 3, y: 8 });
    expect(landing({ ...hand, y: 3 }, [below])).toEqual({ x: 3, y: 3 });
    expect(landing({ ...hand, x: 6, y: 7 }, [below])).toEqual({ x: 6, y: 7 });
    // A tile that was pushed down is outdone in the row it was given.
    expect(landing({ ...hand, y: 5 }, [{ ...below, meant: 1 }])).toEqual({ x: 3, y: 1 });
  });

  test('DASH-3: a free spot is free, inside the grid, and the first there is', () => {
    fc.assert(
      fc.property(tiles, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 }), (list, w, h) => {
        const placed = resolveLayout(list, 12);
        const spot = { id: 'new', w, h, ...freeSpot({ w, h }, placed, 12) };
        expectFree([...placed, spot], 12);
        for (let y = 0; y < spot.y; y += 1) {
          for (let x = 0; x + w <= 12; x += 1) {
            expect(placed.some((other) => overlap({ id: 'try', x, y, w, h }, other))).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
