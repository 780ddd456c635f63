import type { ModelMember, ModelServer } from './model-server.ts';

/**
 * A WebSocket class whose other end is a model server in the same process. What is sent arrives in order, by `later`.
 */
export function fakeWebSocket(
  server: ModelServer,
  later: (run: () => void) => void = queueMicrotask,
): typeof globalThis.WebSocket {
  class FakeSocket {
    binaryType = 'blob';
    readyState = 0;
    bufferedAmount = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    readonly #member: ModelMember;

    constructor(url: string) {
      this.#member = server.connect(url, {
        opened: () => {
          this.readyState = 1;
          this.onopen?.();
        },
        deliver: (bytes) =>
          later(() => {
            if (this.readyState === 1) this.onmessage?.({ data: bytes.slice().buffer });
          }),
        closed: (code, reason) =>
          later(() => {
            this.readyState = 3;
            this.onclose?.({ code, reason });
          }),
      });
    }

    send(bytes: Uint8Array) {
      const sent = bytes.slice();
      later(() => this.#member.hear(sent));
    }

    close() {
      this.readyState = 3;
      later(() => this.#member.gone());
    }
  }
  return FakeSocket as unknown as typeof globalThis.WebSocket;
}
