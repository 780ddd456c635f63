import { kinds } from '@tidemark/documents';
import {
  type Difference,
  diffStates,
  type KindSchema,
  orderRegister,
  readState,
  removedRegister,
  type State,
} from '@tidemark/documents/records';
import * as Y from 'yjs';
import { EntrySearch, type Sought } from './entry-search.ts';
import type { AuthoredChanges, AuthoredDifference, Comparison, Packer } from './ports.ts';
import { available, replicaAt } from './replica.ts';
import { recordItems, registerItem } from './standing.ts';
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
    const sought = differences.map((difference) =>
      search.add(soughtOf({ one, two, schema, old }, difference)),
    );
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

interface Sides {
  readonly one: Y.Doc;
  readonly two: Y.Doc;
  readonly schema: KindSchema;
  readonly old: State;
}

function soughtOf(sides: Sides, difference: Difference): Sought {
  const { one, two, schema, old } = sides;
  const { collection, id } = difference;
  const register = (name: string) => registerItem(two, schema, collection, id, name);
  if (difference.type === 'changed') return write(register(difference.register));
  if (difference.type === 'moved') return write(register(orderRegister));
  const flag = register(removedRegister);
  const items = recordItems(two, schema, collection, id);
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
