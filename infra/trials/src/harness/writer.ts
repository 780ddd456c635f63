import { decodeFrame, encodeFrame, type Frame, isRefusal, subprotocol } from '@tidemark/protocol';
import { WebSocket } from 'ws';
import * as Y from 'yjs';

/**
 * A writer with no store of its own, on a raw socket: what it knows of acknowledgements it knows from frame 100 alone.
 * It writes numbered keys into the root map `writes`, one update and one content frame each.
 */
export class Writer {
  readonly doc = new Y.Doc();
  /** Keys whose content frame was acknowledged. */
  readonly acked = new Set<string>();
  storage: 'ok' | 'failing' = 'ok';
  lastLsn = 0;
  sent = 0;
  private frames: string[][] = [];
  private readonly written: string[] = [];
  private writing: string | null = null;
  private covered = 0;
  private socket: WebSocket;
  private readonly listeners = new Set<() => void>();
  private closed: number | null = null;
  private live = false;

  readonly name: string;

  /** `token`: an API token, for an address that holds no sync token. */
  constructor(url: string, name: string, token?: string) {
    this.name = name;
    this.socket = this.open(url, token);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.sendContent({ type: 'update', update });
    });
  }

  /** Comes back with all it holds, as a client that was cut off does. What it knows to be stored it goes on knowing. */
  comeBack(url: string, token?: string): void {
    this.socket.terminate();
    this.closed = null;
    this.live = false;
    this.storage = 'ok';
    this.frames = [];
    this.covered = 0;
    this.socket = this.open(url, token);
  }

  /** How many content frames of this connection were acknowledged. */
  get settledFrames(): number {
    return this.covered;
  }

  get closeCode(): number | null {
    return this.closed;
  }

  /** Writes one key; its frame goes out at once. */
  write(): string {
    const key = `${this.name}-${this.written.length}`;
    this.written.push(key);
    this.writing = key;
    this.doc.getMap('writes').set(key, this.written.length);
    this.writing = null;
    return key;
  }

  /** Sends an awareness update. */
  present(update: Uint8Array): void {
    this.send({ type: 'awareness', update });
  }

  /** Resolves when `met()` holds; rejects when the connection closes first, unless closing is what was waited for. */
  until(met: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (met()) resolve();
        else if (this.closed !== null) reject(new Error(`${this.name}: closed with ${this.closed}`));
        else return;
        this.listeners.delete(look);
      };
      this.listeners.add(look);
      look();
    });
  }

  /** In step with the server: its content is here. */
  untilLive(): Promise<void> {
    return this.until(() => this.live);
  }

  untilAllAcked(): Promise<void> {
    return this.until(() => this.written.every((key) => this.acked.has(key)));
  }

  close(): void {
    this.socket.close();
  }

  private open(url: string, token: string | undefined): WebSocket {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url, [subprotocol], { headers });
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer) => {
      if (socket === this.socket) this.receive(new Uint8Array(data));
    });
    socket.on('error', () => this.changed()); // a cut is what these tests make; 'close' follows and is looked at
    socket.on('close', (code) => {
      if (socket !== this.socket) return;
      this.closed = code;
      this.changed();
    });
    return socket;
  }

  private receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (isRefusal(frame)) throw new Error(`the server sent a frame that cannot be read: ${frame.detail}`);
    if (frame.type === 'hello')
      this.send({ type: 'sync-step-1', stateVector: Y.encodeStateVector(this.doc) });
    else if (frame.type === 'sync-step-1') {
      this.sendContent({ type: 'sync-step-2', update: Y.encodeStateAsUpdate(this.doc, frame.stateVector) });
    } else if (frame.type === 'sync-step-2' || frame.type === 'update') {
      Y.applyUpdate(this.doc, frame.update, this);
      if (frame.type === 'sync-step-2') this.live = true;
    } else if (frame.type === 'ack') this.acknowledge(frame.n, frame.lsn);
    else if (frame.type === 'storage') this.storage = frame.state;
    else if (frame.type === 'refusal')
      throw new Error(`${this.name} was refused: ${frame.code} ${frame.detail}`);
    this.changed();
  }

  private acknowledge(n: number, lsn: number): void {
    if (n > this.frames.length) throw new Error(`ack ${n} for ${this.frames.length} frames`);
    if (n < this.covered || lsn < this.lastLsn) throw new Error('an ack went down');
    for (const keys of this.frames.slice(this.covered, n)) for (const key of keys) this.acked.add(key);
    this.covered = n;
    this.lastLsn = lsn;
  }

  private sendContent(frame: Extract<Frame, { update: Uint8Array }>): void {
    if (this.socket.readyState !== WebSocket.OPEN) return; // the next step 2 carries it
    // Step 2 carries everything written so far; an update carries the key just written.
    this.frames.push(frame.type === 'sync-step-2' ? [...this.written] : this.writing ? [this.writing] : []);
    this.sent += 1;
    this.send(frame);
  }

  private send(frame: Frame): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(encodeFrame(frame));
  }

  private changed(): void {
    for (const look of [...this.listeners]) look();
  }
}
