import { type KindSchema, splitFlat } from '@tidemark/documents/records';
import * as Y from 'yjs';

/** Where an item of Yjs stands, in the words of records (docs/records.md). */
export type Place =
  | { readonly type: 'register'; readonly collection: string; readonly id: string; readonly register: string }
  /** The record itself, of a nested collection. */
  | { readonly type: 'record'; readonly collection: string; readonly id: string }
  | { readonly type: 'text'; readonly text: string };

/** Finds the places of items in one replica, by a kind's schema. */
export class Places {
  readonly #doc: Y.Doc;
  readonly #schema: KindSchema;
  readonly #roots = new Map<unknown, string>();

  constructor(doc: Y.Doc, schema: KindSchema) {
    this.#doc = doc;
    this.#schema = schema;
    for (const [name, type] of doc.share) this.#roots.set(type, name);
  }

  /** Null: in nothing that the schema knows, and in no text. */
  of(item: Y.Item): Place | null {
    const { parent, parentSub } = item;
    const root = this.#roots.get(parent);
    if (root !== undefined) return this.#inRoot(root, parentSub);
    if (!(parent instanceof Y.AbstractType) || parentSub === null) return null;
    const record = parent._item;
    const collection = this.#roots.get(record?.parent);
    if (collection === undefined || record === null || record.parentSub === null) return null;
    if (this.#schema.collections[collection]?.layout !== 'nested') return null;
    return { type: 'register', collection, id: record.parentSub, register: parentSub };
  }

  /** The items that hold, or held, the clocks [from, to) of a writer; not what was collected as garbage, nor what is not there. */
  *items(client: number, from: number, to: number): Generator<Y.Item, void, undefined> {
    const structs = this.#doc.store.clients.get(client);
    const end = Math.min(to, Y.getState(this.#doc.store, client));
    if (structs === undefined || from >= end) return;
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock >= end) return;
      if (struct instanceof Y.Item) yield struct;
    }
  }

  /** Whether content is gone where it was deleted. */
  get forgets(): boolean {
    return this.#doc.gc;
  }

  isFlat(collection: string): boolean {
    return this.#schema.collections[collection]?.layout === 'flat';
  }

  /** The records of flat collections that have, or had, a register. */
  *flatIds(): Generator<readonly [collection: string, id: string], void, undefined> {
    for (const [root, name] of this.#roots) {
      if (!Object.hasOwn(this.#schema.collections, name) || !this.isFlat(name)) continue;
      if (!(root instanceof Y.AbstractType)) continue;
      for (const key of root._map.keys()) yield [name, splitFlat(key)[0]];
    }
  }

  #inRoot(name: string, key: string | null): Place | null {
    const collection = Object.hasOwn(this.#schema.collections, name)
      ? this.#schema.collections[name]
      : undefined;
    if (collection === undefined) return key === null ? { type: 'text', text: name } : null;
    if (key === null) return null;
    if (collection.layout === 'single')
      return { type: 'register', collection: name, id: name, register: key };
    if (collection.layout === 'nested') return { type: 'record', collection: name, id: key };
    const [id, register] = splitFlat(key);
    return { type: 'register', collection: name, id, register };
  }
}
