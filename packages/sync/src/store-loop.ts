import type { Appended, LogEntry, NewEntry } from './ports.ts';
import type { World } from './world.ts';

/** One step of a room's order: an update to store, or null where a frame changed nothing. */
export interface Step {
  readonly entry: NewEntry | null;
  /** Called when this step and all before it are committed; `lsn` includes them. */
  readonly stored: (lsn: number) => void;
}

export interface StoreLoopEvents {
  /** The last LSN the room has applied. */
  cursor(): number;
  /** A batch is committed. Called before the steps are told. */
  committed(head: number, missed: readonly LogEntry[], entries: readonly NewEntry[]): void;
  /** All steps of a batch were told. */
  told(): void;
  storage(state: 'ok' | 'failing'): void;
  /** The document can never be stored again; the loop has stopped. */
  gone(): void;
}

/**
 * Stores a room's steps in their order. One append is in flight at a time; what arrives meanwhile is the next
 * batch. A failing batch stays and is tried again for ever, so nothing behind it can overtake it.
 */
export class StoreLoop {
  readonly #world: World;
  readonly #documentId: string;
  readonly #epoch: number;
  readonly #events: StoreLoopEvents;
  #steps: Step[] = [];
  #bytes = 0;
  #running = false;
  /** When the oldest step that waits came, and the oldest of those behind the batch in flight. */
  #since: number | null = null;
  #sinceBehind: number | null = null;
  #stopped = false;
  #failures = 0;
  /** Whether people were told that the server cannot store at present. */
  #toldFailing = false;
  #cleaned: (() => void)[] = [];

  constructor(world: World, documentId: string, epoch: number, events: StoreLoopEvents) {
    this.#world = world;
    this.#documentId = documentId;
    this.#epoch = epoch;
    this.#events = events;
  }

  /** Bytes that wait to be stored. */
  get bytes(): number {
    return this.#bytes;
  }

  /** When the oldest of what waits came; null if nothing does. */
  get dirtySince(): number | null {
    return this.#since;
  }

  get clean(): boolean {
    return this.#steps.length === 0;
  }

  get failing(): boolean {
    return this.#toldFailing;
  }

  get inFlight(): boolean {
    return this.#running;
  }

  push(steps: readonly Step[]): void {
    if (this.#stopped || steps.length === 0) return;
    const now = this.#world.clock.now();
    this.#since ??= now;
    this.#sinceBehind ??= now;
    for (const step of steps) {
      this.#steps.push(step);
      this.#bytes += step.entry?.update.length ?? 0;
    }
    if (!this.#running && this.#steps.length > 0) {
      this.#running = true;
      void this.#run();
    }
  }

  /** Resolves once nothing waits, which is never while the log fails. */
  whenClean(): Promise<void> {
    return new Promise((resolve) => {
      if (this.clean || this.#stopped) resolve();
      else this.#cleaned.push(resolve);
    });
  }

  async #run(): Promise<void> {
    while (this.#steps.length > 0 && !this.#stopped) {
      const count = this.#batchLength();
      const steps = this.#steps.slice(0, count);
      this.#sinceBehind = count < this.#steps.length ? this.#since : null;
      const entries = steps.flatMap((step) => (step.entry === null ? [] : [step.entry]));
      // Steps without an entry follow what is committed already: all before them is stored.
      if (entries.length > 0) {
        const appended = await this.#append(entries);
        if (appended.outcome === 'gone') {
          this.#stop();
          this.#events.gone();
          return;
        }
        this.#events.committed(appended.head, appended.missed, entries);
      }
      this.#steps.splice(0, count);
      this.#since = this.#sinceBehind;
      this.#bytes -= entries.reduce((sum, entry) => sum + entry.update.length, 0);
      const lsn = this.#events.cursor();
      for (const step of steps) step.stored(lsn);
      this.#events.told();
    }
    this.#running = false;
    this.#release();
  }

  /** Tries until the batch is in the log or the document is gone. */
  async #append(entries: readonly NewEntry[]): Promise<Appended> {
    for (;;) {
      // A database that stands still neither stores nor fails: after a while people hear the truth all the same.
      const { clock, observe, settings } = this.#world;
      const began = clock.now();
      const cancelWatch = clock.after(settings.stallMs, () => this.#fails());
      try {
        const appended = await this.#world.log.append({
          documentId: this.#documentId,
          epoch: this.#epoch,
          after: this.#events.cursor(),
          entries,
        });
        cancelWatch();
        observe('store-entries', entries.length);
        observe('store-ms', clock.now() - began);
        this.#failures = 0;
        if (this.#toldFailing) {
          this.#toldFailing = false;
          if (appended.outcome === 'stored') this.#events.storage('ok');
        }
        return appended;
      } catch (error) {
        cancelWatch();
        this.#failures += 1;
        this.#world.counters.appendFailures += 1;
        this.#world.journal.warn('append-failed', {
          documentId: this.#documentId,
          failures: this.#failures,
          error: String(error),
        });
        this.#fails();
        await this.#pause();
      }
    }
  }

  #fails(): void {
    if (this.#toldFailing || this.#stopped) return;
    this.#toldFailing = true;
    this.#events.storage('failing');
  }

  #pause(): Promise<void> {
    const { retryMs, retryMaxMs, random } = this.#world.settings;
    const longest = Math.min(retryMaxMs, retryMs * 2 ** Math.min(this.#failures - 1, 20));
    return new Promise((resolve) => {
      this.#world.clock.after(longest * (0.5 + random() / 2), resolve);
    });
  }

  #batchLength(): number {
    let bytes = 0;
    let count = 0;
    for (const step of this.#steps) {
      bytes += step.entry?.update.length ?? 0;
      if (count > 0 && bytes > this.#world.settings.batchBytes) break;
      count += 1;
    }
    return count;
  }

  #stop(): void {
    this.#stopped = true;
    this.#running = false;
    this.#steps = [];
    this.#since = null;
    this.#bytes = 0;
    this.#failures = 0;
    this.#toldFailing = false;
    this.#release();
  }

  #release(): void {
    const cleaned = this.#cleaned;
    this.#cleaned = [];
    for (const resolve of cleaned) resolve();
  }
}
