/** The physical limit of fan-out: hands every message to everybody else and does nothing more. A process of its own. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const relay = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
relay.on('connection', (from) => {
  from.on('message', (data: Buffer) => {
    for (const to of relay.clients) if (to !== from) to.send(data, { binary: true });
  });
});
relay.on('listening', () => process.send?.((relay.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
