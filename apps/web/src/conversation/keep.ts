import type { Change, Changes, Mark, Message, Named, Thread } from './wire.ts';

/** A change that waits, in the order of its key. */
export interface Waiting {
  readonly key: number;
  readonly change: Change;
  /** When it was made: milliseconds since 1970. */
  readonly at: number;
  /** Not sent before this time: as long as it can be undone. */
  readonly notBefore: number;
  /** Why the server would not have it; it waits for its maker then. */
  readonly refused: string | null;
  /** The server has it; it is shown from here until the server's word of it has come. */
  readonly sent: boolean;
}

/** What is known of a conversation. */
export interface Known {
  readonly seq: number;
  readonly threads: readonly Thread[];
  readonly messages: readonly Message[];
  readonly marks: readonly Mark[];
  readonly people: readonly Named[];
}

export const nothingKnown: Known = { seq: 0, threads: [], messages: [], marks: [], people: [] };

/** Where one document's conversation is kept, for all tabs of this browser. */
export interface Keep {
  /** Whether it outlives the page. */
  readonly lasting: boolean;
  known(): Promise<Known>;
  /** Adds what the server told, unless something newer is there or something between is missing. */
  learn(changes: Told): Promise<void>;
  meet(people: readonly Named[]): Promise<void>;
  /** What waits, by key. */
  waiting(): Promise<Waiting[]>;
  /** Keys go up, in all tabs. */
  add(waiting: Omit<Waiting, 'key'>): Promise<number>;
  /** Replaces the one of its key, if that is still there. */
  put(waiting: Waiting): Promise<void>;
  drop(keys: readonly number[]): Promise<void>;
}

/** Rows by key with those that changed put in their place. */
export function merged<T extends { readonly seq: number }>(
  rows: readonly T[],
  changed: readonly T[],
  keyOf: (row: T) => string,
): readonly T[] {
  if (changed.length === 0) return rows;
  const all = new Map(rows.map((row) => [keyOf(row), row]));
  for (const row of changed) {
    if ((all.get(keyOf(row))?.seq ?? -1) < row.seq) all.set(keyOf(row), row);
  }
  return [...all.values()];
}

/** What the server told, and whether its numbers began anew, so that nothing of before counts. */
export interface Told extends Changes {
  readonly anew: boolean;
}

/** What is known after it; it may overlap what is known already. */
export function learned(known: Known, changes: Told): Known {
  const base = changes.anew ? { ...nothingKnown, people: known.people } : known;
  return {
    ...base,
    seq: Math.max(base.seq, changes.seq),
    threads: merged(base.threads, changes.threads, ({ id }) => id),
    messages: merged(base.messages, changes.messages, ({ id }) => id),
    marks: merged(base.marks, changes.marks, ({ thread }) => thread),
  };
}

/** In memory, where the browser keeps nothing, and in tests. */
export function createMemoryKeep(): Keep {
  let known = nothingKnown;
  let rows: Waiting[] = [];
  let lastKey = 0;
  return {
    lasting: false,
    known: async () => known,
    async learn(changes) {
      if (changes.anew || changes.from <= known.seq) known = learned(known, changes);
    },
    async meet(people) {
      known = { ...known, people };
    },
    waiting: async () => [...rows],
    async add(waiting) {
      lastKey += 1;
      rows.push({ ...waiting, key: lastKey });
      return lastKey;
    },
    async put(waiting) {
      rows = rows.map((row) => (row.key === waiting.key ? waiting : row));
    },
    async drop(keys) {
      rows = rows.filter(({ key }) => !keys.includes(key));
    },
  };
}
