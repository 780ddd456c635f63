import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { House } from './testing.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Many documents opened, edited by people who come and go, and left. */
async function churn(house: House, round: number): Promise<WeakRef<Y.Doc>[]> {
  const docs: WeakRef<Y.Doc>[] = [];
  for (let i = 0; i < 20; i += 1) {
    const document = `doc ${round} ${i}`;
    house.memory.create(document);
    const people = [0, 1, 2].map((n) => house.client({ document, user: `user ${n}`, stock: n === 2 }));
    await house.settle();
    people[0]!.type('some words ').sendAwareness({ name: 'Ann' });
    people[1]!.sendUpdate(new Uint8Array([1, 1]));
    await house.settle();
    await house.lobby.read(document, (doc) => void docs.push(new WeakRef(doc)));
    if (i % 3 === 0) house.lobby.dismiss(document, { refused: 'no-access', detail: '' });
    for (const person of people) person.cut();
  }
  house.clients.length = 0;
  await house.pass(60_000);
  return docs;
}

test('R38 rooms and sessions that are gone leave nothing: no timer, no entry, no document', async () => {
  const house = new House({ bigDocumentBytes: 5, bigAnswerBytes: 5 });
  await house.pass(60_000);
  const before = house.clock.pending;
  const docs: WeakRef<Y.Doc>[] = [];
  for (let round = 0; round < 5; round += 1) docs.push(...(await churn(house, round)));
  expect(house.lobby.stats()).toMatchObject({
    rooms: 0,
    endingRooms: 0,
    sessions: 0,
    present: 0,
    backlogBytes: 0,
    pendingBytes: 0,
    outboundBytes: 0,
  });
  expect(house.lobby.rooms()).toEqual([]);
  expect(house.clock.pending).toBe(before);
  expect(docs).toHaveLength(100);
  // A weak reference keeps its target to the end of the turn it was looked at in.
  await new Promise((resolve) => void setImmediate(resolve));
  collectGarbage();
  await new Promise((resolve) => void setImmediate(resolve));
  collectGarbage();
  expect(docs.filter((doc) => doc.deref() !== undefined)).toHaveLength(0);
});
