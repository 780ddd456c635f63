import { encodeFrame, limits } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspect } from './inspection.ts';
import { gate, House } from './testing.ts';

/** The single updates that a document of these words is made of. */
function updatesOf(...words: string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const word of words) doc.getText('t').insert(doc.getText('t').length, word);
  return updates;
}

/** An update with one embedded value. */
function embedding(value: object): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('t').insertEmbed(0, value);
  return Y.encodeStateAsUpdate(doc);
}

function nested(depth: number): object {
  let value: object = {};
  for (let i = 0; i < depth; i += 1) value = { value };
  return value;
}

describe('hostile frames', () => {
  test('R5 any truncated update closes with 4400 and changes nothing', async () => {
    const [whole] = updatesOf('a longer word');
    for (let length = 0; length < whole!.length; length += 1) {
      const house = new House();
      const [mallory, bob] = [house.client({ user: 'mallory' }), house.client({ user: 'bob' })];
      await house.settle();
      mallory.sendUpdate(whole!.slice(0, length));
      mallory.type('after');
      await house.settle();
      expect(mallory.closed).toEqual({ code: 4400, reason: 'malformed' });
      expect(bob.closed).toBeNull();
      expect(bob.text).toBe('');
      expect(house.memory.entries('d')).toEqual([]);
      expect(mallory.acked).toBeLessThan(2);
    }
  });

  test.each([
    ['an unknown type', [77], 'unknown-frame'],
    ['a frame only the server sends', [100, 1, 1], 'unknown-frame'],
    ['no bytes', [], 'malformed'],
    ['a state vector that ends too early', [0, 0, 1, 5], 'malformed'],
    ['awareness that ends too early', [1, 2, 1, 9], 'malformed'],
  ])('R5 %s closes with 4400', async (_what, bytes, reason) => {
    const house = new House();
    const [mallory, bob] = [house.client({ user: 'mallory' }), house.client({ user: 'bob' })];
    await house.settle();
    mallory.sendBytes(new Uint8Array(bytes));
    await house.settle();
    expect(mallory.closed).toEqual({ code: 4400, reason });
    bob.type('on');
    await house.settle();
    expect(bob.acked).toBe(bob.sent.length);
  });

  test('R28 a state vector of more writers than a document ever has is not read', async () => {
    const house = new House();
    const mallory = house.client({ user: 'mallory' });
    await house.settle();
    mallory.sendBytes(
      encodeFrame({ type: 'sync-step-1', stateVector: new Uint8Array(limits.stateVectorBytes + 1) }),
    );
    await house.settle();
    expect(mallory.closed).toEqual({ code: 4413, reason: 'too-large' });
  });

  test('R28 a value nested too deep is refused before it can poison the document', () => {
    const doc = new Y.Doc();
    expect(inspect(embedding(nested(150)), doc)).toHaveProperty('structs');
    expect(inspect(embedding(nested(300)), doc)).toMatchObject({ refused: 'malformed' });
  });

  test('R28 too many root types are refused', () => {
    const many = new Y.Doc();
    for (let i = 0; i < 1_001; i += 1) many.getMap(`root ${i}`).set('a', 1);
    expect(inspect(Y.encodeStateAsUpdate(many), new Y.Doc())).toMatchObject({ refused: 'too-large' });
  });

  test('R28 a document over its limit takes no more, and says 4413', async () => {
    const house = new House({ documentBytes: 1_000 });
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    // Overwriting weighs in the log, not in the state: the limit is on the state.
    for (let i = 0; i < 20; i += 1) {
      ann.doc.getMap('m').set('a', `${i}`.repeat(50));
      await house.settle();
    }
    expect(ann.closed).toBeNull();
    ann.type('x'.repeat(990));
    await house.settle();
    expect(ann.closed).toEqual({ code: 4413, reason: 'too-large' });
    expect(bob.text).toBe('');
    expect(bob.closed).toBeNull();
  });

  test('R7 a frame with a gap is stored and acked, its writer asked at once, and shown when the gap fills', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    const [one, two, three] = updatesOf('one ', 'two ', 'three ');
    const asked = ann.of('sync-step-1').length;
    ann.sendUpdate(three!);
    await house.settle();
    expect(ann.of('sync-step-1')).toHaveLength(asked + 1);
    expect(bob.of('sync-step-1')).toHaveLength(asked);
    expect(bob.text).toBe('');
    expect([...house.memory.entries('d')[0]!.update]).toEqual([...three!]);
    expect(house.lobby.stats()).toMatchObject({ gaps: 1 });
    expect(house.lobby.stats().pendingBytes).toBeGreaterThan(0);
    ann.sendUpdate(two!);
    ann.sendUpdate(one!);
    await house.settle();
    expect(bob.text).toBe('one two three ');
    expect(house.lobby.stats().pendingBytes).toBe(0);
    expect((await house.stored()).getText('t').toString()).toBe('one two three ');
    expect(ann.acked).toBe(ann.sent.length);
  });

  test('R7 what waits survives the room, in checkpoint and log', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann' });
    await house.settle();
    const [one, two] = updatesOf('one ', 'two ');
    ann.sendUpdate(two!);
    await house.settle();
    ann.cut();
    await house.pass(120_000);
    expect(house.lobby.stats()).toMatchObject({ rooms: 0, checkpoints: 1 });
    const bob = house.client({ user: 'bob' });
    bob.sendUpdate(one!);
    await house.settle();
    expect(bob.text).toBe('one two ');
  });

  test('R7 a deletion of what the room lacks waits too', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'secret');
    const inserted = Y.encodeStateAsUpdate(doc);
    const before = Y.encodeStateVector(doc);
    doc.getText('t').delete(0, 6);
    ann.sendUpdate(Y.encodeStateAsUpdate(doc, before));
    await house.settle();
    expect(house.memory.entries('d')).toHaveLength(1);
    ann.sendUpdate(inserted);
    await house.settle();
    expect([bob.text, (await house.stored()).getText('t').toString()]).toEqual(['', '']);
  });

  test('R7 too much waiting content is refused before it is applied', async () => {
    const house = new House({ pendingBytes: 400 });
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    const words = Array.from({ length: 20 }, (_, i) => `${i}`.repeat(30));
    for (const update of updatesOf(...words).slice(1)) ann.sendUpdate(update);
    await house.settle();
    expect(ann.closed).toEqual({ code: 4400, reason: 'too-many-gaps' });
    expect(house.lobby.stats().pendingBytes).toBeLessThan(500);
    bob.type('whole'.repeat(200));
    await house.settle();
    expect(bob.closed).toBeNull();
    expect(bob.acked).toBe(bob.sent.length);
  });

  test('R20 a frame that breaks the room closes that room alone; what was shown before is stored', async () => {
    const house = new House();
    house.memory.create('other');
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    const other = house.client({ document: 'other' });
    await house.settle();
    const commit = gate();
    house.log.before = () => commit.passed;
    ann.type('kept');
    await house.settle();
    await house.lobby.read('d', (doc) => {
      doc.on('beforeTransaction', () => {
        throw new Error('A bug.');
      });
    });
    bob.type('!');
    await house.settle();
    // Passing for the others, final for whoever sent what cannot be applied.
    expect([ann.closed?.code, bob.closed?.code, other.closed]).toEqual([1011, 4400, null]);
    expect(house.errors).toEqual(['room-broken']);
    commit.open();
    house.log.before = () => undefined;
    other.type('fine');
    await house.settle();
    expect(other.acked).toBe(other.sent.length);
    expect((await house.stored()).getText('t').toString()).toBe('kept');
    bob.cut();
    bob.connect(house.lobby, { userId: 'bob', atMost: 'edit', credential: null }, 'd');
    await house.settle();
    expect(bob.text).toHaveLength(5);
    expect(bob.acked).toBe(bob.sent.length);
  });

  test('R20 a socket that throws is left, and harms nobody', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    ann.send = () => {
      throw new Error('The socket is gone.');
    };
    bob.type('a');
    await house.settle();
    expect(house.lobby.stats().sessions).toBe(1);
    expect(bob.acked).toBe(bob.sent.length);
  });
});

