import type { Anatomy, Body } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { calledIn } from '../describe.ts';
import type { Editor } from '../records/editor.ts';
import type { Past } from '../records/past.ts';
import { isRemoved } from '../records/schema.ts';
import type { State } from '../records/state.ts';
import { type Restored, restoreThings, type Wish } from '../restore-things.ts';
import { estimateSchema } from './schema.ts';
import { estimateWords, textWords } from './words.ts';

/** How the things of an estimate hang together: lines lie in sections. */
export const estimateBody: Body = {
  schema: estimateSchema,
  anatomy,
  isKept: (collection, register) => collection === 'meta' && (register === 'status' || register === 'parent'),
  called: calledIn(estimateWords, textWords),
};

function anatomy(state: State): Anatomy {
  const at = ({ collection, id }: Thing) => {
    const record = state[collection]?.get(id);
    return record === undefined || isRemoved(record) ? undefined : record;
  };
  const linesIn = ({ collection, id }: Thing): Thing[] => {
    const found: Thing[] = [];
    if (collection !== 'groups') return found;
    for (const [line, record] of state.lines ?? []) {
      if (!isRemoved(record) && record.get('g') === id) found.push({ collection: 'lines', id: line });
    }
    return found;
  };
  return {
    partsOf: (thing) => (at(thing) === undefined ? [] : [thing]),
    needs(thing) {
      const id = thing.collection === 'lines' ? at(thing)?.get('g') : null;
      const group = typeof id === 'string' ? { collection: 'groups', id } : null;
      return group === null || at(group) === undefined ? [] : [group];
    },
    holds: linesIn,
    offers: linesIn,
    dependents: linesIn,
    claims: () => [],
  };
}

/** Brings single things back to what they were then, as one step; one that was not there is removed. */
export function restoreEstimateThings(
  editor: Editor,
  then: Past,
  things: readonly Thing[],
  wish?: Wish,
): Restored {
  return restoreThings(editor, estimateBody, then, things, wish);
}
