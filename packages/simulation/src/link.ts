import type { Socket } from '@tidemark/sync';
import { Lane } from './lane.ts';
import type { Actor, Timeline } from './timeline.ts';

/** What the client's end hears. */
export interface ClientEnd {
  opened(): void;
  message(bytes: Uint8Array): void;
  closed(code: number, reason: string): void;
}

/** What the server's end hears. */
export interface ServerEnd {
  receive(bytes: Uint8Array): void;
  disconnected(): void;
}

export interface LinkOptions {
  readonly name: string;
  readonly timeline: Timeline;
  readonly client: Actor;
  readonly server: Actor;
  readonly extended: boolean;
  readonly latency: () => number;
  /** A server's door cuts who has sent nothing for this long, unless more than `slowBytes` wait for it. Null: it never does. */
  readonly silenceMs: number | null;
  readonly slowBytes: number;
  /** What the network makes of a message on its way up; null loses it. */
  garble(bytes: Uint8Array): Uint8Array | null;
  /** Lets the client in: null when the door is shut. */
  accept(socket: Socket): ServerEnd | null;
  /** The server sends, before anything is on its way. */
  told(bytes: Uint8Array): void;
  /** A message reached the server. */
  heard(bytes: Uint8Array): void;
  ended(): void;
}

/** A machine gives up a connection that is not there after so long, milliseconds. */
const connectMs = 100_000;

/** One TCP connection with a WebSocket on it. */
export class Link {
  readonly name: string;
  readonly #options: LinkOptions;
  readonly #end: ClientEnd;
  readonly #up: Lane;
  readonly #down: Lane;
  #session: ServerEnd | null = null;
  #serverClosed = false;
  #clientClosed = false;
  #silentSince: number | null = null;
  #hung = false;
  #opened = false;

  constructor(options: LinkOptions, end: ClientEnd) {
    this.name = options.name;
    this.#options = options;
    this.#end = end;
    this.#up = new Lane(options.timeline, options.server, options.latency);
    this.#down = new Lane(options.timeline, options.client, options.latency);
    this.#up.push(`${this.name} knocks`, 0, () => this.#enter());
    if (!options.server.alive) this.#refused();
    options.timeline.later(options.client, connectMs, `${this.name} times out`, () => {
      if (!this.#opened) this.#clientLost(1006, '');
    });
  }

  /** Bytes of the client that the network has not taken. */
  get unsent(): number {
    return this.#up.stuckBytes;
  }

  /** Bytes of the server that the network has not taken. */
  get unread(): number {
    return this.#down.stuckBytes;
  }

  get over(): boolean {
    return this.#serverClosed && this.#clientClosed;
  }

  send(bytes: Uint8Array): void {
    if (this.#clientClosed) return;
    const sent = this.#options.garble(bytes.slice());
    if (sent === null) return;
    this.#up.push(`${this.name} up ${sent[0]}`, sent.length, () => this.#arrived(sent));
  }

  /** The client closes, or its machine does it for one that was killed: what it had sent still arrives. */
  leave(): void {
    if (this.#clientClosed) return;
    this.#clientClosed = true;
    this.#down.cut();
    this.#up.push(`${this.name} leaves`, 0, () => this.#serverLost());
    this.#settle();
  }

  /** Both ends hear of it after a while, unless they are frozen. */
  cut(): void {
    this.#up.cut();
    this.#down.cut();
    const { timeline, client, server, latency } = this.#options;
    timeline.later(server, latency(), `${this.name} cut`, () => this.#serverLost());
    timeline.later(client, latency(), `${this.name} cut`, () => this.#clientLost(1006, ''));
  }

  /** Nothing passes any more, for ever, and neither end is told. */
  hang(): void {
    this.freeze(true, true);
    this.#hung = true;
  }

  /** The client's machine is gone without a word. */
  vanish(): void {
    this.#clientClosed = true;
    this.hang();
    this.#settle();
  }

  /** The server process is gone; what it had sent may still arrive. */
  serverDied(): void {
    this.#up.cut();
    this.#serverClosed = true;
    this.#session = null;
    this.#down.push(`${this.name} reset`, 0, () => this.#clientLost(1006, ''));
    this.#settle();
  }

  freeze(up: boolean, down: boolean): void {
    if (this.#hung) return;
    this.#up.freeze(up);
    this.#down.freeze(down);
    if (!up && !down) this.#silentSince = null;
    else if (this.#silentSince === null) this.#listen(this.#options.timeline.now);
    // Cut by the server meanwhile: the client learns it now.
    if (!up && !down && this.#serverClosed) {
      this.#down.push(`${this.name} reset`, 0, () => this.#clientLost(1006, ''));
    }
  }

  #listen(since: number): void {
    const { timeline, server, silenceMs, slowBytes } = this.#options;
    this.#silentSince = since;
    if (silenceMs === null) return;
    timeline.later(server, silenceMs, `${this.name} silent`, () => {
      if (this.#silentSince !== since || this.#serverClosed) return;
      if (this.#up.frozen || this.unread <= slowBytes) this.#serverLost();
      else this.#listen(timeline.now);
    });
  }

  #enter(): void {
    if (this.#serverClosed) return;
    const { accept, extended, told } = this.#options;
    const socket: Socket = {
      extended,
      send: (bytes) => {
        if (this.#serverClosed) return;
        told(bytes);
        const sent = bytes.slice();
        this.#down.push(`${this.name} down ${sent[0]}`, sent.length, () => {
          if (!this.#clientClosed) this.#end.message(sent);
        });
      },
      bufferedBytes: () => this.unread,
      close: (code, reason) => {
        if (this.#serverClosed) return;
        this.#serverClosed = true;
        this.#session = null;
        this.#down.push(`${this.name} close ${code}`, 0, () => this.#clientLost(code, reason));
        this.#settle();
      },
    };
    this.#down.push(`${this.name} open`, 0, () => {
      this.#opened = true;
      if (!this.#clientClosed) this.#end.opened();
    });
    const session = accept(socket);
    if (session === null) socket.close(1006, '');
    else if (!this.#serverClosed) this.#session = session;
  }

  #arrived(bytes: Uint8Array): void {
    if (this.#session === null) return;
    this.#options.heard(bytes);
    this.#session.receive(bytes);
  }

  #refused(): void {
    this.#serverClosed = true;
    this.#down.push(`${this.name} refused`, 0, () => this.#clientLost(1006, ''));
  }

  #serverLost(): void {
    const session = this.#session;
    this.#session = null;
    this.#serverClosed = true;
    this.#settle();
    session?.disconnected();
  }

  #clientLost(code: number, reason: string): void {
    if (this.#clientClosed) return;
    this.#clientClosed = true;
    this.#serverClosed ||= this.#session === null;
    this.#up.push(`${this.name} gone`, 0, () => this.#serverLost());
    this.#settle();
    this.#end.closed(code, reason);
  }

  #settle(): void {
    if (this.over) this.#options.ended();
  }
}
