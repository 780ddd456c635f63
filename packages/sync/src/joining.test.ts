import { refuse } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { transitions } from './session-state.ts';
import { gate, House } from './testing.ts';

describe('joining', () => {
  test('R10 the handshake waits for the load, and many newcomers share one', async () => {
    const house = new House();
    const seed = new Y.Doc();
    seed.getText('t').insert(0, 'kept');
    await house.memory.append({
      documentId: 'd',
      epoch: 1,
      after: 0,
      entries: [{ update: Y.encodeStateAsUpdate(seed), userId: null, clientId: 0 }],
    });
    const waiting = gate();
    const inner = house.log.load.bind(house.log);
    house.log.load = async (documentId) => {
      const loaded = inner(documentId);
      await waiting.passed;
      return loaded;
    };
    const clients = Array.from({ length: 5 }, (_, i) => house.client({ stock: i % 2 === 0 }));
    await house.settle();
    for (const client of clients) expect(client.frames).toEqual([]);
    waiting.open();
    await house.settle();
    for (const client of clients) expect(client.text).toBe('kept');
    expect(house.log.loads).toBe(1);
  });

  test('R10 a failed load refuses with 4503, serves no blank document, and the next try loads', async () => {
    const house = new House();
    house.log.loadFault = new Error('The database is away.');
    const ann = house.client();
    ann.type('mine');
    await house.settle();
    expect(ann.closed).toEqual({ code: 4503, reason: 'cannot-store' });
    expect(ann.frames).toEqual([]);
    house.log.loadFault = null;
    ann.cut();
    ann.connect(house.lobby, { userId: 'ann', atMost: 'edit', credential: null }, 'd');
    await house.settle();
    expect(ann.acked).toBe(ann.sent.length);
    expect((await house.stored()).getText('t').toString()).toBe('mine');
  });

  test('R10 a log entry that cannot be applied refuses that document alone with 1011', async () => {
    const house = new House();
    house.memory.create('other');
    const entries = [{ update: new Uint8Array([1, 2, 3]), userId: null, clientId: 0 }];
    await house.memory.append({ documentId: 'd', epoch: 1, after: 0, entries });
    const [ann, bob] = [house.client(), house.client({ document: 'other' })];
    await house.settle();
    expect(ann.closed?.code).toBe(1011);
    expect(bob.closed).toBeNull();
    expect(house.errors).toEqual(['document-quarantined']);
  });

  test('R10 an unknown document is 4404, a refused person gets the code of the refusal', async () => {
    const house = new House();
    house.rights.set('mallory', refuse('no-access'));
    const [ann, mallory] = [house.client({ document: 'nowhere' }), house.client({ user: 'mallory' })];
    await house.settle();
    expect(ann.closed).toEqual({ code: 4404, reason: 'not-found' });
    expect(mallory.closed).toEqual({ code: 4403, reason: 'no-access' });
    expect([ann.frames, mallory.frames]).toEqual([[], []]);
  });

  test('R11 a live session gets hello, step 1 and the presence of all, in this order', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann' });
    await house.settle();
    ann.sendAwareness({ name: 'Ann' });
    ann.type('a');
    await house.settle();
    const bob = house.client({ user: 'bob', atMost: 'read' });
    await house.settle();
    expect(bob.frames.map(({ type }) => type)).toEqual([
      'hello',
      'sync-step-1',
      'awareness',
      'sync-step-2',
      'ack',
    ]);
    expect(bob.frames[0]).toMatchObject({ epoch: 1, head: 1, access: 'read' });
    expect(bob.present()).toEqual([{ name: 'Ann' }]);
  });

  test('R12 what is sent while the room loads waits within a bound', async () => {
    const house = new House({ joinQueueBytes: 1_500 });
    house.log.load = () => new Promise(() => undefined);
    const [ann, bob] = [house.client(), house.client()];
    ann.sendUpdate(new Uint8Array(2_000));
    bob.sendUpdate(new Uint8Array(500));
    await house.settle();
    expect(ann.closed).toEqual({ code: 4529, reason: 'too-fast' });
    expect(bob.closed).toBeNull();
    for (let i = 0; i < 10; i += 1) bob.sendBytes(new Uint8Array(0));
    await house.settle();
    expect(bob.closed, 'frames cost more than their bytes').toEqual({ code: 4529, reason: 'too-fast' });
  });

  test('R12 a session that leaves while its room loads is never joined', async () => {
    const house = new House();
    const ann = house.client();
    ann.cut();
    await house.settle();
    expect(ann.frames).toEqual([]);
    expect(house.lobby.stats().sessions).toBe(0);
    await house.pass(60_000);
    expect(house.lobby.stats().rooms).toBe(0);
  });

  test("R13 a reader's content is refused alone; the connection lives; no ack goes beyond it", async () => {
    const house = new House();
    house.rights.set('eve', 'read');
    const writer = house.client({ user: 'ann' });
    const [eve, stock] = [house.client({ user: 'eve' }), house.client({ user: 'eve', stock: true })];
    writer.type('given');
    await house.settle();
    eve.type('!');
    stock.type('?');
    await house.settle();
    const n = eve.sent.length;
    expect(eve.of('refusal')).toEqual([
      { type: 'refusal', n, code: 'read-only', detail: refuse('read-only').detail },
    ]);
    expect(stock.of('permission-denied')).toEqual([{ type: 'permission-denied', reason: 'read-only' }]);
    writer.type(' more');
    await house.settle();
    eve.sendUpdate(Y.encodeStateAsUpdate(writer.doc));
    await house.settle();
    expect(eve.acked).toBe(n - 1);
    expect([eve.closed, stock.closed]).toEqual([null, null]);
    expect(eve.text).toBe('given more!');
    expect(writer.text).toBe('given more');
    expect((await house.stored()).getText('t').toString()).toBe('given more');
  });

  test('R13 a reader who only repeats what the document has is acked, deletions included', async () => {
    const house = new House();
    const writer = house.client({ user: 'ann' });
    writer.type('given');
    writer.doc.getText('t').delete(0, 2);
    await house.settle();
    const reader = house.client({ user: 'bob', atMost: 'read' });
    await house.settle();
    reader.sendUpdate(Y.encodeStateAsUpdate(reader.doc));
    await house.settle();
    expect(reader.of('refusal')).toEqual([]);
    expect(reader.acked).toBe(reader.sent.length);
    reader.doc.getText('t').delete(0, 1);
    await house.settle();
    expect(reader.of('refusal')).toHaveLength(1);
    expect(writer.text).toBe('ven');
  });

  test('R27 every state of a session has an answer to everything that happens', () => {
    expect(transitions).toEqual({
      'catching-up': { joined: 'live', ended: 'closed' },
      live: { joined: 'live', ended: 'closed' },
      closed: { joined: 'closed', ended: 'closed' },
    });
  });
});
