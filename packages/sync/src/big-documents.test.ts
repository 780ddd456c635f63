import { encodeFrame } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { differenceOf } from './checkpoints.ts';
import type { Workbench } from './ports.ts';
import type { Settings } from './settings.ts';
import { gate, House } from './testing.ts';
import { inlineWorkbench } from './workbench.ts';

const settings = { bigDocumentBytes: 10_000, bigAnswerBytes: 5_000, idleMs: 1_000 };

/** A house with one stored document of some 100 KB, its content, and what the workbench is asked to do. */
async function bigHouse(more: Partial<Settings> = {}) {
  const house = new House({ ...settings, ...more });
  const doc = new Y.Doc();
  // Every item names it: houses of one test weigh the same only when it has the same length on the wire.
  doc.clientID = 0x7fff_ffff;
  const map = doc.getMap<Y.Text>('m');
  doc.transact(() => {
    for (let i = 0; i < 1_000; i += 1) map.set(`k${i}`, new Y.Text('words '.repeat(16)));
  });
  const entry = { userId: null, clientId: doc.clientID };
  const first = Y.encodeStateAsUpdate(doc);
  await house.memory.append({ documentId: 'd', epoch: 1, after: 0, entries: [{ ...entry, update: first }] });
  const asked: (keyof Workbench)[] = [];
  const bench = (before: (what: keyof Workbench) => Promise<void>): Workbench => {
    const ask = async <T>(what: keyof Workbench, work: () => Promise<T>): Promise<T> => {
      asked.push(what);
      await before(what);
      return work();
    };
    return {
      compact: (log) => ask('compact', () => inlineWorkbench.compact(log)),
      slice: (log) => ask('slice', () => inlineWorkbench.slice(log)),
      diff: (log, stateVectors) => ask('diff', () => inlineWorkbench.diff(log, stateVectors)),
    };
  };
  house.bench = bench(async () => undefined);
  return { house, doc, asked, bench };
}

