import { breathe, settled } from './ambient.ts';
import { type Chance, chanceOf, seedOf } from './chance.ts';
import { createTrace, type Trace } from './trace.ts';

/** Something with a memory and a clock of its own: a browser, a server process, the database, the network. */
export interface Actor {
  readonly name: string;
  readonly chance: Chance;
  /** A dead actor's timers never fire. */
  alive: boolean;
  /** How far its wall clock is off, milliseconds. Its timers go by time that passes. */
  skew: number;
  /** Timers it has set. */
  timers: number;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly actor: Actor;
  readonly label: string;
  readonly timer: boolean;
  run: (() => void) | null;
}

/** 2027-01-15T08:00:00Z: wall clocks begin here. */
const dawn = 1_800_000_000_000;

/**
 * All that happens, one thing after another. Between two happenings every promise settles, so a run depends on nothing
 * but its plan. An exception that nobody catches is told to `crashed`.
 */
export class Timeline {
  readonly trace: Trace = createTrace();
  readonly house: Actor;
  readonly #seed: number;
  readonly #crashed: (actor: Actor, error: unknown) => void;
  #heap: Happening[] = [];
  #now = 0;
  #order = 0;
  #happened = 0;
  #running: Actor;

  constructor(seed: number, crashed: (actor: Actor, error: unknown) => void) {
    this.#seed = seed;
    this.#crashed = crashed;
    this.house = this.actor('house');
    this.#running = this.house;
  }

  /** Milliseconds since the beginning of the run. */
  get now(): number {
    return this.#now;
  }

  /** How many things have happened. */
  get happened(): number {
    return this.#happened;
  }

  actor(name: string): Actor {
    return { name, chance: chanceOf(seedOf(this.#seed, name)), alive: true, skew: 0, timers: 0 };
  }

  /** Milliseconds since 1970 by a clock that nobody sets. */
  get steady(): number {
    return dawn + this.#now;
  }

  /** What an actor's clock on the wall says. */
  wall(actor: Actor): number {
    return Math.floor(dawn + this.#now + actor.skew);
  }

  /** A timer of an actor. */
  timer(actor: Actor, ms: number, run: () => void): () => void {
    actor.timers += 1;
    return this.#add(actor, ms, 'timer', run, true);
  }

  /** Something that comes to an actor from outside after `ms`. */
  later(actor: Actor, ms: number, label: string, run: () => void): () => void {
    return this.#add(actor, ms, label, run, false);
  }

  /** Runs code as `actor`, at once. */
  as<T>(actor: Actor, run: () => T): T {
    const before = this.#running;
    this.#running = actor;
    try {
      return run();
    } finally {
      this.#running = before;
    }
  }

  /** Lets everything happen up to `until` (milliseconds since the beginning), or until `enough` says so. */
  async run(until: number, enough: () => boolean = () => false): Promise<void> {
    breathe({
      now: () => this.wall(this.#running),
      random: () => this.#running.chance.next(),
      after: (ms, run) => this.timer(this.#running, ms, run),
    });
    try {
      await settled();
      for (;;) {
        const next = this.#heap[0];
        if (next === undefined || next.at > until || enough()) break;
        this.#pop();
        if (next.run !== null) await this.#happen(next, next.run);
      }
      this.#now = Math.max(this.#now, until);
    } finally {
      breathe(null);
    }
  }

  async #happen(next: Happening, run: () => void): Promise<void> {
    next.run = null;
    if (next.timer) next.actor.timers -= 1;
    this.#now = Math.max(this.#now, next.at);
    if (!next.actor.alive) return;
    this.#happened += 1;
    this.trace.add(`${this.#now} ${next.actor.name} ${next.label}`);
    this.#running = next.actor;
    try {
      run();
    } catch (error) {
      this.#crashed(next.actor, error);
    }
    await settled();
    this.#running = this.house;
  }

  #add(actor: Actor, ms: number, label: string, run: () => void, timer: boolean): () => void {
    const wait = Number.isFinite(ms) ? Math.max(0, ms) : 0;
    this.#order += 1;
    const one: Happening = { at: this.#now + wait, order: this.#order, actor, label, timer, run };
    this.#push(one);
    return () => {
      if (one.run === null) return;
      one.run = null;
      if (timer) actor.timers -= 1;
    };
  }

  #push(one: Happening): void {
    const heap = this.#heap;
    let i = heap.push(one) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(one, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = one;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}

function before(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
