import { type Editor, transact, type Write } from './editor.ts';
import { equalJson, type Json } from './json.ts';
import type { Past } from './past.ts';
import { isRemoved, type KindSchema, type Layout, orderRegister, removedRegister } from './schema.ts';
import { type CollectionState, type RecordState, readState, type State } from './state.ts';

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
  return Object.keys(schema.collections).flatMap((collection) => {
    const before = from[collection] ?? nothing;
    const after = to[collection] ?? nothing;
    const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
    return ids.flatMap((id) => diffRecord(collection, id, shown(before, id), shown(after, id)));
  });
}

/**
 * Brings the document to what it said at an earlier moment, as a forward edit: one ordinary transaction that writes
 * only the registers that differ and the smallest change of each text, so what others do meanwhile merges in, and undo takes it back.
 * Registers that came later are cleared, records that came later are removed. False when nothing differed.
 */
export function restoreState(editor: Editor, { state: then, texts }: Past, label = 'Restore'): boolean {
  const { doc, schema } = editor;
  const now = readState(doc, schema);
  return transact(
    editor,
    label,
    (all) => {
      const write = openOnly(editor, all);
      for (const [collection, { layout }] of Object.entries(schema.collections)) {
        const present = now[collection] ?? nothing;
        const past = then[collection] ?? nothing;
        for (const [id, record] of past) {
          if (!isRemoved(record)) bringBack(write, collection, layout, id, present.get(id), record);
        }
        for (const [id, record] of present) {
          const old = past.get(id);
          if (isRemoved(record) || (old !== undefined && !isRemoved(old))) continue;
          if (layout !== 'single') write.remove(collection, id);
          else for (const register of record.keys()) write.set(collection, id, register, undefined);
        }
      }
      for (const [name, text] of texts) write.text(name, text);
    },
    { asItWas: true },
  );
}

/** The writing of what does not stand still; the rest stays as it is. */
function openOnly({ doc, schema }: Editor, write: Write): Write {
  const isOpen = (collection: string, register: string) =>
    schema.isClosed?.(doc, collection, register) !== true;
  return {
    ...write,
    set(collection, id, register, value) {
      if (isOpen(collection, register)) write.set(collection, id, register, value);
    },
    create(collection, id, registers) {
      if (isOpen(collection, removedRegister)) write.create(collection, id, registers);
    },
    remove(collection, id) {
      if (isOpen(collection, removedRegister)) write.remove(collection, id);
    },
  };
}

function bringBack(
  write: Write,
  collection: string,
  layout: Layout,
  id: string,
  current: RecordState | undefined,
  record: RecordState,
): void {
  if (layout !== 'single' && !write.exists(collection, id) && current === undefined) {
    write.create(collection, id, Object.fromEntries(record));
    return;
  }
  for (const register of current?.keys() ?? []) {
    if (!record.has(register)) write.set(collection, id, register, undefined);
  }
  for (const [register, value] of record) write.set(collection, id, register, value);
}

const nothing: CollectionState = new Map();

function shown(records: CollectionState, id: string): RecordState | undefined {
  const record = records.get(id);
  return record === undefined || isRemoved(record) ? undefined : record;
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
