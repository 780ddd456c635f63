import { kinds } from '@tidemark/documents';
import {
  type Difference,
  diffStates,
  orderRegister,
  readState,
  removedRegister,
  type State,
} from '@tidemark/documents/records';
import * as Y from 'yjs';
import { EntrySearch, type Sought } from './entry-search.ts';
import type { AuthoredChanges, AuthoredDifference, Comparison, Packer } from './ports.ts';
import { available, replicaAt } from './replica.ts';
import { Standing } from './standing.ts';
import { TextSearch } from './text-search.ts';

/**
 * See the port. The item that holds the value which stands at the later moment is the change; the entry that brought it first is the author's.
 * So values that were overwritten or lost against concurrent ones are nobody's.
 */
export function authoredChanges(comparison: Comparison, packer: Packer): AuthoredChanges {
  const { kind, from, to, before, after, between, thinned } = comparison;
  const { schema } = kinds[kind];
  const one = replicaAt(before, from, packer);
  const two = replicaAt(after, to, packer);
  const detail = thinned === null ? null : replicaAt(thinned.material, thinned.lsn, packer);
  try {
    const old = readState(one, schema);
    const differences = diffStates(schema, old, readState(two, schema));
    const search = new EntrySearch(detail);
    const standing = new Standing(two, schema);
    const sought = differences.map((difference) => search.add(soughtOf(one, old, standing, difference)));
    const texts = new TextSearch(one, two, schema, detail);
    const begin = Math.max(from, thinned?.lsn ?? from);
    for (const entry of available(between, begin, to, packer)) {
      search.look(entry);
      texts.look(entry);
    }
    return {
      differences: differences.map(
        (difference, index): AuthoredDifference => ({
          type: difference.type,
          collection: difference.collection,
          id: difference.id,
          register: difference.type === 'changed' ? difference.register : null,
          by: sought[index]?.() ?? null,
        }),
      ),
      texts: texts.found(),
    };
  } finally {
    for (const doc of [one, two, detail]) doc?.destroy();
  }
}

/** `one` and `old`: the replica and its state at the earlier moment; `standing`: what stands at the later one. */
function soughtOf(one: Y.Doc, old: State, standing: Standing, difference: Difference): Sought {
  const { collection, id } = difference;
  const register = (name: string) => standing.register(collection, id, name);
  if (difference.type === 'changed') return write(register(difference.register));
  if (difference.type === 'moved') return write(register(orderRegister));
  const flag = register(removedRegister);
  const items = standing.record(collection, id);
  if (difference.type === 'removed') {
    if (flag !== undefined && !flag.deleted) return write(flag);
    // Not by our commands: the record itself is gone, or each of its registers.
    return { items, which: 'last', deletion: true };
  }
  const wasThere = old[collection]?.has(id) === true;
  if (wasThere && flag !== undefined) return write(flag);
  return { items: items.filter((item) => !holds(one, item)), which: 'first', deletion: false };
}

/** What brought the register to what it holds: a value, or nothing at all. */
function write(item: Y.Item | undefined): Sought {
  return { items: item === undefined ? [] : [item], which: 'first', deletion: item?.deleted === true };
}

function holds(doc: Y.Doc, { id }: Y.Item): boolean {
  return id.clock < Y.getState(doc.store, id.client);
}
