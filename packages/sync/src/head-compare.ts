import type { Room } from './room.ts';
import type { World } from './world.ts';

/** One query asks after at most this many documents. */
const documentsPerQuery = 5_000;

/**
 * What a lost bell would have told: compares the heads of all open documents with the log's, every `lookMs` and after a
 * cut of the bus, by one query instead of one for each room.
 */
export class HeadCompare {
  readonly #world: World;
  readonly #rooms: () => ReadonlyMap<string, Room>;
  #cancel: (() => void) | null = null;
  #looking = false;
  /** Asked for while looking: the answer under way may be older than the reason. */
  #again = false;
  #stopped = false;

  constructor(world: World, rooms: () => ReadonlyMap<string, Room>) {
    this.#world = world;
    this.#rooms = rooms;
  }

  /** Rooms have come or gone: looks now and then as long as there are any. */
  roomsChanged(): void {
    if (this.#rooms().size === 0) {
      this.#cancel?.();
      this.#cancel = null;
    } else if (this.#cancel === null && !this.#stopped) {
      this.#cancel = this.#world.clock.after(this.#world.settings.lookMs, () => {
        this.#cancel = null;
        this.roomsChanged();
        void this.look();
      });
    }
  }

  async look(): Promise<void> {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#lookOnce();
    }
    this.#looking = false;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #lookOnce(): Promise<void> {
    const open = [...this.#rooms().keys()];
    for (let i = 0; i < open.length && !this.#stopped; i += documentsPerQuery) {
      try {
        const heads = await this.#world.log.heads(open.slice(i, i + documentsPerQuery));
        for (const [documentId, head] of heads) this.#rooms().get(documentId)?.rang(head);
      } catch (error) {
        this.#world.journal.warn('heads-not-compared', { documents: open.length, error: String(error) });
        return;
      }
    }
  }
}
