import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffStates } from './diff.ts';
import { keysBack, renumberedIn, tellMoves } from './moves.ts';
import { compareOrder } from './order-key.ts';
import { json } from './register.ts';
import type { KindSchema } from './schema.ts';
import type { State } from './state.ts';

/** What is said to have moved, where a move left its neighbours no place and they got other keys. */

const schema = {
  kind: 'toy',
  version: 1,
  collections: { items: { layout: 'nested', registers: { o: json() }, families: {}, list: 'in' } },
} as const satisfies KindSchema;

const stateOf = (keys: Readonly<Record<string, string>>): State => ({
  items: new Map(Object.entries(keys).map(([id, o]) => [id, new Map([['o', o]])])),
});
const orderIn = ({ items }: State) =>
  [...items!]
    .map(([id, record]) => ({ id, order: record.get('o') as string }))
    .sort(compareOrder)
    .map(({ id }) => id);
const movedIn = (from: State, to: State) =>
  tellMoves(schema, from, to, diffStates(schema, from, to))
    .told.flatMap(({ type, id }) => (type === 'moved' ? [id] : []))
    .sort();

describe('moves', () => {
  test('REC-26: the thing that was moved is told, and not those that made place for it', () => {
    const from = stateOf({ a: 'k', b: 'k', c: 'k', d: 'm' });
    // d goes between a and b, which stood under one key.
    const to = stateOf({ a: 'k', b: 'o', c: 'p', d: 'l' });
    expect(movedIn(from, to)).toEqual(['d']);
    const { quiet } = tellMoves(schema, from, to, diffStates(schema, from, to));
    expect([...quiet].map(([anchor, all]) => [anchor, all.map(({ id }) => id)])).toEqual([
      ['items|d', ['b', 'c']],
    ]);
  });

  test('REC-26: what is put or taken in between moves nobody; keys of which nothing else is told are told', () => {
    const from = stateOf({ a: 'k', b: 'k' });
    const put = stateOf({ a: 'k', b: 'm', n: 'l' });
    expect(movedIn(from, put)).toEqual([]);
    expect(movedIn(put, from)).toEqual([]);
    expect(movedIn(from, stateOf({ a: 'k', b: 'm' }))).toEqual(['b']);
  });

  // Two stand under one key; what was put between them since made place for itself by another key of the second.
  test('REC-28: what was put in between since stays where it is when something else is brought back', () => {
    const then = stateOf({ a: 'k', b: 'k' });
    const now = stateOf({ a: 'k', n: 'l', theirs: 'm', b: 'n' });
    const back = (...ids: string[]) =>
      keysBack(
        schema,
        then,
        now,
        ids.map((id) => ({ collection: 'items', id })),
      );
    expect(back('n')).toEqual([]);
    expect(back('n', 'theirs')).toEqual([{ collection: 'items', id: 'b', order: 'k' }]);
  });

  test('REC-28: keys that others get back leave all that is not brought back in its order', () => {
    const place = fc.option(fc.integer({ min: 0, max: 9 }), { freq: 5 });
    const items = fc.array(fc.tuple(place, place, fc.boolean()), { maxLength: 8 });
    let given = 0;
    let held = 0;
    fc.assert(
      fc.property(items, (all) => {
        const at = (side: 0 | 1) =>
          Object.fromEntries(
            all.flatMap((item, index) => (item[side] === null ? [] : [[`i${index}`, `${item[side]}`]])),
          );
        const [then, now] = [stateOf(at(0)), stateOf(at(1))];
        const ids = all.flatMap(([, , isBack], index) => (isBack ? [`i${index}`] : []));
        const back = ids.map((id) => ({ collection: 'items', id }));
        const keys = keysBack(schema, then, now, back);
        const after = stateOf({
          ...at(1),
          ...Object.fromEntries(keys.map(({ id, order }) => [id, `${order}`])),
        });
        const others = (state: State) => orderIn(state).filter((id) => !ids.includes(id));
        expect(others(after)).toEqual(others(now));
        given += keys.length;
        held += renumberedIn(schema, then, now).size - keys.length;
      }),
      { numRuns: 1000 },
    );
    expect([given, held].every((count) => count > 20)).toBe(true);
  });

  test('REC-26: the moves that are told give the new order, and no fewer would; what nobody wrote is not among them', () => {
    const keys = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(fc.integer({ min: 0, max: 9 }))),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(keys, (all) => {
        const id = (index: number) => `i${index}`;
        const from = stateOf(Object.fromEntries(all.map(([old], index) => [id(index), `${old}`])));
        const to = stateOf(Object.fromEntries(all.map(([old, now], index) => [id(index), `${now ?? old}`])));
        const renumbered = renumberedIn(schema, from, to);
        const written = all.flatMap(([old, now], index) => (now === null || now === old ? [] : [id(index)]));
        const moved = written.filter((each) => !renumbered.has(`items|${each}`));
        const [before, after] = [orderIn(from), orderIn(to)];
        const without = (list: readonly string[], gone: ReadonlySet<string>) =>
          list.filter((each) => !gone.has(each)).join();
        const isEnough = (some: ReadonlySet<string>) => without(before, some) === without(after, some);
        expect(isEnough(new Set(moved))).toBe(true);
        // Every smaller choice among what was written leaves another order.
        for (let choice = 0; choice < 1 << written.length; choice += 1) {
          const some = new Set(written.filter((_, index) => choice & (1 << index)));
          if (some.size < moved.length) expect(isEnough(some)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});
