import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Change, Thing } from './change.ts';
import * as dashboards from './dashboard/random-edits.ts';
import { dashboard } from './dashboard/view.ts';
import * as diagrams from './diagram/random-edits.ts';
import { diagram } from './diagram/view.ts';
import * as estimates from './estimate/random-edits.ts';
import { estimate } from './estimate/view.ts';
import { kinds } from './kinds.ts';
import {
  createUndo,
  diffStates,
  type Editor,
  type Json,
  type Past,
  readPast,
  restoreState,
  type State,
  textCollection,
} from './records/index.ts';

/** What is promised of the past of all kinds, on random histories. */

interface People {
  readonly network: { readonly docs: readonly Y.Doc[]; settle(): void };
  readonly editors: readonly Editor[];
  work(edit: never): unknown;
}
interface House {
  readonly name: keyof typeof kinds;
  readonly people: (count: number) => People;
  readonly edits: (count: number, most: number) => fc.Arbitrary<readonly unknown[]>;
  readonly view: (state: State) => { readonly findings: readonly unknown[] };
}

const houses: readonly House[] = [
  {
    name: 'dashboard',
    people: dashboards.people,
    edits: dashboards.edits,
    view: (state) => dashboard.view(state, [], null),
  },
  {
    name: 'estimate',
    people: estimates.people,
    edits: estimates.edits,
    view: (state) => estimate.view(state, [], null),
  },
  {
    name: 'diagram',
    people: diagrams.people,
    edits: diagrams.edits,
    view: (state) => diagram.view(state, [], null),
  },
];

const runs = { numRuns: 50 };

