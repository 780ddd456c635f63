import { encodeFrame, type Frame } from '@tidemark/protocol';
import type { Socket } from './ports.ts';
import type { World } from './world.ts';

export interface OutletEvents {
  /** The reader takes frames again: send what one with `stateVector` lacks by now. */
  resync(stateVector: Uint8Array): void;
  /** What a reader that turns stale now was last sent. Called between turns only, when all that is applied was shown. */
  stateVector(): Uint8Array;
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
  #stale: { readonly stateVector: Uint8Array; readonly until: number } | null = null;
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

  /** A diff of any size that the reader asked for; `stateVector` as in `show`. */
  answer(update: Uint8Array, stateVector: () => Uint8Array): void {
    this.#send(encodeFrame({ type: 'sync-step-2', update }));
    this.#watch(stateVector);
  }

  /** Encoded update frames, shared by all readers. `stateVector` is of the replica, the updates included. */
  show(frames: readonly Uint8Array[], stateVector: () => Uint8Array): void {
    if (this.#stale !== null || this.#closed) return;
    for (const bytes of frames) this.#send(bytes);
    this.#watch(stateVector);
  }

  /** An encoded presence frame: a stale reader gets everybody later. */
  presence(bytes: Uint8Array): void {
    if (this.#stale !== null) return;
    this.#send(bytes);
    this.#watch(() => this.#events.stateVector());
  }

  /** A stale reader that asks what it lacks is answered when it has drained: then, true. */
  postpone(stateVector: Uint8Array): boolean {
    if (this.#stale === null) return false;
    this.#stale = { stateVector, until: this.#stale.until };
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
  #watch(stateVector: () => Uint8Array): void {
    const { slowReaderBytes, slowReaderMs } = this.#world.settings;
    if (this.#closed || this.#stale !== null) return;
    const buffered = this.#socket.bufferedBytes();
    if (buffered <= slowReaderBytes) return;
    // A large document takes its time on a thin line: cut off half way, its reader would only begin again.
    const patience = (slowReaderMs * buffered) / slowReaderBytes;
    this.#stale = { stateVector: stateVector(), until: this.#world.clock.now() + patience };
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
        this.#events.resync(stale.stateVector);
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
