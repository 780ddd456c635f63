import { subprotocol } from '@tidemark/protocol';
import type { ClientEnd, Link } from './link.ts';

/** Makes a connection to the address that a client asks for. */
export type Dial = (url: string, extended: boolean, end: ClientEnd) => Link;

/** A browser's WebSocket class over `dial`. */
export function webSocketOver(dial: Dial): typeof globalThis.WebSocket {
  class SimulatedSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly OPEN = 1;
    binaryType = 'blob';
    readyState = 0;
    onopen: ((event: object) => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: ((event: object) => void) | null = null;
    readonly #link: Link;

    constructor(url: string, protocols: string | string[] = []) {
      this.#link = dial(url, [protocols].flat().includes(subprotocol), {
        opened: () => {
          if (this.readyState !== 0) return;
          this.readyState = 1;
          this.onopen?.({});
        },
        message: (bytes) => {
          if (this.readyState === 1) this.onmessage?.({ data: bytes.slice().buffer as ArrayBuffer });
        },
        closed: (code, reason) => {
          if (this.readyState === 3) return;
          this.readyState = 3;
          if (code === 1006) this.onerror?.({});
          this.onclose?.({ code, reason });
        },
      });
    }

    get bufferedAmount(): number {
      return this.#link.unsent;
    }

    send(bytes: Uint8Array): void {
      if (this.readyState === 1) this.#link.send(bytes);
    }

    close(): void {
      if (this.readyState >= 2) return;
      this.readyState = 2;
      this.#link.leave();
    }
  }
  return SimulatedSocket as unknown as typeof globalThis.WebSocket;
}
