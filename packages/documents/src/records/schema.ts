import type * as Y from 'yjs';
import type { Json } from './json.ts';
import type { Register, Registers } from './register.ts';

/**
 * How a collection lies in the Y.Doc (docs/records.md):
 * - `single`: the root Y.Map is itself one record, whose id is the collection's name;
 * - `nested`: root Y.Map, id → Y.Map of registers; ids are random, so no two people create the same one;
 * - `flat`: root Y.Map, `id|register` → value; for records whose id follows from what they are, so that two
 *   people who create the same one at once meet in it.
 */
export type Layout = 'single' | 'nested' | 'flat';

export interface CollectionSchema {
  readonly layout: Layout;
  readonly registers: Registers;
  /** Families of registers: `opt:` covers every register whose name starts so. */
  readonly families: Readonly<Record<string, Register<Json>>>;
  /** The register that says in which list a record stands, where its collection has several. */
  readonly list?: string;
}

export interface KindSchema {
  readonly kind: string;
  readonly version: number;
  readonly collections: Readonly<Record<string, CollectionSchema>>;
  /** Names of its texts: roots of their own that several people write in at once (Y.Text), no registers. */
  readonly texts?: readonly string[];
  /**
   * The id of the record that a new one is a part of, where several make one thing (a task and its shape). Undo takes
   * what was made together away together, or leaves it when somebody else has worked on a part.
   */
  partOf?(collection: string, id: string, registers: ReadonlyMap<string, Json>): string | null;
  /**
   * Whether a register stands still now (the prices of an estimate that was submitted); `x` stands for making and removing.
   * Undo and restore leave it alone. Commands ask for themselves, since they have to answer; a merge asks nobody.
   */
  isClosed?(doc: Y.Doc, collection: string, register: string): boolean;
}

/** The soft-delete register, the same in every kind. */
export const removedRegister = 'x';
/** The order register. */
export const orderRegister = 'o';

/** The declared reader of a register, or null for one that this version does not know and keeps as it is. */
export function registerOf(schema: CollectionSchema, name: string): Register<Json> | null {
  if (Object.hasOwn(schema.registers, name)) return schema.registers[name]!;
  for (const [prefix, register] of Object.entries(schema.families)) {
    if (name.startsWith(prefix)) return register;
  }
  return null;
}

/** Whether a record was removed. A flag that can't be read removes nothing: showing too much loses no work. */
export function isRemoved(record: ReadonlyMap<string, Json>): boolean {
  return isRemovedFlag(record.get(removedRegister));
}

/** The same where the layout is known: what there is always one of can't be removed, whatever its registers say. */
export function isGone(record: ReadonlyMap<string, Json>, layout: Layout): boolean {
  return layout !== 'single' && isRemoved(record);
}

export function isRemovedFlag(flag: Json | undefined): boolean {
  return flag === 1 || flag === true;
}
