import { type KindName, kindNames, kinds } from '@tidemark/documents';
import { isRemovedFlag, type Json, splitFlat } from '@tidemark/documents/records';
import type { LogEntry } from '@tidemark/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bench, documentId, houseOf, packAt } from './house.testing.ts';
import { logs, type TestEntry, type TestLog } from './log.testing.ts';
import type { WorkSession } from './ports.ts';
import { longestSession, sessionGapMs } from './sessions.ts';

/** LSNs of each session in the plainest way. */
function plainSessions(entries: readonly TestEntry[]): number[][] {
  const open = new Map<string | null, { lsns: number[]; to: number }>();
  const all: number[][] = [];
  entries.forEach(({ userId, at }, index) => {
    let session = open.get(userId);
    if (session === undefined || at - session.to > sessionGapMs) {
      session = { lsns: [], to: at };
      open.set(userId, session);
      all.push(session.lsns);
    }
    session.lsns.push(index + 1);
    session.to = Math.max(session.to, at);
  });
  return all;
}

async function settled(
  log: TestLog,
  pieces: readonly number[],
  packed: boolean,
): Promise<readonly WorkSession[]> {
  const house = houseOf(log);
  for (const count of [...pieces, log.entries.length]) {
    house.append(count);
    if (packed) await packAt(house, []);
    await house.history.settle(documentId);
  }
  expect(house.errors).toEqual([]);
  const sessions = await house.store.sessions(documentId, null, 1_000);
  return sessions.toSorted((a, b) => a.first - b.first);
}

/** What an entry does to a replica, as Yjs's own events tell it: records by their strongest deed, and characters. */
function watch(kind: KindName) {
  const { collections } = kinds[kind].schema;
  const doc = new Y.Doc();
  const flat = new Set<string>();
  const told = {
    deeds: [] as [collection: string, id: string, deed: string][],
    texts: [] as [string, number, number][],
  };
  for (const [name, { layout }] of Object.entries(collections)) {
    doc.getMap(name).observeDeep((events) => {
      for (const event of events) {
        for (const [key, { action }] of event.changes.keys) {
          const value: unknown = (event.target as Y.Map<unknown>).get(key);
          if (event.path.length > 0) told.deeds.push([name, String(event.path[0]), deedOf(key, value)]);
          else if (layout === 'nested')
            told.deeds.push([name, key, action === 'delete' ? 'removed' : 'added']);
          else if (layout === 'single') told.deeds.push([name, name, deedOf(key, value)]);
          else {
            const [id, register] = splitFlat(key);
            told.deeds.push([name, id, flat.has(`${name} ${id}`) ? deedOf(register, value) : 'added']);
            flat.add(`${name} ${id}`);
          }
        }
      }
    });
  }
  for (const name of ['scope', 'terms', 'notes']) {
    if (Object.hasOwn(collections, name)) continue;
    doc.getText(name).observe(({ changes }) => {
      let [inserted, deleted] = [0, 0];
      for (const { insert, delete: gone } of changes.delta) {
        inserted += insert?.length ?? 0;
        deleted += gone ?? 0;
      }
      told.texts.push([name, inserted, deleted]);
    });
  }
  return {
    apply({ update }: TestEntry) {
      told.deeds = [];
      told.texts = [];
      Y.applyUpdate(doc, update);
      return told;
    },
  };
}

const deedOf = (register: string, value: unknown): string => {
  if (register === 'o') return 'moved';
  if (register !== 'x') return 'changed';
  return isRemovedFlag(value as Json) ? 'removed' : 'added';
};
const strength = ['moved', 'changed', 'removed', 'added'];

