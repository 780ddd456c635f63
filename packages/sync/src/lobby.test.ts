import { describe, expect, test } from 'vitest';
import { House } from './testing.ts';

describe('a thin line', () => {
  test('what one types the other sees, and the ack comes when it is stored', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob', stock: true })];
    await house.settle();
    ann.type('hello');
    await house.settle();
    bob.type(' world');
    await house.settle();
    expect([ann.text, bob.text]).toEqual(['hello world', 'hello world']);
    expect((await house.stored()).getText('t').toString()).toBe('hello world');
    expect(ann.acked).toBe(ann.sent.length);
    expect(bob.of('ack')).toEqual([]);
  });
});
