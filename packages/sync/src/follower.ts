import type { LogEntry } from './ports.ts';
import type { World } from './world.ts';

export interface FollowerEvents {
  /** Applies entries and brings them to everybody; what it throws, `take` throws. */
  show(entries: readonly LogEntry[]): void;
  /** Every `lookMs`. */
  look(): void;
  /** The document was purged or begun anew: what its log holds now is nothing of this room's. */
  gone(): void;
  /** The log cannot be applied. */
  broken(error: unknown): void;
}

/**
 * Follows what other processes write to a document's log. Its cursor is the last LSN the room holds; it moves only
 * forward and over no hole, so a lost bell means late, never missing.
 */
export class Follower {
  readonly #world: World;
  readonly #documentId: string;
  readonly #epoch: number;
  readonly #events: FollowerEvents;
  #cursor: number;
  #heard: number;
  /** How often the bell has rung. */
  #rings = 0;
  #reading = false;
  #stopped = false;
  #cancelLook: () => void;

  constructor(world: World, documentId: string, epoch: number, head: number, events: FollowerEvents) {
    this.#world = world;
    this.#documentId = documentId;
    this.#epoch = epoch;
    this.#cursor = head;
    this.#heard = head;
    this.#events = events;
    this.#cancelLook = this.#lookLater();
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Takes entries that came in order, and knows those it has. Throws if one is missing in between. */
  take(entries: readonly LogEntry[]): void {
    const news = entries.filter((entry) => entry.lsn > this.#cursor);
    if (news.length === 0) return;
    for (const [i, entry] of news.entries()) {
      if (entry.lsn !== this.#cursor + 1 + i) {
        throw new Error(`The log of ${this.#documentId} has ${entry.lsn} after ${this.#cursor + i}.`);
      }
    }
    this.#events.show(news);
    this.#cursor += news.length;
  }

  /** The room's own entries up to `head` are committed, and all missed before them were taken. */
  advance(head: number): void {
    this.#cursor = Math.max(this.#cursor, head);
  }

  /** Somebody appended. The room's own append answers with what it missed, so reading can wait for it. */
  heard(head: number): void {
    this.#rings += 1;
    this.#heard = Math.max(this.#heard, head);
  }

  get behind(): boolean {
    return this.#heard > this.#cursor;
  }

  /** Reads on from the cursor to the end of the log; resolves without news when the log cannot be read. */
  async readOn(): Promise<void> {
    if (this.#reading || this.#stopped) return;
    this.#reading = true;
    try {
      for (;;) {
        const limit = this.#world.settings.pageEntries;
        const rings = this.#rings;
        const page = await this.#read(limit);
        if (page === null || this.#stopped) return;
        if (page === 'gone') {
          this.stop();
          this.#events.gone();
          return;
        }
        try {
          this.take(page);
        } catch (error) {
          this.#events.broken(error);
          return;
        }
        if (page.length < limit && !this.behind) return;
        if (page.length === 0 && rings === this.#rings) {
          // The bell was ahead of what this reader may see yet; the next look brings it.
          this.#heard = this.#cursor;
          return;
        }
      }
    } finally {
      this.#reading = false;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelLook();
  }

  #lookLater(): () => void {
    return this.#world.clock.after(this.#world.settings.lookMs, () => {
      if (this.#stopped) return;
      this.#cancelLook = this.#lookLater();
      this.#events.look();
    });
  }

  async #read(limit: number): Promise<readonly LogEntry[] | 'gone' | null> {
    try {
      return await this.#world.log.readAfter(this.#documentId, this.#epoch, this.#cursor, limit);
    } catch (error) {
      this.#world.journal.warn('read-on-failed', { documentId: this.#documentId, error: String(error) });
      return null;
    }
  }
}
