import type * as Y from 'yjs';
import { equalJson, isJson, type Json } from './json.ts';
import { isRemovedFlag, type KindSchema, registerOf, removedRegister } from './schema.ts';
import { createRecord, readMembers, readRegister, recordExists, writeRegister } from './storage.ts';
import { revertText, type TextChange, writeText } from './texts.ts';

/** Who changed this replica, on every transaction that `documents` makes. */
export type Origin =
  | {
      readonly type: 'command' | 'undo' | 'redo';
      readonly editor: Editor;
      readonly userId: string | null;
      readonly label: string;
    }
  | { readonly type: 'seed' | 'migration' };

/** One person's hand on one replica. All commands take it; undo keeps what was done through it. */
export interface Editor {
  readonly doc: Y.Doc;
  readonly schema: KindSchema;
  readonly userId: string | null;
  /** Calls after each transaction made through this editor that wrote something. Returns the unsubscribe. */
  onCommand(listener: (done: Done) => void): () => void;
}

/** One register write. `created` is set on the write that stands for the making of a whole record. */
export interface Change {
  readonly collection: string;
  readonly id: string;
  readonly register: string;
  /** undefined: nothing there. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The registers the record was made with; undo takes the record away only while it holds just these. */
  readonly created?: ReadonlyMap<string, Json>;
}

export interface Done {
  readonly type: 'command' | 'undo' | 'redo';
  readonly label: string;
  /** Commands of one gesture (a slider dragged, a title typed) make one undo step. */
  readonly gesture: string | null;
  readonly changes: readonly Change[];
  /** What was written in texts, in order. */
  readonly texts: readonly TextChange[];
}

/** What a command writes with. Every write is compared first: what changes nothing is not written. */
export interface Write {
  get(collection: string, id: string, register: string): Json | undefined;
  /** The non-empty registers of a record whose names begin with `prefix`: rest of the name → value. */
  members(collection: string, id: string, prefix: string): ReadonlyMap<string, Json>;
  /** False when there is no such record, or it was removed: somebody else may have been faster. */
  exists(collection: string, id: string): boolean;
  /** undefined and null clear the register. Throws TypeError on a value the schema does not accept. */
  set(collection: string, id: string, register: string, value: Json | undefined): void;
  /** Makes a record; its id must be new (nested) or may meet an existing one (flat). */
  create(collection: string, id: string, registers: Readonly<Record<string, Json | undefined>>): void;
  /** Soft delete. */
  remove(collection: string, id: string): void;
  /** Makes a text be this by the smallest change in one place. */
  text(name: string, next: string): void;
  /** Takes a change of a text back, where nobody has written in it. */
  revert(change: TextChange): void;
}

export function createEditor(doc: Y.Doc, schema: KindSchema, userId: string | null = null): Editor {
  const listeners = new Set<(done: Done) => void>();
  const editor: Editor = {
    doc,
    schema,
    userId,
    onCommand(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  announcers.set(editor, (done) => {
    for (const listener of listeners) listener(done);
  });
  return editor;
}

const announcers = new WeakMap<Editor, (done: Done) => void>();

export interface TransactOptions {
  /** Commands of one gesture make one undo step. */
  readonly gesture?: string | undefined;
  readonly type?: Done['type'];
  /** Values come from the document itself: put them back even where this version's schema can't read them. */
  readonly asItWas?: boolean;
}

/**
 * One gesture: runs `write` in one transaction, which makes one update, or none when nothing changed. Returns
 * whether something was written. Commands may not be nested. A throw inside `write` is a bug of the command:
 * what it had written so far stays, since Yjs cannot roll back, so commands check before they write.
 */
export function transact(
  editor: Editor,
  label: string,
  write: (write: Write) => void,
  options: TransactOptions = {},
): boolean {
  const { doc, userId } = editor;
  const type = options.type ?? 'command';
  const changes: Change[] = [];
  const texts: TextChange[] = [];
  const origin: Origin = { type, editor, userId, label };
  const tools = createWrite(editor, changes, texts, options.asItWas ?? type !== 'command');
  doc.transact(() => write(tools), origin);
  if (changes.length === 0 && texts.length === 0) return false;
  announcers.get(editor)?.({ type, label, gesture: options.gesture ?? null, changes, texts });
  return true;
}

function createWrite(
  { doc, schema }: Editor,
  changes: Change[],
  texts: TextChange[],
  asItWas: boolean,
): Write {
  const layoutOf = (collection: string) => {
    const found = schema.collections[collection];
    if (found === undefined) throw new TypeError(`A ${schema.kind} has no collection "${collection}".`);
    return found;
  };
  const accept = (collection: string, register: string, value: Json): Json => {
    if (!isJson(value)) throw new TypeError(`${collection}.${register} takes plain JSON only.`);
    if (asItWas) return value;
    const declared = registerOf(layoutOf(collection), register);
    if (declared !== null && declared.read(value) === undefined) {
      throw new TypeError(`${collection}.${register} can't be ${JSON.stringify(value).slice(0, 100)}.`);
    }
    return value;
  };
  const write: Write = {
    get: (collection, id, register) =>
      readRegister(doc, collection, layoutOf(collection).layout, id, register),
    members: (collection, id, prefix) =>
      readMembers(doc, collection, layoutOf(collection).layout, id, prefix),
    exists: (collection, id) =>
      recordExists(doc, collection, layoutOf(collection).layout, id) &&
      !isRemovedFlag(write.get(collection, id, removedRegister)),
    set(collection, id, register, value) {
      const { layout } = layoutOf(collection);
      const before = readRegister(doc, collection, layout, id, register);
      const after = value === undefined || value === null ? undefined : accept(collection, register, value);
      if (equalJson(before, after)) return;
      if (!writeRegister(doc, collection, layout, id, register, after ?? null)) {
        throw new TypeError(`There is no record "${id}" in ${collection}.`);
      }
      changes.push({ collection, id, register, before, after });
    },
    create(collection, id, registers) {
      const { layout } = layoutOf(collection);
      const created = new Map<string, Json>();
      for (const [register, value] of Object.entries(registers)) {
        if (value === undefined || value === null) continue;
        created.set(register, accept(collection, register, value));
      }
      if (layout === 'flat' && recordExists(doc, collection, layout, id)) {
        // Somebody made it before: two who create the same record meet in it.
        for (const [register, value] of created) write.set(collection, id, register, value);
        write.set(collection, id, removedRegister, undefined);
        return;
      }
      createRecord(doc, collection, layout, id, created);
      changes.push({ collection, id, register: removedRegister, before: 1, after: undefined, created });
    },
    remove: (collection, id) => write.set(collection, id, removedRegister, 1),
    text(name, next) {
      const change = writeText(doc, name, next);
      if (change !== null) texts.push(change);
    },
    revert(change) {
      const back = revertText(doc, change);
      if (back !== null) texts.push(back);
    },
  };
  return write;
}

/** A short random id for a new record: 16 letters and digits, about 82 bits. */
export function newId(): string {
  let id = '';
  while (id.length < 16)
    id += Math.floor(Math.random() * 36 ** 4)
      .toString(36)
      .padStart(4, '0');
  return id;
}
