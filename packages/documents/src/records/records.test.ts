import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { diffStates } from './diff.ts';
import { createEditor, transact } from './editor.ts';
import { createFakeNetwork } from './fake-network.ts';
import { isJson } from './json.ts';
import { writeOrderedSet } from './ordered-set.ts';
import { readPast } from './past.ts';
import { createReader, type Kind } from './reader.ts';
import { json, number, text } from './register.ts';
import { restoreState } from './restore.ts';
import type { KindSchema } from './schema.ts';
import { migrate, schemaVersion, seed } from './seed.ts';
import { readState, type State } from './state.ts';

/** A small kind with every layout. */
const schema = {
  kind: 'toy',
  version: 1,
  collections: {
    meta: { layout: 'single', registers: { title: text() }, families: {} },
    items: {
      layout: 'nested',
      registers: { name: text(), size: number(0, 0, 10) },
      families: { 'in/': json() },
    },
    parts: { layout: 'flat', registers: { name: text() }, families: {} },
  },
} as const satisfies KindSchema;

function pair() {
  const network = createFakeNetwork(2, (doc) => seed(doc, schema, 'Toys'));
  const [a, b] = network.docs.map((doc) => createEditor(doc, schema));
  return { network, a: a!, b: b!, states: () => network.docs.map((doc) => readState(doc, schema)) };
}

describe('commands', () => {
  test('REC-5: making a whole record is one update', () => {
    const { network, a } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', { name: 'one', size: 3, 'in/x': 1 }));
    expect(network.sent(0)).toBe(1);
  });

  test('REC-5: what changes nothing makes no update and no undo step', () => {
    const { network, a } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', { name: 'one', 'in/x': { b: [1], a: 2 } }));
    const heard: unknown[] = [];
    a.onCommand((done) => heard.push(done));
    const wrote = transact(a, 'Again', (write) => {
      write.set('items', 'i1', 'name', 'one');
      write.set('items', 'i1', 'in/x', { a: 2, b: [1] });
      write.set('items', 'i1', 'size', null);
    });
    expect([wrote, heard, network.sent(0)]).toEqual([false, [], 1]);
  });

  test('REC-5: values the schema cannot read are a bug of the caller', () => {
    const { a } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', { name: 'one' }));
    const set = (register: string, value: never) =>
      transact(a, 'Bad', (write) => write.set('items', 'i1', register, value));
    expect(() => set('size', 11 as never)).toThrow(TypeError);
    expect(() => set('size', Number.NaN as never)).toThrow(TypeError);
    expect(() => set('other', new Date(0) as never)).toThrow(TypeError);
    expect(() => transact(a, 'Bad', (write) => write.create('items', 'i1', {}))).toThrow(/taken/);
    expect(() => transact(a, 'Bad', (write) => write.set('nowhere', 'i1', 'x', 1))).toThrow(/no collection/);
    expect(readState(a.doc, schema).items?.get('i1')).toEqual(new Map([['name', 'one']]));
  });

  test('REC-6: two people who write different registers of one record both keep their work', () => {
    const { network, a, b, states } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', { name: 'one', size: 1 }));
    network.settle();
    transact(a, 'Name', (write) => write.set('items', 'i1', 'name', 'two'));
    transact(b, 'Size', (write) => write.set('items', 'i1', 'size', 2));
    network.settle();
    for (const state of states()) {
      expect(state.items?.get('i1')).toEqual(
        new Map<string, unknown>([
          ['name', 'two'],
          ['size', 2],
        ]),
      );
    }
  });

  test('REC-13: two people who make the same flat record meet in it', () => {
    const { network, a, b, states } = pair();
    transact(a, 'Add', (write) => write.create('parts', 'Task/ext', { name: 'part', from: 'a' }));
    transact(b, 'Add', (write) => write.create('parts', 'Task/ext', { name: 'part', with: 'b' }));
    network.settle();
    for (const state of states()) {
      expect(Object.fromEntries(state.parts!.get('Task/ext')!)).toEqual({
        name: 'part',
        from: 'a',
        with: 'b',
      });
    }
  });

  test('REC-13: making a flat record again brings back what was removed', () => {
    const { a } = pair();
    transact(a, 'Add', (write) => write.create('parts', 'p', { name: 'part' }));
    transact(a, 'Remove', (write) => write.remove('parts', 'p'));
    transact(a, 'Add', (write) => {
      expect(write.exists('parts', 'p')).toBe(false);
      write.create('parts', 'p', { name: 'new' });
      expect(write.exists('parts', 'p')).toBe(true);
    });
    expect(Object.fromEntries(readState(a.doc, schema).parts!.get('p')!)).toEqual({ name: 'new' });
    expect(() => transact(a, 'Bad', (write) => write.create('parts', 'p|q', {}))).toThrow(TypeError);
  });
});

