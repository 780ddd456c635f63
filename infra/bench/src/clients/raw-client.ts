import { once } from 'node:events';
import type { Address } from '@tidemark/conformance';
import { encodeFrame, subprotocol } from '@tidemark/protocol';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import type { Contender } from '../contenders/contender.ts';

const stepOne = encodeFrame({ type: 'sync-step-1', stateVector: new Uint8Array([0]) });

/** The client of every measurement: a WebSocket, no replica, and for each message one look at its first bytes. */
export class RawClient {
  readonly socket: WebSocket;
  readonly address: Address;
  /** The body of each content frame (sync step 2 or update), as it came. */
  onContent: (update: Uint8Array) => void = () => undefined;
  onAwareness: (body: Uint8Array) => void = () => undefined;
  onAck: () => void = () => undefined;
  /** Content frames the server has acknowledged, in whatever sense it does. */
  acked = 0;
  /** Of step 2 and updates together: what a large document's parts come to. */
  contentBytes = 0;
  closedWith: number | null = null;
  readonly #contender: Contender;
  /** Bytes before each frame: the document's name, in one dialect. */
  readonly #prefix: number;
  #stepTwo: ((update: Uint8Array) => void) | null = null;

  private constructor(contender: Contender, address: Address, extended: boolean) {
    this.#contender = contender;
    this.address = address;
    this.#prefix = contender.dialect.wrap(new Uint8Array(), address.room).length;
    this.socket = new WebSocket(address.url, extended && contender.acks === 'tidemark' ? [subprotocol] : [], {
      perMessageDeflate: false,
    });
    this.socket.on('message', (data: Buffer) => this.#hear(data));
    this.socket.on('close', (code) => {
      this.closedWith = code;
    });
  }

  /** Connected, and greeted where that is the custom. */
  static async connect(contender: Contender, address: Address, extended = false): Promise<RawClient> {
    const client = new RawClient(contender, address, extended);
    await once(client.socket, 'open');
    for (const message of contender.dialect.greeting(address.room)) client.socket.send(message);
    return client;
  }

  /** Connected and in step: resolves with the first step 2, which no limit sends. */
  static async join(contender: Contender, address: Address, extended = false): Promise<RawClient> {
    const client = await RawClient.connect(contender, address, extended);
    await client.sync();
    return client;
  }

  /** Asks for everything. */
  sync(): Promise<Uint8Array> {
    if (this.#contender.relay) return Promise.resolve(new Uint8Array([0, 0]));
    return new Promise((resolve, reject) => {
      this.#stepTwo = resolve;
      this.socket.once('error', reject);
      this.socket.once('close', (code) => reject(new Error(`closed with ${code} while joining`)));
      this.send(this.wrap(stepOne));
    });
  }

  /** A frame as this server wants it; made outside of what is timed. */
  wrap(frame: Uint8Array): Uint8Array {
    return this.#contender.dialect.wrap(frame, this.address.room);
  }

  send(message: Uint8Array): void {
    this.socket.send(message);
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.socket, 'close');
    this.socket.terminate();
    await closed;
  }

  #hear(data: Buffer): void {
    const frame = this.#prefix === 0 ? data : data.subarray(this.#prefix);
    if (frame[0] === 0) {
      if (frame[1] === 1 || frame[1] === 2) this.#content(frame[1], bodyOf(frame, 2));
    } else if (frame[0] === 1) {
      this.onAwareness(bodyOf(frame, 1));
    } else if (frame[0] === 100) {
      this.acked = decoding.readVarUint(decoding.createDecoder(frame.subarray(1)));
      this.onAck();
    } else if (frame[0] === 8 && this.#contender.acks === 'hocuspocus') {
      if (frame[1] === 1) this.acked += 1;
      this.onAck();
    }
  }

  #content(step: number, update: Uint8Array): void {
    this.contentBytes += update.byteLength;
    if (step === 1) {
      this.#stepTwo?.(update);
      this.#stepTwo = null;
    }
    this.onContent(update);
  }
}

function bodyOf(frame: Uint8Array, at: number): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoder.pos = at;
  return decoding.readVarUint8Array(decoder);
}
