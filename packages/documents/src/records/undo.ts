import { type Change, type Done, type Editor, transact } from './editor.ts';
import { equalJson } from './json.ts';
import { createOwnership, type Ownership } from './ownership.ts';
import { removedRegister } from './schema.ts';
import { readMembers, readRegister } from './storage.ts';
import { isRevertible, type TextChange } from './texts.ts';

/** Undo and redo of what was done through one editor. */
export interface Undo {
  /** Takes the last step back of which something is left to take back. Returns its label, or null. */
  undo(): string | null;
  redo(): string | null;
  /** The same object until it changes. */
  status(): UndoStatus;
  /** Calls when the status may have changed, by others' edits too. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  destroy(): void;
}

export interface UndoStatus {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What undo would take back ("Move chart"), or null. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
}

interface Step {
  readonly label: string;
  readonly gesture: string | null;
  readonly changes: readonly Change[];
  readonly texts: readonly TextChange[];
}

/**
 * Inverse registers: a step remembers what each register held before and after, and undo puts a register back
 * only while it still holds what this editor wrote and nobody has written it since. What somebody else wrote over it stays, and so does a
 * record that somebody else has worked on since this editor made it. Removing and making go by the soft-delete
 * register, so what others wrote into a removed record is there again when it comes back. Of a text, what a step put in place
 * of something is taken back while it stands as it was written.
 *
 * Yjs' own UndoManager deletes map entries instead and then leaves neither person's value (yjs#514).
 */
export function createUndo(editor: Editor, settings: { readonly maxSteps?: number } = {}): Undo {
  const maxSteps = settings.maxSteps ?? 200;
  const done: Step[] = [];
  const undone: Step[] = [];
  const ownership = createOwnership(editor);
  const listeners = new Set<() => void>();
  let open = false;
  let status: UndoStatus = { canUndo: false, canRedo: false, undoLabel: null, redoLabel: null };
  let stale = false;

  const push = (stack: Step[], step: Step) => {
    stack.push(step);
    if (stack.length > maxSteps) stack.shift();
  };
  const invalidate = () => {
    stale = true;
    for (const listener of [...listeners]) listener();
  };

  const stopCommands = editor.onCommand((entry) => {
    ownership.wrote(entry.changes);
    if (entry.type === 'command') record(entry);
    invalidate();
  });
  // Others' edits can take from a step all that was left to take back.
  editor.doc.on('afterTransaction', invalidate);

  const record = (entry: Done) => {
    undone.length = 0;
    const last = done.at(-1);
    if (open && last !== undefined && entry.gesture !== null && last.gesture === entry.gesture) {
      const texts = [...last.texts, ...entry.texts];
      done[done.length - 1] = { ...last, changes: merge(last.changes, entry.changes), texts };
    } else {
      push(done, { ...entry, changes: merge([], entry.changes) });
    }
    open = true;
  };

  const take = (from: Step[], to: Step[], type: 'undo' | 'redo'): string | null => {
    open = false;
    for (let at = from.length - 1; at >= 0; at -= 1) {
      const step = from[at]!;
      // What stands still may be opened again.
      if (isClosedStep(editor, step)) continue;
      from.splice(at, 1);
      const back = applicable(editor, ownership, step);
      const { label, gesture } = step;
      // What was written to texts is known when it is written: positions are those of the characters.
      const stop = editor.onCommand(({ texts }) => push(to, { label, gesture, changes: back, texts }));
      const didSomething = transact(
        editor,
        label,
        (write) => {
          for (const { collection, id, register, after } of back) write.set(collection, id, register, after);
          for (const change of step.texts.toReversed()) write.revert(change);
        },
        { type },
      );
      stop();
      if (!didSomething) continue;
      invalidate();
      return label;
    }
    invalidate();
    return null;
  };

  return {
    undo: () => take(done, undone, 'undo'),
    redo: () => take(undone, done, 'redo'),
    status() {
      if (stale) {
        stale = false;
        const undoLabel = nextLabel(editor, ownership, done);
        const redoLabel = nextLabel(editor, ownership, undone);
        if (undoLabel !== status.undoLabel || redoLabel !== status.redoLabel) {
          status = { canUndo: undoLabel !== null, canRedo: redoLabel !== null, undoLabel, redoLabel };
        }
      }
      return status;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      stopCommands();
      ownership.destroy();
      editor.doc.off('afterTransaction', invalidate);
      listeners.clear();
    },
  };
}

function nextLabel(editor: Editor, ownership: Ownership, stack: readonly Step[]): string | null {
  return stack.findLast((step) => isApplicable(editor, ownership, step))?.label ?? null;
}

function isApplicable(editor: Editor, ownership: Ownership, step: Step): boolean {
  if (isClosedStep(editor, step)) return false;
  if (step.texts.some((change) => isRevertible(editor.doc, change))) return true;
  // A pasted block has thousands of changes, and this is asked after every transaction.
  if (editor.schema.partOf === undefined) {
    return step.changes.some((change) => isUntouched(editor, ownership, change));
  }
  return applicable(editor, ownership, step).length > 0;
}

function isClosedStep({ doc, schema }: Editor, { changes }: Step): boolean {
  if (schema.isClosed === undefined) return false;
  const asked = new Set<string>();
  return changes.some(({ collection, register }) => {
    const key = `${collection}|${register}`;
    if (asked.has(key)) return false;
    asked.add(key);
    return schema.isClosed?.(doc, collection, register) === true;
  });
}

/** The inverse of a step as far as its registers still hold what the step wrote. */
function applicable(editor: Editor, ownership: Ownership, step: Step): Change[] {
  const own = step.changes.filter((change) => isUntouched(editor, ownership, change));
  const left = keptParts(editor, step, own);
  return own
    .filter((change) => !left.has(change))
    .map((change) => ({ ...change, before: change.after, after: change.before }));
}

function isUntouched(
  { doc, schema }: Editor,
  ownership: Ownership,
  { collection, id, register, after, created }: Change,
): boolean {
  const layout = schema.collections[collection]?.layout;
  if (layout === undefined || !ownership.owns(collection, id, register)) return false;
  if (!equalJson(readRegister(doc, collection, layout, id, register), after)) return false;
  if (created === undefined || register !== removedRegister || after !== undefined) return true;
  const now = readMembers(doc, collection, layout, id, '');
  if (now.size !== created.size) return false;
  return [...created].every(
    ([name, value]) => ownership.owns(collection, id, name) && equalJson(now.get(name), value),
  );
}

/** Of the records a step made: those that are one thing with one that somebody else has worked on since. */
function keptParts({ schema }: Editor, { changes }: Step, own: readonly Change[]): Set<Change> {
  const made = changes.filter(({ created, after }) => created !== undefined && after === undefined);
  const untouched = new Set(own);
  if (schema.partOf === undefined || made.every((change) => untouched.has(change))) return new Set();
  const owners = new Map(
    made.map(({ collection, id, created }) => [id, schema.partOf?.(collection, id, created!) ?? null]),
  );
  const wholeOf = (id: string): string => {
    const path = new Set<string>();
    let at = id;
    for (let owner = owners.get(at); owner && owners.has(owner) && !path.has(owner); owner = owners.get(at)) {
      path.add(owner);
      at = owner;
    }
    return at;
  };
  const kept = new Set(made.filter((change) => !untouched.has(change)).map(({ id }) => wholeOf(id)));
  return new Set(made.filter(({ id }) => kept.has(wholeOf(id))));
}

/** Two runs of changes as one: the first `before` and the last `after` of each register. */
function merge(first: readonly Change[], second: readonly Change[]): Change[] {
  const merged: Change[] = [];
  const places = new Map<string, number>();
  const makings = new Map<string, number>();
  for (const change of [...first, ...second]) {
    const record = `${change.collection}|${change.id}`;
    const place = `${record}|${change.register}`;
    const at = places.get(place);
    const made = makings.get(record);
    if (at !== undefined) merged[at] = { ...merged[at]!, after: change.after };
    else if (made !== undefined) merged[made] = withRegister(merged[made]!, change);
    else {
      places.set(place, merged.length);
      if (change.created !== undefined) makings.set(record, merged.length);
      merged.push(change);
    }
  }
  return merged;
}

/** A register written in the gesture that made the record belongs to what the record was made with. */
function withRegister(made: Change, change: Change): Change {
  const created = new Map(made.created);
  if (change.after === undefined) created.delete(change.register);
  else created.set(change.register, change.after);
  return { ...made, created };
}