describe('ordered sets', () => {
  const members = (editor: ReturnType<typeof pair>['a']) =>
    [...(readState(editor.doc, schema).items?.get('i1') ?? [])]
      .filter(([name]) => name.startsWith('in/'))
      .sort((x, y) => (String(x[1]) < String(y[1]) ? -1 : 1))
      .map(([name]) => name.slice(3));
  const setTo = (editor: ReturnType<typeof pair>['a'], list: readonly string[]) => {
    const changes: string[] = [];
    const stop = editor.onCommand((done) => changes.push(...done.changes.map(({ register }) => register)));
    transact(editor, 'Set', (write) => writeOrderedSet(write, 'items', 'i1', 'in/', list));
    stop();
    return changes;
  };

  test('REC-14: first members that two people add at once are both there', () => {
    const { network, a, b } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', {}));
    network.settle();
    setTo(a, ['x']);
    setTo(b, ['y']);
    network.settle();
    expect(members(a).toSorted()).toEqual(['x', 'y']);
    expect(members(b)).toEqual(members(a));
  });

  test('REC-14: a moved member is one register written, order and membership are as asked', () => {
    const { a } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', {}));
    setTo(a, ['a', 'b', 'c', 'd', 'e']);
    expect(setTo(a, ['b', 'c', 'd', 'a', 'e'])).toEqual(['in/a']);
    expect(members(a)).toEqual(['b', 'c', 'd', 'a', 'e']);
    expect(setTo(a, ['b', 'n', 'd', 'e', 'b']).toSorted()).toEqual(['in/a', 'in/c', 'in/n']);
    expect(members(a)).toEqual(['b', 'n', 'd', 'e']);
    expect(setTo(a, ['b', 'n', 'd', 'e'])).toEqual([]);
  });
});

describe('diff and restore', () => {
  test('REC-11: a difference names what was added, removed, changed and moved', () => {
    const { a } = pair();
    transact(a, 'Add', (write) => {
      write.create('items', 'i1', { name: 'one', o: 'a0' });
      write.create('items', 'i2', { name: 'two', o: 'a1' });
    });
    const before = readState(a.doc, schema);
    transact(a, 'Work', (write) => {
      write.set('items', 'i1', 'o', 'a2');
      write.set('items', 'i1', 'name', 'uno');
      write.remove('items', 'i2');
      write.create('items', 'i3', { name: 'three' });
    });
    const after = readState(a.doc, schema);
    expect(diffStates(schema, before, after)).toEqual([
      { type: 'changed', collection: 'items', id: 'i1', register: 'name', old: 'one', new: 'uno' },
      { type: 'moved', collection: 'items', id: 'i1' },
      { type: 'removed', collection: 'items', id: 'i2', record: before.items!.get('i2') },
      { type: 'added', collection: 'items', id: 'i3', record: after.items!.get('i3') },
    ]);
    expect(diffStates(schema, after, after)).toEqual([]);
  });

  test('REC-12: restoring is one update that keeps what another person writes meanwhile', () => {
    const { network, a, b, states } = pair();
    transact(a, 'Add', (write) => write.create('items', 'i1', { name: 'one' }));
    const then = readPast(a.doc, schema);
    transact(a, 'Work', (write) => {
      write.set('items', 'i1', 'name', 'uno');
      write.set('items', 'i1', 'later', true);
      write.create('items', 'i2', {});
    });
    network.settle();
    const sent = network.sent(0);
    transact(b, 'Meanwhile', (write) => write.set('items', 'i1', 'size', 4));
    expect(restoreState(a, then)).toBe(true);
    expect(network.sent(0)).toBe(sent + 1);
    expect(diffStates(schema, readState(a.doc, schema), then.state)).toEqual([]);
    network.settle();
    for (const state of states()) {
      expect(Object.fromEntries(state.items!.get('i1')!)).toEqual({ name: 'one', size: 4 });
    }
    expect(restoreState(a, readPast(a.doc, schema))).toBe(false);
  });
});

describe('another replica under a reader', () => {
  test('TIME-21: a reader that follows another keeps the objects of what is the same, and reads the rest as it is', () => {
    const kind: Kind<State> = { schema, view: (state) => state };
    const doc = new Y.Doc();
    const editor = createEditor(doc, schema);
    transact(editor, 'Add', (write) => {
      write.create('items', 'i1', { name: 'one' });
      write.create('items', 'i2', { name: 'two' });
      write.create('parts', 'p1', { name: 'part' });
    });
    const first = createReader(doc, kind);
    const [before, later] = [first.view(), new Y.Doc()];
    Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
    transact(createEditor(later, schema), 'Change', (write) => {
      write.set('items', 'i1', 'name', 'uno');
      write.remove('parts', 'p1');
    });
    const after = createReader(later, kind, first).view();
    expect(after).toEqual(readState(later, schema));
    expect(after.items?.get('i2')).toBe(before.items?.get('i2'));
    expect(after.items?.get('i1')).not.toBe(before.items?.get('i1'));
    expect(after.meta).toBe(before.meta);
    expect(first.view(), 'the one before reads its own replica still').toBe(before);
  });
});

