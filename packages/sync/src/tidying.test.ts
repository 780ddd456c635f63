import { expect, test } from 'vitest';
import * as Y from 'yjs';
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

test('R6 what Yjs tidies after entries of other processes is logged, for it is shown', async () => {
  const house = new House();
  const ann = house.client({ user: 'ann' });
  ann.type('some words that stay');
  await house.settle();
  await house.lobby.read('d', (doc) => void doc.getText('t'));
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(ann.doc));
  const third = new Y.Doc();
  Y.applyUpdate(third, Y.encodeStateAsUpdate(ann.doc));
  const sv = Y.encodeStateVector(ann.doc);
  other.getText('t').format(0, 4, { bold: true });
  third.getText('t').delete(0, 10);
  const entries = [other, third].map((one) => ({
    userId: 'bob',
    clientId: 0,
    update: Y.encodeStateAsUpdate(one, sv),
  }));
  await house.memory.append({ documentId: 'd', epoch: 1, after: house.memory.entries('d').length, entries });
  ann.cut();
  const bob = house.client({ user: 'bob', atMost: 'read' });
  await house.settle();
  const stored = await house.stored();
  await house.lobby.read('d', (doc) => expect(differenceOf(doc, stored)).toBeNull());
  expect(bob.text).toBe(' that stay');
});
