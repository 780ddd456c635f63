import { refuse } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { gate, House } from './testing.ts';

const text = (doc: Y.Doc) => doc.getText('t').toString();
const fault = () => {
  throw new Error('The disk is full.');
};

describe('acks', () => {
  test('R1 what one types the other sees, and the ack comes when it is stored', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', stock: true })];
    await house.settle();
    ann.type('hello');
    await house.settle();
    bob.type(' world');
    await house.settle();
    expect([ann.text, bob.text, text(await house.stored())]).toEqual(Array(3).fill('hello world'));
    expect(ann.acked).toBe(ann.sent.length);
    expect(ann.of('ack').at(-1)!.lsn).toBe(1);
    expect(house.memory.entries('d').map(({ userId }) => userId)).toEqual(['ann', 'bob']);
  });

  test('R1 no ack while the append is under way, nor when it fails', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    const before = ann.acked;
    const commit = gate();
    house.log.before = () => commit.passed;
    ann.type('a');
    await house.settle();
    expect(ann.acked).toBe(before);
    house.log.before = fault;
    commit.open();
    await house.settle();
    expect(ann.acked).toBe(before + 1);
    ann.type('b');
    await house.pass(60_000);
    expect(ann.acked).toBe(before + 1);
  });

  test('R1 an answer that was lost costs a double in the log, never an edit or a wrong ack', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    house.log.after = fault;
    ann.type('once');
    await house.settle();
    house.log.after = () => undefined;
    await house.pass(1_000);
    expect(ann.acked).toBe(ann.sent.length);
    expect(ann.of('ack').at(-1)!.lsn).toBe(2);
    expect(text(await house.stored())).toBe('once');
  });

  test('R2 the log has the order in which the room showed, one append in flight', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    let inFlight = 0;
    let most = 0;
    house.log.before = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await Promise.resolve();
    };
    house.log.after = () => {
      inFlight -= 1;
    };
    const shown: string[] = [];
    const watcher = house.client({ user: 'eve' });
    await house.settle();
    watcher.doc.getText('t').observe((event) => {
      for (const part of event.delta) if (typeof part.insert === 'string') shown.push(...part.insert);
    });
    for (let i = 0; i < 20; i += 1) {
      (i % 2 === 0 ? ann : bob).type(String.fromCharCode(97 + i));
      await house.settle();
    }
    const logged = new Y.Doc();
    const order: string[] = [];
    logged.getText('t').observe((event) => {
      for (const part of event.delta) if (typeof part.insert === 'string') order.push(...part.insert);
    });
    for (const { update } of house.memory.entries('d')) Y.applyUpdate(logged, update);
    expect(order).toEqual(shown);
    expect(order).toHaveLength(20);
    expect(most).toBe(1);
  });

  test('R2 others see an edit before it is stored', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    house.log.before = () => new Promise<void>(() => undefined);
    ann.type('shown');
    await house.settle();
    expect(bob.text).toBe('shown');
    expect(house.memory.entries('d')).toEqual([]);
  });

  test('R2 what a client only heard of and sends back is acked after it is stored', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    const before = bob.acked;
    const commit = gate();
    house.log.before = () => commit.passed;
    ann.type('a');
    await house.settle();
    bob.sendUpdate(Y.encodeStateAsUpdate(bob.doc));
    await house.settle();
    expect(bob.acked).toBe(before);
    commit.open();
    await house.settle();
    expect(bob.acked).toBe(before + 1);
    expect(house.memory.entries('d')).toHaveLength(1);
  });

  test('R6 what changes nothing is not logged and is acked', async () => {
    const house = new House();
    const ann = house.client();
    ann.type('a');
    await house.settle();
    const stored = house.memory.entries('d').length;
    const appends = house.log.appends;
    for (let i = 0; i < 3; i += 1) ann.sendUpdate(Y.encodeStateAsUpdate(ann.doc));
    await house.settle();
    expect(house.memory.entries('d')).toHaveLength(stored);
    expect(house.log.appends).toBe(appends);
    expect(ann.acked).toBe(ann.sent.length);
  });

  test('R6 one frame is one entry, with its user, client ID and time', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann', id: 4_000_000_000 });
    await house.settle();
    ann.sendAwareness({ name: 'Ann' });
    await house.settle();
    ann.type('a').type('b');
    await house.settle();
    const [one, two] = house.memory.entries('d');
    expect(one).toMatchObject({ lsn: 1, userId: 'ann', clientId: 4_000_000_000, at: house.clock.now() });
    expect(two).toMatchObject({ lsn: 2, userId: 'ann', clientId: 4_000_000_000 });
    expect(house.log.appends).toBe(1);
  });

  test('R8 a failing append stays, is told, is tried again with growing pauses, and then all is acked', async () => {
    const house = new House();
    const [ann, bob] = [house.client(), house.client({ stock: true })];
    await house.settle();
    const stockFrames = bob.frames.length;
    house.log.before = fault;
    ann.type('a');
    await house.settle();
    expect(ann.of('storage').map(({ state }) => state)).toEqual(['failing']);
    ann.type('b');
    await house.pass(60_000);
    const tries = house.log.appends;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(20);
    expect(house.lobby.stats()).toMatchObject({ failingRooms: 1, appendFailures: tries });
    const late = house.client({ user: 'late' });
    await house.settle();
    expect(late.frames.map(({ type }) => type).slice(0, 3)).toEqual(['hello', 'storage', 'sync-step-1']);
    expect(late.text).toBe('ab');
    house.log.before = () => undefined;
    await house.pass(20_000);
    expect(ann.of('storage').map(({ state }) => state)).toEqual(['failing', 'ok']);
    expect(ann.acked).toBe(ann.sent.length);
    expect(text(await house.stored())).toBe('ab');
    expect(bob.frames.length).toBeGreaterThan(stockFrames);
    expect(house.lobby.stats()).toMatchObject({ failingRooms: 0, backlogBytes: 0 });
  });

  test('R8 an append that neither returns nor fails is told as failing after a while, and as ok when it returns', async () => {
    const house = new House({ stallMs: 3_000 });
    const ann = house.client();
    await house.settle();
    const stopped = Promise.withResolvers<void>();
    house.log.before = () => stopped.promise;
    ann.type('a');
    await house.pass(2_900);
    expect(ann.of('storage')).toEqual([]);
    await house.pass(200);
    expect(ann.of('storage').map(({ state }) => state)).toEqual(['failing']);
    expect(ann.acked).toBe(ann.sent.length - 1);
    expect(house.lobby.stats().failingRooms).toBe(1);
    stopped.resolve();
    await house.settle();
    expect(ann.of('storage').map(({ state }) => state)).toEqual(['failing', 'ok']);
    expect(ann.acked).toBe(ann.sent.length);
    expect(text(await house.stored())).toBe('a');
  });

  test('R8 a dirty room stays though everybody has left', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    house.log.before = fault;
    ann.type('mine');
    await house.settle();
    ann.cut();
    await house.pass(600_000);
    expect(house.lobby.stats()).toMatchObject({ rooms: 1, sessions: 0 });
    house.log.before = () => undefined;
    await house.pass(15_000);
    expect(text(await house.stored())).toBe('mine');
    await house.pass(60_000);
    expect(house.lobby.stats().rooms).toBe(0);
  });

  test('R9 beyond the backlog bound nothing is applied and the writer is closed with 4503', async () => {
    const house = new House({ roomBacklogBytes: 2_000 });
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    house.log.before = fault;
    ann.type('x'.repeat(1_500));
    await house.settle();
    ann.type('y'.repeat(1_500)).type('z');
    await house.settle();
    expect(ann.closed).toEqual({ code: 4503, reason: 'cannot-store' });
    expect(bob.closed).toBeNull();
    expect(bob.text).toBe('x'.repeat(1_500));
    house.log.before = () => undefined;
    await house.pass(60_000);
    ann.cut();
    ann.connect(house.lobby, { userId: 'ann', atMost: 'edit', credential: null }, 'd');
    await house.settle();
    expect(bob.text).toBe(ann.text);
    expect(text(await house.stored())).toBe(ann.text);
  });

  test('R39 a crowded room rests after it has shown something, and shows what came meanwhile as one frame', async () => {
    const house = new House();
    const [ann, ...readers] = Array.from({ length: 500 }, () => house.client());
    await house.settle();
    const frames = () => readers.map((reader) => reader.of('update').length);
    ann!.type('first ');
    await house.settle();
    expect(new Set(frames())).toEqual(new Set([1]));
    for (const word of ['second ', 'third ', 'fourth']) {
      ann!.type(word);
      await house.pass(1);
    }
    expect(new Set(frames())).toEqual(new Set([1]));
    await house.pass(2);
    expect(new Set(frames())).toEqual(new Set([2]));
    for (const reader of readers) expect(reader.text).toBe('first second third fourth');
    expect(ann!.acked).toBe(ann!.sent.length);
    await house.pass(8);
    ann!.type('!');
    await house.settle();
    expect(new Set(frames())).toEqual(new Set([3]));
  });

  test('R39 a few readers wait for nobody', async () => {
    const house = new House();
    const [ann, bob] = [house.client(), house.client()];
    await house.settle();
    for (let n = 1; n <= 3; n += 1) {
      ann.type('x');
      await house.settle();
      expect(bob.of('update')).toHaveLength(n);
    }
  });

  test('R25 a turn is one frame for each reader, and none for its only writer', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    for (let i = 0; i < 50; i += 1) ann.type('x');
    await house.settle();
    expect(bob.of('update')).toHaveLength(1);
    expect(ann.of('update')).toHaveLength(0);
    expect(bob.text).toHaveLength(50);
    expect(house.memory.entries('d')).toHaveLength(50);
  });

  test('R60 who is told to finish is closed when all it sent is stored and acked, and not before', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    const commit = gate();
    house.log.before = () => commit.passed;
    for (const letter of 'abc') ann.type(letter);
    await house.settle();
    ann.finish(refuse('too-fast'));
    ann.type('d');
    await house.settle();
    expect(ann.closed).toBeNull();
    house.log.before = () => undefined;
    commit.open();
    await house.settle();
    expect(ann.closed).toEqual({ code: 4529, reason: 'too-fast' });
    expect(ann.acked).toBe(ann.sent.length);
    expect(text(await house.stored())).toBe('abcd');
  });

  test('R60 frames that were refused or change nothing do not hold it up, nor does a load', async () => {
    const house = new House();
    house.rights.set('eve', 'read');
    const eve = house.client({ user: 'eve' });
    await house.settle();
    eve.type('no');
    eve.sendUpdate(new Uint8Array([0, 0]));
    await house.settle();
    expect(eve.of('refusal')).toHaveLength(1);
    eve.finish(refuse('too-fast'));
    expect(eve.closed?.code).toBe(4529);
    const joining = house.client();
    joining.type('early');
    joining.finish(refuse('too-fast'));
    await house.settle();
    expect(joining.closed?.code).toBe(4529);
  });

  test('R26 a stock client gets frame types 0 to 3 only', async () => {
    const house = new House();
    const stock = house.client({ stock: true });
    await house.settle();
    house.log.before = fault;
    stock.type('a');
    await house.pass(1_000);
    house.log.before = () => undefined;
    await house.pass(30_000);
    expect(stock.frames.map(({ type }) => type)).not.toContain('ack');
    const known = ['sync-step-1', 'sync-step-2', 'update', 'awareness', 'permission-denied'];
    for (const { type } of stock.frames) expect(known).toContain(type);
  });
});
