import { type Editor, type TransactOptions, transact, type Write } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import type { Register, Registers } from '../records/register.ts';
import { isLockedIn } from './lock.ts';

/** What the commands have in common. */

/** One undo step for commands that share it. */
export interface Gesture {
  readonly gesture?: string | undefined;
}

/** Whether a patch names a register that is closed now. */
export function touchesClosed(
  { doc, schema }: Editor,
  collection: string,
  patch: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(patch).some(
    ([name, value]) => value !== undefined && schema.isClosed?.(doc, collection, name) === true,
  );
}

/** A command on what has a price: false, with nothing written, when the estimate is not a draft. */
export function priced(
  editor: Editor,
  label: string,
  write: (write: Write) => void,
  options: TransactOptions = {},
): boolean {
  return isLockedIn(editor.doc) ? false : transact(editor, label, write, options);
}

/** Writes what a patch names, brought inside the limits; undefined is left alone, null is the default. */
export function put(
  write: Write,
  collection: string,
  id: string,
  registers: Registers,
  patch: Readonly<Record<string, Json | undefined>>,
): void {
  for (const [name, value] of Object.entries(fitting(registers, patch)))
    write.set(collection, id, name, value);
}

/** A patch with every value brought inside its limits; null is the absence of the register. */
export function fitting(
  registers: Registers,
  patch: Readonly<Record<string, Json | undefined>>,
): Record<string, Json> {
  const fit: Record<string, Json> = {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const register = Object.hasOwn(registers, name) ? registers[name]! : null;
    if (register === null) throw new TypeError(`There is no "${name}" here.`);
    const inside = value === null ? null : nearest(register, value);
    if (inside === undefined)
      throw new TypeError(`"${name}" can't be ${JSON.stringify(value).slice(0, 100)}.`);
    // What is empty by default needs no register; a rate that somebody chose keeps one, though it be the usual.
    fit[name] = !inside && inside === register.fallback ? null : inside;
  }
  return fit;
}

/** The value, or the nearest that the register may hold; undefined when there is none. */
export function nearest<T extends Json>(register: Register<T>, value: Json): T | undefined {
  return register.read(value) ?? register.mend?.(value);
}
