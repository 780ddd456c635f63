import type { Json } from './records/index.ts';

/** What people see as one thing: a chart, a line, a section, a task with its shape; `{collection: 'texts', id}` is a text. */
export interface Thing {
  readonly collection: string;
  readonly id: string;
}

/** One thing that differs between two states, in the words of its kind. */
export interface Change {
  /** A thing may have been both moved and changed; added and removed stand alone. */
  readonly types: readonly ('added' | 'removed' | 'changed' | 'moved')[];
  readonly thing: Thing;
  /** Such as `Chart`, `Line`, `User task`, `Filter`, `Settings`. */
  readonly what: string;
  /** As it is called later, or was before it was removed; '' when it has no name. */
  readonly name: string;
  /** Where it stands: a section, a tab, a process; '' when that says nothing. */
  readonly place: string;
  /** What a person would notice; none of what was added or removed, which is all new or all gone. */
  readonly fields: readonly FieldChange[];
  /**
   * All registers that differ in it, also those that no field tells: for who did it and when. Register null: the record as a whole
   * was added or removed, or it is a text; `o`: it stands elsewhere among the others (`moved` of a difference).
   */
  readonly registers: readonly ChangedRegister[];
}

export interface ChangedRegister extends Thing {
  readonly register: string | null;
}

/** One property that differs, formatted for people; null: there was, or is, none. */
export interface FieldChange {
  readonly label: string;
  readonly old: string | null;
  readonly new: string | null;
  /** The values as they are stored, for whoever shows them better (money, colours). */
  readonly raw: { readonly old: Json | undefined; readonly new: Json | undefined };
}

/** How much was done to the things of a document; by collection, and by name of a text. */
export interface Touched {
  readonly collections: Readonly<
    Record<
      string,
      {
        /** Records, each counted once, by the strongest of what was done to it: added, removed, changed, moved. */
        readonly added: number;
        readonly removed: number;
        readonly changed: number;
        readonly moved: number;
        /** Some of the records. */
        readonly ids: readonly string[];
        /** Registers that were written, each once. */
        readonly registers: readonly string[];
      }
    >
  >;
  /** Characters. */
  readonly texts: Readonly<Record<string, { readonly inserted: number; readonly deleted: number }>>;
}
