import { type Editor, transact, type Write } from './editor.ts';
import { equalJson } from './json.ts';
import type { Past } from './past.ts';
import { isGone, type Layout, removedRegister } from './schema.ts';
import { type CollectionState, type RecordState, readState } from './state.ts';

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
          if (!isGone(record, layout)) bringBack(write, collection, layout, id, present.get(id), record);
        }
        for (const [id, record] of present) {
          const old = past.get(id);
          if (isGone(record, layout) || (old !== undefined && !isGone(old, layout))) continue;
          takeAway(write, collection, layout, id, record);
        }
      }
      for (const [name, text] of texts) write.text(name, text);
    },
    { asItWas: true },
  );
}

/** The writing of what does not stand still; the rest stays as it is, and is told. */
export function openOnly(
  { doc, schema }: Editor,
  write: Write,
  onClosed: (collection: string, id: string, register: string) => void = () => undefined,
): Write {
  const isOpen = (collection: string, register: string) =>
    schema.isClosed?.(doc, collection, register) !== true;
  return {
    ...write,
    set(collection, id, register, value) {
      if (isOpen(collection, register)) write.set(collection, id, register, value);
      else if (!equalJson(write.get(collection, id, register), value ?? undefined))
        onClosed(collection, id, register);
    },
    create(collection, id, registers) {
      if (isOpen(collection, removedRegister)) write.create(collection, id, registers);
      else onClosed(collection, id, removedRegister);
    },
    remove(collection, id) {
      if (isOpen(collection, removedRegister)) write.remove(collection, id);
      else if (write.exists(collection, id)) onClosed(collection, id, removedRegister);
    },
  };
}

/** Makes a record what it was: registers that came later are cleared. */
export function bringBack(
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

/** A record of which there is always one loses what it says. */
export function takeAway(
  write: Write,
  collection: string,
  layout: Layout,
  id: string,
  current: RecordState | undefined,
): void {
  if (layout !== 'single') write.remove(collection, id);
  else for (const register of current?.keys() ?? []) write.set(collection, id, register, undefined);
}

const nothing: CollectionState = new Map();