describe.each(kindNames)('sessions of work on a random %s', (kind) => {
  test('HIST-4: every entry is in exactly one, of its user, with no longer pause', async () => {
    await fc.assert(
      fc.asyncProperty(logs(kind, 16), fc.boolean(), async (log, packed) => {
        const sessions = await settled(log, [], packed);
        const plain = plainSessions(log.entries);
        expect(sessions.map(({ first, last, edits }) => [first, last, edits])).toEqual(
          plain.map((lsns) => [lsns[0], lsns.at(-1), lsns.length]),
        );
        for (const [index, { userId, from, to, bytes, stops, last }] of sessions.entries()) {
          const entries = plain[index]!.map((lsn) => log.entries[lsn - 1]!);
          expect(new Set(entries.map((entry) => entry.userId))).toEqual(new Set([userId]));
          expect([from, to]).toEqual([
            Math.min(...entries.map(({ at }) => at)),
            Math.max(...entries.map(({ at }) => at)),
          ]);
          expect(bytes).toBe(entries.reduce((sum, { update }) => sum + update.length, 0));
          expect(stops.at(-1)?.[0]).toBe(last);
          expect(
            stops.every(([lsn, at]) => plain[index]!.includes(lsn) && at === log.entries[lsn - 1]!.at),
          ).toBe(true);
        }
      }),
      { numRuns: 14 },
    );
  });

  test('HIST-4: they do not depend on how often and where they were settled, nor on what was packed', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(kind, 16),
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
        fc.boolean(),
        async (log, pieces, packed) => {
          expect(await settled(log, pieces, packed)).toEqual(await settled(log, [], false));
        },
      ),
      { numRuns: 16 },
    );
  });

  test("HIST-5: what was touched is counted once per record, as Yjs's events tell it entry by entry", async () => {
    await fc.assert(
      // Of entries joined offline, events tell the outcome alone.
      fc.asyncProperty(logs(kind, 16, 'apart'), async (log) => {
        const watcher = watch(kind);
        const told = log.entries.map((entry) => structuredClone(watcher.apply(entry)));
        for (const session of await settled(log, [], false)) {
          const lsns = plainSessions(log.entries).find((all) => all[0] === session.first)!;
          const deeds = new Map<string, number>();
          const texts = new Map<string, { inserted: number; deleted: number }>();
          for (const lsn of lsns) {
            for (const [collection, id, deed] of told[lsn - 1]!.deeds) {
              const key = `${collection} ${id}`;
              deeds.set(key, Math.max(deeds.get(key) ?? 0, strength.indexOf(deed)));
            }
            for (const [name, inserted, deleted] of told[lsn - 1]!.texts) {
              const text = texts.get(name) ?? { inserted: 0, deleted: 0 };
              texts.set(name, { inserted: text.inserted + inserted, deleted: text.deleted + deleted });
            }
          }
          const counts: Record<string, Record<string, number>> = {};
          for (const [key, deed] of deeds) {
            const collection = key.slice(0, key.indexOf(' '));
            counts[collection] ??= { moved: 0, changed: 0, removed: 0, added: 0 };
            counts[collection][strength[deed]!]! += 1;
          }
          const { collections } = session.touched;
          // Concurrent values that lost are in no event; what somebody did is told all the same.
          for (const [name, expected] of Object.entries(counts)) {
            const total = (one: object) =>
              strength.reduce((sum, deed) => sum + (one as typeof expected)[deed]!, 0);
            expect(total(collections[name]!)).toBeGreaterThanOrEqual(total(expected));
            expect(collections[name]!.added).toBeGreaterThanOrEqual(expected.added!);
          }
          expect(session.touched.texts).toEqual(Object.fromEntries(texts));
        }
      }),
      { numRuns: 16 },
    );
  });
});

