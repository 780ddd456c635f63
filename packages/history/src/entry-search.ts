import type { LogEntry } from '@tidemark/sync';
import * as Y from 'yjs';
import type { Author } from './ports.ts';
import { decoded } from './written.ts';

/** Items of which one wants to know which entry brought them, or deleted them. */
export interface Sought {
  readonly items: readonly Y.Item[];
  /** Of several: the first entry or the last. */
  readonly which: 'first' | 'last';
  readonly deletion: boolean;
}

interface Target {
  readonly client: number;
  readonly clock: number;
  by: Author | null;
}

/** Finds the entries that were the first to bring, or to delete, certain items: one pass over a log, in order. */
export class EntrySearch {
  readonly #brought = new Targets();
  readonly #deleted = new Targets();
  readonly #clocks: ReadonlyMap<number, number>;
  readonly #gone: Y.Doc | null;

  /** `detail`: what is in it already has no author that can be told. */
  constructor(detail: Y.Doc | null) {
    this.#gone = detail;
    this.#clocks = detail === null ? new Map() : Y.snapshot(detail).sv;
  }

  /** To be called before the first look. The function gives what was found in the end. */
  add({ items, which, deletion }: Sought): () => Author | null {
    const targets = items.flatMap(({ id, lastId }) => {
      // Of items that were deleted one after the other Yjs makes one; the last of them is the one that stood.
      const { client, clock } = deletion ? lastId : id;
      if (this.#isOld(client, clock, deletion)) return [];
      const target: Target = { client, clock, by: null };
      (deletion ? this.#deleted : this.#brought).add(target);
      return [target];
    });
    return () => {
      const found = targets.flatMap(({ by }) => (by === null ? [] : [by]));
      found.sort((a, b) => a.lsn - b.lsn);
      return (which === 'first' ? found[0] : found.at(-1)) ?? null;
    };
  }

  look(entry: LogEntry): void {
    if (this.#brought.done && this.#deleted.done) return;
    const { structs, ds } = decoded(entry.update);
    const { lsn, at, userId } = entry;
    const by = { lsn, at, userId };
    for (const struct of structs) {
      if (!(struct instanceof Y.Skip))
        this.#brought.found(struct.id.client, struct.id.clock, struct.length, by);
    }
    if (this.#deleted.done) return;
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) this.#deleted.found(client, clock, len, by);
    }
  }

  #isOld(client: number, clock: number, deletion: boolean): boolean {
    const known = clock < (this.#clocks.get(client) ?? 0);
    if (!known || !deletion || this.#gone === null) return known;
    return Y.getItem(this.#gone.store, Y.createID(client, clock)).deleted;
  }
}

/** Places in the content of writers that are still looked for. */
class Targets {
  readonly #clients = new Map<number, Target[]>();
  #left = 0;
  #sorted = true;

  get done(): boolean {
    return this.#left === 0;
  }

  add(target: Target): void {
    const all = this.#clients.get(target.client) ?? [];
    this.#clients.set(target.client, all);
    all.push(target);
    this.#left += 1;
    this.#sorted = false;
  }

  /** This entry did all targets in [clock, clock + length) that none before it did. */
  found(client: number, clock: number, length: number, by: Author): void {
    if (!this.#sorted) this.#sort();
    const all = this.#clients.get(client);
    if (all === undefined || all.length === 0) return;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.clock ?? 0) < clock) low = middle + 1;
      else high = middle;
    }
    for (let target = all[low]; target !== undefined && target.clock < clock + length; target = all[low]) {
      if (target.by === null) this.#left -= 1;
      target.by ??= by;
      low += 1;
    }
  }

  #sort(): void {
    for (const all of this.#clients.values()) all.sort((a, b) => a.clock - b.clock);
    this.#sorted = true;
  }
}
