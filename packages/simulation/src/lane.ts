import type { Actor, Timeline } from './timeline.ts';

interface Delivery {
  readonly due: number;
  readonly bytes: number;
  readonly label: string;
  readonly run: () => void;
}

/** One direction of one connection: in order, each thing with a latency of its own, until it is frozen or cut. */
export class Lane {
  readonly #timeline: Timeline;
  /** Whom it leads to. */
  readonly #to: Actor;
  readonly #latency: () => number;
  #queue: Delivery[] = [];
  #last = 0;
  #bytes = 0;
  #frozen = false;
  #cancel: (() => void) | null = null;
  #cut = false;

  constructor(timeline: Timeline, to: Actor, latency: () => number) {
    this.#timeline = timeline;
    this.#to = to;
    this.#latency = latency;
  }

  /** Bytes that the network does not take: what is merely on its way is not counted. */
  get stuckBytes(): number {
    return this.#frozen ? this.#bytes : 0;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  push(label: string, bytes: number, run: () => void): void {
    if (this.#cut) return;
    this.#last = Math.max(this.#last, this.#timeline.now + this.#latency());
    this.#queue.push({ due: this.#last, bytes, label, run });
    this.#bytes += bytes;
    this.#go();
  }

  freeze(frozen: boolean): void {
    this.#frozen = frozen;
    if (frozen) this.#pause();
    else this.#go();
  }

  /** What is on its way is lost, and nothing follows. */
  cut(): void {
    this.#cut = true;
    this.#queue = [];
    this.#bytes = 0;
    this.#pause();
  }

  #pause(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #go(): void {
    const [head] = this.#queue;
    if (head === undefined || this.#frozen || this.#cancel !== null) return;
    this.#cancel = this.#timeline.later(this.#to, head.due - this.#timeline.now, head.label, () => {
      this.#cancel = null;
      this.#queue.shift();
      this.#bytes -= head.bytes;
      this.#go();
      head.run();
    });
  }
}
