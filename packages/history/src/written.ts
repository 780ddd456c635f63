import { isRemovedFlag, type Json, orderRegister, removedRegister } from '@tidemark/documents/records';
import type { LogEntry } from '@tidemark/sync';
import * as Y from 'yjs';
import { Broken } from './broken.ts';
import type { Places } from './places.ts';
import { Ranges } from './ranges.ts';

/** What was done to a record, the weaker first. */
export type Deed = 'moved' | 'changed' | 'removed' | 'added';

/** One thing that an entry did which no entry before it had done. */
export type Written =
  | {
      readonly type: 'record';
      readonly collection: string;
      readonly id: string;
      readonly deed: Deed;
      /** Null: the record itself came or went. */
      readonly register: string | null;
    }
  | { readonly type: 'text'; readonly text: string; readonly inserted: number; readonly deleted: number };

/**
 * Reads entries one after the other, told apart from what was there before them: what comes again counts nothing, and a record is
 * added by whoever brought it first. `places` are those of a replica that has got all of the entries.
 */
export class Reading {
  readonly #places: Places;
  readonly #known = new Ranges();
  readonly #deleted = new Ranges();
  /** Ids of flat collections that have a register. */
  readonly #flat: Set<string>;

  /** `begin`: what was there before the first entry. */
  constructor(places: Places, begin: Begin) {
    this.#places = places;
    this.#flat = new Set(begin.flat);
    for (const [client, clock] of begin.clocks) if (clock > 0) this.#known.add(client, 0, clock);
    for (const { client, from, to } of begin.deleted) this.#deleted.add(client, from, to);
  }

  read({ update }: LogEntry): Written[] {
    const { structs, ds } = decoded(update);
    const written: Written[] = [];
    const keys = new Map<unknown, Set<string>>();
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) && !(struct instanceof Y.GC)) continue;
      const { client, clock } = struct.id;
      for (const { from, to } of this.#known.add(client, clock, clock + struct.length)) {
        if (struct instanceof Y.Item) this.#came(struct, from, to, keys, written);
      }
    }
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) {
        for (const { from, to } of this.#deleted.add(client, clock, clock + len)) {
          this.#went(client, from, to, keys, written);
        }
      }
    }
    return written;
  }

  #came(struct: Y.Item, from: number, to: number, keys: Map<unknown, Set<string>>, written: Written[]): void {
    const [item] = this.#places.items(struct.id.client, from, to);
    if (item === undefined) return;
    const place = this.#places.of(item);
    if (place === null) return;
    if (place.type === 'text') {
      if (isShown(struct)) written.push({ type: 'text', text: place.text, inserted: to - from, deleted: 0 });
      return;
    }
    const { collection, id } = place;
    note(keys, item);
    if (place.type === 'record') {
      written.push({ type: 'record', collection, id, deed: 'added', register: null });
      return;
    }
    const { register } = place;
    if (this.#places.isFlat(collection) && !this.#flat.has(flatName(collection, id))) {
      this.#flat.add(flatName(collection, id));
      written.push({ type: 'record', collection, id, deed: 'added', register: null });
    }
    written.push({ type: 'record', collection, id, deed: deedOf(struct, register), register });
  }

  /** Overwritten registers are deleted too; those that this entry wrote are told already. */
  #went(client: number, from: number, to: number, keys: Map<unknown, Set<string>>, written: Written[]): void {
    for (const item of this.#places.items(client, from, to)) {
      const place = this.#places.of(item);
      if (place === null) continue;
      if (place.type === 'text') {
        const { clock } = item.id;
        const deleted = Math.min(to, clock + item.length) - Math.max(from, clock);
        if (this.#counted(item)) written.push({ type: 'text', text: place.text, inserted: 0, deleted });
        continue;
      }
      if (item.parentSub === null || keys.get(item.parent)?.has(item.parentSub)) continue;
      const { collection, id } = place;
      const register = place.type === 'record' ? null : place.register;
      written.push({
        type: 'record',
        collection,
        id,
        deed: register === null ? 'removed' : 'changed',
        register,
      });
    }
  }

  /** Whether what is deleted by now counted. A replica that collects garbage has forgotten what it was. */
  #counted(item: Y.Item): boolean {
    return isShown(item) || (this.#places.forgets && item.content instanceof Y.ContentDeleted);
  }
}

/** What a replica holds before further entries are applied. */
export interface Begin {
  readonly clocks: ReadonlyMap<number, number>;
  readonly deleted: readonly { readonly client: number; readonly from: number; readonly to: number }[];
  readonly flat: readonly string[];
}

export function beginningOf(doc: Y.Doc, places: Places): Begin {
  const { sv, ds } = Y.snapshot(doc);
  return {
    clocks: sv,
    deleted: [...ds.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
    ),
    flat: [...places.flatIds()].map(([collection, id]) => flatName(collection, id)),
  };
}

export function decoded(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdate(update);
  } catch (error) {
    throw new Broken(String(error), { cause: error });
  }
}

function deedOf(struct: Y.Item, register: string): Deed {
  if (register === orderRegister) return 'moved';
  if (register !== removedRegister) return 'changed';
  const value = struct.content instanceof Y.ContentAny ? struct.content.arr.at(-1) : undefined;
  return isRemovedFlag(value as Json | undefined) ? 'removed' : 'added';
}

/** Whether it counts in the length of a text: formatting and what came deleted do not. */
function isShown({ content }: Y.Item): boolean {
  return content instanceof Y.ContentString || content instanceof Y.ContentEmbed;
}

function note(keys: Map<unknown, Set<string>>, { parent, parentSub }: Y.Item): void {
  if (parentSub === null) return;
  const known = keys.get(parent);
  if (known === undefined) keys.set(parent, new Set([parentSub]));
  else known.add(parentSub);
}

function flatName(collection: string, id: string): string {
  return `${collection}|${id}`;
}
