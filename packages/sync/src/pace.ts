import type { Clock } from './ports.ts';

/** Lets one piece of work go on per turn of the event loop, however many documents are being loaded. */
export class Pace {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #running = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves in a turn of its own. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#running) {
        this.#running = true;
        this.#clock.after(0, () => this.#next());
      }
    });
  }

  #next(): void {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) this.#clock.after(0, () => this.#next());
    else this.#running = false;
  }
}
