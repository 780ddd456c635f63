import { type KindName, kindNames, kinds } from '@tidemark/documents';
import { diffStates, readState, readTexts } from '@tidemark/documents/records';
import { isRefusal } from '@tidemark/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { documentId, houseOf, packAt, type TestHouse } from './house.testing.ts';
import { logs, type TestEntry } from './log.testing.ts';
import type { AuthoredChanges } from './ports.ts';
import { Standing } from './standing.ts';

/** Who brought about what, in the plainest way: entry by entry, by looking at every item of interest before and after each. */
function plainAuthors(kind: KindName, entries: readonly TestEntry[], from: number, to: number) {
  const { schema } = kinds[kind];
  const copy = (upTo: number) => {
    const doc = new Y.Doc();
    for (const { update } of entries.slice(0, upTo)) Y.applyUpdate(doc, update);
    return doc;
  };
  const [one, two] = [copy(from), copy(to)];
  const old = readState(one, schema);
  const differences = diffStates(schema, old, readState(two, schema));
  const looks = differences.map((difference) => {
    const { type, collection, id } = difference;
    const isNew = type === 'added' && !old[collection]!.has(id);
    const register = type === 'changed' ? difference.register : type === 'moved' ? 'o' : 'x';
    return (doc: Y.Doc): string => {
      // Who made it first: whether it is there at all.
      if (isNew) return new Standing(doc, schema).record(collection, id).length > 0 ? 'there' : 'nothing';
      const item = new Standing(doc, schema).register(collection, id, register);
      return item === undefined ? 'nothing' : `${item.id.client}:${item.lastId.clock}`;
    };
  });
  const doc = copy(from);
  const seen = looks.map((look) => look(doc));
  const by = looks.map((): number | null => null);
  const texts = new Map<string, Map<string | null, number>>();
  const before = readTexts(one, schema);
  for (const [name, text] of readTexts(two, schema))
    if (text !== before.get(name)) texts.set(name, new Map());
  let at = from;
  for (const name of texts.keys()) {
    doc.getText(name).observe(({ changes }) => {
      const isEdit = changes.delta.some((part) => part.insert !== undefined || part.delete !== undefined);
      if (isEdit) texts.get(name)?.set(entries[at - 1]!.userId, at);
    });
  }
  for (const { update } of entries.slice(from, to)) {
    at += 1;
    Y.applyUpdate(doc, update);
    looks.forEach((look, index) => {
      const now = look(doc);
      if (now !== seen[index]) by[index] = at;
      seen[index] = now;
    });
  }
  return {
    differences: differences.map(({ type, collection, id }, index) => [type, collection, id, by[index]]),
    texts,
  };
}

const simple = ({ differences, texts }: AuthoredChanges) => ({
  differences: differences.map(({ type, collection, id, by }) => [type, collection, id, by?.lsn ?? null]),
  texts: new Map(texts.map(({ text, by }) => [text, new Map(by.map(({ userId, lsn }) => [userId, lsn]))])),
});

async function changesOf({ history }: TestHouse, from: number, to: number): Promise<AuthoredChanges> {
  const changes = await history.changes(documentId, from, to);
  if (isRefusal(changes)) throw new Error(changes.detail);
  return changes;
}

