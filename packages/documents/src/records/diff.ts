import { equalJson, type Json } from './json.ts';
import { isGone, type KindSchema, type Layout, orderRegister, removedRegister } from './schema.ts';
import type { CollectionState, RecordState, State } from './state.ts';

/** What became of one record between two states, in the document's own terms. */
export type Difference =
  | {
      readonly type: 'added' | 'removed';
      readonly collection: string;
      readonly id: string;
      readonly record: RecordState;
    }
  | {
      readonly type: 'changed';
      readonly collection: string;
      readonly id: string;
      readonly register: string;
      /** undefined: nothing there. */
      readonly old: Json | undefined;
      readonly new: Json | undefined;
    }
  /** Only the place among the others is another. */
  | { readonly type: 'moved'; readonly collection: string; readonly id: string };

/** From one state to another. Removed records count as absent. Sorted by collection of the schema, then id. */
export function diffStates(schema: KindSchema, from: State, to: State): Difference[] {
  return Object.entries(schema.collections).flatMap(([collection, { layout }]) => {
    const before = from[collection] ?? nothing;
    const after = to[collection] ?? nothing;
    const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
    return ids.flatMap((id) =>
      diffRecord(collection, id, shown(before, id, layout), shown(after, id, layout)),
    );
  });
}

const nothing: CollectionState = new Map();

function shown(records: CollectionState, id: string, layout: Layout): RecordState | undefined {
  const record = records.get(id);
  return record === undefined || isGone(record, layout) ? undefined : record;
}

function diffRecord(
  collection: string,
  id: string,
  before: RecordState | undefined,
  after: RecordState | undefined,
): Difference[] {
  if (before === after) return [];
  if (before === undefined)
    return after === undefined ? [] : [{ type: 'added', collection, id, record: after }];
  if (after === undefined) return [{ type: 'removed', collection, id, record: before }];
  const differences: Difference[] = [];
  for (const register of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const old = before.get(register);
    const now = after.get(register);
    if (register === removedRegister || equalJson(old, now)) continue;
    if (register === orderRegister) differences.push({ type: 'moved', collection, id });
    else differences.push({ type: 'changed', collection, id, register, old, new: now });
  }
  return differences;
}