test('R28 more deletions in one update than any document of people has are refused before they are decoded', () => {
  const ranges = 5_000_000;
  const bytes = new Uint8Array(2 + 1 + 4 + ranges * 2);
  bytes.set([0, 1, 1]);
  let at = 3;
  for (let rest = ranges; ; rest = Math.floor(rest / 128)) {
    bytes[at] = rest > 127 ? 128 | (rest & 127) : rest;
    at += 1;
    if (rest <= 127) break;
  }
  bytes.fill(1, at);
  const refusal = inspect(bytes.subarray(0, at + ranges * 2), new Y.Doc());
  expect('refused' in refusal ? refusal.refused : null).toBe('too-large');
});

test('R6 deletions that wait already are logged no more', async () => {
  const house = new House();
  const source = new Y.Doc();
  source.clientID = 7;
  const updates: Uint8Array[] = [];
  source.on('update', (update: Uint8Array) => updates.push(update));
  source.getText('t').insert(0, 'abc');
  source.getText('t').delete(0, 2);
  const [, deletion] = updates;
  const ann = house.client({ user: 'ann' });
  await house.settle();
  ann.sendUpdate(deletion!);
  await house.settle();
  const before = house.memory.entries('d').length;
  for (let i = 0; i < 5; i += 1) {
    ann.sendUpdate(deletion!);
    await house.settle();
  }
  expect(house.memory.entries('d').length).toBe(before);
});
