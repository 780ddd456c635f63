import { describe, expect, test } from 'vitest';
import type { Lobby } from './front-door.ts';
import { type Carriage, createMemoryHub, type MemoryHub } from './memory-bus.ts';
import { House } from './testing.ts';
import type { TestClient } from './testing-client.ts';

/** What the network does with a message: brings it as often as it says. */
type Fate = (carriage: Carriage, n: number) => number;

class Town {
  readonly hub: MemoryHub;
  readonly house = new House();
  /** Messages by topic, as they were sent. */
  readonly sent: Carriage[] = [];
  fate: Fate = () => 1;
  /** How long a message is on its way, in milliseconds. */
  latency = 0;
  /** Brings a message of before once more. */
  readonly again: (() => void)[] = [];
  readonly here: Lobby;
  readonly there: Lobby;

  constructor() {
    this.hub = createMemoryHub((deliver, carriage) => {
      this.sent.push(carriage);
      this.again.push(deliver);
      for (let n = this.fate(carriage, this.sent.length); n > 0; n -= 1) {
        if (this.latency > 0) this.house.clock.after(this.latency, deliver);
        else void Promise.resolve().then(deliver);
      }
    });
    this.here = this.open('here');
    this.there = this.open('there');
  }

  open(name: string): Lobby {
    return this.house.openLobby(this.house.log, {}, {}, this.hub.join(name));
  }

  /** Messages about presence of the document so far. */
  get words(): number {
    return this.sent.filter(({ topic }) => topic === 'presence/d').length;
  }

  async person(user: string, lobby: Lobby, id: number, more: { stock?: boolean } = {}): Promise<TestClient> {
    const client = this.house.client({ user, lobby, id, ...more });
    await this.house.settle();
    client.sendAwareness({ name: user });
    await this.house.pass(200);
    return client;
  }
}

const names = (client: TestClient) => client.present().map((state) => (state as { name: string }).name);

