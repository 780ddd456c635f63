import { type Transferable, Worker } from 'node:worker_threads';
import { type Failure, fail, failBroken, type ThreadFailureCode } from './failure.ts';
import { Queue } from './queue.ts';

export interface ThreadsOptions {
  /** Threads at the same time. They are started with work and ended without. */
  readonly threads: number;
  /** Of these, how many only urgent jobs may take, so that one never waits for a long job that nobody waits for. Default 0. */
  readonly reserved?: number;
  /** Milliseconds that one job may take; then its thread is ended and the answer is `too-slow`. */
  readonly timeoutMs: number;
  /** Milliseconds after which a thread without work ends. */
  readonly idleMs: number;
  /** Megabytes of heap of one thread; beyond it the thread is ended and the answer is `out-of-memory`. */
  readonly memoryMb: number;
  /** Jobs that may wait, urgent ones and others each; one more is answered `busy`. */
  readonly waiting: number;
  /** What the failures say to people. */
  readonly words: Words;
}

/** A sentence for each failure that is no bug. */
export type Words = Readonly<Record<Exclude<ThreadFailureCode, 'broken'>, string>>;

export interface JobOptions {
  /** Buffers that are handed over and are gone here, also when the job fails after it has begun. */
  readonly transfer?: readonly Transferable[];
  /** Somebody waits for it: it comes before all jobs that are not. */
  readonly urgent?: boolean;
  /** Rejects the call with the signal's reason. A job that waits is not begun; one under way goes on, for to start a thread anew costs more. */
  readonly signal?: AbortSignal;
}

export type ThreadFailure = Failure<ThreadFailureCode>;

interface Order<Job, Done> {
  readonly job: Job;
  readonly transfer: readonly Transferable[];
  readonly urgent: boolean;
  readonly resolve: (done: Done | ThreadFailure) => void;
}

/** One thread and what it works at. */
interface Desk<Job, Done> {
  readonly worker: Worker;
  order: Order<Job, Done> | null;
  /** Ends the thread: while it works when it takes too long, else when it is not needed. */
  timer: NodeJS.Timeout | null;
}

/**
 * A few threads of one script (see `work`) with a queue in front. A job that hangs, eats memory or kills its thread costs that thread and
 * nothing else: its answer is a failure, and the next job gets a new one. They never keep the process alive. No call rejects but by the
 * caller's own signal.
 */
export class Threads<Job, Done> {
  readonly #script: URL;
  readonly #options: ThreadsOptions;
  readonly #desks = new Set<Desk<Job, Done>>();
  readonly #queue: Queue<Order<Job, Done>>;
  #closed = false;

  constructor(script: URL, options: ThreadsOptions) {
    this.#script = script;
    this.#options = options;
    this.#queue = new Queue(options.waiting);
  }

  /** Threads that are there. */
  get threads(): number {
    return this.#desks.size;
  }

  /** Jobs that no thread has begun with. */
  get waiting(): number {
    return this.#queue.length;
  }

  do(job: Job, { transfer = [], urgent = false, signal }: JobOptions = {}): Promise<Done | ThreadFailure> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.#closed) return resolve(this.#failure('closed'));
      if (this.#queue.isFullFor(urgent)) return resolve(this.#failure('busy'));
      const giveUp = () => {
        this.#queue.remove(order);
        reject(signal?.reason);
      };
      const answer = (done: Done | ThreadFailure) => {
        signal?.removeEventListener('abort', giveUp);
        resolve(done);
      };
      const order = { job, transfer, urgent, resolve: answer };
      signal?.addEventListener('abort', giveUp);
      this.#queue.add(order);
      this.#deal();
    });
  }

  /** Answers what is under way and what waits with `closed`, and ends all threads. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const order of this.#queue.drain()) order.resolve(this.#failure('closed'));
    await Promise.all([...this.#desks].map((desk) => this.#end(desk, this.#failure('closed'))));
  }

  #failure(code: keyof Words): ThreadFailure {
    return fail(code, this.#options.words[code]);
  }

  #deal(): void {
    while (this.#queue.length > 0 && this.#hasFreeDesk()) {
      const order = this.#queue.next(this.#mayOnlyTakeUrgent());
      if (order === undefined) return;
      this.#begin(this.#freeDesk(), order);
    }
  }

  #hasFreeDesk(): boolean {
    return this.#desks.size < this.#options.threads || [...this.#desks].some(({ order }) => order === null);
  }

  #mayOnlyTakeUrgent(): boolean {
    const { threads, reserved = 0 } = this.#options;
    const others = [...this.#desks].filter(({ order }) => order !== null && !order.urgent);
    return others.length >= threads - reserved;
  }

  #freeDesk(): Desk<Job, Done> {
    for (const desk of this.#desks) if (desk.order === null) return desk;
    return this.#open();
  }

  #open(): Desk<Job, Done> {
    const worker = new Worker(this.#script, {
      execArgv: [], // the process's own may not fit a thread
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb, stackSizeMb: 4 },
    });
    const desk: Desk<Job, Done> = { worker, order: null, timer: null };
    this.#desks.add(desk);
    worker.on('message', (done: Done) => this.#finish(desk, done));
    worker.on('messageerror', (error) => void this.#end(desk, failBroken(error)));
    worker.on('error', (error) => void this.#end(desk, this.#failureOf(error)));
    worker.on('exit', (code) => {
      void this.#end(desk, fail('broken', `The thread has ended with code ${code}.`));
    });
    worker.unref(); // last: a listener for messages makes it count again
    return desk;
  }

  #failureOf(error: Error & { readonly code?: string }): ThreadFailure {
    return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? this.#failure('out-of-memory') : failBroken(error);
  }

  #begin(desk: Desk<Job, Done>, order: Order<Job, Done>): void {
    desk.order = order;
    this.#endAfter(desk, this.#options.timeoutMs, this.#failure('too-slow'));
    try {
      desk.worker.postMessage(order.job, order.transfer);
    } catch (fault) {
      // The job cannot be sent. The thread has seen nothing of it.
      desk.order = null;
      this.#endAfter(desk, this.#options.idleMs, this.#failure('closed'));
      order.resolve(failBroken(fault));
    }
  }

  #finish(desk: Desk<Job, Done>, done: Done | ThreadFailure): void {
    if (!this.#desks.has(desk)) return;
    const { order } = desk;
    desk.order = null;
    this.#endAfter(desk, this.#options.idleMs, this.#failure('closed'));
    order?.resolve(done);
    this.#deal();
  }

  #endAfter(desk: Desk<Job, Done>, ms: number, why: ThreadFailure): void {
    if (desk.timer !== null) clearTimeout(desk.timer);
    desk.timer = setTimeout(() => void this.#end(desk, why), ms);
    desk.timer.unref();
  }

  /** The thread is done for. Whatever it was at is answered; whoever waits gets another one. */
  async #end(desk: Desk<Job, Done>, why: ThreadFailure): Promise<void> {
    if (!this.#desks.delete(desk)) return;
    if (desk.timer !== null) clearTimeout(desk.timer);
    desk.order?.resolve(why);
    desk.order = null;
    if (!this.#closed) this.#deal();
    await desk.worker.terminate();
  }
}
