import { refusals } from '@tidemark/protocol';
import { WebSocket } from 'ws';

/** How long a peer may take to answer a close before the connection is cut. Milliseconds. */
const closingTime = 5_000;

/**
 * `ws` answers a message over the limit with 1009, one of too many fragments with 1008, and bytes that are no WebSocket
 * frames with 1002 or 1007. To a y-websocket client these are passing faults and it comes back with the same bytes, again and again; ours are final.
 */
export class ClosingWebSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === 1009) super.close(refusals['too-large'].close, 'The message is larger than the limit.');
    else if (code === 1008)
      super.close(refusals['too-large'].close, 'The message has more fragments than the limit.');
    else if (code === 1002 || code === 1007)
      super.close(refusals.malformed.close, 'Not a WebSocket message.');
    else super.close(code, reason);
  }
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
