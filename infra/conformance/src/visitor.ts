import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Dialect } from './dialect.ts';
import {
  type AwarenessEntry,
  awarenessFrame,
  decodeFrame,
  type Frame,
  stepOne,
  stepTwo,
  updateFrame,
} from './frames.ts';

/** Where a room is: the WebSocket's whole URL, and the name that some dialects repeat in each message. */
export interface Address {
  readonly url: string;
  readonly room: string;
  /** The same room for another person, where the server tells people apart. */
  readonly asSomebodyElse?: string;
}

export interface VisitorOptions {
  readonly dialect: Dialect;
  /** Milliseconds after which what did not happen counts as not happening. A bound for failures only. */
  readonly patience: number;
  /** A replica to come back with. */
  readonly doc?: Y.Doc;
  readonly subprotocols?: readonly string[];
}

/** One client: a replica, the presence it has seen, and a WebSocket, as a stock y-websocket provider would behave. */
export class Visitor {
  readonly doc: Y.Doc;
  readonly address: Address;
  /** What it knows of everybody's presence; those who left are gone from here. */
  readonly present = new Map<number, unknown>();
  /** How many frames of each type came. */
  readonly received: Record<Frame['type'], number> = {
    'step-1': 0,
    'step-2': 0,
    update: 0,
    awareness: 0,
    denied: 0,
    'query-awareness': 0,
    ack: 0,
    other: 0,
  };
  /** The update of the last sync step 2. */
  lastStepTwo: Uint8Array | null = null;
  /** The close code, null while open. */
  closed: number | null = null;
  acked = 0;
  contentSent = 0;
  /** Content of others that had to wait for what came later. */
  sawGap = false;
  readonly socket: WebSocket;
  private readonly options: VisitorOptions;
  private readonly clocks = new Map<number, number>();
  private readonly listeners = new Set<() => void>();
  private broken: Error | null = null;
  private clock = 0;

  private constructor(address: Address, options: VisitorOptions) {
    this.address = address;
    this.options = options;
    this.doc = options.doc ?? new Y.Doc();
    this.socket = new WebSocket(address.url, [...(options.subprotocols ?? [])], { perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.hear(data));
    this.socket.on('error', (error) => {
      this.broken ??= error;
      this.changed();
    });
    this.socket.on('close', (code) => {
      this.closed = code;
      this.changed();
    });
    this.doc.on('update', this.tell);
  }

  /** Connected, its greeting sent; not yet in step. */
  static async at(address: Address, options: VisitorOptions): Promise<Visitor> {
    const visitor = new Visitor(address, options);
    await once(visitor.socket, 'open', { signal: AbortSignal.timeout(options.patience) });
    for (const message of options.dialect.greeting(address.room)) visitor.socket.send(message);
    return visitor;
  }

  /** Asks for everything this replica lacks and waits for the answer. */
  async sync(): Promise<void> {
    const answers = this.received['step-2'];
    this.send(stepOne(Y.encodeStateVector(this.doc)));
    await this.until(() => this.received['step-2'] > answers, 'sync step 1 is answered with step 2');
  }

  /** Resolves once `met` holds; looks after each message. Rejects when the connection ends first, or patience does. */
  until(met: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (settle: () => void) => {
        clearTimeout(bound);
        this.listeners.delete(look);
        settle();
      };
      const look = () => {
        if (met()) stop(resolve);
        else if (this.broken !== null)
          stop(() => reject(new Error(`${this.broken?.message}, while waiting: ${what}`)));
        else if (this.closed !== null)
          stop(() => reject(new Error(`closed with ${this.closed}, while waiting: ${what}`)));
      };
      const bound = setTimeout(
        () => stop(() => reject(new Error(`not within ${this.options.patience} ms: ${what}`))),
        this.options.patience,
      );
      this.listeners.add(look);
      look();
    });
  }

  /** Resolves when the server has ended this connection. */
  untilClosed(): Promise<void> {
    return this.until(() => this.closed !== null || this.broken !== null, 'the server closes the connection');
  }

  send(frame: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(this.options.dialect.wrap(frame, this.address.room));
    }
  }

  /** Sends this replica's own presence with the next clock. */
  show(state: unknown): void {
    this.clock += 1;
    this.send(awarenessFrame([{ clientId: this.doc.clientID, clock: this.clock, state }]));
  }

  sees(other: Visitor, state: unknown): boolean {
    return JSON.stringify(this.present.get(other.doc.clientID)) === JSON.stringify(state);
  }

  /** Leaves in order, with everything that was sent before. */
  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close(1000);
    await this.until(() => this.closed !== null, 'the server answers the close');
  }

  /** Gone without a word. */
  cut(): void {
    this.doc.off('update', this.tell);
    this.socket.terminate();
  }

  private readonly tell = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return;
    this.contentSent += 1;
    this.send(updateFrame(update));
  };

  private hear(data: Buffer): void {
    try {
      this.take(decodeFrame(this.options.dialect.unwrap(new Uint8Array(data))));
    } catch (error) {
      this.broken ??= error as Error;
    }
    this.changed();
  }

  private take(frame: Frame): void {
    this.received[frame.type] += 1;
    if (frame.type === 'step-1') {
      this.contentSent += 1;
      this.send(stepTwo(Y.encodeStateAsUpdate(this.doc, frame.stateVector)));
    } else if (frame.type === 'step-2' || frame.type === 'update') {
      if (frame.type === 'step-2') this.lastStepTwo = frame.update;
      Y.applyUpdate(this.doc, frame.update, this);
      if (this.doc.store.pendingStructs !== null) this.sawGap = true;
    } else if (frame.type === 'awareness') {
      for (const entry of frame.entries) this.notice(entry);
    } else if (frame.type === 'ack') {
      this.acked = frame.n;
    }
  }

  /** y-protocols' rule: a newer clock wins; at the same clock only leaving does. */
  private notice({ clientId, clock, state }: AwarenessEntry): void {
    const known = this.clocks.get(clientId) ?? -1;
    if (clock < known || (clock === known && state !== null)) return;
    this.clocks.set(clientId, clock);
    if (state === null) this.present.delete(clientId);
    else this.present.set(clientId, state);
  }

  private changed(): void {
    for (const look of [...this.listeners]) look();
  }
}
