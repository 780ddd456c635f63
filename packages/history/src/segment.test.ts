import type { LogEntry } from '@tidemark/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testPacker } from './packer.testing.ts';
import type { Packer } from './ports.ts';
import { packEntries, unpackEntries } from './segment.ts';

const packer = testPacker;
const plain: Packer = { compress: (bytes) => bytes, expand: (bytes) => bytes };

const entries = fc
  .tuple(
    fc.integer({ min: 1, max: 2 ** 48 }),
    fc.array(
      fc.record({
        update: fc.uint8Array({ maxLength: 40 }),
        userId: fc.option(fc.constantFrom('ann', 'bo', '', 'ünï', '\u{1f600}')),
        clientId: fc.constantFrom(0, 1, 7, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER),
        at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  )
  .map(([first, all]): LogEntry[] => all.map((entry, index) => ({ ...entry, lsn: first + index })));

/** Typed arrays over parts of buffers are equal when their bytes are. */
const bare = (all: readonly LogEntry[]) => all.map((entry) => ({ ...entry, update: [...entry.update] }));

describe('segments', () => {
  test('HIST-2: gives back its entries byte for byte, in order, with time, user and client ID', () => {
    fc.assert(
      fc.property(entries, (all) => {
        expect(bare(unpackEntries(packEntries(all, packer), packer))).toEqual(bare(all));
      }),
      { numRuns: 300 },
    );
  });

  test('HIST-2: what is cut, or longer, throws; a changed byte throws or gives other entries, and never breaks', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, where, change) => {
        const content = packEntries(all, plain);
        expect(() => unpackEntries(content.slice(0, where % content.length), plain)).toThrow();
        expect(() => unpackEntries(new Uint8Array([...content, 0]), plain)).toThrow();
        const other = content.slice();
        other[where % content.length]! ^= change;
        try {
          expect(bare(unpackEntries(other, plain))).not.toEqual(bare(all));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('HIST-2: bytes that lie within a larger buffer are read as those of their own', () => {
    const all: LogEntry[] = [
      { lsn: 1, update: new Uint8Array([1, 2, 3]), userId: 'ann', clientId: 1, at: 5 },
    ];
    const content = packEntries(all, plain);
    const large = new Uint8Array(content.length + 20).fill(1);
    large.set(content, 10);
    expect(bare(unpackEntries(large.subarray(10, 10 + content.length), plain))).toEqual(bare(all));
    expect(() => unpackEntries(large.subarray(10, 9 + content.length), plain)).toThrow();
  });

  test('HIST-2: entries with a hole, or none, are no segment', () => {
    const entry: LogEntry = { lsn: 3, update: new Uint8Array(2), userId: null, clientId: 0, at: 1 };
    expect(() => packEntries([], plain)).toThrow(RangeError);
    expect(() => packEntries([entry, { ...entry, lsn: 5 }], plain)).toThrow('Entry 4 is missing.');
    expect(() => packEntries([{ ...entry, at: 1.5 }], plain)).toThrow(RangeError);
  });

  test('HIST-2: other versions and garbage are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        if (bytes[0] !== 1) expect(() => unpackEntries(bytes, plain)).toThrow('no segment of version 1');
      }),
    );
    expect(() => unpackEntries(new Uint8Array([1, 9, 9]), packer)).toThrow();
  });
});
