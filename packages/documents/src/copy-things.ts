import { type Anatomy, keyOf } from './anatomy.ts';
import type { Thing } from './change.ts';
import type { Editor, Json, RecordState, State } from './records/index.ts';
import { isRemoved, removedRegister } from './records/schema.ts';

/** What all kinds have in common where things of an earlier moment are made anew beside what is there now. */

export interface Copied {
  /** What was made of what; things that had to come along too. */
  readonly copies: readonly { readonly of: Thing; readonly copy: Thing }[];
  /** What was not there then, can't be copied (settings, texts), or may not be added now. */
  readonly left: readonly Thing[];
}

export interface Chosen {
  /** What is copied: the things asked for, what lies in them, and what they need. */
  readonly things: readonly Thing[];
  readonly left: readonly Thing[];
}

/** `needs` answers what a thing can't be copied without. */
export function choose(
  { doc, schema }: Editor,
  state: State,
  { holds }: Anatomy,
  things: readonly Thing[],
  needs: (thing: Thing) => readonly Thing[],
): Chosen {
  const chosen = new Map<string, Thing>();
  const left = new Map<string, Thing>();
  const queue = [...things];
  for (const thing of queue) {
    if (chosen.has(keyOf(thing)) || left.has(keyOf(thing))) continue;
    const layout = Object.hasOwn(schema.collections, thing.collection)
      ? schema.collections[thing.collection]!.layout
      : 'single';
    const isClosed = schema.isClosed?.(doc, thing.collection, removedRegister) === true;
    if (layout === 'single' || isClosed || recordAt(state, thing) === null) {
      left.set(keyOf(thing), thing);
      continue;
    }
    chosen.set(keyOf(thing), thing);
    queue.push(...holds(thing), ...needs(thing));
  }
  return { things: [...chosen.values()], left: [...left.values()] };
}

/** Null for what is not there, or was removed. */
export function recordAt(state: State, { collection, id }: Thing): RecordState | null {
  const record = state[collection]?.get(id);
  return record === undefined || isRemoved(record) ? null : record;
}

/** A reference from the past as it holds now: to the copy, to what is there still, or to nothing. */
export function redirect(
  raw: Json | undefined,
  collection: string,
  copies: ReadonlyMap<string, string>,
  now: State,
): string | null {
  if (typeof raw !== 'string') return null;
  return copies.get(keyOf({ collection, id: raw })) ?? (recordAt(now, { collection, id: raw }) ? raw : null);
}

export function copyLabel(things: readonly Thing[], called: (thing: Thing) => string): string {
  return things.length === 1 ? `Copy ${called(things[0]!)}` : `Copy ${things.length} things`;
}
