import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { differenceOf } from './checkpoints.ts';
import { createMemoryHub } from './memory-bus.ts';
import { FaultyLog, gate, House } from './testing.ts';

describe('the log and other processes', () => {
  test('R3 two processes on one log show each other what they store, once', async () => {
    const house = new House();
    const far = house.openLobby();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', lobby: far })];
    await house.settle();
    ann.type('a');
    await house.settle();
    bob.type('b');
    ann.type('c');
    await house.settle();
    expect(bob.text).toBe(ann.text);
    expect(ann.text).toHaveLength(3);
    expect(house.memory.entries('d')).toHaveLength(3);
    expect([ann.acked, bob.acked]).toEqual([ann.sent.length, bob.sent.length]);
  });

  test('R3 a lost bell means late: the timer reads on, page by page', async () => {
    const house = new House();
    const log = new FaultyLog(house.memory);
    log.deaf = true;
    const far = house.openLobby(log, { pageEntries: 3 });
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', lobby: far })];
    await house.settle();
    for (let i = 0; i < 10; i += 1) ann.type(`${i}`);
    await house.settle();
    expect(bob.text).toBe('');
    await house.pass(15_000);
    expect(bob.text).toBe('0123456789');
  });

  test('R41 a cut of the bus is followed by one comparison of all open documents, not one for each', async () => {
    const house = new House();
    const hub = createMemoryHub();
    const log = new FaultyLog(house.memory);
    log.deaf = true;
    const far = house.openLobby(log, {}, {}, hub.join('far'));
    const names = Array.from({ length: 20 }, (_, i) => `d${i}`);
    for (const name of names) house.memory.create(name);
    const ann = names.map((document) => house.client({ document }));
    const bob = names.map((document) => house.client({ user: 'bob', lobby: far, document }));
    await house.settle();
    for (const [i, client] of ann.entries()) client.type(`${i}`);
    await house.settle();
    expect(bob.map(({ text }) => text).join('')).toBe('');
    const asked: number[] = [];
    const heads = log.heads.bind(log);
    log.heads = (documentIds) => {
      asked.push(documentIds.length);
      return heads(documentIds);
    };
    hub.cut('far');
    hub.mend('far');
    await house.settle();
    expect(bob.map(({ text }) => text)).toEqual(names.map((_, i) => `${i}`));
    expect(asked).toEqual([20]);
  });

  test('R41 heads that cannot be read are compared again in time', async () => {
    const house = new House();
    const log = new FaultyLog(house.memory);
    log.deaf = true;
    const far = house.openLobby(log);
    const [ann, bob] = [house.client(), house.client({ user: 'bob', lobby: far })];
    await house.settle();
    ann.type('late');
    log.readFault = new Error('The database is away.');
    await house.pass(15_000);
    expect(bob.text).toBe('');
    log.readFault = null;
    await house.pass(15_000);
    expect(bob.text).toBe('late');
  });

  test('R3 an append brings what others wrote meanwhile, bell or not', async () => {
    const house = new House();
    const log = new FaultyLog(house.memory);
    log.deaf = true;
    const far = house.openLobby(log);
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', lobby: far })];
    await house.settle();
    ann.type('a');
    await house.settle();
    bob.type('b');
    await house.settle();
    expect(bob.text).toHaveLength(2);
    expect(bob.of('ack').at(-1)!.lsn).toBe(2);
  });

  test('R3 while appends fail, and while reading fails, others are still read on in the end', async () => {
    const house = new House();
    const log = new FaultyLog(house.memory);
    const far = house.openLobby(log);
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', lobby: far })];
    await house.settle();
    log.before = () => {
      throw new Error('The disk is full.');
    };
    bob.type('b');
    await house.settle();
    ann.type('a');
    await house.settle();
    expect(bob.text).toHaveLength(2);
    log.readFault = new Error('The database is away.');
    ann.type('c');
    await house.settle();
    expect(bob.text).toHaveLength(2);
    log.readFault = null;
    await house.pass(15_000);
    expect(bob.text).toHaveLength(3);
  });

  test('R3 a bell that rings while the room loads is not lost', async () => {
    const house = new House();
    const log = new FaultyLog(house.memory);
    const far = house.openLobby(log);
    const ann = house.client({ user: 'ann' });
    await house.settle();
    const inner = log.load.bind(log);
    log.load = async (documentId) => {
      const loaded = await inner(documentId);
      ann.type('late');
      ann.exchange();
      house.clock.runNext(house.clock.now());
      for (let i = 0; i < 30; i += 1) await Promise.resolve();
      return loaded;
    };
    const bob = house.client({ user: 'bob', lobby: far });
    await house.settle();
    expect(bob.text).toBe('late');
  });

  test('R3 a hole in the log breaks the room rather than being jumped', async () => {
    const house = new House();
    const log = new FaultyLog(house.memory);
    const far = house.openLobby(log);
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', lobby: far })];
    await house.settle();
    log.readAfter = async (documentId, epoch, lsn, limit) => {
      const page = await house.memory.readAfter(documentId, epoch, lsn, limit);
      return page === 'gone' ? page : page.filter((entry) => entry.lsn !== 1);
    };
    ann.type('a').type('b');
    await house.settle();
    expect(bob.closed?.code).toBe(1011);
    expect(ann.closed).toBeNull();
  });

  test('R4 a checkpoint comes when the log outweighs it, and with the log after it gives the whole', async () => {
    const house = new House({ checkpointEntries: 10 });
    const ann = house.client();
    await house.settle();
    for (let i = 0; i < 25; i += 1) {
      ann.type(`${i} `);
      await house.settle();
    }
    expect(house.lobby.stats().checkpoints).toBe(2);
    const loaded = (await house.memory.load('d'))!;
    expect(loaded.checkpoint!.lsn).toBe(20);
    expect(loaded.tail).toHaveLength(5);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, loaded.checkpoint!.state);
    for (const { update } of loaded.tail) Y.applyUpdate(doc, update);
    expect(differenceOf(doc, await house.stored())).toBeNull();
    expect(doc.getText('t').toString()).toBe(ann.text);
  });

  test('R4 a checkpoint of a busy room holds nothing that is not stored', async () => {
    const house = new House({ checkpointEntries: 5 });
    const ann = house.client();
    await house.settle();
    for (let i = 0; i < 5; i += 1) ann.type('s');
    let stored = 0;
    house.log.before = () => {
      stored += 1;
      if (stored === 1) {
        ann.type('unstored');
        ann.exchange();
        house.clock.runNext(house.clock.now());
      } else {
        throw new Error('The disk is full.');
      }
    };
    await house.settle();
    const { checkpoint } = (await house.memory.load('d'))!;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, checkpoint!.state);
    expect(doc.getText('t').toString()).toBe('sssss');
    expect(house.lobby.stats().backlogBytes).toBeGreaterThan(0);
  });

  test('R57 a room that only listens hears that its document was begun anew, and shows nothing of its new life', async () => {
    const house = new House({ lookMs: 1_000 });
    const far = house.openLobby();
    const ann = house.client();
    await house.settle();
    house.memory.renew('d');
    const bob = house.client({ user: 'bob', lobby: far });
    await house.settle();
    bob.type('the new life');
    await house.settle();
    expect(bob.acked).toBe(2);
    await house.pass(1_000);
    expect(ann.closed).toEqual({ code: 4409, reason: 'stale-epoch' });
    expect(ann.text).toBe('');
  });

  test('R57 nothing is derived from a life that is over, not even while it is asked why', async () => {
    const settled: string[] = [];
    const house = new House(
      {},
      { settled: async (_id, doc) => void settled.push(doc.getText('t').toString()) },
    );
    const ann = house.client();
    ann.type('old');
    await house.settle();
    house.memory.renew('d');
    const held = gate();
    const load = house.log.load.bind(house.log);
    house.log.load = async (documentId) => {
      await held.passed;
      return load(documentId);
    };
    ann.type('er');
    await house.pass(5_000);
    held.open();
    await house.settle();
    expect(ann.closed).toEqual({ code: 4409, reason: 'stale-epoch' });
    expect(settled).toEqual([]);
  });

  test('R16 a purged document closes everybody with 4404, one begun anew with 4409', async () => {
    for (const [change, code] of [
      ['purge', 4404],
      ['renew', 4409],
    ] as const) {
      const house = new House();
      const [ann, bob] = [house.client(), house.client({ stock: true })];
      await house.settle();
      house.memory[change]('d');
      ann.type('too late');
      const edit = house.lobby.edit('d', null, (doc) => doc.getMap('m').set('a', 1));
      await house.settle();
      expect([ann.closed?.code, bob.closed?.code]).toEqual([code, code]);
      expect(await edit).toMatchObject({ refused: code === 4404 ? 'not-found' : 'stale-epoch' });
      expect(house.memory.entries('d')).toHaveLength(code === 4404 ? 0 : 1);
      expect((await house.stored()).store.clients.size).toBe(0);
      expect(house.lobby.stats()).toMatchObject({ rooms: 0, sessions: 0, backlogBytes: 0 });
    }
  });
});

test('R41 a bell that rings while a notice has the log read is not taken for that notice', async () => {
  const house = new House();
  const ann = house.client({ user: 'ann' });
  await house.settle();
  const held = gate();
  const read = house.log.readAfter.bind(house.log);
  house.log.readAfter = async (...all) => {
    const page = await read(...all);
    await held.passed;
    return page;
  };
  house.say({ documentId: 'd' });
  await house.settle();
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'elsewhere');
  const entries = [{ userId: 'bob', clientId: 0, update: Y.encodeStateAsUpdate(doc) }];
  await house.memory.append({ documentId: 'd', epoch: 1, after: 0, entries });
  await house.settle();
  held.open();
  await house.settle();
  expect(ann.text).toBe('elsewhere');
});
