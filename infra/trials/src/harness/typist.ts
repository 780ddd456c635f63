import { once } from 'node:events';
import { decodeFrame, encodeFrame, isRefusal, subprotocol } from '@tidemark/protocol';
import { WebSocket } from 'ws';
import * as Y from 'yjs';

/** One continuous run of text makes Yjs slower with its length, and that is not what is measured: texts are this long. */
const textLength = 2_000;

/** Somebody who types one character per edit, and knows from frame 100 alone what is stored. For measurements. */
export class Typist {
  private readonly doc = new Y.Doc();
  private readonly socket: WebSocket;
  private readonly waiting: { n: number; resolve: () => void }[] = [];
  private text: Y.Text | null = null;
  private typed = 0;
  private frame: Uint8Array = new Uint8Array();
  sent = 0;
  acked = 0;

  private constructor(url: string) {
    this.socket = new WebSocket(url, [subprotocol]);
    this.doc.on('update', (update: Uint8Array) => {
      this.frame = encodeFrame({ type: 'update', update });
    });
    this.socket.on('message', (data: Buffer) => {
      if (data[0] !== 100) return;
      const frame = decodeFrame(data);
      if (isRefusal(frame) || frame.type !== 'ack') throw new Error('not an ack');
      this.acked = frame.n;
      while (this.waiting[0] !== undefined && this.waiting[0].n <= frame.n) this.waiting.shift()!.resolve();
    });
  }

  static async at(url: string): Promise<Typist> {
    const typist = new Typist(url);
    await once(typist.socket, 'open');
    return typist;
  }

  /** Makes one edit; the bytes of its frame. `send` lets it go. */
  type(): Uint8Array {
    if (this.text === null || this.typed % textLength === 0) {
      const text = new Y.Text();
      this.text = text;
      this.doc.getMap('texts').set(`${this.doc.clientID}.${this.typed}`, text);
    } else {
      this.text.insert(this.text.length, 'x');
    }
    this.typed += 1;
    return this.frame;
  }

  /** Resolves when the frame is stored. */
  send(frame: Uint8Array): Promise<void> {
    this.sent += 1;
    const n = this.sent;
    this.socket.send(frame);
    return new Promise((resolve) => this.waiting.push({ n, resolve }));
  }

  /** Types until `enough()` with `inFlight` edits on their way; resolves when all are stored. */
  async typeOn(inFlight: number, enough: () => boolean): Promise<void> {
    const slot = async () => {
      while (!enough()) await this.send(this.type());
    };
    await Promise.all(Array.from({ length: inFlight }, slot));
  }

  close(): void {
    this.socket.close();
  }
}
