import { limits } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import { Presence } from './presence.ts';
import { defaultSettings } from './settings.ts';
import { House } from './testing.ts';
import type { TestClient } from './testing-client.ts';

async function crowd(count: number, settings = {}, stock = false) {
  const house = new House(settings);
  const people = Array.from({ length: count }, (_, i) =>
    house.client({ user: `user ${i}`, id: i + 1, stock: stock && i === 0 }),
  );
  await house.settle();
  return { house, people };
}

const bytesTo = (client: TestClient, from: number) =>
  client
    .of('awareness')
    .slice(from)
    .reduce((sum, { update }) => sum + update.length, 0);

describe('presence of many', () => {
  test('R46 the more is sent to the more readers, the rarer it is; the last state of each arrives', async () => {
    const budget = 100_000;
    const { house, people } = await crowd(40, { presenceBytesPerSecond: budget });
    for (const [i, person] of people.entries()) person.sendAwareness({ name: `${i}`, x: 0 });
    await house.pass(5_000);
    const before = people.map((person) => person.of('awareness').length);
    const pause = 20;
    for (let step = 1; step <= 200; step += 1) {
      for (const [i, person] of people.entries()) person.sendAwareness({ name: `${i}`, x: step });
      await house.pass(pause);
    }
    const seconds = (200 * pause) / 1_000;
    const sent = people.reduce((sum, person, i) => sum + bytesTo(person, before[i]!), 0);
    // One sending may overshoot: it is paid for afterwards.
    expect(sent).toBeLessThan(budget * (seconds + 1));
    expect(sent).toBeGreaterThan(budget * (seconds - 1));
    await house.pass(defaultSettings.presenceMaxMs + 100);
    for (const [i, person] of people.entries()) {
      const others = Array.from({ length: 40 }, (_, j) => `${j}`).filter((name) => name !== `${i}`);
      expect(person.present()).toEqual(others.map((name) => ({ name, x: 200 })));
    }
    expect(house.lobby.stats().presenceBytes).toBeGreaterThan(sent);
  });

  test('R46 one who moves is not told of it, unless by a stock client that takes silence for the end', async () => {
    const { house, people } = await crowd(3, {}, true);
    for (const person of people) {
      const before = person.of('awareness').length;
      person.sendAwareness({ x: 1 });
      await house.pass(200);
      expect(person.of('awareness').length - before).toBe(person.extended ? 0 : 1);
    }
  });

  test('R46 who asks for everybody again and again is answered with each sending', async () => {
    const { house, people } = await crowd(3);
    const [ann, bob] = people as [TestClient, TestClient];
    bob.sendAwareness({ name: 'Bob' });
    await house.pass(200);
    const before = ann.of('awareness').length;
    for (let i = 0; i < 500; i += 1) {
      ann.sendBytes(new Uint8Array([3]));
      await house.pass(1);
    }
    const answers = ann.of('awareness').length - before;
    expect(answers).toBeGreaterThan(5);
    expect(answers).toBeLessThanOrEqual(11);
    expect(ann.present()).toEqual([{ name: 'Bob' }]);
  });

  test('R47 a storm of newcomers shares one encoding of everybody', () => {
    const presence = new Presence(defaultSettings);
    const owners = Array.from({ length: 500 }, (_, i) => ({ userId: `${i}` }));
    for (const [i, owner] of owners.entries()) presence.receive(owner, one(i + 1, 1, '{"x":1}'), 0);
    const everybody = presence.everybody();
    expect(presence.everybody()).toBe(everybody);
    presence.receive(owners[7]!, one(8, 2, '{"x":2}'), 0);
    const moved = presence.everybody();
    expect(moved).not.toBe(everybody);
    expect(moved.length).toBe(everybody.length);
    presence.leave(owners[7]!, 0);
    expect(presence.everybody().length).toBeLessThan(moved.length);
  });

  test('R48 a room takes so many states and so many bytes; who has one may go on moving', async () => {
    const { house, people } = await crowd(5, { presenceStates: 3 });
    for (const person of people) person.sendAwareness({ x: 1 });
    await house.pass(200);
    expect(house.lobby.stats().present).toBe(3);
    expect(people.map((person) => person.of('refusal').map(({ code }) => code))).toEqual([
      [],
      [],
      [],
      ['too-large'],
      ['too-large'],
    ]);
    people[0]!.sendAwareness({ x: 2 });
    people[1]!.cut();
    await house.pass(200);
    people[3]!.sendAwareness({ x: 3 });
    await house.pass(200);
    expect(people[4]!.present()).toEqual([{ x: 2 }, { x: 1 }, { x: 3 }]);

    const narrow = await crowd(4, { presenceBytes: 100 });
    for (const person of narrow.people) person.sendAwareness({ text: 'twenty bytes of text' });
    await narrow.house.pass(200);
    expect(narrow.house.lobby.stats().present).toBe(2);
  });

  test('R48 a flood of client IDs leaves a bounded number of traces', () => {
    const presence = new Presence(defaultSettings);
    const eve = { userId: 'eve' };
    const flood = 20_000;
    for (let id = 1; id <= flood; id += 1) {
      presence.receive(eve, one(id, 5, '{}'), 0);
      presence.receive(eve, one(id, 6, 'null'), 0);
    }
    expect(presence.size).toBe(0);
    const bob = { userId: 'bob' };
    // Of the last ones it is still known that an echo is an echo; the first are forgotten.
    expect(presence.receive(bob, one(flood, 6, '{}'), 0)).toBeNull();
    expect(presence.size).toBe(0);
    presence.receive(bob, one(1, 6, '{}'), 0);
    expect(presence.size).toBe(1);
  });

  test.each([
    ['nested 5,000 deep', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['no JSON', '{"x":'],
    ['bare text', 'hello'],
  ])('R48 a state that is %s ends its connection and reaches nobody', async (_, json) => {
    const { house, people } = await crowd(2);
    const [ann, bob] = people as [TestClient, TestClient];
    ann.sendBytes(frame(one(1, 1, json)));
    await house.pass(200);
    expect(ann.closed?.code).toBe(4400);
    expect(bob.present()).toEqual([]);
    expect(bob.closed).toBeNull();
  });

  test('R48 brackets inside of texts are no nesting', async () => {
    const { house, people } = await crowd(2);
    people[0]!.sendAwareness({ text: '[{"\\'.repeat(200) });
    await house.pass(200);
    expect(people[1]!.present()).toHaveLength(1);
  });

  test('R48 a clock beyond all reason, or more claims than anybody makes, is malformed', async () => {
    const claims = Array.from({ length: 11_000 }, () => [7, 1, 1, 49]).flat();
    const many = Uint8Array.from([...varUint(11_000), ...claims]);
    for (const update of [one(1, 2 ** 40, '{}'), many]) {
      const { house, people } = await crowd(2);
      people[0]!.sendBytes(frame(update));
      await house.pass(200);
      expect(people[0]!.closed?.code).toBe(4400);
      expect(people[1]!.present()).toEqual([]);
    }
  });

  test('R48 what others showed comes back from stock clients and costs no reading of it', () => {
    const presence = new Presence(defaultSettings);
    const ann = { userId: 'ann' };
    presence.receive(ann, one(1, 5, `{"name":"${'x'.repeat(limits.awarenessBytes / 2)}"}`), 0);
    presence.takeChanges();
    const eve = { userId: 'eve' };
    // Not even looked at: it would be refused for what it is.
    expect(presence.receive(eve, one(1, 5, 'no JSON'), 0)).toBeNull();
    expect(presence.hasChanges).toBe(false);
  });
});

/** An awareness update of one claim. */
function one(clientId: number, clock: number, json: string): Uint8Array {
  const text = new TextEncoder().encode(json);
  return Uint8Array.from([1, ...varUint(clientId), ...varUint(clock), ...varUint(text.length), ...text]);
}

function frame(update: Uint8Array): Uint8Array {
  return Uint8Array.from([1, ...varUint(update.length), ...update]);
}

function varUint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
