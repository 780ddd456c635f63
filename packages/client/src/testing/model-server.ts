/**
 * The smallest server that keeps the promises of frame 100: one document, a memory that a crash wipes and a log
 * that it does not. Content is stored when the test says so, acknowledged by counting frames, never before.
 */
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  isRefusal,
  type RefusalCode,
  refusals,
} from '@tidemark/protocol';
import * as Y from 'yjs';

export interface ModelServer {
  /** To be given to a provider as its WebSocket. */
  readonly WebSocket: typeof globalThis.WebSocket;
  /** What a restart would find. */
  stored(): Y.Doc;
  /** What the server shows at present. */
  shown(): Y.Doc;
  /** Stores all that arrived and acknowledges it. */
  store(): void;
  sockets(): ModelSocket[];
  /** Addresses asked for, newest last. */
  readonly asked: string[];
  /** Cuts everybody and forgets what was not stored. */
  crash(): void;
  /** Every client's frame, as it arrived. */
  readonly heard: Frame[];
  settings: ModelSettings;
}

export interface ModelSettings {
  /** False: speaks like a stock server, no hello, no acks. */
  extended: boolean;
  access: 'edit' | 'read';
  epoch: number;
  frameBytes: number;
  /** Sockets open at once; false: they stay in the air until `open()`; 'refuse': they close with 1006. */
  door: 'open' | 'waiting' | 'refuse';
  /** Answers pings and frames; false: a network that swallows everything. */
  answering: boolean;
  autoStore: boolean;
}

export interface ModelSocket {
  readonly url: string;
  open(): void;
  /** The server's side says something. */
  say(frame: Frame): void;
  close(code: number, reason?: string): void;
  refuse(n: number, code: RefusalCode): void;
  readonly contentFrames: number;
  readonly acked: number;
}

export function createModelServer(given: Partial<ModelSettings> = {}): ModelServer {
  const settings: ModelSettings = {
    extended: true,
    access: 'edit',
    epoch: 1,
    frameBytes: 1_000_000,
    door: 'open',
    answering: true,
    autoStore: true,
    ...given,
  };
  let memory = new Y.Doc();
  const disk = new Y.Doc();
  let lsn = 0;
  let sockets: Socket[] = [];
  const asked: string[] = [];
  const heard: Frame[] = [];

  class Socket implements ModelSocket {
    binaryType = 'blob';
    readyState = 0;
    bufferedAmount = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    contentFrames = 0;
    acked = 0;
    readonly url: string;

    constructor(url: string) {
      this.url = url;
      asked.push(url);
      sockets.push(this);
      if (settings.door === 'open') queueMicrotask(() => this.open());
      if (settings.door === 'refuse') queueMicrotask(() => this.close(1006));
    }

    open() {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.onopen?.();
      if (settings.extended) {
        const { epoch, access, frameBytes } = settings;
        this.say({ type: 'hello', epoch, head: lsn, access, frameBytes, documentBytes: 1_000_000 });
      }
      this.say({ type: 'sync-step-1', stateVector: Y.encodeStateVector(memory) });
    }

    say(frame: Frame) {
      const bytes = encodeFrame(frame);
      queueMicrotask(() => {
        if (this.readyState === 1) this.onmessage?.({ data: bytes.slice().buffer });
      });
    }

    /** Called by the provider. */
    send(bytes: Uint8Array) {
      const frame = decodeFrame(bytes);
      if (isRefusal(frame)) throw new Error(`The provider sent nonsense: ${frame.detail}`);
      heard.push(frame);
      if (!settings.answering) return;
      queueMicrotask(() => this.hear(frame));
    }

    hear(frame: Frame) {
      if (this.readyState !== 1 || !sockets.includes(this)) return;
      if (frame.type === 'sync-step-1') {
        this.say({ type: 'sync-step-2', update: Y.encodeStateAsUpdate(memory, frame.stateVector) });
      } else if (frame.type === 'sync-step-2' || frame.type === 'update') {
        this.contentFrames += 1;
        Y.applyUpdate(memory, frame.update);
        for (const other of sockets) if (other !== this) other.say({ type: 'update', update: frame.update });
        if (settings.autoStore) store();
      } else if (frame.type === 'awareness') {
        for (const other of sockets) if (other !== this) other.say(frame);
      }
    }

    /** Both sides may close; the provider gives no code. */
    close(code = 1000, reason = '') {
      if (this.readyState === 3) return;
      this.readyState = 3;
      sockets = sockets.filter((socket) => socket !== this);
      queueMicrotask(() => this.onclose?.({ code, reason }));
    }

    refuse(n: number, code: RefusalCode) {
      this.say({ type: 'refusal', n, code, detail: refusals[code].meaning });
    }
  }

  function store() {
    Y.applyUpdate(disk, Y.encodeStateAsUpdate(memory));
    for (const socket of sockets) {
      if (!settings.extended || socket.contentFrames === socket.acked) continue;
      lsn += 1;
      socket.acked = socket.contentFrames;
      socket.say({ type: 'ack', n: socket.acked, lsn });
    }
  }

  return {
    WebSocket: Socket as unknown as typeof globalThis.WebSocket,
    stored: () => disk,
    shown: () => memory,
    store,
    sockets: () => [...sockets],
    asked,
    crash() {
      for (const socket of sockets) socket.close(1006);
      memory = new Y.Doc();
      Y.applyUpdate(memory, Y.encodeStateAsUpdate(disk));
    },
    heard,
    settings,
  };
}
