import { logBytes } from './log-bytes.ts';
import type { LoadedDocument } from './ports.ts';
import type { Replica } from './replica.ts';
import { isUnreadable } from './workbench.ts';
import type { World } from './world.ts';

/** What the night shift has to know of its room. */
export interface Ward {
  readonly documentId: string;
  readonly epoch: number;
  readonly replica: Replica;
  /** The last LSN the replica holds. */
  head(): number;
  /** Whether the replica holds exactly the log up to `head`, nothing that still waits to be stored. */
  clean(): boolean;
}

/** Work that nobody waits for: checkpoints, and the hook that refreshes what is derived from a document. */
export class NightShift {
  readonly #world: World;
  readonly #ward: Ward;
  #checkpointBytes: number;
  #tailBytes = 0;
  #tailEntries = 0;
  #measured = { bytes: 0, at: 0 };
  #unsettled = false;
  #over = false;
  #cancelSettle: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();
  #checkpointing = false;

  constructor(world: World, ward: Ward, loaded: LoadedDocument) {
    this.#world = world;
    this.#ward = ward;
    this.#checkpointBytes = loaded.checkpoint?.state.length ?? 0;
    for (const entry of loaded.tail) this.#weigh(entry.update);
  }

  /** An upper bound of the encoded state, as long as nothing was measured anew. */
  get weight(): number {
    const { bytes, at } = this.#measured;
    return bytes + Math.max(0, this.#checkpointBytes + this.#tailBytes - at);
  }

  /** The encoded state was measured: `weight` is exact again. */
  measured(bytes: number): void {
    this.#measured = { bytes, at: this.#checkpointBytes + this.#tailBytes };
  }

  /** Entries joined the log. */
  stored(updates: readonly { readonly update: Uint8Array }[]): void {
    if (this.#over) return;
    for (const { update } of updates) this.#weigh(update);
    this.#unsettled = true;
    if (this.#cancelSettle === null) {
      this.#cancelSettle = this.#world.clock.after(this.#world.settings.settleMs, () => {
        this.#cancelSettle = null;
        this.#queue(() => this.#settle());
      });
    }
    const { checkpointEntries, checkpointBytes } = this.#world.settings;
    const heavy = this.#tailBytes > Math.max(checkpointBytes, this.#checkpointBytes);
    if ((heavy || this.#tailEntries >= checkpointEntries) && !this.#checkpointing) {
      this.#checkpointing = true;
      this.#queue(async () => {
        await this.#checkpoint();
        this.#checkpointing = false;
      });
    }
  }

  /** The room is over and clean: settles what is not, and stores a checkpoint if it pays. */
  async close(): Promise<void> {
    this.#cancelSettle?.();
    const pays =
      this.#tailEntries >= 50 || (this.#tailEntries > 0 && this.#tailBytes * 8 >= this.#checkpointBytes);
    this.#queue(() => this.#settle());
    if (pays) this.#queue(() => this.#checkpoint());
    await this.#work;
  }

  /** The room is over and its replica not to be trusted, or its document gone. */
  abandon(): void {
    this.#over = true;
    this.#cancelSettle?.();
  }

  #weigh(update: Uint8Array): void {
    this.#tailBytes += update.length;
    this.#tailEntries += 1;
  }

  /** One piece of work at a time; a failing one is told to the journal and disturbs nobody. */
  #queue(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#over ? undefined : work()))
      .catch((error: unknown) => {
        this.#checkpointing = false;
        this.#world.journal.error('night-shift-failed', {
          documentId: this.#ward.documentId,
          error: String(error),
        });
      });
  }

  async #settle(): Promise<void> {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    const { documentId, replica } = this.#ward;
    try {
      await this.#world.hooks.settled?.(documentId, replica.doc, this.#ward.head());
    } catch (error) {
      // The next settling, or the last one when the room closes, tries again.
      this.#unsettled = true;
      throw error;
    }
  }

  async #checkpoint(): Promise<void> {
    const { documentId, epoch } = this.#ward;
    const made = await this.#fromLog();
    if (made === null) return;
    const tail = { bytes: this.#tailBytes, entries: this.#tailEntries };
    await this.#world.log.saveCheckpoint({ documentId, epoch, lsn: made.lsn, state: made.state });
    this.#world.counters.checkpoints += 1;
    this.#checkpointBytes = made.state.length;
    this.#tailBytes -= tail.bytes;
    this.#tailEntries -= tail.entries;
    this.#measured = { bytes: 0, at: 0 };
  }

  /** From what is stored, and not from the replica, which in a busy room holds more. */
  async #fromLog(): Promise<{ lsn: number; state: Uint8Array } | null> {
    const loaded = await this.#world.log.load(this.#ward.documentId);
    if (loaded === null || loaded.epoch !== this.#ward.epoch || loaded.tail.length === 0) return null;
    const state = await this.#world.workbench.compact(logBytes(loaded));
    if (isUnreadable(state)) throw new Error(`The log cannot be applied: ${state.unreadable}`);
    return { lsn: loaded.head, state };
  }
}
