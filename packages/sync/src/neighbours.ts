import type { Bus, Clock, Log } from './ports.ts';
import type { Settings } from './settings.ts';

/** What a process learns of the others for one of its rooms. */
export interface Neighbourhood {
  /** That process is gone, with all its sessions. */
  processGone(process: string): void;
  /** Words may have been lost: ask the others again. */
  askAgain(): void;
}

/** The topic on which processes say that they live, or that they go. */
const processes = 'processes';
const alive = new Uint8Array([0]);
const going = new Uint8Array([1]);

/**
 * The other processes on the bus, as long as they are heard. Each says now and then that it lives; one that has not been
 * heard for `neighbourLeaseMs` counts as dead.
 */
export class Neighbours {
  readonly bus: Bus;
  readonly #clock: Clock;
  readonly #journal: Log;
  readonly #settings: Settings;
  readonly #heardAt = new Map<string, number>();
  readonly #places = new Set<Neighbourhood>();
  readonly #stopHearing: readonly (() => void)[];
  #cancelBeat: (() => void) | null = null;

  constructor(bus: Bus, clock: Clock, journal: Log, settings: Settings) {
    this.bus = bus;
    this.#clock = clock;
    this.#journal = journal;
    this.#settings = settings;
    this.#stopHearing = [
      bus.subscribe(processes, (bytes, from) => {
        if (bytes[0] === going[0]) this.#forget(from);
        else this.heard(from);
      }),
      bus.onReconnected(() => {
        for (const place of [...this.#places]) place.askAgain();
      }),
    ];
  }

  /** How many are known. */
  get size(): number {
    return this.#heardAt.size;
  }

  /** A sign of life. */
  heard(process: string): void {
    this.#heardAt.set(process, this.#clock.now());
  }

  /** A room that others may have too; the returned function ends it. */
  enter(place: Neighbourhood): () => void {
    this.#places.add(place);
    this.#beatLater();
    return () => {
      this.#places.delete(place);
      if (this.#places.size > 0) return;
      this.#cancelBeat?.();
      this.#cancelBeat = null;
    };
  }

  /** This process goes, and says so. */
  leave(): void {
    this.bus.publish(processes, going);
    this.#cancelBeat?.();
    this.#cancelBeat = null;
    for (const stop of this.#stopHearing) stop();
  }

  #beatLater(): void {
    if (this.#cancelBeat !== null || this.#places.size === 0) return;
    this.#cancelBeat = this.#clock.after(this.#settings.neighbourBeatMs, () => {
      this.#cancelBeat = null;
      this.bus.publish(processes, alive);
      const before = this.#clock.now() - this.#settings.neighbourLeaseMs;
      for (const [process, at] of this.#heardAt) {
        if (at >= before) continue;
        this.#journal.warn('process-not-heard', { process, forMs: this.#clock.now() - at });
        this.#forget(process);
      }
      this.#beatLater();
    });
  }

  #forget(process: string): void {
    if (!this.#heardAt.delete(process)) return;
    for (const place of [...this.#places]) place.processGone(process);
  }
}