describe('big documents', () => {
  test('R32 a big document is cut by the workbench and applied in several turns; frames wait until it is whole', async () => {
    const { house, asked, doc } = await bigHouse();
    const ann = house.client({ user: 'ann' });
    ann.type('early');
    let turns = 0;
    const { after } = house.clock;
    house.clock.after = (ms, run) => {
      if (ms === 0) turns += 1;
      return after.call(house.clock, ms, run);
    };
    await house.settle();
    expect(asked).toEqual(['slice']);
    expect(turns).toBeGreaterThan(2);
    expect(ann.acked).toBe(ann.sent.length);
    expect(ann.doc.getMap('m').size).toBe(1_000);
    expect(differenceOf(ann.doc, await house.stored())).toBeNull();
    expect(ann.doc.getMap('m').toJSON()).toEqual(doc.getMap('m').toJSON());
  });

  test('R32 newcomers share the stored bytes and what was shown since; nothing is encoded for them', async () => {
    const { house, asked } = await bigHouse();
    const ann = house.client({ user: 'ann' });
    await house.settle();
    for (const word of ['one ', 'two ', 'three ']) {
      ann.type(word);
      await house.settle();
    }
    asked.length = 0;
    const seen: Uint8Array[] = [];
    const late = Array.from({ length: 5 }, (_, i) => house.client({ user: `late ${i}`, stock: i === 0 }));
    for (const client of late) {
      const send = client.send.bind(client);
      client.send = (bytes) => {
        if (bytes.length > 50_000) seen.push(bytes);
        send(bytes);
      };
    }
    await house.settle();
    for (const client of late) {
      expect(differenceOf(client.doc, ann.doc)).toBeNull();
      // Whoever has step 2 believes to hold everything.
      const content = client.frames
        .map(({ type }) => type)
        .filter((type) => /^(sync-step-2|update)$/.test(type));
      expect(content).toEqual(['update', 'sync-step-2']);
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(1);
    expect(asked).toEqual([]);
  });

  test('R33 returners with one state vector share one diff, and get what is shown meanwhile after it, exactly', async () => {
    const { house, asked, bench } = await bigHouse();
    const [ann, ...others] = [1, 2, 3, 4].map((i) => house.client({ user: `user ${i}` }));
    await house.settle();
    for (const other of others) other.cut();
    ann!.type('while they were away ');
    ann!.doc.getMap('m').delete('k7');
    await house.settle();
    const door = gate();
    house.bench = bench(() => door.passed);
    asked.length = 0;
    for (const [i, other] of others.entries()) {
      other.connect(house.lobby, { userId: `user ${i}`, atMost: 'edit', credential: null }, 'd');
    }
    await house.settle();
    expect(asked).toEqual(['diff']);
    ann!.type('and while the diff was made ');
    await house.settle();
    for (const other of others) {
      expect(other.of('update')).toEqual([]);
      expect(other.of('sync-step-2')).toEqual([]);
    }
    door.open();
    await house.settle();
    for (const other of others) {
      expect(other.of('sync-step-2')).toHaveLength(1);
      expect(other.of('sync-step-2')[0]!.update.length).toBeLessThan(1_000);
      expect(other.frames.findIndex(({ type }) => type === 'sync-step-2')).toBeLessThan(
        other.frames.findIndex(({ type }) => type === 'update'),
      );
      expect(differenceOf(other.doc, ann!.doc)).toBeNull();
    }
    expect(asked).toEqual(['diff']);
    // And the next one with the same state vector finds it made.
    ann!.type('later ');
    await house.settle();
    expect(differenceOf(others[0]!.doc, ann!.doc)).toBeNull();
  });

  test('R28 nobody is refused for good on a bound: a big document is measured first', async () => {
    const { house } = await bigHouse();
    const probe = house.client();
    await house.settle();
    const { length } = Y.encodeStateAsUpdate(probe.doc);
    const tight = await bigHouse({ documentBytes: length + 1_000 });
    const ann = tight.house.client();
    await tight.house.settle();
    ann.type('a word');
    await tight.house.settle();
    ann.type('x'.repeat(20_000));
    await tight.house.settle();
    expect(ann.closed).toEqual({ code: 4503, reason: 'cannot-store' });
    ann.cut();
    ann.connect(tight.house.lobby, { userId: 'ann', atMost: 'edit', credential: null }, 'd');
    await tight.house.settle();
    expect(ann.closed).toEqual({ code: 4413, reason: 'too-large' });
  });

  test('R33 a workbench that breaks delays a diff and loses none', async () => {
    const { house, bench } = await bigHouse();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    bob.cut();
    ann.type('meanwhile');
    await house.settle();
    house.bench = bench(async () => {
      throw new Error('The thread died.');
    });
    bob.connect(house.lobby, { userId: 'bob', atMost: 'edit', credential: null }, 'd');
    await house.settle();
    expect(differenceOf(bob.doc, ann.doc)).toBeNull();
    expect(house.errors).toEqual(['diff-failed']);
  });

  test('R32 a document that grows big in a room is encoded there no more', async () => {
    const { house, asked } = await bigHouse();
    house.memory.create('small');
    const ann = house.client({ document: 'small', user: 'ann' });
    await house.settle();
    for (let i = 0; i < 40; i += 1) {
      ann.doc.getMap('m').set(`k${i}`, 'x'.repeat(1_000));
      await house.settle();
    }
    const bob = house.client({ document: 'small', user: 'bob' });
    await house.settle();
    expect(differenceOf(bob.doc, ann.doc)).toBeNull();
    bob.cut();
    ann.type('more');
    await house.settle();
    expect(asked).not.toContain('diff');
    bob.connect(house.lobby, { userId: 'bob', atMost: 'edit', credential: null }, 'small');
    await house.settle();
    expect(asked).toContain('diff');
    expect(differenceOf(bob.doc, ann.doc)).toBeNull();
  });

  test('R32 a slow reader of a big document gets what was shown since it stopped, not the document', async () => {
    const { house, asked } = await bigHouse();
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    await house.settle();
    const lobby = house.openLobby(house.log, { ...settings, slowReaderBytes: 500 });
    const [eve, stuck] = [house.client({ lobby, user: 'eve' }), house.client({ lobby, user: 'stuck' })];
    await house.pass(1_000);
    stuck.stuck = true;
    for (let i = 0; i < 20; i += 1) {
      eve.type('some words that fill a buffer '.repeat(5));
      await house.settle();
    }
    expect(differenceOf(stuck.doc, eve.doc)).not.toBeNull();
    asked.length = 0;
    stuck.stuck = false;
    const before = stuck.of('sync-step-2').length;
    await house.pass(2_000);
    expect(differenceOf(stuck.doc, eve.doc)).toBeNull();
    expect(differenceOf(slow.doc, ann.doc)).toBeNull();
    expect(stuck.of('sync-step-2')).toHaveLength(before);
    expect(asked).toEqual([]);
  });

  test('R30 one compaction at a time per document and few per house; what fails is left alone for a while', async () => {
    const house = new House({ checkpointEntries: 5, compactionsAtOnce: 1, quarantineMs: 10_000 });
    let running = 0;
    let most = 0;
    const door = gate();
    house.bench = {
      ...inlineWorkbench,
      async compact(log) {
        running += 1;
        most = Math.max(most, running);
        await door.passed;
        running -= 1;
        return inlineWorkbench.compact(log);
      },
    };
    house.memory.create('e');
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', document: 'e' })];
    for (let i = 0; i < 30; i += 1) {
      ann.type('a');
      bob.type('b');
      await house.settle();
    }
    expect(running).toBe(1);
    // Nobody waits for it.
    expect(ann.acked).toBe(ann.sent.length);
    door.open();
    await house.settle();
    expect(most).toBe(1);
    expect((await house.memory.load('d'))!.checkpoint).not.toBeNull();
    expect((await house.memory.load('e'))!.checkpoint).not.toBeNull();
    let tries = 0;
    house.bench.compact = async () => {
      tries += 1;
      throw new Error('The thread died.');
    };
    for (let i = 0; i < 60; i += 1) {
      ann.type('c');
      await house.settle();
    }
    expect(tries).toBe(1);
    expect(house.lobby.stats().compactionFailures).toBe(1);
    await house.pass(10_000);
    ann.type('d');
    await house.settle();
    expect(tries).toBe(2);
  });
});

describe('the quarantine', () => {
  test('R35 what is refused as malformed or breaks a room is kept with who, why and its bytes', async () => {
    const house = new House({ pendingBytes: 50 });
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    ann.sendUpdate(new Uint8Array([1, 1, 1]));
    const later = new Y.Doc();
    later.getText('t').insert(0, 'first');
    const before = Y.encodeStateVector(later);
    later.getText('t').insert(5, 'x'.repeat(100));
    const holed = Y.encodeStateAsUpdate(later, before);
    bob.sendUpdate(holed);
    await house.settle();
    expect([ann.closed?.code, bob.closed?.code]).toEqual([4400, 4400]);
    expect(house.kept).toEqual([
      expect.objectContaining({
        documentId: 'd',
        userId: 'ann',
        code: 'malformed',
        bytes: new Uint8Array([1, 1, 1]),
      }),
      expect.objectContaining({ documentId: 'd', userId: 'bob', code: 'too-many-gaps', bytes: holed }),
    ]);
    expect(house.lobby.stats().quarantined).toBe(2);
  });

  test('R36 a document whose log cannot be applied is refused, told once, and tried again after a while or when released', async () => {
    const house = new House({ quarantineMs: 60_000 });
    const entries = [{ update: new Uint8Array([1, 2, 3]), userId: null, clientId: 0 }];
    await house.memory.append({ documentId: 'd', epoch: 1, after: 0, entries });
    const knock = async () => {
      const client = house.client();
      await house.settle();
      expect(client.closed).toEqual({ code: 1011, reason: 'quarantined' });
      expect(client.frames).toEqual([]);
    };
    await knock();
    await knock();
    expect(house.log.loads).toBe(1);
    await house.pass(60_000);
    await knock();
    expect(house.log.loads).toBe(2);
    house.lobby.release('d');
    await knock();
    expect(house.log.loads).toBe(3);
    expect(house.errors).toEqual(['document-quarantined', 'document-quarantined']);
    expect(house.kept[0]).toMatchObject({ documentId: 'd', userId: null, code: 'quarantined' });
    house.memory.renew('d');
    house.lobby.release('d');
    const ann = house.client();
    await house.settle();
    expect(ann.closed).toBeNull();
  });
});

test('R19 who asks again and again what it lacks of a big document has one answer made at a time', async () => {
  const house = new House({ bigDocumentBytes: 10_000, bigAnswerBytes: 5_000 });
  const doc = new Y.Doc();
  for (let i = 0; i < 300; i += 1) doc.getMap('m').set(`k${i}`, 'words '.repeat(16));
  const update = Y.encodeStateAsUpdate(doc);
  await house.memory.append({
    documentId: 'd',
    epoch: 1,
    after: 0,
    entries: [{ userId: null, clientId: 0, update }],
  });
  let vectors = 0;
  const held = gate();
  house.bench = {
    ...inlineWorkbench,
    diff: async (log, stateVectors) => {
      vectors += stateVectors.length;
      await held.passed;
      return inlineWorkbench.diff(log, stateVectors);
    },
  };
  const ann = house.client();
  await house.settle();
  ann.frames.length = 0;
  for (let i = 1; i <= 100; i += 1) {
    const stateVector = Y.encodeStateVector(new Map([[i, 1]]));
    ann.sendBytes(encodeFrame({ type: 'sync-step-1', stateVector }));
  }
  await house.settle();
  held.open();
  await house.settle();
  expect(vectors).toBeLessThanOrEqual(2);
  const answers = ann.of('sync-step-2');
  expect(answers.length).toBe(2);
});
