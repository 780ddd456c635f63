import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyLog, differenceFrom, differenceOf } from './checkpoints.ts';
import { cut } from './pieces.ts';
import { sameBytes } from './same-bytes.ts';
import { compact, diff, isUnreadable, slice } from './workbench.ts';

/** What several people wrote at once: text with formatting, maps in arrays, deletions, one update per change. */
function history(seed: number, changes: number): Uint8Array[] {
  let state = seed + 1;
  const chance = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const docs = [0, 1, 2].map((i) => {
    const doc = new Y.Doc();
    doc.clientID = 10 + i;
    return doc;
  });
  const log: Uint8Array[] = [];
  for (const doc of docs) doc.on('update', (update: Uint8Array) => log.push(update));
  for (let n = 0; n < changes; n += 1) {
    const doc = docs[chance(3)]!;
    const text = doc.getText('t');
    const list = doc.getArray<Y.Map<unknown>>('a');
    switch (chance(6)) {
      case 0:
        list.insert(chance(list.length + 1), [new Y.Map(Object.entries({ n, in: new Y.Text('x') }))]);
        break;
      case 1:
        if (list.length > 0) list.get(chance(list.length)).set('n', n);
        break;
      case 2:
        if (list.length > 4) list.delete(chance(list.length), 1);
        break;
      case 3:
        if (text.length > 8) text.delete(chance(text.length - 4), 1 + chance(4));
        break;
      case 4:
        if (text.length > 8) text.format(chance(text.length - 4), 3, { bold: chance(2) === 0 ? true : null });
        break;
      default:
        text.insert(chance(text.length + 1), `${'word'.repeat(1 + chance(40))} `);
    }
    if (chance(10) === 0) {
      const other = docs[chance(3)]!;
      if (other !== doc) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)));
    }
  }
  return log;
}

function made(log: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  applyLog(doc, log);
  return doc;
}

/** Each piece in a transaction of its own, as a room loads them. */
function madeByPieces(pieces: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const piece of pieces) applyLog(doc, [piece]);
  return doc;
}

describe('the workbench', () => {
  test('R18 a checkpoint is proved equal before it is stored', () => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'abc');
    doc.getText('t').delete(1, 1);
    const state = compact([Y.encodeStateAsUpdate(doc)]) as Uint8Array;
    expect(differenceFrom(doc, state)).toBeNull();
    doc.getText('t').delete(0, 1);
    expect(differenceFrom(doc, state)).toBe('its deletions');
    doc.getText('t').insert(0, 'x');
    expect(differenceFrom(doc, state)).toMatch('the clock of writer');
    const [one, two] = ['same length', 'other words'].map((words) => {
      const other = new Y.Doc();
      other.clientID = 1;
      other.getText('t').insert(0, words);
      return other;
    });
    expect(differenceFrom(one!, Y.encodeStateAsUpdate(two!))).toBe('the content of writer 1');
    // A replica that lies about itself gives no checkpoint.
    one!.store.pendingDs = Y.encodeStateAsUpdateV2(new Y.Doc());
    expect(differenceFrom(one!, Y.encodeStateAsUpdate(one!))).toBe('the deletions that wait');
  });

  test('R30 a compaction holds what the log holds, what waits included, and is smaller', () => {
    const log = history(1, 3_000);
    const state = compact(log) as Uint8Array;
    expect(state.length).toBeLessThan(log.reduce((sum, update) => sum + update.length, 0) / 2);
    expect(differenceOf(made([state]), made(log))).toBeNull();
    const holed = log.toSpliced(5, 1);
    const waiting = compact(holed) as Uint8Array;
    expect(differenceOf(made([waiting, log[5]!]), made(log))).toBeNull();
  });

  test('R31 pieces applied one by one, each by itself, make the document, and none has to wait for a later one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (seed) => {
        const log = history(seed, 1_500);
        const state = compact(log) as Uint8Array;
        const pieces = cut(state);
        expect(pieces.length).toBeGreaterThan(1);
        const doc = new Y.Doc();
        for (const piece of pieces) {
          applyLog(doc, [piece]);
          expect(doc.store.pendingStructs).toBeNull();
        }
        expect(differenceOf(doc, made(log))).toBeNull();
        expect(doc.getText('t').toDelta()).toEqual(made(log).getText('t').toDelta());
        expect(doc.getArray('a').toJSON()).toEqual(made(log).getArray('a').toJSON());
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test('R31 a checkpoint with gaps in it and a tail that fills them come out whole', () => {
    const log = history(3, 2_000);
    const first = compact(log.slice(0, 1_800).filter((_, i) => i % 50 !== 3)) as Uint8Array;
    const rest = log.filter((_, i) => i >= 1_800 || i % 50 === 3);
    const pieces = slice([first, ...rest]) as Uint8Array[];
    expect(differenceOf(madeByPieces(pieces), made(log))).toBeNull();
  });

  test('R34 bytes that cannot be applied are told apart from a bench that breaks', () => {
    const log = history(4, 1_500);
    const state = compact(log) as Uint8Array;
    expect(isUnreadable(slice([state.subarray(0, state.length - 9)]))).toBe(true);
    expect(isUnreadable(compact([new Uint8Array([9, 9, 9])]))).toBe(true);
    expect(isUnreadable(diff([new Uint8Array([9, 9, 9])], [new Uint8Array([0])]))).toBe(true);
  });

  test('R33 a diff holds what the owner of a state vector lacks, one for each', () => {
    const log = history(5, 800);
    const behind = made(log.slice(0, 400));
    const [all, some] = diff(log, [new Uint8Array([0]), Y.encodeStateVector(behind)]) as Uint8Array[];
    expect(sameBytes(all!, some!)).toBe(false);
    applyLog(behind, [some!]);
    expect(differenceOf(behind, made(log))).toBeNull();
    expect(differenceOf(made([all!]), made(log))).toBeNull();
  });
});
