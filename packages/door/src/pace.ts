/** How fast one connection may send, and how long it may try to send faster. */
export interface PaceLimits {
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Milliseconds for which a connection may keep above the pace without a pause before it is closed with `too-fast`. */
  readonly patience: number;
}

/** Far above what people and catch-ups need; one connection should not have the whole server to itself. */
export const defaultPace: PaceLimits = {
  framesPerSecond: 10_000,
  bytesPerSecond: 32 * 1024 * 1024,
  patience: 30_000,
};

/** A ping is answered by the library at once, whether or not its sender reads: it costs like so many frames. */
export const framesPerPing = 100;
/** Milliseconds' worth of frames that may come at once. */
const burst = 1_000;

/** What one connection owes for what it sent: a leaky bucket, counted in milliseconds. */
export class Pace {
  readonly #limits: PaceLimits;
  /** Milliseconds that what came so far should have taken, less those that passed. */
  #debt = 0;
  #at: number;
  /** When it was first asked to pause; null once it has been slower than the pace. */
  #pressingSince: number | null = null;

  constructor(limits: PaceLimits, now: number) {
    this.#limits = limits;
    this.#at = now;
  }

  /** Whether it has been asking for pauses ever since `patience` ago. */
  pressing(now: number): boolean {
    return this.#pressingSince !== null && now - this.#pressingSince > this.#limits.patience;
  }

  /** Counts what came; returns the milliseconds not to read for, 0 when all is well. */
  take(frames: number, bytes: number, now: number): number {
    const { framesPerSecond, bytesPerSecond } = this.#limits;
    const rest = this.#debt - (now - this.#at);
    if (rest <= 0) this.#pressingSince = null;
    this.#debt = Math.max(0, rest) + (frames * 1_000) / framesPerSecond + (bytes * 1_000) / bytesPerSecond;
    this.#at = now;
    if (this.#debt <= burst) return 0;
    this.#pressingSince ??= now;
    return this.#debt - burst / 2;
  }
}
