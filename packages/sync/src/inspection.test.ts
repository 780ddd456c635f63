import { isRefusal } from '@tidemark/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspect } from './inspection.ts';
import { survey } from './survey.ts';

/** A document with text, formats, nested types and deletions, and what a second writer did to it. */
function sample(): { readonly first: Uint8Array; readonly second: Uint8Array } {
  const one = new Y.Doc();
  one.clientID = 5;
  one.getText('t').insert(0, 'hello world');
  one.getText('t').format(2, 3, { bold: true });
  one.getMap('m').set('a', { x: [1, 2] });
  one.getMap('m').set('nested', new Y.Map([['k', 'v']]));
  one.getText('t').delete(3, 2);
  one.getArray('a').push([1, 'x', new Y.Array()]);
  const first = Y.encodeStateAsUpdate(one);
  const two = new Y.Doc();
  two.clientID = 9;
  Y.applyUpdate(two, first);
  two.getText('t').insert(4, 'between');
  two.getMap('m').delete('a');
  return { first, second: Y.encodeStateAsUpdate(two, Y.encodeStateVector(one)) };
}

describe('inspection', () => {
  test('R5 R20 whatever bytes are let in, applying them breaks nothing and the document can be encoded', () => {
    const { first, second } = sample();
    let admitted = 0;
    const flips = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 3 });
    const mutants = fc.array(fc.tuple(fc.boolean(), flips), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.boolean(), mutants, (seeded, frames) => {
        const doc = new Y.Doc();
        if (seeded) Y.applyUpdate(doc, first);
        for (const [whole, changes] of frames) {
          const bytes = (whole ? first : second).slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          if (isRefusal(inspect(bytes, doc))) continue;
          admitted += 1;
          Y.applyUpdate(doc, bytes);
        }
        const again = new Y.Doc();
        Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
      }),
      { numRuns: 4_000 },
    );
    expect(admitted).toBeGreaterThan(100);
  });

  test('R5 nothing that Yjs writes is refused', () => {
    const { first, second } = sample();
    const doc = new Y.Doc();
    for (const update of [second, first, Y.mergeUpdates([first, second]), Y.mergeUpdates([second])]) {
      expect(inspect(update, doc)).toHaveProperty('structs');
      Y.applyUpdate(doc, update);
    }
    expect(inspect(Y.encodeStateAsUpdate(doc), new Y.Doc())).toHaveProperty('structs');
  });
});

/** Bytes of an update by hand. */
function bytes(...parts: (number | string)[]): number[] {
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [...bytes(part.length), ...new TextEncoder().encode(part)];
    const made: number[] = [];
    for (let rest = part; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) return [...made, rest];
      made.push((rest % 128) | 128);
    }
  });
}

/** Maps in maps, `depth` of them, by one writer, the outermost in a root or in another writer's map. */
function chain(depth: number, client: number, top: { client: number; clock: number } | null): Uint8Array {
  const made = bytes(1, depth, client, 0);
  for (let clock = 0; clock < depth; clock += 1) {
    const parent = clock > 0 ? { client, clock: clock - 1 } : top;
    made.push(7 | 32, ...(parent === null ? bytes(1, 'm') : bytes(0, parent.client, parent.clock)));
    made.push(...bytes('k', 1));
  }
  return new Uint8Array([...made, 0]);
}

function holding(value: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  value(doc);
  return Y.encodeStateAsUpdate(doc);
}

describe('what an update would become is known before it is made', () => {
  test('R28 types nested too deep are refused: deleting or reading them would overflow the stack', () => {
    expect(inspect(chain(200, 7, null), new Y.Doc())).toHaveProperty('structs');
    expect(inspect(chain(201, 7, null), new Y.Doc())).toMatchObject({ refused: 'malformed' });
  });

  test('R28 no chain of types gets in link by link: below what is there, …', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, chain(150, 7, null));
    const end = { client: 7, clock: 149 };
    expect(inspect(chain(50, 8, end), doc)).toHaveProperty('structs');
    expect(inspect(chain(51, 8, end), doc)).toMatchObject({ refused: 'malformed' });
  });

  test('R28 … nor above what waits for it', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, chain(150, 7, { client: 8, clock: 149 }));
    expect(inspect(chain(50, 8, null), doc)).toHaveProperty('structs');
    expect(inspect(chain(151, 8, null), doc)).toMatchObject({ refused: 'malformed' });
  });

  test('R28 a million parts and a thousand documents inside a document are too many', () => {
    const empties = new Array(1_000_001).fill(0).flatMap(() => [0, 1]);
    expect(inspect(new Uint8Array([...bytes(1, 1_000_001, 7, 0), ...empties, 0]), new Y.Doc())).toMatchObject(
      {
        refused: 'too-large',
      },
    );
    const many = holding((doc) => doc.getArray('a').push(Array.from({ length: 1_001 }, () => new Y.Doc())));
    expect(inspect(many, new Y.Doc())).toMatchObject({ refused: 'too-large' });
    const objects = holding((doc) => doc.getArray('a').push(Array.from({ length: 1_000_001 }, () => ({}))));
    expect(inspect(objects, new Y.Doc())).toMatchObject({ refused: 'too-large' });
    const json = holding((doc) =>
      doc.getText('t').insertEmbed(
        0,
        Array.from({ length: 1_000_001 }, () => []),
      ),
    );
    expect(inspect(json, new Y.Doc())).toMatchObject({ refused: 'too-large' });
  });

  test.each([
    ['writers', bytes(1e9)],
    ['structs', bytes(1, 1e9, 7, 0)],
    ['values', [...bytes(1, 1, 7, 0), 8, ...bytes(1, 'a', 1e9), 127]],
    ['values inside a value', [...bytes(1, 1, 7, 0), 8, ...bytes(1, 'a', 1), 117, ...bytes(1e9), 127]],
    ['texts', [...bytes(1, 1, 7, 0), 2, ...bytes(1, 'a', 1e9, '{}')]],
  ])(
    'R28 an update that promises a billion %s and ends is looked at no longer than it is',
    (_what, promise) => {
      expect(inspect(new Uint8Array(promise), new Y.Doc())).toMatchObject({ refused: 'malformed' });
    },
  );

  test('R28 every content that Yjs writes can be counted', () => {
    const update = holding((doc) => {
      const text = doc.getText('t');
      text.insert(0, 'ab');
      text.format(0, 1, { bold: { deep: [1] } });
      text.insertEmbed(1, { x: [{}] });
      const xml = new Y.XmlElement('p');
      xml.insert(0, [new Y.XmlText('t')]);
      doc.getXmlFragment('x').insert(0, [xml]);
      const values = [
        1,
        -1,
        0.5,
        1e300,
        true,
        null,
        's',
        new Uint8Array([1]),
        { a: [{}], b: 5n, c: undefined },
      ];
      doc.getArray('a').push([...values, new Y.Doc(), new Y.Map()]);
      text.delete(0, 1);
    });
    expect(survey(update)).toMatchObject({ subdocuments: 1, depth: 3 });
    expect(inspect(update, new Y.Doc())).toHaveProperty('structs');
  });
});
