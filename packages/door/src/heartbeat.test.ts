import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Beating, Heartbeat } from './heartbeat.ts';
import { type House, mute, openHouse } from './testing.ts';

let house: House | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

test('R66 a connection that answers no ping is cut, one that answers stays', async () => {
  house = await openHouse({ heartbeat: 100 });
  const answering = await house.enter();
  const silent = await mute(house.port);
  silent.resume();
  await once(silent, 'close');
  await expect.poll(() => house?.lobby.stats().sessions).toBe(1);
  expect(answering.ws.readyState).toBe(WebSocket.OPEN);
});

test('R66 a frame that arrives slower than the pings is no silence', async () => {
  house = await openHouse({ heartbeat: 100 });
  const slow = await mute(house.port);
  let pings = 0;
  const enough = Promise.withResolvers<void>();
  slow.on('data', (chunk: Buffer) => {
    if (!chunk.includes(Buffer.from([0x89, 0]))) return;
    pings += 1;
    // A byte of one long frame for each ping, and never a pong.
    slow.write(pings === 1 ? Buffer.from([0x82, 0xfe, 0xff, 0xff, 0, 0, 0, 0]) : Buffer.alloc(1));
    if (pings === 6) enough.resolve();
  });
  await enough.promise;
  expect(house.lobby.stats().sessions).toBe(1);
  slow.destroy();
});

test('R66 one that is congested is left to the room, and nobody is pinged any more who has left', async () => {
  const events: string[] = [];
  const beating = (name: string, congested: boolean): Beating => ({
    bytesRead: () => 0,
    congested: () => congested,
    ping: () => events.push(`ping ${name}`),
    cut: () => events.push(`cut ${name}`),
  });
  const heartbeat = new Heartbeat(50);
  heartbeat.watch(beating('gone', false))();
  heartbeat.watch(beating('congested', true));
  const silent = Promise.withResolvers<void>();
  heartbeat.watch({ ...beating('silent', false), cut: () => silent.resolve() });
  await silent.promise;
  heartbeat.stop();
  expect(events).toEqual([]);
});
