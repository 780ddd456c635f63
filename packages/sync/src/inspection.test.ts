import { isRefusal } from '@tidemark/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspect } from './inspection.ts';

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
