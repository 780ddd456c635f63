/** What a heartbeat asks of a connection. */
export interface Beating {
  /** Bytes received so far, whole messages or not. */
  bytesRead(): number;
  /** Whether so much is on its way to it that a ping would be stuck behind it. */
  congested(): boolean;
  ping(): void;
  /** Ends the connection without a word: nobody is there to hear one. */
  cut(): void;
}

/** Milliseconds between pings; a connection that sent no byte for a whole turn is cut at the next. */
const defaultBeat = 30_000;
/** Connections are pinged in so many groups, one after the other: thousands at once would hold up the event loop. */
const groups = 50;

/**
 * Pings connections, so that a laptop that was shut does not stay in the room as a ghost. Bytes count, not messages:
 * on a thin line a large frame takes longer than a turn to arrive, and the pong waits behind it.
 */
export class Heartbeat {
  /** Each connection with the bytes it had sent at its last turn. */
  readonly #groups: readonly Map<Beating, number>[] = Array.from({ length: groups }, () => new Map());
  readonly #timer: NodeJS.Timeout;
  #newest = 0;
  #turn = 0;

  constructor(every: number = defaultBeat) {
    this.#timer = setInterval(() => this.#beat(), every / groups);
    this.#timer.unref();
  }

  /** Begins to look after a connection; the returned function ends it. */
  watch(connection: Beating): () => void {
    this.#newest = (this.#newest + 1) % groups;
    const group = this.#groups[this.#newest]!;
    group.set(connection, 0);
    return () => group.delete(connection);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    this.#turn = (this.#turn + 1) % groups;
    const group = this.#groups[this.#turn]!;
    for (const [connection, before] of group) {
      const now = connection.bytesRead();
      if (now !== before) {
        group.set(connection, now);
        connection.ping();
      } else if (!connection.congested()) {
        // Where it is, the ping is still queued and the room watches how it is taken.
        connection.cut();
      }
    }
  }
}
