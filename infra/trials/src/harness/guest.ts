import { once } from 'node:events';
import { decodeFrame, encodeFrame, isRefusal } from '@tidemark/protocol';
import { WebSocket } from 'ws';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';

/** Somebody who looks on and shows a name, as a stock client does; may come back at another process with the same client ID. */
export class Guest {
  readonly name: string;
  private readonly doc = new Y.Doc();
  private readonly awareness = new Awareness(this.doc);
  private socket: WebSocket;
  private readonly listeners = new Set<() => void>();

  constructor(url: string, name: string) {
    this.name = name;
    this.awareness.setLocalState({ name });
    this.awareness.on(
      'update',
      ({ added, updated }: { added: number[]; updated: number[] }, origin: unknown) => {
        if (origin === 'local' && [...added, ...updated].includes(this.doc.clientID)) this.show();
        for (const look of [...this.listeners]) look();
      },
    );
    this.socket = this.open(url);
  }

  /** Another connection, made before the old one is known to be lost; whoever is back moves. */
  async comeBack(url: string): Promise<void> {
    const old = this.socket;
    this.socket = this.open(url);
    await once(this.socket, 'open');
    this.awareness.setLocalState({ name: this.name });
    old.terminate();
  }

  /** Names of the others, in order. */
  get seen(): string[] {
    const others = [...this.awareness.getStates()].filter(([id]) => id !== this.doc.clientID);
    return others.map(([, state]) => String(state.name)).sort();
  }

  untilSees(...names: readonly string[]): Promise<void> {
    const wanted = [...names].sort().join();
    return new Promise((resolve) => {
      const look = () => {
        if (this.seen.join() !== wanted) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      look();
    });
  }

  leave(): void {
    this.awareness.destroy();
    this.socket.terminate();
  }

  private open(url: string): WebSocket {
    const socket = new WebSocket(url);
    socket.binaryType = 'nodebuffer';
    socket.on('open', () => this.show());
    socket.on('error', () => undefined); // cuts are what these tests make
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(new Uint8Array(data));
      if (isRefusal(frame)) throw new Error(`the server sent a frame that cannot be read: ${frame.detail}`);
      if (socket === this.socket && frame.type === 'awareness') {
        applyAwarenessUpdate(this.awareness, frame.update, this);
      }
    });
    return socket;
  }

  private show(): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const update = encodeAwarenessUpdate(this.awareness, [this.doc.clientID]);
    this.socket.send(encodeFrame({ type: 'awareness', update }));
  }
}
