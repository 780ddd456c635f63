import { expect, test } from 'vitest';
import { createMemoryHub } from './memory-bus.ts';
import { House } from './testing.ts';
import type { TestClient } from './testing-client.ts';

const topics = (client: TestClient) => client.of('news').map(({ topic }) => topic);

/** Two processes that share a bus. */
function town() {
  const house = new House();
  const hub = createMemoryHub();
  const open = (name: string) => house.openLobby(house.log, {}, {}, hub.join(name));
  return { house, hub, here: open('here'), there: open('there') };
}

test('R70 news reaches every live session of the document in all processes, and nobody else', async () => {
  const { house, here, there } = town();
  house.memory.create('e');
  const ann = house.client({ user: 'ann', lobby: here });
  const bob = house.client({ user: 'bob', lobby: there });
  const cleo = house.client({ user: 'cleo', lobby: there, document: 'e' });
  await house.settle();
  here.tell('d', 'comments');
  await house.settle();
  expect([ann, bob, cleo].map(topics)).toEqual([['comments'], ['comments'], []]);
  there.tell('d', 'files');
  await house.settle();
  expect([ann, bob, cleo].map(topics)).toEqual([['comments', 'files'], ['comments', 'files'], []]);
});

test('R70 readers are told, stock clients are not, and nothing is stored', async () => {
  const house = new House();
  const reader = house.client({ user: 'ron', atMost: 'read' });
  const stock = house.client({ user: 'sue', stock: true });
  await house.settle();
  const before = stock.frames.length;
  house.lobby.tell('d', 'comments');
  await house.settle();
  expect(topics(reader)).toEqual(['comments']);
  expect(stock.frames.length).toBe(before);
  expect(house.memory.entries('d')).toEqual([]);
});

test('R70 a topic is a word: anything else is a bug of the caller', () => {
  const { lobby } = new House();
  for (const topic of ['', '*', 'two words', 'Upper', 'x'.repeat(33)]) {
    expect(() => lobby.tell('d', topic), topic).toThrow(TypeError);
  }
});

test('R71 after a cut of the bus everybody is told that any news may have been missed', async () => {
  const { house, hub, here, there } = town();
  const ann = house.client({ user: 'ann', lobby: here });
  await house.settle();
  hub.cut('here');
  there.tell('d', 'comments');
  await house.settle();
  expect(topics(ann)).toEqual([]);
  hub.mend('here');
  await house.settle();
  expect(topics(ann)).toEqual(['*']);
});

test('R71 what the bus brings and is no topic is passed over', async () => {
  const { house, hub, here } = town();
  const ann = house.client({ user: 'ann', lobby: here });
  await house.settle();
  const stranger = hub.join('stranger');
  for (const text of ['', '*', 'no topic', 'x'.repeat(10_000)]) {
    stranger.publish('news/d', new TextEncoder().encode(text));
  }
  stranger.publish('news/d', new TextEncoder().encode('pictures'));
  await house.settle();
  expect(topics(ann)).toEqual(['pictures']);
});

test('R72 a process hears news only of documents that somebody has open there', async () => {
  const { house, hub, here, there } = town();
  const heard: string[] = [];
  const counting = hub.join('counting');
  const lobby = house.openLobby(
    house.log,
    {},
    {},
    {
      ...counting,
      subscribe(topic, hear) {
        heard.push(topic);
        const stop = counting.subscribe(topic, hear);
        return () => {
          heard.splice(heard.indexOf(topic), 1);
          stop();
        };
      },
    },
  );
  const news = () => heard.filter((topic) => topic.startsWith('news/'));
  const first = house.client({ user: 'ann', lobby });
  const second = house.client({ user: 'bob', lobby });
  await house.settle();
  expect(news()).toEqual(['news/d']);
  first.cut();
  await house.settle();
  expect(news()).toEqual(['news/d']);
  second.cut();
  await house.settle();
  expect(news()).toEqual([]);
  await Promise.all([here.drain(), there.drain(), lobby.drain()]);
  expect(heard).toEqual([]);
});
