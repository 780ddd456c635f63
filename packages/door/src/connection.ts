import type { Socket as NetSocket } from 'node:net';
import { refusals, refuse } from '@tidemark/protocol';
import { defaultSettings, type Session, type Socket } from '@tidemark/sync';
import type { WebSocket } from 'ws';
import { close } from './closing.ts';
import type { Beating, Heartbeat } from './heartbeat.ts';
import { framesPerPing, Pace, type PaceLimits } from './pace.ts';
import type { TurnWriter } from './turn-writer.ts';

/** What all connections of a door share. */
export interface Hall {
  readonly writer: TurnWriter;
  readonly heartbeat: Heartbeat;
  readonly pace: PaceLimits;
}

/** One admitted WebSocket: the engine's `Socket`, held to a pace. */
export class Connection implements Socket, Beating {
  readonly extended: boolean;
  readonly #ws: WebSocket;
  readonly #network: NetSocket;
  readonly #hall: Hall;
  readonly #pace: Pace;
  #session: Session | null = null;
  #rest: NodeJS.Timeout | null = null;

  constructor(ws: WebSocket, network: NetSocket, extended: boolean, hall: Hall) {
    this.#ws = ws;
    this.#network = network;
    this.extended = extended;
    this.#hall = hall;
    this.#pace = new Pace(hall.pace, performance.now());
  }

  /** Begins to listen. */
  serve(session: Session): void {
    // The lobby may have closed it at once.
    if (this.#ws.readyState === this.#ws.OPEN) this.#session = session;
    const leave = this.#hall.heartbeat.watch(this);
    this.#ws.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    this.#ws.on('ping', () => this.#count(framesPerPing, 0));
    this.#ws.once('close', () => {
      leave();
      if (this.#rest !== null) clearTimeout(this.#rest);
      session.disconnected();
    });
  }

  send(bytes: Uint8Array): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#hall.writer.write(this.#network, bytes);
  }

  bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  close(code: number, reason: string): void {
    // What still comes is read, up to the peer's answer, but not heard.
    this.#session = null;
    if (this.#ws.isPaused) this.#ws.resume();
    close(this.#ws, code, reason);
  }

  bytesRead(): number {
    return this.#network.bytesRead;
  }

  congested(): boolean {
    return this.#ws.bufferedAmount > defaultSettings.slowReaderBytes;
  }

  ping(): void {
    this.#ws.ping();
  }

  cut(): void {
    this.#ws.terminate();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#session === null) return;
    if (!isBinary) {
      this.close(refusals.malformed.close, 'A text message; frames are binary.');
      return;
    }
    this.#session.receive(data);
    this.#count(1, data.byteLength);
  }

  /**
   * Beyond its pace the connection is not read for a moment, so that TCP slows its sender: nothing is lost. Who presses
   * on all the same is not read any more, and closed when all that was read is stored.
   */
  #count(frames: number, bytes: number): void {
    const now = performance.now();
    const pause = this.#pace.take(frames, bytes, now);
    if (pause === 0 || this.#rest !== null || this.#session === null) return;
    this.#ws.pause();
    const pressing = this.#pace.pressing(now);
    this.#rest = setTimeout(
      () => {
        this.#rest = null;
        // Not before what was read together with this frame is received too.
        if (pressing) this.#session?.finish(refuse('too-fast'));
        else this.#ws.resume();
      },
      pressing ? 0 : pause,
    );
  }
}
