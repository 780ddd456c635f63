import { type KindSchema, splitFlat } from '@tidemark/documents/records';
import * as Y from 'yjs';

/** The items of Yjs that hold what stands in the registers of a replica. Yjs tells them nowhere but in the maps' own `_map`. */
export class Standing {
  readonly #doc: Y.Doc;
  readonly #schema: KindSchema;
  /** Of flat collections: the last items of each record's registers. */
  readonly #flat = new Map<string, Map<string, Y.Item[]>>();

  constructor(doc: Y.Doc, schema: KindSchema) {
    this.#doc = doc;
    this.#schema = schema;
  }

  /** The last item of a register, deleted or not. */
  register(collection: string, id: string, register: string): Y.Item | undefined {
    const root = this.#doc.share.get(collection);
    const layout = this.#schema.collections[collection]?.layout;
    if (layout === 'single') return root?._map.get(register);
    if (layout === 'flat') return root?._map.get(`${id}|${register}`);
    const content = root?._map.get(id)?.content;
    return content instanceof Y.ContentType ? content.type._map.get(register) : undefined;
  }

  /** The items that make a record be there: its own, or, where it has none, all that its registers ever held. */
  record(collection: string, id: string): Y.Item[] {
    if (this.#schema.collections[collection]?.layout === 'nested') {
      const item = this.#doc.share.get(collection)?._map.get(id);
      return item === undefined ? [] : [item];
    }
    const items: Y.Item[] = [];
    for (const last of this.#registersOf(collection).get(id) ?? []) {
      for (let item: Y.Item | null = last; item !== null; item = item.left) items.push(item);
    }
    return items;
  }

  #registersOf(collection: string): Map<string, Y.Item[]> {
    const known = this.#flat.get(collection);
    if (known !== undefined) return known;
    const records = new Map<string, Y.Item[]>();
    this.#flat.set(collection, records);
    for (const [key, item] of this.#doc.share.get(collection)?._map ?? []) {
      const [id] = splitFlat(key);
      const items = records.get(id);
      if (items === undefined) records.set(id, [item]);
      else items.push(item);
    }
    return records;
  }
}
