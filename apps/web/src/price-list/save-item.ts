import { ApiError } from '../api/http.ts';
import { changeItem, type ItemFields, type PriceItem, readItem } from '../api/price-list.ts';
import { type Clash, changesOf, clashesOf } from './item-draft.ts';

/** What came of saving: the item as it is now, or where others have changed the same fields meanwhile. */
export type Saved =
  | { readonly item: PriceItem }
  | { readonly theirs: PriceItem; readonly clashes: readonly Clash[]; readonly mine: Partial<ItemFields> };

/** Others may change it between reading it and writing again, but hardly so often. */
const attempts = 4;

/**
 * Writes what a person has changed of an item that they have seen. What others have changed elsewhere in it stays; where they have
 * changed the same field nothing is written, and both values come back.
 */
export async function saveItem(seen: PriceItem, wanted: ItemFields): Promise<Saved> {
  const mine = changesOf(seen, wanted);
  if (Object.keys(mine).length === 0) return { item: seen };
  let { revision } = seen;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { item: await changeItem(seen.id, revision, mine) };
    } catch (error) {
      const meanwhile = error instanceof ApiError && error.code === 'changed-meanwhile';
      if (!meanwhile || attempt === attempts) throw error;
    }
    const theirs = await readItem(seen.id);
    const clashes = clashesOf(seen, theirs, mine);
    if (clashes.length > 0) return { theirs, clashes, mine };
    revision = theirs.revision;
  }
}
