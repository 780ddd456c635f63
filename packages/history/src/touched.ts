import type { Touched, TouchedCollection } from './ports.ts';
import type { Deed, Written } from './written.ts';

/** Names kept of each sort. */
const mostNames = 50;
/** Texts told of: a document may have roots that no kind knows. */
const mostTexts = 20;
/** Longer names are somebody's mischief. */
const longestName = 500;

const strength: Readonly<Record<Deed, number>> = { moved: 1, changed: 2, removed: 3, added: 4 };

/** Counts what entries did, each record once, by the strongest of what was done to it. */
export class TouchedCount {
  readonly #deeds = new Map<string, Map<string, Deed>>();
  readonly #registers = new Map<string, Set<string>>();
  readonly #texts = new Map<string, { inserted: number; deleted: number }>();

  /** All that one entry wrote. */
  add(written: readonly Written[]): void {
    const brought = new Set<string>();
    for (const one of written) {
      if (one.type === 'text') this.#text(one.text, one.inserted, one.deleted);
      else {
        if (one.register === null) brought.add(`${one.collection}|${one.id}`);
        this.#record(one, brought.has(`${one.collection}|${one.id}`));
      }
    }
  }

  result(): Touched {
    return {
      collections: Object.fromEntries(
        [...this.#deeds].map(([name, deeds]) => [name, this.#collection(name, deeds)]),
      ),
      texts: Object.fromEntries(this.#texts),
    };
  }

  #record({ collection, id, deed, register }: Extract<Written, { type: 'record' }>, isNew: boolean): void {
    const deeds = this.#deeds.get(collection) ?? new Map<string, Deed>();
    this.#deeds.set(collection, deeds);
    const known = deeds.get(id);
    if (known === undefined || strength[known] < strength[deed]) deeds.set(id, deed);
    if (isNew || register === null || register.length > longestName) return;
    const registers = this.#registers.get(collection) ?? new Set<string>();
    this.#registers.set(collection, registers);
    if (registers.size < mostNames) registers.add(register);
  }

  #text(name: string, inserted: number, deleted: number): void {
    const text = this.#texts.get(name);
    if (text !== undefined) {
      text.inserted += inserted;
      text.deleted += deleted;
    } else if (this.#texts.size < mostTexts && name.length <= longestName) {
      this.#texts.set(name, { inserted, deleted });
    }
  }

  #collection(name: string, deeds: ReadonlyMap<string, Deed>): TouchedCollection {
    const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
    for (const deed of deeds.values()) counts[deed] += 1;
    const ids = [...deeds.keys()].filter((id) => id.length <= longestName).slice(0, mostNames);
    return { ...counts, ids, registers: [...(this.#registers.get(name) ?? [])] };
  }
}
