import { Worker } from 'node:worker_threads';
import { type Failure, fail } from './failure.ts';
import type { Offer } from './offer.ts';

export interface PressOptions {
  /** Threads at the same time. They are started with work and ended without. */
  readonly threads: number;
  /** Milliseconds that one PDF may take; then its thread is ended and the answer is `too-slow`. */
  readonly timeoutMs: number;
  /** Milliseconds after which a thread without work ends. */
  readonly idleMs: number;
  /** Megabytes of heap of one thread; beyond it the thread is ended and the answer is `out-of-memory`. */
  readonly memoryMb: number;
  /** Orders that may wait; one more is answered `busy`. */
  readonly waiting: number;
}

export type Printed = Uint8Array | Failure;

interface Order {
  readonly offer: Offer;
  readonly resolve: (printed: Printed) => void;
}

interface Desk {
  readonly worker: Worker;
  order: Order | null;
  timer: NodeJS.Timeout | null;
}

/**
 * A few threads that write PDFs. An offer that hangs its thread or kills it costs that thread and nothing else. Threads never keep the
 * process alive, and no call rejects.
 */
export class Press {
  readonly #script: URL;
  readonly #options: PressOptions;
  readonly #desks = new Set<Desk>();
  readonly #waiting: Order[] = [];
  #closed = false;

  constructor(script: URL, options: PressOptions) {
    this.#script = script;
    this.#options = options;
  }

  /** Threads that are there. */
  get threads(): number {
    return this.#desks.size;
  }

  print(offer: Offer): Promise<Printed> {
    if (this.#closed) return Promise.resolve(closed());
    if (this.#waiting.length >= this.#options.waiting) {
      return Promise.resolve(fail('busy', 'Too many proposals are being written.'));
    }
    return new Promise((resolve) => {
      this.#waiting.push({ offer, resolve });
      this.#deal();
    });
  }

  /** Answers what is under way and what waits with `closed`, and ends all threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const order of this.#waiting.splice(0)) order.resolve(closed());
    await Promise.all([...this.#desks].map((desk) => this.#end(desk, closed())));
  }

  #deal(): void {
    while (this.#waiting.length > 0) {
      const desk = this.#freeDesk();
      if (desk === null) return;
      const order = this.#waiting.shift();
      if (order !== undefined) this.#begin(desk, order);
    }
  }

  #freeDesk(): Desk | null {
    for (const desk of this.#desks) if (desk.order === null) return desk;
    return this.#desks.size < this.#options.threads ? this.#open() : null;
  }

  #open(): Desk {
    const worker = new Worker(this.#script, {
      execArgv: [], // the process's own may not fit a thread
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb, stackSizeMb: 4 },
    });
    const desk: Desk = { worker, order: null, timer: null };
    this.#desks.add(desk);
    worker.on('message', (printed: Printed) => this.#finish(desk, printed));
    worker.on('messageerror', (error) => void this.#end(desk, fail('broken', error.message)));
    worker.on('error', (error) => void this.#end(desk, failureOf(error)));
    worker.on(
      'exit',
      (code) => void this.#end(desk, fail('broken', `The thread has ended with code ${code}.`)),
    );
    worker.unref(); // last: a listener for messages makes it count again
    return desk;
  }

  #begin(desk: Desk, order: Order): void {
    const { timeoutMs } = this.#options;
    desk.order = order;
    this.#endAfter(desk, timeoutMs, fail('too-slow', `The proposal took more than ${timeoutMs} ms.`));
    desk.worker.postMessage(order.offer);
  }

  #finish(desk: Desk, printed: Printed): void {
    if (!this.#desks.has(desk)) return;
    const { order } = desk;
    desk.order = null;
    this.#endAfter(desk, this.#options.idleMs, closed());
    order?.resolve(printed);
    this.#deal();
  }

  #endAfter(desk: Desk, ms: number, why: Failure): void {
    if (desk.timer !== null) clearTimeout(desk.timer);
    desk.timer = setTimeout(() => void this.#end(desk, why), ms);
    desk.timer.unref();
  }

  /** The thread is done for. Whatever it was at is answered; whoever waits gets another one. */
  async #end(desk: Desk, why: Failure): Promise<void> {
    if (!this.#desks.delete(desk)) return;
    if (desk.timer !== null) clearTimeout(desk.timer);
    desk.order?.resolve(why);
    desk.order = null;
    if (!this.#closed) this.#deal();
    await desk.worker.terminate();
  }
}

function closed(): Failure {
  return fail('closed', 'No more proposals are written.');
}

function failureOf(error: Error & { readonly code?: string }): Failure {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? fail('out-of-memory', 'The proposal took more memory than one may.')
    : fail('broken', error.stack ?? error.message);
}
