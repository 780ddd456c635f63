import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startHeartbeat } from './heartbeat.ts';
import { throttle } from './throttle.ts';

let http: Server;
let stop: () => void = () => undefined;
afterEach(() => {
  stop();
  http?.close();
});

async function house(every: number): Promise<{ port: number; sockets: WebSocketServer }> {
  http = createServer();
  const sockets = new WebSocketServer({ server: http });
  stop = startHeartbeat(sockets, every);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return { port: (http.address() as AddressInfo).port, sockets };
}

/** A WebSocket by hand, which answers no ping. */
async function mute(port: number) {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(socket, 'data');
  return socket;
}

test('a connection that answers no ping is cut, one that answers stays', async () => {
  const { port } = await house(50);
  const answering = new WebSocket(`ws://127.0.0.1:${port}`);
  await once(answering, 'open');
  const silent = await mute(port);
  silent.resume();
  await once(silent, 'close');
  expect(answering.readyState).toBe(WebSocket.OPEN);
  answering.terminate();
});

test('a frame that arrives slower than the pings is no silence', async () => {
  const { port, sockets } = await house(50);
  const slow = await mute(port);
  let pings = 0;
  const enough = Promise.withResolvers<void>();
  slow.on('data', () => {
    pings += 1;
    // A byte of one long frame for each ping, and never a pong.
    slow.write(pings === 1 ? Buffer.from([0x82, 0xfe, 0xff, 0xff, 0, 0, 0, 0]) : Buffer.alloc(1));
    if (pings === 6) enough.resolve();
  });
  await enough.promise;
  expect(sockets.clients.size).toBe(1);
  slow.destroy();
});

test('who sends faster than the pace is not read for a while, and then again', async () => {
  class Line extends EventEmitter {
    paused = 0;
    pause = () => {
      this.paused += 1;
    };
    resume = () => this.emit('resumed');
  }
  const line = new Line();
  throttle(line as unknown as WebSocket, { framesPerSecond: 1_000, bytesPerSecond: 1_000_000 });
  for (let i = 0; i < 900; i += 1) line.emit('message', Buffer.alloc(10));
  expect(line.paused, 'a burst is welcome').toBe(0);
  for (let i = 0; i < 600; i += 1) line.emit('message', Buffer.alloc(10));
  expect(line.paused).toBe(1);
  await once(line, 'resumed');
  for (let i = 0; i < 100; i += 1) line.emit('ping');
  expect(line.paused, 'pings cost more').toBe(2);
  line.emit('close');
});
