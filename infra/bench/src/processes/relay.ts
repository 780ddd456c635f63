/** The physical limit of fan-out: hands every message to everybody else in the room and does nothing more. */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const relay = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.env.PORT ?? 0),
  perMessageDeflate: false,
});
const rooms = new Map<string, Set<WebSocket>>();
relay.on('connection', (from, request) => {
  const room = rooms.get(request.url ?? '') ?? new Set();
  rooms.set(request.url ?? '', room.add(from));
  from.on('message', (data: Buffer) => {
    for (const to of room) if (to !== from) to.send(data, { binary: true });
  });
  from.on('close', () => room.delete(from));
  from.on('error', () => from.terminate());
});
relay.on('listening', () => console.log(`listening on ${(relay.address() as AddressInfo).port}`));
