import type { Socket } from '@tidemark/sync';
import type { WebSocket } from 'ws';

/** How long a peer may take to answer a close before the connection is cut. Milliseconds. */
const closingTime = 5_000;

/** A `ws` connection as the engine's `Socket`. */
export function socketOf(ws: WebSocket, extended: boolean): Socket {
  return {
    extended,
    send(bytes) {
      if (ws.readyState === ws.OPEN) ws.send(bytes, { binary: true });
    },
    bufferedBytes: () => ws.bufferedAmount,
    close: (code, reason) => close(ws, code, reason),
  };
}

/** Closes with a code the peer can read; cuts the connection when the peer does not answer in time. */
export function close(ws: WebSocket, code: number, reason: string): void {
  ws.close(code, clip(reason));
  cutLater(ws);
}

/** Cuts a connection that is still there when its peer had time to close. */
export function cutLater(ws: WebSocket): void {
  const cut = setTimeout(() => ws.terminate(), closingTime);
  cut.unref();
  ws.once('close', () => clearTimeout(cut));
}

/** A close frame's reason holds at most 123 bytes of UTF-8. */
function clip(reason: string): string {
  let clipped = reason;
  while (Buffer.byteLength(clipped) > 123) clipped = clipped.slice(0, -1);
  return clipped;
}
