import * as Y from 'yjs';
import type { Write } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { compareOrder, isOrderKey, keysBetween } from '../records/order-key.ts';
import { rearrange } from '../records/ordered-set.ts';
import { isRemovedFlag, orderRegister, removedRegister } from '../records/schema.ts';
import { rootMap } from '../records/state.ts';

/** Where records lie now, read from the replica itself: commands need the order of one list and not a whole view. */

export interface Standing {
  readonly id: string;
  readonly order: string | null;
}

/** What was not removed of a collection with order keys, in order; `keep` sees the registers of each. */
export function standing(
  doc: Y.Doc,
  collection: string,
  keep: (register: (name: string) => unknown) => boolean = () => true,
): Standing[] {
  const found: Standing[] = [];
  for (const [id, record] of rootMap(doc, collection)?.entries() ?? []) {
    if (!(record instanceof Y.Map) || id === '' || id.length > 500) continue;
    const register = (name: string) => record.get(name);
    if (isRemovedFlag(register(removedRegister) as Json) || !keep(register)) continue;
    found.push({ id, order: nameOf(register(orderRegister)) });
  }
  return found.sort(compareOrder);
}

/** The lines that show in a section; null: those whose section is not there. */
export function linesIn(doc: Y.Doc, group: string | null): Standing[] {
  if (group !== null) return standing(doc, 'lines', (register) => register('g') === group);
  const groups = new Set<unknown>(standing(doc, 'groups').map(({ id }) => id));
  return standing(doc, 'lines', (register) => !groups.has(nameOf(register('g'))));
}

/**
 * Order keys for `count` records before the one named, or last (null, or one that is not among them). Where the
 * neighbours' keys leave no place between them (two of one key after a merge, garbage), those of the list that are in the way get new ones.
 */
export function placeAmong(
  write: Write,
  collection: string,
  others: readonly Standing[],
  before: string | null,
  count: number,
): string[] {
  const found = before === null ? -1 : others.findIndex(({ id }) => id === before);
  const at = found === -1 ? others.length : found;
  const low = at === 0 ? null : others[at - 1]!.order;
  const high = at === others.length ? null : others[at]!.order;
  const isOpen =
    (at === 0 || isOrderKey(low)) &&
    (at === others.length || isOrderKey(high)) &&
    (low === null || high === null || low < high);
  if (isOpen) return keysBetween(low, high, count);

  const usable = ({ order }: Standing) => (isOrderKey(order) ? order : null);
  const wanted = new Array<null>(count).fill(null);
  const keys = [...others.slice(0, at).map(usable), ...wanted, ...others.slice(at).map(usable)];
  const fresh = rearrange(keys, null, null);
  others.forEach(({ id }, index) => {
    const key = fresh.get(index < at ? index : index + count);
    if (key !== undefined) write.set(collection, id, orderRegister, key);
  });
  return wanted.map((_, index) => fresh.get(at + index)!);
}

/** As the reader reads a reference. */
export function nameOf(raw: unknown): string | null {
  return typeof raw === 'string' && raw !== '' && raw.length <= 1000 ? raw : null;
}
