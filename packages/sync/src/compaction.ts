import { logBytes } from './log-bytes.ts';
import type { LoadedDocument, LogEntry, NewEntry } from './ports.ts';
import { isUnreadable } from './workbench.ts';
import type { World } from './world.ts';

/** The log allows more entries after a checkpoint the larger that is, up to so many times as many. */
const mostPatience = 10;

/** Weighs a document's log against its checkpoint and has a new one made when it pays, one at a time. */
export class Compaction {
  readonly #world: World;
  readonly #documentId: string;
  readonly #epoch: number;
  #checkpointBytes = 0;
  #tailBytes = 0;
  #tailEntries = 0;
  #measured = { bytes: 0, at: 0 };
  #running: Promise<void> | null = null;
  /** A compaction that failed would fail again at once. */
  #notBefore = 0;

  constructor(world: World, documentId: string, loaded: LoadedDocument) {
    this.#world = world;
    this.#documentId = documentId;
    this.#epoch = loaded.epoch;
    this.#weigh(loaded);
  }

  /** An upper bound of the encoded state, as long as nothing was measured anew. */
  get weight(): number {
    const { bytes, at } = this.#measured;
    return bytes + Math.max(0, this.#checkpointBytes + this.#tailBytes - at);
  }

  /** What follows the checkpoint. */
  get tail(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#tailEntries, bytes: this.#tailBytes };
  }

  /** The encoded state was measured: `weight` is exact again. */
  measured(bytes: number): void {
    this.#measured = { bytes, at: this.#checkpointBytes + this.#tailBytes };
  }

  /** Entries joined the log. */
  stored(entries: readonly (NewEntry | LogEntry)[]): void {
    for (const { update } of entries) this.#tailBytes += update.length;
    this.#tailEntries += entries.length;
    if (this.#due && this.#running === null && this.#world.clock.now() >= this.#notBefore) {
      void this.#run(() => this.#due);
    }
  }

  /** The room is over and clean: makes a checkpoint if it pays. */
  async close(): Promise<void> {
    await this.#running;
    const pays = () =>
      this.#tailEntries >= 50 || (this.#tailEntries > 0 && this.#tailBytes * 8 >= this.#checkpointBytes);
    if (pays()) await this.#run(pays);
  }

  get #due(): boolean {
    const { bigDocumentBytes, checkpointBytes, checkpointEntries } = this.#world.settings;
    const patience = Math.min(mostPatience, Math.max(1, this.#checkpointBytes / bigDocumentBytes));
    return (
      this.#tailBytes > Math.max(checkpointBytes, this.#checkpointBytes) ||
      this.#tailEntries >= checkpointEntries * patience
    );
  }

  #run(pays: () => boolean): Promise<void> {
    this.#running = this.#world.compactions
      .through(() => this.#compact(pays))
      .catch((error: unknown) => {
        this.#world.counters.compactionFailures += 1;
        this.#notBefore = this.#world.clock.now() + this.#world.settings.quarantineMs;
        this.#world.journal.error('compaction-failed', {
          documentId: this.#documentId,
          error: String(error),
        });
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  /** From what is stored, and not from the replica, which in a busy room holds more. */
  async #compact(pays: () => boolean): Promise<void> {
    const { clock, counters, log, observe, workbench } = this.#world;
    const began = clock.now();
    const loaded = await log.load(this.#documentId);
    if (loaded === null || loaded.epoch !== this.#epoch) return;
    // Another process may have been here first.
    this.#weigh(loaded);
    if (!pays()) return;
    const state = await workbench.compact(logBytes(loaded));
    if (isUnreadable(state)) throw new Error(`The log cannot be applied: ${state.unreadable}`);
    const checkpoint = { documentId: this.#documentId, epoch: this.#epoch, lsn: loaded.head, state };
    await log.saveCheckpoint(checkpoint);
    counters.checkpoints += 1;
    observe('compact-ms', clock.now() - began);
    // What was stored meanwhile remains.
    this.#tailBytes -= bytesOf(loaded.tail);
    this.#tailEntries -= loaded.tail.length;
    this.#checkpointBytes = state.length;
    this.#measured = { bytes: 0, at: 0 };
  }

  #weigh({ checkpoint, tail }: LoadedDocument): void {
    this.#checkpointBytes = checkpoint?.state.length ?? 0;
    this.#tailBytes = bytesOf(tail);
    this.#tailEntries = tail.length;
  }
}

function bytesOf(entries: readonly NewEntry[]): number {
  return entries.reduce((sum, { update }) => sum + update.length, 0);
}
