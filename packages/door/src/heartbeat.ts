import type { IncomingMessage } from 'node:http';
import { defaultSettings } from '@tidemark/sync';
import type { WebSocket, WebSocketServer } from 'ws';

/** Milliseconds between pings; a connection that sent no byte for a whole turn is cut at the next. */
const beat = 30_000;

/**
 * Pings every connection of `sockets`, so that a laptop that was shut does not stay in the room as a ghost. Bytes count, not
 * messages: on a thin line a large frame takes longer than a turn to arrive, and the pong waits behind it.
 */
export function startHeartbeat(sockets: WebSocketServer, every: number = beat): () => void {
  const lines = new WeakMap<WebSocket, { readonly network: IncomingMessage['socket']; read: number }>();
  sockets.on('connection', (ws, request: IncomingMessage) => {
    lines.set(ws, { network: request.socket, read: 0 });
  });
  const timer = setInterval(() => {
    for (const ws of sockets.clients) {
      const line = lines.get(ws);
      if (line === undefined || line.network.bytesRead !== line.read) {
        if (line !== undefined) line.read = line.network.bytesRead;
        ws.ping();
      } else if (ws.bufferedAmount <= defaultSettings.slowReaderBytes) {
        // With more than that on its way to it, the ping is still queued and the room watches how it is taken.
        ws.terminate();
      }
    }
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