describe('beginning and versions', () => {
  test('REC-15: a seed is the same bytes wherever it is made', () => {
    const states = [1, 2].map(() => {
      const doc = new Y.Doc();
      seed(doc, schema, '');
      return Y.encodeStateAsUpdate(doc);
    });
    expect(states[0]).toEqual(states[1]);
  });

  test('REC-15: seeding twice, or in two places that then meet, changes nothing', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    const id = a.clientID;
    expect(seed(a, schema, 'A')).toBe(true);
    expect(a.clientID).toBe(id);
    const once = Y.encodeStateAsUpdate(a);
    expect(seed(a, schema, 'Other')).toBe(false);
    expect(Y.encodeStateAsUpdate(a)).toEqual(once);
    seed(b, schema, 'A');
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
    expect(schemaVersion(a)).toBe(1);
    expect(readState(a, schema).meta?.get('meta')?.get('title')).toBe('A');
  });

  test('REC-15: a seed inside a larger transaction is part of its one update', () => {
    const doc = new Y.Doc();
    let updates = 0;
    doc.on('update', () => {
      updates += 1;
    });
    doc.transact(() => seed(doc, schema, 'T'));
    expect(updates).toBe(1);
  });

  test('REC-16: registers, records and collections of a newer version are kept through every write', () => {
    const { network, a } = pair();
    const newer = network.docs[1]!;
    newer.getMap('meta').set('schemaVersion', 9);
    newer.getMap('inventions').set('i', 1);
    transact(createEditor(newer, schema), 'Add', (write) =>
      write.create('items', 'i1', { name: 'n', glow: [1] }),
    );
    network.settle();
    const then = readPast(a.doc, schema);
    transact(a, 'Rename', (write) => write.set('items', 'i1', 'name', 'm'));
    restoreState(a, then);
    expect(a.doc.getMap('inventions').get('i')).toBe(1);
    expect(readState(a.doc, schema).items?.get('i1')?.get('glow')).toEqual([1]);
  });

  test('REC-17: migrations run once, in order, and leave newer and unseeded documents alone', () => {
    const third = { ...schema, version: 3 };
    const steps = ['two', 'three'].map(
      (name) => (doc: Y.Doc) => void doc.getMap('meta').set(name, doc.getMap('meta').size),
    );
    const doc = new Y.Doc();
    expect(migrate(doc, third, steps)).toBe(false);
    seed(doc, schema, '');
    expect(migrate(doc, third, steps)).toBe(true);
    expect(doc.getMap('meta').toJSON()).toEqual({ schemaVersion: 3, kind: 'toy', two: 2, three: 3 });
    expect(migrate(doc, third, steps)).toBe(false);
    doc.getMap('meta').set('schemaVersion', 4);
    expect(migrate(doc, third, steps)).toBe(false);
    doc.getMap('meta').set('schemaVersion', 1);
    expect(() => migrate(doc, third, [])).toThrow(/no way/);
  });

  test('REC-2: JSON that is cyclic, endless or no JSON is not read', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle, cycle);
    const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner], 1);
    for (const bad of [
      cycle,
      deep,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      1n,
      undefined,
      new Uint8Array(1),
      () => 1,
      [undefined],
    ]) {
      expect(isJson(bad)).toBe(false);
    }
    expect(isJson({ a: [1, 'b', null, { c: true }] })).toBe(true);
  });

  // Yjs reads them from what others send and throws when it has to write them.
  test.each(['__proto__', 'constructor'])(
    'REC-20: an object with a key %s is no value, and a restore goes on without it',
    (key) => {
      const sent = new Y.Doc();
      const record = new Y.Map<unknown>();
      sent.getMap('items').set('one', record);
      record.set('name', 'Shingles');
      const harmless = key.replaceAll('o', '?');
      record.set('later', { [harmless]: null });
      const update = Y.encodeStateAsUpdate(sent);
      const codes = [...harmless].map((letter) => letter.charCodeAt(0));
      const at = update.findIndex((_, from) => codes.every((code, index) => update[from + index] === code));
      update.set(
        [...key].map((letter) => letter.charCodeAt(0)),
        at,
      );
      const then = new Y.Doc();
      Y.applyUpdate(then, update);

      const past = readPast(then, schema);
      expect([...past.state.items!.get('one')!.keys()]).toEqual(['name']);
      const { a } = pair();
      expect(restoreState(a, past)).toBe(true);
      expect(readPast(a.doc, schema).state.items!.get('one')!.get('name')).toBe('Shingles');
    },
  );
});
