import { Worker } from 'node:worker_threads';
import type { Answer, Job } from './thread.ts';

export interface BenchOptions {
  /** Threads at the same time. */
  readonly threads: number;
  /** Of these, how many begin at once and stay without work: to start one takes longer than most of its jobs. */
  readonly standing: number;
  /** Milliseconds after which any other thread without work ends. */
  readonly idle: number;
  /** Milliseconds that one job may take; then its thread is ended and the job rejected. */
  readonly patience: number;
}

interface Order {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: Error) => void;
}

/** One thread and what it works at. */
interface Place {
  readonly worker: Worker;
  order: Order | null;
  /** Ends the thread: while it works when it takes too long, else when it is not needed. */
  timer: NodeJS.Timeout | null;
}

const closed = () => new Error('The workers are closed.');

/**
 * A few worker threads: some stand ready, more are started when there is work and ended when there is none for a while. They
 * never keep the process alive. A thread that breaks rejects its job, and the next job gets a new one.
 */
export class Bench {
  readonly #script: URL;
  readonly #options: BenchOptions;
  readonly #places = new Set<Place>();
  readonly #waiting: Order[] = [];
  #closed = false;

  constructor(script: URL, options: BenchOptions) {
    this.#script = script;
    this.#options = options;
    for (let n = 0; n < options.standing; n += 1) this.#open();
  }

  /** Threads that are there. */
  get threads(): number {
    return this.#places.size;
  }

  /** Hands the job's buffers over to a thread. Rejects with the cause when the thread breaks. */
  do(job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(closed());
      this.#waiting.push({ job, resolve, reject });
      this.#deal();
    });
  }

  /** Rejects what is under way and ends all threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const order of this.#waiting.splice(0)) order.reject(closed());
    await Promise.all([...this.#places].map((place) => this.#end(place, closed())));
  }

  #deal(): void {
    while (this.#waiting.length > 0) {
      const place = this.#freePlace();
      if (place === null) return;
      const order = this.#waiting.shift();
      if (order !== undefined) this.#begin(place, order);
    }
  }

  #freePlace(): Place | null {
    for (const place of this.#places) if (place.order === null) return place;
    return this.#places.size < this.#options.threads ? this.#open() : null;
  }

  #open(): Place {
    const worker = new Worker(this.#script, { execArgv: [] }); // the process's own may not fit a thread
    const place: Place = { worker, order: null, timer: null };
    this.#places.add(place);
    worker.on('message', (answer: Answer) => this.#finish(place, answer));
    worker.on('messageerror', (error) => void this.#end(place, error));
    worker.on('error', (error) => void this.#end(place, error));
    worker.on('exit', (code) => void this.#end(place, new Error(`The thread has ended with code ${code}.`)));
    worker.unref(); // last: a listener for messages makes it count again
    return place;
  }

  #begin(place: Place, order: Order): void {
    const { patience } = this.#options;
    place.order = order;
    this.#endAfter(place, patience, `The work took more than ${patience} ms.`);
    const { log, stateVectors } = order.job;
    place.worker.postMessage(order.job, [log.buffer, stateVectors.buffer]);
  }

  #finish(place: Place, answer: Answer): void {
    if (!this.#places.has(place)) return;
    const { order } = place;
    place.order = null;
    this.#rest(place);
    order?.resolve(answer);
    this.#deal();
  }

  /** Without work: ends after a while, if there are more than have to stand ready. */
  #rest(place: Place): void {
    if (place.timer !== null) clearTimeout(place.timer);
    place.timer = setTimeout(() => {
      if (this.#places.size > this.#options.standing)
        void this.#end(place, new Error('There was no work for it.'));
    }, this.#options.idle);
    place.timer.unref();
  }

  #endAfter(place: Place, ms: number, why: string): void {
    if (place.timer !== null) clearTimeout(place.timer);
    place.timer = setTimeout(() => void this.#end(place, new Error(why)), ms);
    place.timer.unref();
  }

  /** The thread is done for. Whatever it was at is rejected; whoever waits gets another one. */
  async #end(place: Place, cause: unknown): Promise<void> {
    if (!this.#places.delete(place)) return;
    if (place.timer !== null) clearTimeout(place.timer);
    place.order?.reject(new Error('The thread that did the work has ended.', { cause }));
    place.order = null;
    if (!this.#closed) this.#deal();
    await place.worker.terminate();
  }
}