describe.each(kindNames)('authors of differences in a random %s', (kind) => {
  test('HIST-6: each is of the entry that brought what stands at the later moment; the same after packing', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs(kind, 18),
        fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 2, maxLength: 3 }),
        fc.array(fc.nat(40), { maxLength: 3 }),
        async (log, moments, ends) => {
          const house = houseOf(log);
          const count = log.entries.length;
          house.append(count);
          const ranges = moments.map((pair) => pair.map((pick) => pick % (count + 1)).sort((a, b) => a - b));
          const answers = [];
          for (const [from = 0, to = 0] of ranges) {
            const changes = await changesOf(house, from, to);
            expect(simple(changes)).toEqual(plainAuthors(kind, log.entries, from, to));
            for (const { by } of changes.differences) {
              if (by !== null)
                expect(log.entries[by.lsn - 1]).toMatchObject({ at: by.at, userId: by.userId });
            }
            answers.push(changes);
          }
          await packAt(house, ends);
          for (const [index, [from = 0, to = 0]] of ranges.entries()) {
            expect(await changesOf(house, from, to)).toEqual(answers[index]);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('authors', () => {
  /** Three people on one document; what each does reaches the others when it is told to. */
  const people = (kind: KindName = 'estimate') => {
    const entries: TestEntry[] = [];
    const docs = ['ann', 'bo', 'cy'].map((userId, index) => {
      const doc = new Y.Doc();
      doc.clientID = 10 + index;
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'net')
          entries.push({ update, userId, clientId: doc.clientID, at: entries.length * 1_000 });
      });
      return doc;
    });
    const [ann, bo, cy] = docs as [Y.Doc, Y.Doc, Y.Doc];
    const meet = () => {
      for (const doc of docs) for (const { update } of entries) Y.applyUpdate(doc, update, 'net');
    };
    const house = () => {
      const made = houseOf({ kind, entries });
      made.append(entries.length);
      return made;
    };
    return { entries, ann, bo, cy, meet, house };
  };
  const lines = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('lines');

  test('HIST-6: of concurrent values the one that stands has an author; the one that lost is nobody’s change', async () => {
    const { ann, bo, meet, house } = people();
    lines(ann).set('a', new Y.Map([['qty', 1]]));
    meet();
    lines(ann).get('a')!.set('qty', 2);
    lines(bo).get('a')!.set('qty', 3);
    meet();
    const stands = lines(ann).get('a')!.get('qty');
    expect(lines(bo).get('a')!.get('qty')).toBe(stands);
    const { differences } = await changesOf(house(), 1, 3);
    expect(differences).toEqual([
      {
        ...{ type: 'changed', collection: 'lines', id: 'a', register: 'qty' },
        by: stands === 3 ? { lsn: 3, at: 2_000, userId: 'bo' } : { lsn: 2, at: 1_000, userId: 'ann' },
      },
    ]);
  });

  test('HIST-6: removed by its flag, by its deletion, added, brought back: each by whom', async () => {
    const { ann, bo, cy, meet, house } = people();
    for (const id of ['flag', 'gone', 'back']) lines(ann).set(id, new Y.Map([['name', id]]));
    lines(ann).get('back')!.set('x', 1);
    meet();
    lines(bo).get('flag')!.set('x', 1);
    lines(cy).delete('gone');
    lines(bo).set('new', new Y.Map([['qty', 1]]));
    meet();
    lines(cy).get('new')!.set('qty', 2);
    lines(cy).get('back')!.set('x', null);
    const { differences } = await changesOf(house(), 4, 9);
    expect(differences.map(({ type, id, by }) => [type, id, by?.userId, by?.lsn])).toEqual([
      ['added', 'back', 'cy', 9],
      ['removed', 'flag', 'bo', 5],
      ['removed', 'gone', 'cy', 6],
      ['added', 'new', 'bo', 7],
    ]);
  });

  test('HIST-6: a register that was deleted or emptied names who did it', async () => {
    const { ann, bo, meet, house } = people();
    lines(ann).set(
      'a',
      new Y.Map<unknown>([
        ['qty', 1],
        ['note', 'n'],
      ]),
    );
    meet();
    lines(bo).get('a')!.delete('qty');
    lines(bo).get('a')!.set('note', null);
    const { differences } = await changesOf(house(), 1, 3);
    expect(differences.map(({ id, register, by }) => [id, register, by?.userId, by?.lsn])).toEqual([
      ['a', 'note', 'bo', 3],
      ['a', 'qty', 'bo', 2],
    ]);
  });

  test('HIST-6: a text names all who wrote or deleted in it between the moments', async () => {
    const { ann, bo, cy, meet, house } = people();
    ann.getText('scope').insert(0, 'one two');
    meet();
    bo.getText('scope').delete(0, 4);
    meet();
    cy.getText('scope').insert(3, ' three');
    cy.getText('notes').insert(0, 'n');
    const made = house();
    const authors = async (from: number, to: number) =>
      (await changesOf(made, from, to)).texts.map(({ text, by }) => [text, by.map(({ userId }) => userId)]);
    expect(await authors(1, 3)).toEqual([['scope', ['bo', 'cy']]]);
    expect(await authors(1, 4)).toEqual([
      ['notes', ['cy']],
      ['scope', ['bo', 'cy']],
    ]);
    expect(await authors(2, 2)).toEqual([]);
  });

  test('HIST-6: a record with a fixed id is added by who wrote the first of its registers, overwritten since or not', async () => {
    const { ann, bo, cy, meet, house, entries } = people('diagram');
    ann.getMap('one').set('Task_1/di|t', 'bpmn:Shape');
    ann.getMap('one').set('Task_2/di|t', 'bpmn:Shape');
    ann.getMap('one').set('Task_2/di|t', null);
    meet();
    cy.getMap('one').set('Task_3/di|t', 'bpmn:Shape');
    meet();
    bo.getMap('one').set('Task_3/di|t', 'bpmn:Edge');
    bo.getMap('one').set('Task_2/di|t', 'bpmn:Edge');
    // What comes again is nobody's.
    entries.splice(4, 0, { ...entries[1]!, userId: 'cy' });
    const { differences } = await changesOf(house(), 3, entries.length);
    expect(differences.map(({ type, id, by }) => [type, id, by?.userId, by?.lsn])).toEqual([
      ['added', 'Task_2/di', 'bo', 7],
      ['added', 'Task_3/di', 'cy', 4],
    ]);
  });

  test('HIST-6: over two lives the author is who brought the content, not who began the life with it', async () => {
    const { ann, bo, meet, house, entries } = people();
    lines(ann).set('a', new Y.Map([['qty', 1]]));
    meet();
    lines(bo).get('a')!.set('qty', 2);
    const made = house();
    made.memory.renew(documentId, 9_000);
    const state = Y.mergeUpdates(entries.map(({ update }) => update));
    made.memory.append(documentId, [{ update: state, userId: null, clientId: 0 }], 9_001);
    const { differences } = await changesOf(made, 1, 4);
    expect(differences.map(({ id, register, by }) => [id, register, by?.userId])).toEqual([
      ['a', 'qty', 'bo'],
    ]);
  });
});
