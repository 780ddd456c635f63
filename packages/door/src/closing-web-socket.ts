import { refusals } from '@tidemark/protocol';
import { WebSocket } from 'ws';

/**
 * `ws` answers a message over the limit with 1009 and bytes that are no WebSocket frames with 1002 or 1007. To a
 * y-websocket client these are passing faults and it comes back with the same bytes, again and again; ours are final.
 */
export class ClosingWebSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === 1009) super.close(refusals['too-large'].close, 'The message is larger than the limit.');
    else if (code === 1002 || code === 1007)
      super.close(refusals.malformed.close, 'Not a WebSocket message.');
    else super.close(code, reason);
  }
}
