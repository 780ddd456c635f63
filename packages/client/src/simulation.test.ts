import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Provider } from './front-door.ts';
import { createProvider } from './provider.ts';
import { fakeWebSocket } from './testing/fake-socket.ts';
import { createModelServer } from './testing/model-server.ts';
import { createVirtualClock, seeded, settle } from './testing/virtual-clock.ts';

interface Person {
  readonly name: string;
  readonly provider: Provider;
  /** Key → whether the last edit set it (true) or deleted it (false). Keys are this person's own. */
  readonly wrote: Map<string, boolean>;
  edits: number;
}

const people = 3;
const steps = 120;

/** Cuts, crashes, refusals, duplicates and pauses in an order that the seed decides. */
async function simulate(seed: number): Promise<{ saved: number; flushed: number; edits: number }> {
  const random = seeded(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const clock = createVirtualClock();
  const server = createModelServer({ autoStore: false });
  const crowd: Person[] = Array.from({ length: people }, (_, i) => ({
    name: `p${i}`,
    provider: createProvider({
      url: 'ws://test/sync',
      documentId: 'd',
      offline: false,
      WebSocket: fakeWebSocket(server, (run) => void clock.after(10, run)),
      clock,
      random,
    }),
    wrote: new Map(),
    edits: 0,
  }));
  const counts = { saved: 0, flushed: 0, edits: 0 };

  const missing = (wrote: ReadonlyMap<string, boolean>) => {
    const stored = server.stored().getMap('m');
    return [...wrote].filter(([key, there]) => stored.has(key) !== there).map(([key]) => key);
  };

  function edit(person: Person) {
    const known = [...person.wrote.keys()];
    const deletes = known.length > 0 && upTo(3) === 0;
    const key = deletes ? (known[upTo(known.length)] ?? '') : `${person.name} ${person.edits}`;
    if (deletes && person.wrote.get(key) === false) return;
    const map = person.provider.doc.getMap('m');
    if (deletes) map.delete(key);
    else map.set(key, person.edits);
    person.wrote.set(key, !deletes);
    person.edits += 1;
    counts.edits += 1;
  }

  function flush(person: Person) {
    const then = new Map(person.wrote);
    void person.provider.flush().then((result) => {
      if (!('lsn' in result)) return;
      counts.flushed += 1;
      // Keys edited again since may say something else by now.
      for (const [key, there] of then) if (person.wrote.get(key) !== there) then.delete(key);
      expect(missing(then), `seed ${seed}: flushed, not stored`).toEqual([]);
    });
  }

  const members = () => server.members();
  const happenings: ((person: Person) => void)[] = [
    edit,
    edit,
    edit,
    edit,
    flush,
    () => server.store(),
    () => server.store(),
    () => members()[upTo(members().length)]?.close([1006, 1012, 4503][upTo(3)] ?? 1006),
    () => server.crash(),
    () => {
      server.settings.door = (['open', 'open', 'open', 'shut'] as const)[upTo(4)] ?? 'open';
    },
    () => {
      const update = Y.encodeStateAsUpdate(server.shown());
      members()[upTo(members().length)]?.say({ type: 'update', update });
    },
    () => {
      const member = members()[upTo(members().length)];
      if (member !== undefined) member.say({ type: 'ack', n: member.acked, lsn: 0 });
    },
    () =>
      members()[upTo(members().length)]?.say({ type: 'storage', state: upTo(2) === 0 ? 'ok' : 'failing' }),
    (person) => person.provider.retry(),
  ];

  function check() {
    for (const { provider, wrote, name } of crowd) {
      const status = provider.status();
      if (status.state !== 'saved') continue;
      counts.saved += 1;
      expect(missing(wrote), `seed ${seed}: ${name} says saved`).toEqual([]);
    }
  }

  for (let step = 0; step < steps; step += 1) {
    const person = crowd[upTo(people)];
    if (person === undefined) throw new Error('nobody');
    happenings[upTo(happenings.length)]?.(person);
    // Sometimes the next thing happens before anything of this one has arrived.
    if (upTo(3) > 0) await clock.advance([0, 5, 10, 30, 3_000, 20_000][upTo(6)] ?? 0);
    else await settle();
    check();
  }

  server.settings.door = 'open';
  server.settings.autoStore = true;
  await clock.advance(120_000);
  server.store();
  await clock.advance(1_000);
  for (const member of members()) member.say({ type: 'storage', state: 'ok' });
  await clock.advance(100);
  check();
  const content = server.stored().getMap('m').toJSON();
  for (const { provider, wrote } of crowd) {
    expect(provider.status().state, `seed ${seed}`).toBe('saved');
    expect(missing(wrote), `seed ${seed}`).toEqual([]);
    expect(provider.doc.getMap('m').toJSON(), `seed ${seed}`).toEqual(content);
    await provider.destroy();
  }
  return counts;
}

test('C1 C3: through 150 random histories, saved and flushed are always true and nothing is lost', async () => {
  const total = { saved: 0, flushed: 0, edits: 0 };
  for (let seed = 1; seed <= 150; seed += 1) {
    const counts = await simulate(seed);
    total.saved += counts.saved;
    total.flushed += counts.flushed;
    total.edits += counts.edits;
  }
  // The histories said and did enough to mean something.
  expect(total.saved).toBeGreaterThan(1_000);
  expect(total.flushed).toBeGreaterThan(100);
  expect(total.edits).toBeGreaterThan(2_000);
});
