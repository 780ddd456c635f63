import type { Writable } from 'node:stream';
import { frameMessage } from './websocket-frame.ts';

/** Messages of one turn that are remembered with their frames; a fan-out seldom has more. */
const remembered = 8;

/**
 * Writes messages straight to the connections' network streams, past `ws.send`: a message is framed once for all its
 * readers, and what one turn of the event loop sends to one reader is one write. The streams are corked, so that
 * what `ws` itself writes to them (ping, pong, close) keeps its place among ours.
 */
export class TurnWriter {
  #corked: Writable[] = [];
  readonly #messages: Uint8Array[] = [];
  readonly #frames: (readonly Buffer[])[] = [];

  /** `message` must not be altered afterwards. */
  write(network: Writable, message: Uint8Array): void {
    if (network.writableCorked === 0) {
      network.cork();
      // Runs when the work at hand is done and before the event loop goes on: nothing is delayed.
      if (this.#corked.push(network) === 1) process.nextTick(() => this.#flush());
    }
    for (const chunk of this.#framed(message)) network.write(chunk);
  }

  #framed(message: Uint8Array): readonly Buffer[] {
    const known = this.#messages.lastIndexOf(message);
    if (known !== -1) return this.#frames[known]!;
    if (this.#messages.length === remembered) this.#forget();
    const frame = frameMessage(message);
    this.#messages.push(message);
    this.#frames.push(frame);
    return frame;
  }

  #flush(): void {
    const corked = this.#corked;
    this.#corked = [];
    this.#forget();
    for (const network of corked) network.uncork();
  }

  #forget(): void {
    this.#messages.length = 0;
    this.#frames.length = 0;
  }
}
