import type { Thing } from './change.ts';
import type { Json, KindSchema, Past, State } from './records/index.ts';

/** How the things of a kind hang together: what restoring and copying single things go by. Total, as all reading is. */
export interface Anatomy {
  /** The records that make up a thing, those that were removed left out; none for what is not there. */
  partsOf(thing: Thing): readonly Thing[];
  /** Things without which it would not show, as far as they are there. */
  needs(thing: Thing): readonly Thing[];
  /** Things that lie in it, and so go and come back with it. */
  holds(thing: Thing): readonly Thing[];
  /** Things that people expect back with it, though it shows without them and they are things of their own: flows of a task. */
  offers(thing: Thing): readonly Thing[];
  /** Things that can't show without a record. */
  dependents(record: Thing): readonly Thing[];
  /** Registers of other things that speak of it: the lane that a task lies in. */
  claims(thing: Thing): readonly Claim[];
}

export interface Claim extends Thing {
  readonly register: string;
  readonly value: Json;
}

/** What gives a thing's place back its room, where it can hold no such thing any more. */
export interface Room {
  readonly holder: Thing;
  readonly claims: readonly Claim[];
  /** `“Part” is a subprocess again`. */
  readonly words: string;
}

/** What restoring needs to know of a kind. */
export interface Body {
  readonly schema: KindSchema;
  anatomy(state: State): Anatomy;
  /** Registers that only the server writes: they are never restored, and nobody who restores other things is told of it. */
  isKept?(collection: string, register: string): boolean;
  /** Whether what a thing of a state lies in can hold it, as that is now. */
  isHeld?(from: State, now: State, thing: Thing): boolean;
  /** How what a thing of a state lies in can hold it again; null: it can, or never could. */
  room?(from: State, then: State, now: State, thing: Thing): Room | null;
  /** Something that was offered, as it comes back among what stands now: registers that are not those of then. */
  fit?(then: State, now: State, thing: Thing): readonly Claim[];
  /** What people call a thing: `“Shingles”`, or `line`. */
  called(past: Past, thing: Thing): string;
}

export function keyOf({ collection, id }: Thing): string {
  return `${collection}/${id}`;
}
