import { kindNames } from '@tidemark/documents';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentId, expectAllMoments, houseOf, packAt } from './house.testing.ts';
import { logs, replay } from './log.testing.ts';

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
