import * as Y from 'yjs';

/**
 * How deep the shared types of an update lie inside one another and inside the replica's. What waits there for missing
 * updates counts as if it came along, so that no chain can be brought in link by link from its end. A parent that nobody has
 * counts as a root.
 */
export function deepestType(structs: readonly Struct[], doc: Y.Doc): number {
  const types = structs.filter(isType);
  if (types.length === 0) return 0;
  const { pendingStructs } = doc.store;
  const waiting = pendingStructs === null ? [] : Y.decodeUpdateV2(pendingStructs.update).structs;
  const depths = new Depths([...structs, ...waiting], doc);
  return [...types, ...waiting.filter(isType)].reduce((most, type) => Math.max(most, depths.of(type) + 1), 0);
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

function isType(struct: Struct): struct is Y.Item {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentType;
}

class Depths {
  readonly #doc: Y.Doc;
  readonly #items = new Map<number, Y.Item[]>();
  readonly #known = new Map<Y.Item, number>();

  constructor(structs: readonly Struct[], doc: Y.Doc) {
    this.#doc = doc;
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue;
      const items = this.#items.get(struct.id.client);
      if (items === undefined) this.#items.set(struct.id.client, [struct]);
      else items.push(struct);
    }
    for (const items of this.#items.values()) items.sort((a, b) => a.id.clock - b.id.clock);
  }

  /** How many types lie around an item. Iterative: what it measures would overflow the stack. */
  of(item: Y.Item): number {
    const path: { readonly item: Y.Item; readonly deeper: 0 | 1 }[] = [];
    const onPath = new Set<Y.Item>();
    let depth = 0;
    for (let at: Y.Item | null = item; at !== null; ) {
      const known = this.#known.get(at);
      if (known !== undefined || onPath.has(at)) {
        depth = known ?? 0;
        break;
      }
      const place = this.#placeOf(at);
      onPath.add(at);
      path.push({ item: at, deeper: place.deeper });
      depth = place.base;
      at = place.next;
    }
    for (const step of path.reverse()) {
      depth += step.deeper;
      this.#known.set(step.item, depth);
    }
    return depth;
  }

  /** Where an item lies: in a type of known depth, or beside or inside the next item. */
  #placeOf(item: Y.Item): { readonly base: number; readonly deeper: 0 | 1; readonly next: Y.Item | null } {
    const parent: unknown = item.parent;
    if (parent instanceof Y.AbstractType) return { base: depthOf(parent), deeper: 0, next: null };
    if (parent instanceof Y.ID) return { base: 0, deeper: 1, next: this.#find(parent) };
    const beside = item.origin ?? item.rightOrigin;
    if (typeof parent === 'string' || beside === null) return { base: 0, deeper: 0, next: null };
    return { base: 0, deeper: 0, next: this.#find(beside) };
  }

  #find(id: Y.ID): Y.Item | null {
    const items = this.#items.get(id.client) ?? [];
    let [low, high] = [0, items.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const item = items[middle];
      if (item === undefined) break;
      if (id.clock < item.id.clock) high = middle - 1;
      else if (id.clock >= item.id.clock + item.length) low = middle + 1;
      else return item;
    }
    if (id.clock >= Y.getState(this.#doc.store, id.client)) return null;
    const stored: unknown = Y.getItem(this.#doc.store, id);
    return stored instanceof Y.Item ? stored : null;
  }
}

function depthOf(type: Y.AbstractType<unknown>): number {
  let depth = 0;
  for (let around = type.parent; around !== null; around = around.parent) depth += 1;
  return depth;
}