describe('sessions of work', () => {
  const seeded = () => {
    const doc = new Y.Doc();
    const entries: LogEntry[] = [];
    let [userId, at] = ['ann', 1_000_000];
    doc.on('update', (update: Uint8Array) =>
      entries.push({ lsn: entries.length + 1, update, userId, clientId: doc.clientID, at }),
    );
    return {
      entries,
      as: (name: string, time = at + 1_000) => {
        [userId, at] = [name, time];
        return doc;
      },
    };
  };
  const sessionsOf = async (entries: readonly LogEntry[], kind: KindName = 'estimate') => {
    const range = { kind, after: 0, settled: 0, upTo: entries.length };
    const sessions = await bench.sessions({ start: null, segments: [], rows: entries }, range, []);
    if ('unreadable' in sessions) throw new Error(sessions.unreadable);
    return sessions;
  };

  test('HIST-5: added, brought back, changed, moved, removed; registers of records that were there; characters', async () => {
    const { entries, as } = seeded();
    const lines = as('ann').getMap<Y.Map<unknown>>('lines');
    lines.set('a', new Y.Map([['name', 'A']]));
    lines.set('b', new Y.Map([['o', 'k']]));
    lines.set('c', new Y.Map());
    as('bo', 2_000_000);
    lines.get('a')!.set('qty', 1);
    lines.get('a')!.set('qty', 2);
    lines.get('a')!.set('o', 'k');
    lines.get('b')!.set('o', 'l');
    lines.get('c')!.set('x', 1);
    const notes = as('cy', 3_000_000).getText('notes');
    lines.get('c')!.set('x', null);
    lines.delete('b');
    notes.insert(0, 'hello');
    notes.delete(1, 2);
    const touched = (await sessionsOf(entries)).map((session) => session.touched);
    const none = { added: 0, removed: 0, changed: 0, moved: 0 };
    expect(touched).toEqual([
      { collections: { lines: { ...none, added: 3, ids: ['a', 'b', 'c'], registers: [] } }, texts: {} },
      {
        collections: {
          lines: {
            ...none,
            changed: 1,
            moved: 1,
            removed: 1,
            ids: ['a', 'b', 'c'],
            registers: ['qty', 'o', 'x'],
          },
        },
        texts: {},
      },
      {
        collections: { lines: { ...none, added: 1, removed: 1, ids: ['c', 'b'], registers: ['x'] } },
        texts: { notes: { inserted: 5, deleted: 2 } },
      },
    ]);
  });

  test('HIST-5: the first to write a register of a record with a fixed id adds it; who meets them there changes it', async () => {
    const { entries, as } = seeded();
    const one = as('ann').getMap('one');
    one.set('Task_1/di|t', 'bpmn:Shape');
    as('bo', 9_000_000);
    one.set('Task_1/di|@name', 'B');
    const [ann, bo] = await sessionsOf(entries, 'diagram');
    expect(ann?.touched.collections.one).toMatchObject({ added: 1, changed: 0, ids: ['Task_1/di'] });
    expect(bo?.touched.collections.one).toMatchObject({ added: 0, changed: 1, registers: ['@name'] });
  });

  test('HIST-5: what comes again, by whomever, counts as an edit and touches nothing', async () => {
    const { entries, as } = seeded();
    as('ann').getText('notes').insert(0, 'hello');
    const again = { ...entries[0]!, lsn: 2, userId: 'bo' };
    const [ann, bo] = await sessionsOf([...entries, again]);
    expect(ann?.touched.texts).toEqual({ notes: { inserted: 5, deleted: 0 } });
    expect(bo).toMatchObject({ edits: 1, touched: { collections: {}, texts: {} } });
  });

  test('HIST-5: what was there before the sessions that are read is known: neither added nor deleted once more', async () => {
    const { entries, as } = seeded();
    const doc = as('ann');
    doc.getMap('one').set('Task_1/di|t', 'bpmn:Shape');
    doc.getText('notes').insert(0, 'hello');
    doc.getText('notes').delete(0, 2);
    as('ann', 90_000_000).getMap('one').set('Task_1/di|@name', 'B');
    const all = [...entries, { ...entries[2]!, lsn: 5, at: 90_001_000 }];
    const sessions = await settled({ kind: 'diagram', entries: all }, [3], false);
    expect(sessions.map(({ touched }) => [touched.collections.one?.added, touched.texts])).toEqual([
      [1, { notes: { inserted: 5, deleted: 2 } }],
      [0, {}],
    ]);
    expect(await settled({ kind: 'diagram', entries: all }, [], false)).toEqual(sessions);
  });

  test('HIST-5: what lies where no record does is told of the record that it lies in, or of none', async () => {
    const { entries, as } = seeded();
    const doc = as('ann');
    doc.getMap('meta').set('odd', new Y.Map([['a', 1]]));
    doc.getMap('unknown').set('a', 1);
    doc.getMap('lines').set('a', 5);
    const [session] = await sessionsOf(entries);
    expect(session?.touched.collections.meta).toMatchObject({
      changed: 1,
      added: 0,
      ids: ['meta'],
      registers: ['odd'],
    });
    expect(Object.keys(session?.touched.collections ?? {})).toEqual(['meta', 'lines']);
  });

  test('HIST-5: names are bounded, counts are not', async () => {
    const { entries, as } = seeded();
    const doc = as('ann');
    doc.transact(() => {
      for (let i = 0; i < 70; i += 1) doc.getMap('lines').set(`line-${i}`, new Y.Map());
      for (let i = 0; i < 30; i += 1) doc.getText(`text-${i}`).insert(0, 'a');
    });
    const [session] = await sessionsOf(entries);
    expect(session?.touched.collections.lines).toMatchObject({ added: 70 });
    expect(session?.touched.collections.lines?.ids).toHaveLength(50);
    expect(Object.keys(session?.touched.texts ?? {})).toHaveLength(20);
  });

  test('HIST-4: one that never pauses is cut, so that what has to be read again stays bounded', async () => {
    const update = new Uint8Array([0, 0]);
    const entries = Array.from({ length: longestSession + 500 }, (_, index) => ({
      ...{ lsn: index + 1, update, userId: 'ann', clientId: 1, at: index * 10 },
    }));
    const log = { kind: 'estimate' as const, entries };
    const once = await settled(log, [], false);
    expect(once.map(({ first, edits }) => [first, edits])).toEqual([
      [1, longestSession],
      [longestSession + 1, 500],
    ]);
    expect(once[0]?.stops).toHaveLength(60);
    expect(await settled(log, [15_000, 5_400], false)).toEqual(once);
  });

  test('HIST-4: a life that begins anew ends all sessions', async () => {
    const update = new Uint8Array([0, 0]);
    const house = houseOf({ kind: 'estimate', entries: [{ update, userId: null, clientId: 0, at: 5 }] });
    house.append(1);
    await house.history.settle(documentId);
    house.memory.renew(documentId, 6);
    house.memory.append(documentId, [{ update, userId: null, clientId: 0 }], 7);
    await house.history.settle(documentId);
    const sessions = await house.store.sessions(documentId, null, 9);
    expect(sessions.map(({ first, last }) => [first, last])).toEqual([
      [2, 3],
      [1, 1],
    ]);
  });
});
