import type * as Y from 'yjs';
import { Compaction } from './compaction.ts';
import type { LoadedDocument, LogEntry, NewEntry } from './ports.ts';
import type { World } from './world.ts';

/** What the night shift has to know of its room. */
export interface Ward {
  readonly documentId: string;
  readonly doc: Y.Doc;
  /** The last LSN the replica holds. */
  head(): number;
}

/** Work that nobody waits for: checkpoints, and the hook that refreshes what is derived from a document. */
export class NightShift {
  readonly compaction: Compaction;
  readonly #world: World;
  readonly #ward: Ward;
  #unsettled = false;
  #over = false;
  #cancelSettle: (() => void) | null = null;
  #settling: Promise<void> = Promise.resolve();

  constructor(world: World, ward: Ward, loaded: LoadedDocument) {
    this.#world = world;
    this.#ward = ward;
    this.compaction = new Compaction(world, ward.documentId, loaded);
  }

  /** Entries joined the log. */
  stored(entries: readonly (NewEntry | LogEntry)[]): void {
    if (this.#over) return;
    this.#unsettled = true;
    this.#cancelSettle ??= this.#world.clock.after(this.#world.settings.settleMs, () => {
      this.#cancelSettle = null;
      void this.#settle();
    });
    this.compaction.stored(entries);
  }

  /** The room is over and clean: settles what is not, and stores a checkpoint if it pays. */
  async close(): Promise<void> {
    this.#cancelSettle?.();
    await this.#settle();
    if (!this.#over) await this.compaction.close();
  }

  /** The room is over and its replica not to be trusted, or its document gone. */
  abandon(): void {
    this.#over = true;
    this.#cancelSettle?.();
  }

  /** One settling at a time; a failing one is told to the journal and disturbs nobody. */
  #settle(): Promise<void> {
    this.#settling = this.#settling.then(() => this.#settleOnce());
    return this.#settling;
  }

  async #settleOnce(): Promise<void> {
    if (!this.#unsettled || this.#over) return;
    this.#unsettled = false;
    const { documentId, doc } = this.#ward;
    try {
      await this.#world.hooks.settled?.(documentId, doc, this.#ward.head());
    } catch (error) {
      // The next settling, or the last one when the room closes, tries again.
      this.#unsettled = true;
      this.#world.journal.error('night-shift-failed', { documentId, error: String(error) });
    }
  }
}
