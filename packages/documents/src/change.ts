import type { Json } from './records/index.ts';

/** What people see as one thing: a chart, a line, a section, a task with its shape. */
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
  readonly fields: readonly FieldChange[];
  /** All registers that differ in it, also those that no field tells: for who did it and when. Register null: the record as a whole. */
  readonly registers: readonly (Thing & { readonly register: string | null })[];
}

/** One property that differs, formatted for people; null: there was, or is, none. */
export interface FieldChange {
  readonly label: string;
  readonly old: string | null;
  readonly new: string | null;
  /** The values as they are stored, for whoever shows them better (money, colours). */
  readonly raw: { readonly old: Json | undefined; readonly new: Json | undefined };
}
