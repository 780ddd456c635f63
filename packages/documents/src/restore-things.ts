import { type Body, keyOf } from './anatomy.ts';
import type { Thing } from './change.ts';
import {
  type Editor,
  type KindSchema,
  type Past,
  readPast,
  type State,
  textCollection,
  transact,
} from './records/index.ts';
import { bringBack, openOnly, takeAway } from './records/restore.ts';
import { isGone } from './records/schema.ts';

/** What became of a restore. */
export interface Restored {
  /** False: nothing differed, or nothing could be written. */
  readonly changed: boolean;
  /** Things that nobody asked for and that had to come, or go, with those. */
  readonly along: readonly Thing[];
  /** Things of which something stands still and so stays as it is (an estimate that was submitted). */
  readonly left: readonly Thing[];
}

/**
 * Brings single things back to what they were, as one ordinary command. One that was not there then is removed. What they can't show without
 * comes along as it was then, if it is gone now; with one that was gone comes what lay in it; with one that is removed goes
 * what can't show without it, or goes back to where it was then.
 */
export function restoreThings(editor: Editor, body: Body, then: Past, things: readonly Thing[]): Restored {
  const now = readPast(editor.doc, editor.schema);
  const plan = planOf(body, then.state, now.state, things);
  const owners = new Map(plan.records.map(({ record, thing }) => [keyOf(record), thing]));
  const left = new Map<string, Thing>();
  const kept = new Map<string, Thing>();
  const changed = transact(
    editor,
    labelOf(body, then, now, things),
    (all) => {
      const write = openOnly(editor, all, (collection, id, register) => {
        const thing = owners.get(keyOf({ collection, id })) ?? { collection, id };
        (body.isKept?.(collection, register) ? kept : left).set(keyOf(thing), thing);
      });
      for (const { record, isBack } of plan.records) {
        const { collection, id } = record;
        const { layout } = editor.schema.collections[collection]!;
        const present = now.state[collection]?.get(id);
        if (isBack) bringBack(write, collection, layout, id, present, then.state[collection]!.get(id)!);
        else takeAway(write, collection, layout, id, present);
      }
      for (const { collection, id, register, value } of plan.claims) {
        if (write.exists(collection, id)) write.set(collection, id, register, value);
      }
      for (const name of plan.texts) write.text(name, then.texts.get(name) ?? '');
    },
    { asItWas: true },
  );
  // Who asked for nothing else is told why nothing happened.
  if (!changed) for (const [key, thing] of kept) left.set(key, thing);
  return { changed, along: plan.along.filter((thing) => !left.has(keyOf(thing))), left: [...left.values()] };
}

interface Plan {
  readonly records: readonly { readonly record: Thing; readonly thing: Thing; readonly isBack: boolean }[];
  readonly claims: readonly (Thing & { readonly register: string; readonly value: Claimed })[];
  readonly texts: readonly string[];
  readonly along: readonly Thing[];
}

type Claimed = Parameters<Parameters<Parameters<typeof transact>[2]>[0]['set']>[3];

function planOf(body: Body, then: State, now: State, things: readonly Thing[]): Plan {
  const [was, is] = [body.anatomy(then), body.anatomy(now)];
  const records = new Map<string, Plan['records'][number]>();
  const claims: Plan['claims'][number][] = [];
  const texts = things.filter(({ collection }) => collection === textCollection).map(({ id }) => id);
  const wanted = things.filter(({ collection }) => Object.hasOwn(body.schema.collections, collection));
  const asked = new Set(wanted.map(keyOf));
  const planned = new Map<string, Thing>();
  const looked = new Set<string>();
  const queue: Thing[] = [...wanted];

  const isShown = (state: State, thing: Thing) => isThere(body.schema, state, thing);
  const put = (thing: Thing, record: Thing) => {
    if (records.has(keyOf(record))) return;
    const isBack = isShown(then, record);
    records.set(keyOf(record), { record, thing, isBack });
    if (!isBack) queue.push(...is.dependents(record));
  };
  /** What a thing needs, and what that needs, as far as it is gone. */
  const look = (thing: Thing, needs: readonly Thing[]) => {
    if (looked.has(keyOf(thing))) return;
    looked.add(keyOf(thing));
    for (const need of needs) {
      if (isShown(now, need)) look(need, is.needs(need));
      else if (isShown(then, need)) queue.push(need);
    }
  };

  for (const thing of queue) {
    if (planned.has(keyOf(thing))) continue;
    planned.set(keyOf(thing), thing);
    const isSingle = body.schema.collections[thing.collection]?.layout === 'single';
    const parts = isSingle ? [thing] : [...was.partsOf(thing), ...is.partsOf(thing)];
    for (const part of parts) put(thing, part);
    if (!isShown(then, thing)) continue;
    look(thing, was.needs(thing));
    if (!isShown(now, thing)) queue.push(...was.holds(thing).filter((held) => !isShown(now, held)));
    const old = was.claims(thing);
    const kept = new Set(old.map((claim) => `${keyOf(claim)} ${claim.register}`));
    const later = is.claims(thing).filter((claim) => !kept.has(`${keyOf(claim)} ${claim.register}`));
    claims.push(...old, ...later.map((claim) => ({ ...claim, value: undefined })));
  }
  const along = [...planned.values()].filter((thing) => !asked.has(keyOf(thing)));
  return { records: [...records.values()], claims, texts, along };
}

function isThere(schema: KindSchema, state: State, { collection, id }: Thing): boolean {
  const record = state[collection]?.get(id);
  return record !== undefined && !isGone(record, schema.collections[collection]!.layout);
}

function labelOf({ schema, called }: Body, then: Past, now: Past, things: readonly Thing[]): string {
  const cameLater = (thing: Thing) => isRecord(schema, thing) && !isThere(schema, then.state, thing);
  const verb = things.length > 0 && things.every(cameLater) ? 'Remove' : 'Restore';
  if (things.length !== 1) return `${verb} ${things.length} things`;
  return `${verb} ${called(verb === 'Remove' ? now : then, things[0]!)}`;
}

function isRecord(schema: KindSchema, { collection }: Thing): boolean {
  return Object.hasOwn(schema.collections, collection);
}