describe.each(houses)('the past of a $name', ({ name, people, edits, view }) => {
  const kind = kinds[name];
  const { schema } = kind;
  const isSame = (a: Past, b: Past) => {
    expect(diffStates(schema, a.state, b.state)).toEqual([]);
    expect(a.texts).toEqual(b.texts);
  };
  /** Two people at work, and what the document said in the middle and in the end. */
  const history = fc.tuple(edits(2, 15), edits(2, 15)).map(([first, second]) => () => {
    const { network, editors, work } = people(2);
    for (const edit of first) work(edit as never);
    network.settle();
    const before = readPast(network.docs[0]!, schema);
    for (const edit of second) work(edit as never);
    network.settle();
    return {
      network,
      editor: editors[0]!,
      other: editors[1]!,
      before,
      after: readPast(network.docs[0]!, schema),
    };
  });

  test('REC-18: every register that differs is in one change, and no other', () => {
    fc.assert(
      fc.property(history, (play) => {
        const { before, after } = play();
        const told = kind.describe(before, after).flatMap(({ registers }) => registers);
        const differing = diffStates(schema, before.state, after.state).map((each) => ({
          collection: each.collection,
          id: each.id,
          register: each.type === 'changed' ? each.register : each.type === 'moved' ? 'o' : null,
        }));
        const texts = [...after.texts].filter(([id, text]) => before.texts.get(id) !== text);
        const all = [
          ...differing,
          ...texts.map(([id]) => ({ collection: textCollection, id, register: null })),
        ];
        const written = (registers: readonly unknown[]) =>
          registers.map((each) => JSON.stringify(each)).sort();
        expect(written(told)).toEqual(written(all));
        expect(kind.describe(after, after)).toEqual([]);
      }),
      runs,
    );
  });

  test('REC-19: a comparison applied to the old view gives the new one', () => {
    fc.assert(
      fc.property(history, (play) => {
        const { before, after } = play();
        const made = applied(before, kind.describe(before, after), after);
        isSame(made, after);
        expect(view(made.state)).toEqual(view(after.state));
      }),
      runs,
    );
  });

  test('REC-18: changes say what and name, once for each thing, and fields that read otherwise', () => {
    fc.assert(
      fc.property(history, (play) => {
        const { before, after } = play();
        const changes = kind.describe(before, after);
        for (const { types, what, name: called, place, fields } of changes) {
          expect(what).not.toBe('');
          expect([...types].sort()).toSatisfy((all: string[]) =>
            ['added', 'changed', 'changed,moved', 'moved', 'removed'].includes(all.join()),
          );
          for (const words of [called, place]) expect(words.length).toBeLessThanOrEqual(120);
          for (const field of fields) expect(field.old).not.toBe(field.new);
          expect(new Set(fields.map(({ label }) => label)).size).toBe(fields.length);
        }
        const things = changes.map(({ thing }) => JSON.stringify(thing));
        expect(new Set(things).size).toBe(things.length);
      }),
      runs,
    );
  });

  test('REC-12: restoring any earlier moment gives what it said, texts too, and undo takes all of it back', () => {
    fc.assert(
      fc.property(history, (play) => {
        const { network, editor, before, after } = play();
        const undo = createUndo(editor);
        restoreState(editor, before);
        isSame(readPast(editor.doc, schema), before);
        expect(view(readPast(editor.doc, schema).state)).toEqual(view(before.state));
        undo.undo();
        isSame(readPast(editor.doc, schema), after);
        undo.redo();
        network.settle();
        for (const doc of network.docs) isSame(readPast(doc, schema), before);
      }),
      runs,
    );
  });

  test('REC-20: things restored one after the other, in any order, give what restoring everything gives', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(1000)), (play, chance) => {
        const { editor, before, after } = play();
        const things = shuffled(
          kind.describe(before, after).map(({ thing }) => thing),
          () => chance.next().value,
        );
        for (const thing of things) kind.restoreThings(editor, before, [thing]);
        isSame(readPast(editor.doc, schema), before);
        expect(kind.restoreThings(editor, before, things)).toEqual({
          changed: false,
          along: expect.anything(),
          left: [],
          reopened: [],
        });
      }),
      runs,
    );
  });

  test('REC-20: a single thing is as it was then, with all that came along; undo leads back', () => {
    fc.assert(
      fc.property(history, fc.nat(1000), (play, pick) => {
        const { editor, before, after } = play();
        const changes = kind.describe(before, after);
        const change = changes[pick % changes.length];
        if (change === undefined) return;
        const undo = createUndo(editor);
        const { changed, along, left } = kind.restoreThings(editor, before, [change.thing]);
        expect([changed, left]).toEqual([true, []]);
        const key = ({ collection, id }: Thing) => `${collection}/${id}`;
        const back = new Set([change.thing, ...along].map(key));
        const rest = kind.describe(before, readPast(editor.doc, schema));
        // The line of a flow that came with a task goes to where its other end is now.
        const offered = new Set(kind.offeredWith(before.state, after.state, [change.thing]).map(key));
        expect(
          rest.filter(({ thing, types }) => {
            const isRefit = offered.has(key(thing)) && types.join() === 'moved';
            return back.has(key(thing)) && !isRefit;
          }),
        ).toEqual([]);
        expect(undo.undo()).toMatch(/^(Restore|Remove) /);
        expect(undo.status().canUndo).toBe(false);
        isSame(readPast(editor.doc, schema), after);
      }),
      runs,
    );
  });

  test('REC-25: what came with a thing is what was offered, stands, adds to what others have, and stays away on wish', () => {
    fc.assert(
      fc.property(history, fc.nat(1000), (play, pick) => {
        const { editor, before, after } = play();
        const gone = kind.describe(before, after).filter(({ types }) => types[0] === 'removed');
        const thing = gone[pick % gone.length]?.thing;
        if (thing === undefined) return;
        const key = ({ collection, id }: Thing) => `${collection}/${id}`;
        const offered = kind.offeredWith(before.state, after.state, [thing]);
        const undo = createUndo(editor);

        const alone = kind.restoreThings(editor, before, [thing], { alone: true });
        const without = readPast(editor.doc, schema);
        for (const each of offered) expect(without.state[each.collection]?.get(each.id)?.get('x')).toBe(1);
        if (alone.changed) undo.undo();
        isSame(readPast(editor.doc, schema), after);

        const { along } = kind.restoreThings(editor, before, [thing]);
        expect(along.map(key).sort()).toEqual([...alone.along, ...offered].map(key).sort());
        const together = readPast(editor.doc, schema);
        const added = kind.describe(without, together);
        expect(added.filter(({ types }) => types.includes('removed'))).toEqual([]);
        const findings = ({ state }: Past) => view(state).findings.map((each) => JSON.stringify(each));
        const known = new Set([...findings(before), ...findings(after), ...findings(without)]);
        expect(findings(together).filter((each) => !known.has(each))).toEqual([]);
        expect(undo.undo()).toMatch(/^Restore /);
        isSame(readPast(editor.doc, schema), after);
      }),
      runs,
    );
  });

  test('REC-21: a copy is new records beside what is there; undo takes it away', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(1000), { maxLength: 3 }), (play, picks) => {
        const { network, editor, before, after } = play();
        const all = thingsIn(before, kind.describe(emptied(before), before));
        const things = picks.flatMap((pick) => (all.length === 0 ? [] : [all[pick % all.length]!]));
        const undo = createUndo(editor);
        const { copies } = kind.copyThings(editor, before, things);
        const made = kind.describe(after, readPast(editor.doc, schema));
        const known = new Set(copies.map(({ copy }) => JSON.stringify(copy)));
        for (const { types, thing, registers } of made) {
          // A lane takes in the copy of what it holds.
          if (types[0] === 'added') expect(known.has(JSON.stringify(thing))).toBe(true);
          else for (const { register } of registers) expect(register).toMatch(/^&\*flowNodeRef\/|^o$/);
        }
        expect(view(readPast(editor.doc, schema).state).findings.length).toBeLessThanOrEqual(
          view(after.state).findings.length + view(before.state).findings.length * copies.length,
        );
        network.settle();
        isSame(readPast(network.docs[1]!, schema), readPast(editor.doc, schema));
        if (copies.length > 0) expect(undo.undo()).toMatch(/^Copy /);
        isSame(readPast(editor.doc, schema), after);
      }),
      runs,
    );
  });
});

function applied(before: Past, changes: readonly Change[], after: Past): Past {
  const state: Record<string, Map<string, ReadonlyMap<string, Json>>> = Object.fromEntries(
    Object.entries(before.state).map(([name, records]) => [name, new Map(records)]),
  );
  const texts = new Map(before.texts);
  for (const { collection, id, register } of changes.flatMap(({ registers }) => registers)) {
    if (collection === textCollection) {
      texts.set(id, after.texts.get(id) ?? '');
      continue;
    }
    const later = after.state[collection]?.get(id);
    if (register === null) {
      if (later === undefined || later.get('x') === 1) state[collection]!.delete(id);
      else state[collection]!.set(id, later);
      continue;
    }
    const record = new Map(state[collection]!.get(id));
    const value = later?.get(register);
    if (value === undefined) record.delete(register);
    else record.set(register, value);
    state[collection]!.set(id, record);
  }
  return { state, texts };
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function emptied({ state }: Past): Past {
  return { state: Object.fromEntries(Object.keys(state).map((name) => [name, new Map()])), texts: new Map() };
}

function thingsIn({ state }: Past, changes: readonly Change[]): Thing[] {
  return changes.map(({ thing }) => thing).filter(({ collection, id }) => state[collection]?.has(id));
}
