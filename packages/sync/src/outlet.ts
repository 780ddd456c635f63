import { encodeFrame, type Frame } from '@tidemark/protocol';
import type { Mark } from './mark.ts';
import type { Socket } from './ports.ts';
import type { World } from './world.ts';

export interface OutletEvents {
  /** The reader takes frames again: send what was shown since, or what the owner of the state vector it asked with lacks. */
  resync(since: Mark | Uint8Array): void;
  /** What a reader that turns stale now was last sent. Called between turns only, when all that is applied was shown. */
  mark(): Mark;
  /** The socket did not drain in time, or makes us say more than it takes. */
  tooSlow(): void;
  /** The socket threw: nothing can be sent to it any more. */
  broken(): void;
}

/**
 * The way out to one reader, bounded in bytes. A reader that does not take what is sent becomes stale: it gets no
 * more updates, and when it has drained, one diff that replaces all it was spared.
 */
export class Outlet {
  readonly #socket: Socket;
  readonly #world: World;
  readonly #events: OutletEvents;
  #stale: { readonly since: Mark | Uint8Array; readonly until: number } | null = null;
  /** Whether an answer is under way. It holds all that is shown until it comes, so nothing is sent meanwhile. */
  #awaited = false;
  /** Bytes of small frames since the socket was last seen empty enough. */
  #told = 0;
  #cancelLook: (() => void) | null = null;
  #closed = false;

  constructor(socket: Socket, world: World, events: OutletEvents) {
    this.#socket = socket;
    this.#world = world;
    this.#events = events;
  }

  /** Small frames that every reader gets, stale or not; one that asks for ever more of them and takes none is closed. */
  tell(frame: Frame): void {
    const bytes = encodeFrame(frame);
    this.#send(bytes);
    const { slowReaderBytes } = this.#world.settings;
    if (this.#closed) return;
    if (this.#socket.bufferedBytes() <= slowReaderBytes) this.#told = 0;
    else this.#told += bytes.length;
    if (this.#told > slowReaderBytes) this.#events.tooSlow();
  }

  get stale(): boolean {
    return this.#stale !== null;
  }

  /** Bytes handed to the socket that the network has not taken. */
  bufferedBytes(): number {
    return this.#closed ? 0 : this.#socket.bufferedBytes();
  }

  /** Whether an answer is under way. */
  get awaits(): boolean {
    return this.#awaited;
  }

  /** An answer is being made: nothing is shown until it comes. */
  await(): void {
    this.#awaited = true;
  }

  /** The answer awaited: encoded frames of any size that hold all that was shown so far; `mark` as in `show`. */
  answer(frames: readonly Uint8Array[], mark: () => Mark): void {
    this.#awaited = false;
    for (const bytes of frames) this.#send(bytes);
    this.#watch(mark);
  }

  /** Encoded update frames, shared by all readers. `mark` is of the room, the updates included. */
  show(frames: readonly Uint8Array[], mark: () => Mark): void {
    if (this.#stale !== null || this.#awaited || this.#closed) return;
    for (const bytes of frames) this.#send(bytes);
    this.#watch(mark);
  }

  /** An encoded presence frame: a stale reader gets everybody later. */
  presence(bytes: Uint8Array): void {
    if (this.#stale !== null) return;
    this.#send(bytes);
    this.#watch(() => this.#events.mark());
  }

  /** A stale reader that asks what it lacks is answered when it has drained: then, true. */
  postpone(stateVector: Uint8Array): boolean {
    if (this.#stale === null) return false;
    this.#stale = { since: stateVector, until: this.#stale.until };
    return true;
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.stop();
    try {
      this.#socket.close(code, reason);
    } catch (error) {
      this.#world.journal.warn('socket-close-failed', { error: String(error) });
    }
  }

  /** The socket is gone: nothing is sent to it any more. */
  stop(): void {
    this.#closed = true;
    this.#cancelLook?.();
  }

  /** Looks whether the reader keeps up with what was sent so far. */
  #watch(mark: () => Mark): void {
    const { slowReaderBytes, slowReaderMs } = this.#world.settings;
    // Who waits for an answer was not sent what a mark would say.
    if (this.#closed || this.#stale !== null || this.#awaited) return;
    const buffered = this.#socket.bufferedBytes();
    if (buffered <= slowReaderBytes) return;
    // A large document takes its time on a thin line: cut off half way, its reader would only begin again.
    const patience = (slowReaderMs * buffered) / slowReaderBytes;
    this.#stale = { since: mark(), until: this.#world.clock.now() + patience };
    this.#lookLater();
  }

  #lookLater(): void {
    const { slowReaderLookMs, slowReaderBytes } = this.#world.settings;
    this.#cancelLook = this.#world.clock.after(slowReaderLookMs, () => {
      const stale = this.#stale;
      if (stale === null || this.#closed) return;
      if (this.#socket.bufferedBytes() <= slowReaderBytes / 4) {
        this.#stale = null;
        this.#world.counters.resyncs += 1;
        this.#events.resync(stale.since);
      } else if (this.#world.clock.now() >= stale.until) {
        this.#events.tooSlow();
      } else {
        this.#lookLater();
      }
    });
  }

  #send(bytes: Uint8Array): void {
    if (this.#closed) return;
    try {
      this.#socket.send(bytes);
    } catch (error) {
      this.#world.journal.warn('socket-send-failed', { error: String(error) });
      this.#events.broken();
    }
  }
}
