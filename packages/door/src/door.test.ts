import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { limits, type Refusal, refuse, subprotocol } from '@tidemark/protocol';
import type { Lobby, MemoryLog } from '@tidemark/sync';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { installDoor } from './door.ts';
import { author, framesOf, type House, mute, openHouse, Visitor } from './testing.ts';

let house: House | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

/** The lobby, with a hand on each session that is told to finish. */
function watchFinish(finished: (refusal: Refusal) => void) {
  return (lobby: Lobby): Lobby => ({
    ...lobbyMethods(lobby),
    connect(socket, principal, documentId) {
      const session = lobby.connect(socket, principal, documentId);
      return {
        receive: (bytes) => session.receive(bytes),
        disconnected: () => session.disconnected(),
        finish(refusal) {
          session.finish(refusal);
          finished(refusal);
        },
      };
    },
  });
}

function lobbyMethods(lobby: Lobby): Lobby {
  return new Proxy(lobby, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    ownKeys: (target) => [...Reflect.ownKeys(target), ...Reflect.ownKeys(Object.getPrototypeOf(target))],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

/** A pace that a flood is above on a slow machine too. */
const slowPace = { framesPerSecond: 500, patience: 300 };

/** Sends updates as fast as they are taken, until the connection ends. */
async function flood(visitor: Visitor, write: () => Uint8Array): Promise<void> {
  while (visitor.ws.readyState === WebSocket.OPEN) {
    for (let i = 0; i < 100; i += 1) visitor.send({ type: 'update', update: write() });
    while (visitor.ws.readyState === WebSocket.OPEN && visitor.ws.bufferedAmount > 64 * 1024) await turn();
    await turn();
  }
}

test('R62 who sends faster than the pace is read more slowly; nothing is lost and nobody is closed', async () => {
  house = await openHouse({ pace: { framesPerSecond: 1_000 } });
  const fast = await house.enter();
  const other = await house.enter();
  const write = author(7);
  for (let i = 0; i < 4_000; i += 1) fast.send({ type: 'update', update: write() });
  // Whatever was read of the fast one first: the others do not wait for the rest of it.
  other.send({ type: 'update', update: author(8)() });
  await other.next('ack', ({ n }) => n === 1);
  expect(fast.of('ack').some(({ n }) => n === 4_000)).toBe(false);
  await fast.next('ack', ({ n }) => n === 4_000);
  expect(house.log.entries('d')).toHaveLength(4_001);
});

test('R63 who presses on is closed with 4529, after all that was read of it is stored and acked', async () => {
  const held = Promise.withResolvers<void>();
  const finishing = Promise.withResolvers<Refusal>();
  house = await openHouse(
    { pace: slowPace },
    {
      log: (log): MemoryLog => ({
        ...log,
        append: async (batch) => {
          await held.promise;
          return log.append(batch);
        },
      }),
      lobby: watchFinish((refusal) => finishing.resolve(refusal)),
    },
  );
  const fast = await house.enter();
  const flooding = flood(fast, author(7));
  expect((await finishing.promise).refused).toBe('too-fast');
  // Nothing is stored yet, so nobody is closed yet.
  expect(fast.ws.readyState).toBe(WebSocket.OPEN);
  held.resolve();
  expect(await fast.closed).toBe(4529);
  await flooding;
  const acked = fast.of('ack').at(-1)?.n ?? 0;
  expect(acked).toBeGreaterThan(slowPace.framesPerSecond);
  expect(house.log.entries('d')).toHaveLength(acked);
});

test('R63 the others are not disturbed by one that presses on, and it may come back', async () => {
  house = await openHouse({ pace: slowPace });
  const quiet = await house.enter();
  const fast = await house.enter();
  const flooding = flood(fast, author(7));
  const write = author(8);
  let sent = 0;
  // On a fast machine it is not to be above the pace itself.
  while (fast.ws.readyState === WebSocket.OPEN && sent < slowPace.framesPerSecond - 100) {
    sent += 1;
    quiet.send({ type: 'update', update: write() });
    await quiet.next('ack', ({ n }) => n === sent);
  }
  expect(await fast.closed).toBe(4529);
  await flooding;
  const doc = new Y.Doc();
  for (const { update } of quiet.of('update')) Y.applyUpdate(doc, update);
  const acked = fast.of('ack').at(-1)?.n ?? 0;
  expect(doc.getArray<string>('said').toArray()).toContain(`7:${acked}`);
  await house.enter();
  expect(quiet.ws.readyState).toBe(WebSocket.OPEN);
});

test('R64 4413 on a message over the limit or of too many fragments, 4400 on text and on what is no WebSocket frame', async () => {
  house = await openHouse();
  const stays = await house.enter();
  const large = await house.enter();
  large.ws.send(new Uint8Array(limits.frameBytes + 1_000));
  expect(await large.closed).toBe(4413);
  const text = await house.enter();
  text.ws.send('text');
  expect(await text.closed).toBe(4400);
  const odd = await mute(house.port);
  // A reserved bit that no extension has asked for.
  odd.write(Buffer.from([0xf2, 0x80, 0, 0, 0, 0]));
  const closing: Buffer[] = [];
  odd.on('data', (chunk: Buffer) => closing.push(chunk));
  await once(odd, 'close');
  expect(Buffer.concat(closing).includes(Buffer.from([0x11, 0x30]))).toBe(true); // 4400
  const pieces = await wireTap(house.port);
  pieces.line.write(Buffer.concat([beginning, ...Array.from({ length: 20_000 }, () => piece)]));
  expect(await pieces.closeCode()).toBe(4413);
  stays.send({ type: 'update', update: author(1)() });
  await stays.next('ack', ({ n }) => n === 1);
});

/** A bare line into the document, and the opcodes of what it was sent. */
async function wireTap(port: number, allowHalfOpen = false) {
  const line = await mute(port, allowHalfOpen);
  const wire: Buffer[] = [];
  line.on('data', (chunk: Buffer) => wire.push(chunk));
  const frames = () => framesOf(Buffer.concat(wire));
  const closeCode = async () => {
    for (;;) {
      const end = frames().find((frame) => frame.opcode === opcode.close);
      if (end !== undefined) return Buffer.from(end.payload).readUInt16BE();
      await once(line, 'data');
    }
  };
  return { line, opcodes: () => frames().map((frame) => frame.opcode), closeCode };
}

const opcode = { binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa };
/** Frames of a client, masked with zeros. */
const beginning = Buffer.from([0x02, 0x80, 0, 0, 0, 0]);
const piece = Buffer.from([0x00, 0x80, 0, 0, 0, 0]);
const pingFrame = Buffer.from([0x89, 0x80, 0, 0, 0, 0]);
const closeFrame = Buffer.from([0x88, 0x80, 0, 0, 0, 0]);

test('R65 frames keep whole among pings and pongs, and the close is the last of them', async () => {
  house = await openHouse({ heartbeat: 50 });
  const { line, opcodes } = await wireTap(house.port);
  const writer = await house.enter();
  const write = author(7);
  for (let n = 1; n <= 100 || !opcodes().includes(opcode.ping); n += 1) {
    line.write(pingFrame);
    writer.send({ type: 'update', update: write() });
    await writer.next('ack', (ack) => ack.n === n);
  }
  writer.send({ type: 'update', update: write() });
  house.lobby.dismiss('d', refuse('no-access'));
  await once(line, 'close');
  const seen = opcodes();
  expect(seen.filter((code) => code === opcode.binary).length).toBeGreaterThanOrEqual(100);
  expect(seen.indexOf(opcode.close)).toBe(seen.length - 1);
  expect(new Set(seen)).toEqual(new Set(Object.values(opcode)));
});

test('R65 nothing follows the answer to a close frame, though the line stays half open', async () => {
  house = await openHouse();
  const { line, opcodes } = await wireTap(house.port, true);
  const writer = await house.enter();
  const write = author(7);
  line.write(closeFrame);
  for (let n = 1; n <= 20 || !opcodes().includes(opcode.close); n += 1) {
    writer.send({ type: 'update', update: write() });
    await writer.next('ack', (ack) => ack.n === n);
  }
  expect(opcodes().at(-1)).toBe(opcode.close);
  expect(house.lobby.stats().sessions).toBe(2);
  line.destroy();
});

test('R67 a refused visitor can read its code; a fault of identify is told as the server explains it', async () => {
  house = await openHouse({
    identify: async ({ query }) => {
      if ((query as { fault?: string }).fault !== undefined) throw new Error('The users are away.');
      return refuse('not-signed-in');
    },
    explain: () => refuse('cannot-store'),
  });
  const origin = `ws://127.0.0.1:${house.port}`;
  expect(await new Visitor(`${origin}/sync/d`).closed).toBe(4401);
  expect(await new Visitor(`${origin}/sync/d?fault`).closed).toBe(4503);
  expect(await new Visitor(`${origin}/sync/d/e`).closed).toBe(4404);
  const plain = await fetch(`http://127.0.0.1:${house.port}/sync/d`);
  expect([plain.status, await plain.json()]).toMatchObject([404, { refused: 'not-found' }]);
  expect(house.lobby.stats().sessions).toBe(0);
});

test('R67 the protocol is agreed on, and a stock client gets none', async () => {
  house = await openHouse();
  expect((await house.enter(['other', subprotocol])).ws.protocol).toBe(subprotocol);
  expect((await house.enter([])).ws.protocol).toBe('');
});

test('R67 nothing of the upgrade is kept while the connection lives', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const requests: WeakRef<object>[] = [];
  house = await openHouse({
    identify: async (request) => {
      requests.push(new WeakRef(request), new WeakRef(request.raw), new WeakRef(request.headers));
      return { userId: 'ann', atMost: 'edit', credential: null };
    },
  });
  const visitor = await house.enter();
  while (requests.some((request) => request.deref() !== undefined)) {
    // What was looked at is kept until the end of that turn.
    await turn();
    collect();
  }
  visitor.send({ type: 'update', update: author(7)() });
  await visitor.next('ack', ({ n }) => n === 1);
});

test('R67 the door stands at the address it is given', async () => {
  const app = Fastify();
  house = await openHouse();
  await installDoor(app, { lobby: house.lobby, identify: async () => refuse('no-access'), path: '/live' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  expect(await new Visitor(`ws://127.0.0.1:${port}/live/d`).closed).toBe(4403);
  await app.close();
});
