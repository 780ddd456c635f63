import { decodeFrame, encodeFrame, type Frame, isRefusal, type Refusal } from '@tidemark/protocol';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Lobby } from './front-door.ts';
import type { Principal, Socket } from './ports.ts';
import type { Session } from './session.ts';

/** A client of one document. Its framing is that of y-websocket, made by y-protocols. */
export class TestClient implements Socket {
  readonly doc: Y.Doc = new Y.Doc();
  readonly extended: boolean;
  /** Frames as they came, in order. */
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | null = null;
  /** A slow reader: what is sent to it stays in its buffer. */
  stuck = false;
  /** Content frames sent on this connection, by n (first is 1). */
  readonly sent: Uint8Array[] = [];
  readonly awareness: Awareness;
  #clock = 0;
  #inbox: Uint8Array[] = [];
  #outbox: Uint8Array[] = [];
  #session: Session | null = null;

  constructor(extended: boolean, clientId: number) {
    this.extended = extended;
    this.doc.clientID = clientId;
    this.awareness = new Awareness(this.doc);
    // Stops its timer, which is not of our clock; it still takes the states of others.
    this.awareness.destroy();
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#session !== null) this.sendUpdate(update);
    });
  }

  get text(): string {
    return this.doc.getText('t').toString();
  }

  get acked(): number {
    return this.of('ack').at(-1)?.n ?? 0;
  }

  of<T extends Frame['type']>(type: T): Extract<Frame, { type: T }>[] {
    return this.frames.filter((frame): frame is Extract<Frame, { type: T }> => frame.type === type);
  }

  connect(lobby: Lobby, principal: Principal, documentId: string, epoch: number | null = null): this {
    this.closed = null;
    this.frames.length = 0;
    this.sent.length = 0;
    this.#inbox = [];
    this.#outbox = [];
    this.#session = lobby.connect(this, principal, documentId, epoch);
    this.sendBytes(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        writeSyncStep1(encoder, this.doc);
      }),
    );
    return this;
  }

  /** The connection is cut: what was under way in both directions is lost. */
  cut(): void {
    const session = this.#session;
    this.#session = null;
    this.#inbox = [];
    this.#outbox = [];
    session?.disconnected();
  }

  /** What the server's door says to a session that it wants to end. */
  finish(refusal: Refusal): void {
    this.#session?.finish(refusal);
  }

  get connected(): boolean {
    return this.#session !== null && this.closed === null;
  }

  sendUpdate(update: Uint8Array): void {
    this.sendBytes(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 0);
        writeUpdate(encoder, update);
      }),
    );
  }

  sendBytes(bytes: Uint8Array): void {
    this.#outbox.push(bytes);
  }

  /** The awareness state of this client, under its own ID unless told otherwise. */
  sendAwareness(state: unknown, clock = this.#clock + 1, clientId = this.doc.clientID): void {
    this.#clock = Math.max(this.#clock, clock);
    const update = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, JSON.stringify(state));
    });
    this.sendBytes(encodeFrame({ type: 'awareness', update }));
  }

  /** The states of the others, as y-protocols keeps them. */
  present(): unknown[] {
    const ids = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID);
    return ids.sort((a, b) => a - b).map((id) => this.awareness.getStates().get(id));
  }

  type(text: string): this {
    this.doc.getText('t').insert(this.doc.getText('t').length, text);
    return this;
  }

  send(bytes: Uint8Array): void {
    this.#inbox.push(bytes);
  }

  bufferedBytes(): number {
    return this.stuck ? this.#inbox.reduce((sum, bytes) => sum + bytes.length, 0) : 0;
  }

  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }

  /** Moves what is under way; false if nothing was. */
  exchange(): boolean {
    const outbox = this.#outbox;
    this.#outbox = [];
    for (const bytes of outbox) {
      const frame = decodeFrame(bytes);
      if (!isRefusal(frame) && 'update' in frame && frame.type !== 'awareness') this.sent.push(frame.update);
      this.#session?.receive(bytes);
    }
    if (this.stuck) return outbox.length > 0;
    const inbox = this.#inbox;
    this.#inbox = [];
    for (const bytes of inbox) this.#receive(bytes);
    return outbox.length + inbox.length > 0;
  }

  #receive(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes) as Frame;
    this.frames.push(frame);
    if (frame.type === 'awareness') applyAwarenessUpdate(this.awareness, frame.update, this);
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== 0) return;
    const reply = encoding.createEncoder();
    encoding.writeVarUint(reply, 0);
    readSyncMessage(decoder, reply, this.doc, this);
    if (encoding.length(reply) > 1) this.sendBytes(encoding.toUint8Array(reply));
  }
}
