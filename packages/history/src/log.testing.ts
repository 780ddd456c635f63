import type { KindName } from '@tidemark/documents';
import { randomPeople } from '@tidemark/documents/random-people';
import type { NewEntry } from '@tidemark/sync';
import fc from 'fast-check';
import * as Y from 'yjs';

/** Logs of random people, in the order in which a server would have got what they did. */

export interface TestEntry extends NewEntry {
  readonly at: number;
}

export interface TestLog {
  readonly kind: KindName;
  readonly entries: readonly TestEntry[];
}

export const users = ['ann', 'bo', 'cy'] as const;
export const begin = Date.UTC(2025, 2, 3, 8);

interface Script {
  /** Milliseconds between one entry and the next; more than ten minutes at times, and a clock set back a little. */
  readonly pauses: readonly number[];
  /** Where an entry goes on with the one before, if that is of the same person: they come as one, as after a time offline. */
  readonly joins: readonly boolean[];
  /** Where an entry comes again later: how many places, by whom. */
  readonly repeats: readonly (readonly [at: number, later: number, who: number])[];
}

const script: fc.Arbitrary<Script> = fc.record({
  pauses: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -200, max: 4_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 300_000, max: 900_000 }) },
    ),
    { minLength: 8, maxLength: 40 },
  ),
  joins: fc.array(fc.boolean(), { minLength: 5, maxLength: 20 }),
  repeats: fc.array(fc.tuple(fc.nat(100), fc.nat(9), fc.nat(2)), { maxLength: 3 }),
});

/** Entries that come after all that they build on. `edits`: how many gestures at most; `apart`: each edit is an entry. */
export function logs(kind: KindName, edits: number, apart?: 'apart'): fc.Arbitrary<TestLog> {
  return fc.tuple(randomPeople(kind, 3, edits), script).map(([people, how]) => {
    const { docs, work } = people.begin();
    const made: { who: number; updates: Uint8Array[] }[] = [];
    const start = { who: -1, updates: [Y.encodeStateAsUpdate(docs[0] ?? new Y.Doc())] };
    docs.forEach((doc, who) => {
      doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
        if (!local) return;
        const last = made.at(-1);
        const joins = apart === undefined && how.joins[made.length % how.joins.length] === true;
        if (last?.who === who && joins) last.updates.push(update);
        else made.push({ who, updates: [update] });
      });
    });
    for (let index = 0; index < people.length; index += 1) work(index);
    const all = [start, ...made];
    for (const [at, later, who] of how.repeats) {
      const from = at % all.length;
      const again = all[from];
      if (again !== undefined) all.splice(from + 1 + later, 0, { who, updates: again.updates });
    }
    let at = begin;
    const entries = all.map(({ who, updates }, index): TestEntry => {
      at += how.pauses[index % how.pauses.length] ?? 0;
      const [first = new Uint8Array([0, 0])] = updates;
      return {
        update: updates.length === 1 ? first : Y.mergeUpdates(updates),
        userId: users[who] ?? null,
        clientId: who < 0 ? 0 : 100 + who,
        at,
      };
    });
    return { kind, entries };
  });
}

/** One replica after another, entry by entry: the plainest way there is to any moment. */
export function* replay(entries: readonly NewEntry[]): Generator<Y.Doc, void, undefined> {
  const doc = new Y.Doc();
  for (const { update } of entries) {
    Y.applyUpdate(doc, update, 'replay');
    yield doc;
  }
}
