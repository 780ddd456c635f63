import { encodeFrame, limits } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import { House } from './testing.ts';

async function pair(settings = {}) {
  const house = new House(settings);
  const ann = house.client({ user: 'ann', id: 1 });
  const bob = house.client({ user: 'bob', id: 2 });
  await house.settle();
  ann.sendAwareness({ name: 'Ann' });
  bob.sendAwareness({ name: 'Bob' });
  await house.pass(100);
  return { house, ann, bob };
}

describe('presence', () => {
  test('R14 states reach everybody, their owner too, and never the log', async () => {
    const { house, ann, bob } = await pair();
    expect(bob.present()).toEqual([{ name: 'Ann' }]);
    expect(ann.present()).toEqual([{ name: 'Bob' }]);
    expect(ann.of('awareness').length).toBeGreaterThan(0);
    expect(house.memory.entries('d')).toEqual([]);
    expect(house.lobby.stats().present).toBe(2);
  });

  test('R14 nobody writes or removes under the client ID of another; the attempt is told', async () => {
    const { house, ann, bob } = await pair();
    bob.sendAwareness({ name: 'Not Ann' }, 50, 1);
    await house.pass(100);
    expect(bob.of('refusal')).toMatchObject([{ n: 0, code: 'foreign-client-id' }]);
    bob.sendAwareness(null, 60, 1);
    await house.pass(100);
    const late = house.client({ user: 'late', id: 3 });
    await house.settle();
    expect(late.present()).toEqual([{ name: 'Ann' }, { name: 'Bob' }]);
    expect([ann.closed, bob.closed]).toEqual([null, null]);
  });

  test('R14 a stock client that echoes what it heard is neither refused nor believed', async () => {
    const { house, bob } = await pair();
    const stock = house.client({ user: 'eve', stock: true, id: 3 });
    await house.settle();
    stock.sendAwareness({ name: 'Eve' });
    stock.sendAwareness({ name: 'Bob' }, 1, 2);
    await house.pass(100);
    bob.cut();
    await house.settle();
    // The echo of a state that is gone by now must not call it back under another owner.
    stock.sendAwareness({ name: 'Bob' }, 1, 2);
    await house.pass(100);
    stock.sendAwareness({ name: 'Eve' });
    await house.pass(100);
    expect(stock.closed).toBeNull();
    expect(house.lobby.stats().present).toBe(2);
    const late = house.client({ user: 'late', id: 4 });
    await house.settle();
    expect(late.present()).toEqual([{ name: 'Ann' }, { name: 'Eve' }]);
  });

  test('R14 a person back before the old connection was noticed to be gone takes the ID over', async () => {
    const { house, ann, bob } = await pair();
    const back = house.client({ user: 'ann', id: 1 });
    await house.settle();
    back.sendAwareness({ name: 'Ann again' }, 9);
    await house.pass(100);
    ann.cut();
    await house.pass(100);
    expect(bob.present()).toEqual([{ name: 'Ann again' }]);
    back.cut();
    await house.pass(100);
    expect(bob.present()).toEqual([]);
  });

  test('R14 size and number are bounded for each connection; the rest of it lives', async () => {
    const { house, ann, bob } = await pair();
    ann.sendAwareness({ name: 'x'.repeat(limits.awarenessBytes) });
    await house.pass(100);
    expect(ann.of('refusal')).toMatchObject([{ n: 0, code: 'too-large' }]);
    for (let i = 0; i < 6; i += 1) ann.sendAwareness({ name: `extra ${i}` }, 1, 100 + i);
    await house.pass(100);
    expect(bob.present()).toHaveLength(limits.awarenessStatesPerFrame);
    expect(ann.closed).toBeNull();
  });

  test('R61 a frame that is larger than its states may be is refused unread, and the connection lives', async () => {
    const { house, ann, bob } = await pair();
    // No awareness update at all: read, it would be malformed and close the connection.
    const update = new Uint8Array(limits.awarenessFrameBytes + 1);
    ann.sendBytes(encodeFrame({ type: 'awareness', update }));
    await house.pass(100);
    expect(ann.of('refusal')).toMatchObject([{ n: 0, code: 'too-large' }]);
    ann.sendAwareness({ name: 'Ann', at: 1 });
    await house.pass(100);
    expect(bob.present()).toEqual([{ name: 'Ann', at: 1 }]);
    ann.sendBytes(encodeFrame({ type: 'awareness', update: update.subarray(1) }));
    await house.settle();
    expect(ann.closed?.code).toBe(4400);
  });

  test('R15 who disconnects is removed at once', async () => {
    const { house, ann, bob } = await pair();
    ann.cut();
    await house.settle();
    expect(bob.present()).toEqual([]);
    expect(house.lobby.stats().present).toBe(1);
  });

  test('R15 a state that is not renewed for 30 s is removed; one that is stays', async () => {
    const { house, ann, bob } = await pair();
    for (let i = 0; i < 5; i += 1) {
      await house.pass(10_000);
      bob.sendAwareness({ name: 'Bob' });
    }
    await house.settle();
    expect(bob.present()).toEqual([]);
    expect(ann.present()).toEqual([{ name: 'Bob' }]);
  });

  test('R15 presence is gathered: at most one frame in 50 ms', async () => {
    const { house, ann, bob } = await pair();
    const before = bob.of('awareness').length;
    for (let i = 0; i < 100; i += 1) {
      ann.sendAwareness({ x: i });
      await house.pass(10);
    }
    await house.pass(100);
    const frames = bob.of('awareness').length - before;
    expect(frames).toBeLessThanOrEqual(22);
    expect(frames).toBeGreaterThan(15);
    expect(bob.present()).toEqual([{ x: 99 }]);
  });

  test('R15 a silent stock client hears a sign of life in time', async () => {
    const house = new House();
    const stock = house.client({ stock: true });
    await house.settle();
    const before = stock.frames.length;
    await house.pass(29_000);
    expect(stock.frames.length).toBeGreaterThan(before);
  });
});
