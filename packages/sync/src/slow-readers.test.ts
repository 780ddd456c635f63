import { describe, expect, test } from 'vitest';
import { House } from './testing.ts';

describe('slow readers', () => {
  test('R19 a reader that does not drain gets no more, then one diff that brings it level', async () => {
    const house = new House({ slowReaderBytes: 10_000 });
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    await house.settle();
    slow.stuck = true;
    let most = 0;
    for (let i = 0; i < 100; i += 1) {
      ann.type(`${i % 10}`.repeat(1_000));
      if (i % 3 === 0) ann.doc.getText('t').delete(0, 500);
      await house.settle();
      most = Math.max(most, slow.bufferedBytes());
    }
    expect(most).toBeLessThan(13_000);
    slow.stuck = false;
    const before = slow.of('sync-step-2').length;
    await house.pass(1_000);
    expect(slow.text).toBe(ann.text);
    expect(slow.of('sync-step-2')).toHaveLength(before + 1);
    expect(house.lobby.stats().resyncs).toBe(1);
    ann.type('on');
    await house.settle();
    expect(slow.text).toBe(ann.text);
  });

  test('R19 asking again and again while stale does not fill the memory', async () => {
    const house = new House({ slowReaderBytes: 10_000 });
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    ann.type('x'.repeat(9_000));
    await house.settle();
    slow.stuck = true;
    for (let i = 0; i < 50; i += 1) slow.sendBytes(new Uint8Array([0, 0, 1, 0]));
    await house.settle();
    expect(slow.bufferedBytes()).toBeLessThan(20_000);
    slow.stuck = false;
    await house.pass(1_000);
    expect(slow.text).toBe(ann.text);
  });

  test('R19 one that never drains is closed with 4529; the others notice nothing', async () => {
    const house = new House({ slowReaderBytes: 1_000, slowReaderMs: 5_000 });
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    await house.settle();
    slow.stuck = true;
    ann.type('x'.repeat(1_000));
    await house.pass(4_000);
    expect(slow.closed).toBeNull();
    await house.pass(2_000);
    expect(slow.closed).toEqual({ code: 4529, reason: 'too-slow' });
    expect(ann.acked).toBe(ann.sent.length);
  });

  test('R19 a large document may take its time: patience grows with what is on its way', async () => {
    const house = new House({ slowReaderBytes: 1_000, slowReaderMs: 5_000 });
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    await house.settle();
    slow.stuck = true;
    ann.type('x'.repeat(9_500));
    await house.pass(45_000);
    expect(slow.closed).toBeNull();
    await house.pass(6_000);
    expect(slow.closed).toEqual({ code: 4529, reason: 'too-slow' });
  });

  test('R19 presence alone does not fill the memory either, and is complete in the end', async () => {
    const house = new House({ slowReaderBytes: 10_000, slowReaderMs: 60_000 });
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    await house.settle();
    slow.stuck = true;
    for (let i = 0; i < 200; i += 1) {
      ann.sendAwareness({ at: i, selection: 'x'.repeat(500) });
      await house.pass(60);
    }
    expect(slow.bufferedBytes()).toBeLessThan(12_000);
    ann.type('and content');
    await house.settle();
    slow.stuck = false;
    await house.pass(1_000);
    expect(slow.present()).toMatchObject([{ at: 199 }]);
    expect(slow.text).toBe(ann.text);
  });

  test('R19 asking who is there, again and again, does not fill the memory', async () => {
    const house = new House({ slowReaderBytes: 10_000 });
    const [ann, slow] = [house.client({ user: 'ann' }), house.client({ user: 'slow' })];
    ann.sendAwareness({ name: 'x'.repeat(1_000) });
    await house.settle();
    slow.stuck = true;
    for (let i = 0; i < 500; i += 1) slow.sendBytes(new Uint8Array([3]));
    await house.settle();
    expect(slow.bufferedBytes()).toBeLessThan(12_000);
  });

  test('R19 one that makes us refuse for ever and never listens is closed', async () => {
    const house = new House({ slowReaderBytes: 10_000 });
    house.rights.set('reader', 'read');
    const reader = house.client({ user: 'reader' });
    await house.settle();
    reader.stuck = true;
    for (let i = 0; i < 1_000 && reader.closed === null; i += 1) {
      reader.type('x');
      await house.settle();
    }
    expect(reader.closed).toEqual({ code: 4529, reason: 'too-slow' });
    expect(reader.bufferedBytes()).toBeLessThan(25_000);
  });
});