describe('presence between processes', () => {
  test('R42 R43 people of two processes see each other; each is told once', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const bob = await town.person('bob', town.there, 2, { stock: true });
    expect([names(ann), names(bob)]).toEqual([['bob'], ['ann']]);
    bob.sendAwareness({ name: 'bob moved' });
    const before = town.words;
    await town.house.pass(1_000);
    expect(names(ann)).toEqual(['bob moved']);
    // One word from there to here, and nothing comes back.
    expect(town.words - before).toBe(1);
    bob.cut();
    await town.house.pass(100);
    expect(names(ann)).toEqual([]);
    expect(town.here.stats().present).toBe(1);
  });

  test('R42 a room that no other process has says nothing but its question', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    for (let i = 0; i < 20; i += 1) {
      ann.sendAwareness({ name: `ann ${i}` });
      await town.house.pass(100);
    }
    expect(town.words).toBe(1);
    const bob = await town.person('bob', town.there, 2);
    expect(names(bob)).toEqual(['ann 19']);
    bob.cut();
    await town.house.pass(200);
    const before = town.words;
    ann.sendAwareness({ name: 'alone again' });
    await town.house.pass(200);
    expect(town.words).toBe(before);
  });

  test('R42 who comes between the question and its answer is seen as well', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    town.latency = 200;
    const bob = await town.person('bob', town.there, 2);
    await town.house.pass(1_000);
    expect([names(ann), names(bob)]).toEqual([['bob'], ['ann']]);
  });

  test('R42 a newcomer in a third process sees everybody at once', async () => {
    const town = new Town();
    await town.person('ann', town.here, 1);
    await town.person('bob', town.there, 2);
    const third = town.open('third');
    const cleo = town.house.client({ user: 'cleo', lobby: third, id: 3 });
    await town.house.settle();
    expect(names(cleo)).toEqual(['ann', 'bob']);
  });

  test('R44 nobody takes over the client ID of somebody in another process', async () => {
    const town = new Town();
    await town.person('ann', town.here, 1);
    const eve = await town.person('eve', town.there, 2);
    const bob = await town.person('bob', town.here, 3);
    eve.sendAwareness({ name: 'not ann' }, 99, 1);
    await town.house.pass(200);
    expect(eve.of('refusal')).toMatchObject([{ n: 0, code: 'foreign-client-id' }]);
    eve.sendAwareness(null, 120, 1);
    await town.house.pass(200);
    expect(names(bob)).toEqual(['ann', 'eve']);
    expect(names(eve)).toContain('ann');
  });

  test.each([
    ['before the old connection is known to be gone', false, 1],
    ['with a newer state', false, 2],
    ['after it', true, 1],
  ])('R44 a person who moves to another process keeps the client ID: %s', async (_, left, clock) => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const [bob, cleo] = [await town.person('bob', town.here, 2), await town.person('cleo', town.there, 3)];
    if (left) ann.cut();
    const moved = town.house.client({ user: 'ann', lobby: town.there, id: 1 });
    moved.sendAwareness({ name: 'ann' }, clock);
    await town.house.pass(200);
    if (!left) ann.cut();
    await town.house.pass(200);
    moved.sendAwareness({ name: 'ann there' }, clock + 1);
    await town.house.pass(200);
    expect(moved.of('refusal')).toEqual([]);
    expect([names(bob), names(cleo)]).toEqual([
      ['ann there', 'cleo'],
      ['ann there', 'bob'],
    ]);
    moved.cut();
    await town.house.pass(200);
    expect([names(bob), names(cleo)]).toEqual([['cleo'], ['bob']]);
    expect([town.here.stats().present, town.there.stats().present]).toEqual([2, 2]);
  });

  test('R44 a person who opens the room of the other process by moving there is never lost', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const bob = await town.person('bob', town.here, 2);
    // The room there asks, and ann is there before the answer is: it names her still.
    const moved = town.house.client({ user: 'ann', lobby: town.there, id: 1 });
    moved.sendAwareness({ name: 'ann' }, 1);
    await town.house.pass(200);
    ann.cut();
    await town.house.pass(200);
    expect(names(bob)).toEqual(['ann']);
    const cleo = await town.person('cleo', town.there, 3);
    expect(names(cleo)).toEqual(['ann', 'bob']);
  });

  test('R44 a late removal by the process a person has left does not remove them where they are', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const bob = await town.person('bob', town.here, 2);
    const cleo = await town.person('cleo', town.there, 3);
    town.fate = ({ from }) => (from === 'there' ? 0 : 1);
    const moved = town.house.client({ user: 'ann', lobby: town.there, id: 1 });
    moved.sendAwareness({ name: 'ann' }, 1);
    await town.house.pass(200);
    town.fate = () => 1;
    ann.cut();
    await town.house.pass(200);
    expect(names(cleo)).toContain('ann');
    moved.sendAwareness({ name: 'ann' }, 2);
    await town.house.pass(200);
    expect(names(bob)).toEqual(['ann', 'cleo']);
  });

  test('R44 two people under one client ID, who could not know of each other, stay each in their own process', async () => {
    const town = new Town();
    town.fate = () => 0;
    const ann = await town.person('ann', town.here, 1);
    const [bob, cleo] = [await town.person('bob', town.here, 2), await town.person('cleo', town.there, 3)];
    const eve = town.house.client({ user: 'eve', lobby: town.there, id: 1 });
    eve.sendAwareness({ name: 'eve' }, 50, 1);
    await town.house.pass(200);
    town.fate = () => 1;
    bob.sendAwareness({ name: 'bob' });
    eve.sendAwareness({ name: 'eve' }, 51, 1);
    town.hub.cut('there');
    town.hub.mend('there');
    await town.house.pass(2_000);
    expect([names(bob), names(cleo)]).toEqual([
      ['ann', 'cleo'],
      ['eve', 'bob'],
    ]);
    expect(ann.closed).toBeNull();
  });

  test('R45 a process that leaves in order takes its people with it at once', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    await town.person('bob', town.there, 2);
    await town.there.drain();
    await town.house.settle();
    await town.house.pass(50);
    expect(names(ann)).toEqual([]);
  });

  test('R45 the people of a process that died are gone within 30 s, those of a living one are not', async () => {
    const town = new Town();
    const third = town.open('third');
    const ann = await town.person('ann', town.here, 1);
    const bob = await town.person('bob', town.there, 2);
    const cleo = await town.person('cleo', third, 3);
    town.hub.cut('there');
    for (let second = 0; second < 30; second += 5) {
      expect(names(ann)).toContain('cleo');
      for (const each of [ann, bob, cleo]) each.sendAwareness({ name: each === cleo ? 'cleo' : 'other' });
      await town.house.pass(5_000);
    }
    expect(names(ann)).toEqual(['cleo']);
    // It was alive after all: the cut ends, and both ask.
    town.hub.mend('there');
    await town.house.pass(200);
    expect(names(ann)).toEqual(['other', 'cleo']);
    expect(names(bob)).toEqual(['other', 'cleo']);
  });

  test('R46 a lost word is asked for when the next one shows it', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const [bob, dan] = [await town.person('bob', town.there, 2), await town.person('dan', town.there, 3)];
    await town.house.pass(2_000);
    town.fate = () => 0;
    bob.sendAwareness({ name: 'bob moved' });
    await town.house.pass(200);
    town.fate = () => 1;
    expect(names(ann)).toEqual(['bob', 'dan']);
    dan.sendAwareness({ name: 'dan moved' });
    await town.house.pass(200);
    expect(names(ann)).toEqual(['bob moved', 'dan moved']);
  });

  test('R46 a word that comes again, late, brings nobody back', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const bob = await town.person('bob', town.there, 2);
    await town.person('dan', town.there, 3);
    bob.sendAwareness({ name: 'bob moved' });
    await town.house.pass(200);
    const before = [...town.again];
    bob.cut();
    await town.house.pass(200);
    expect(names(ann)).toEqual(['dan']);
    for (const deliver of before) deliver();
    await town.house.pass(200);
    expect(names(ann)).toEqual(['dan']);
    expect(town.here.stats().present).toBe(2);
  });

  test('R46 words that were lost, doubled or late leave everybody with the last state of each', async () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const town = new Town();
      let chance = seed * 7_919;
      const random = () => {
        chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
        return chance / 2_147_483_648;
      };
      const people = [
        await town.person('ann', town.here, 1),
        await town.person('bob', town.there, 2),
        await town.person('cleo', town.open('third'), 3),
      ];
      town.fate = () => (random() < 0.4 ? 0 : random() < 0.3 ? 2 : 1);
      for (let i = 0; i < 30; i += 1) {
        const who = people[Math.floor(random() * 3)]!;
        who.sendAwareness({ name: `${seed}.${i}` });
        await town.house.pass(70);
      }
      people.forEach((person, i) => {
        person.sendAwareness({ name: `last ${i}` });
      });
      await town.house.pass(100);
      town.fate = () => 1;
      // Stock clients renew what they show every 15 s: the next word shows what was lost.
      people.forEach((person, i) => {
        person.sendAwareness({ name: `last ${i}` });
      });
      await town.house.pass(2_000);
      for (const [i, person] of people.entries()) {
        const others = [0, 1, 2].filter((j) => j !== i).map((j) => `last ${j}`);
        expect(names(person), `seed ${seed}`).toEqual(others);
      }
    }
  });

  test('R49 what cannot be read, or breaks the bounds, is passed over', async () => {
    const town = new Town();
    const ann = await town.person('ann', town.here, 1);
    const stranger = town.hub.join('stranger');
    const long = 'x'.repeat(20_000);
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    for (const bytes of [
      [],
      [0],
      [9, 1, 0],
      [2, 1, 200],
      [2, 1, 1, 1, 65, 7, 1, 3, 123, 123, 123],
      word(long, 8),
      word(deep, 9),
    ]) {
      stranger.publish('presence/d', Uint8Array.from(bytes));
      await town.house.pass(100);
    }
    expect(names(ann)).toEqual([]);
    expect(town.house.errors).toEqual([]);
    stranger.publish('presence/d', Uint8Array.from(word('{"name":"real"}', 10)));
    await town.house.pass(100);
    expect(names(ann)).toEqual(['real']);
  });

  test('R17 rooms that closed leave no timer behind, here or there', async () => {
    const town = new Town();
    for (const client of [await town.person('ann', town.here, 1), await town.person('bob', town.there, 2)]) {
      client.cut();
    }
    await town.house.pass(120_000);
    expect(town.house.clock.pending).toBe(0);
  });
});

/** News of one state, as another version might send it: kind, number, one claim of user A. */
function word(json: string, clientId: number): number[] {
  const text = [...new TextEncoder().encode(json)];
  const length = text.length < 128 ? [text.length] : [(text.length & 127) | 128, text.length >> 7];
  if (text.length >= 1 << 14) length.splice(1, 1, ((text.length >> 7) & 127) | 128, text.length >> 14);
  return [2, 1 + clientId, 1, 1, 65, clientId, 1, ...length, ...text];
}
