import { expect, test } from 'vitest';
import { differenceOf } from './checkpoints.ts';
import { House } from './testing.ts';

test('R6 what Yjs tidies after a turn is shown and logged as an entry of nobody, and the log equals the replica', async () => {
  const house = new House();
  const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
  ann.type('some words that stay');
  await house.settle();
  // As a hook or a route does: now the replica knows that it is a text, which Yjs tidies.
  await house.lobby.read('d', (doc) => void doc.getText('t'));
  // Each by itself is sound; together they leave formatting without any text.
  ann.cut();
  ann.doc.getText('t').format(0, 4, { bold: true });
  bob.cut();
  bob.doc.getText('t').delete(0, 10);
  ann.connect(house.lobby, { userId: 'ann', atMost: 'edit', credential: null }, 'd');
  bob.connect(house.lobby, { userId: 'bob', atMost: 'edit', credential: null }, 'd');
  await house.settle();
  const entries = house.memory.entries('d');
  expect(entries.at(-1)).toMatchObject({ userId: null, clientId: 0 });
  const stored = await house.stored();
  await house.lobby.read('d', (doc) => expect(differenceOf(doc, stored)).toBeNull());
  for (const client of [ann, bob]) {
    expect(client.acked).toBe(client.sent.length);
    expect(differenceOf(client.doc, stored)).toBeNull();
  }
});
