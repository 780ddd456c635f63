import { type Body, keyOf, type Room } from './anatomy.ts';
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
import { keysBack } from './records/moves.ts';
import { bringBack, openOnly, takeAway } from './records/restore.ts';
import { isGone, orderRegister } from './records/schema.ts';

/** What became of a restore. */
export interface Restored {
  /** False: nothing differed, or nothing could be written. */
  readonly changed: boolean;
  /** Things that nobody asked for and that had to come, or go, with those. */
  readonly along: readonly Thing[];
  /** Things of which something stands still and so stays as it is (an estimate that was submitted). */
  readonly left: readonly Thing[];
  /** What else had to become what it was, so that what came back shows: sentences without an end, `“Part” is a subprocess again`. */
  readonly reopened: readonly string[];
}

export interface Wish {
  /** Without what people expect back with them, and what they show without: a task without its flows, a section without its lines. */
  readonly alone?: boolean;
}

/**
 * Brings single things back to what they were, as one ordinary command. One that was not there then is removed. What they can't show without
 * comes along as it was then, if it is gone now; with one that was gone comes what lay in it, and, unless it is wanted alone, what
 * people expect back with it and all else of which stands: its flows. With one that is removed goes what can't show without it, or
 * goes back to where it was then.
 */
export function restoreThings(
  editor: Editor,
  body: Body,
  then: Past,
  things: readonly Thing[],
  { alone = false }: Wish = {},
): Restored {
  const now = readPast(editor.doc, editor.schema);
  const plan = planOf(body, then.state, now.state, things, alone);
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
      const planned = plan.records.map(({ record }) => record);
      for (const { collection, id, order } of keysBack(editor.schema, then.state, now.state, planned)) {
        if (editor.schema.isClosed?.(editor.doc, collection, orderRegister) !== true)
          write.set(collection, id, orderRegister, order);
      }
      for (const thing of plan.offered) {
        for (const { collection, id, register, value } of body.fit?.(then.state, now.state, thing) ?? [])
          write.set(collection, id, register, value);
      }
      for (const name of plan.texts) write.text(name, then.texts.get(name) ?? '');
    },
    { asItWas: true },
  );
  // Who asked for nothing else is told why nothing happened.
  if (!changed) for (const [key, thing] of kept) left.set(key, thing);
  return {
    changed,
    along: plan.along.filter((thing) => !left.has(keyOf(thing))),
    left: [...left.values()],
    reopened: changed ? plan.rooms.map(({ words }) => words) : [],
  };
}

/** What else would become what it was, as `reopened` of what came of it says. */
export function reopenedWith(
  body: Body,
  then: State,
  now: State,
  things: readonly Thing[],
): readonly string[] {
  return planOf(body, then, now, things, false).rooms.map(({ words }) => words);
}

/** What would come back with things only because people expect it to: what a restore of them alone leaves where it is. */
export function offeredWith(body: Body, then: State, now: State, things: readonly Thing[]): readonly Thing[] {
  const needed = new Set(planOf(body, then, now, things, true).along.map(keyOf));
  return planOf(body, then, now, things, false).along.filter((thing) => !needed.has(keyOf(thing)));
}

interface Plan {
  readonly records: readonly { readonly record: Thing; readonly thing: Thing; readonly isBack: boolean }[];
  readonly claims: readonly (Thing & { readonly register: string; readonly value: Claimed })[];
  readonly texts: readonly string[];
  readonly along: readonly Thing[];
  /** Those of them that came as what people expect back. */
  readonly offered: readonly Thing[];
  /** What lies in something that can't hold it now. */
  readonly rooms: readonly Room[];
}

type Claimed = Parameters<Parameters<Parameters<typeof transact>[2]>[0]['set']>[3];

function planOf(body: Body, then: State, now: State, things: readonly Thing[], alone: boolean): Plan {
  const [was, is] = [body.anatomy(then), body.anatomy(now)];
  const records = new Map<string, Plan['records'][number]>();
  const claims: Plan['claims'][number][] = [];
  const texts = things.filter(({ collection }) => collection === textCollection).map(({ id }) => id);
  const wanted = things.filter(({ collection }) => Object.hasOwn(body.schema.collections, collection));
  const asked = new Set(wanted.map(keyOf));
  const planned = new Map<string, Thing>();
  const looked = new Set<string>();
  const queue: Thing[] = [...wanted];
  /** Those whose belongings are offered: what was asked for, what lies in it, and what was offered itself. */
  const hosts = new Map(wanted.map((thing) => [keyOf(thing), thing]));

  const rooms = new Map<string, Room>();
  const roomFor = (from: State, thing: Thing) => body.room?.(from, then, now, thing) ?? null;
  const isHeld = (from: State, thing: Thing) => {
    if (body.isHeld?.(from, now, thing) ?? true) return true;
    const room = roomFor(from, thing);
    return room !== null && rooms.has(keyOf(room.holder));
  };
  const giveRoom = (from: State, thing: Thing) => {
    const room = roomFor(from, thing);
    if (room !== null) rooms.set(keyOf(room.holder), room);
  };
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
      if (isShown(now, need)) {
        giveRoom(now, need);
        look(need, is.needs(need));
      } else if (isShown(then, need)) queue.push(need);
    }
  };

  /** Whether it shows, with all it needs, or will. */
  const stands = (thing: Thing, above: ReadonlySet<string> = new Set()): boolean => {
    if (above.has(keyOf(thing))) return true;
    if (!isShown(now, thing)) return planned.has(keyOf(thing)) && isShown(then, thing) && isHeld(then, thing);
    if (!isHeld(now, thing)) return false;
    const path = new Set([...above, keyOf(thing)]);
    return is.needs(thing).every((need) => stands(need, path));
  };
  /** Whether it is there, and can't hold what lay in it. */
  const isEmptied = (thing: Thing) =>
    was.holds(thing).some((each) => roomFor(then, each)?.holder.id === thing.id);
  const plan = (thing: Thing) => {
    if (planned.has(keyOf(thing))) return;
    planned.set(keyOf(thing), thing);
    const isSingle = body.schema.collections[thing.collection]?.layout === 'single';
    const parts = isSingle ? [thing] : [...was.partsOf(thing), ...is.partsOf(thing)];
    for (const part of parts) put(thing, part);
    if (!isShown(then, thing)) return;
    giveRoom(then, thing);
    look(thing, was.needs(thing));
    if (!isShown(now, thing) || isEmptied(thing)) {
      const optional = new Set(alone ? was.offers(thing).map(keyOf) : []);
      const held = was.holds(thing).filter((each) => !isShown(now, each) && !optional.has(keyOf(each)));
      queue.push(...held);
      if (hosts.has(keyOf(thing))) for (const each of held) hosts.set(keyOf(each), each);
    }
    const old = was.claims(thing);
    const kept = new Set(old.map((claim) => `${keyOf(claim)} ${claim.register}`));
    const later = is.claims(thing).filter((claim) => !kept.has(`${keyOf(claim)} ${claim.register}`));
    claims.push(...old, ...later.map((claim) => ({ ...claim, value: undefined })));
  };
  let at = 0;
  const drain = () => {
    for (; at < queue.length; at += 1) plan(queue[at]!);
  };
  drain();
  const offered = new Map<string, Thing>();
  // What is offered may be what more of it waits for: a note on a flow.
  for (let more = !alone; more; ) {
    more = false;
    for (const host of [...hosts.values()]) {
      if (isShown(now, host) || !isShown(then, host)) continue;
      for (const each of was.offers(host)) {
        if (planned.has(keyOf(each)) || isShown(now, each)) continue;
        if (!isHeld(then, each) || !was.needs(each).every((need) => stands(need))) continue;
        more = true;
        offered.set(keyOf(each), each);
        hosts.set(keyOf(each), each);
        queue.push(each);
        drain();
      }
    }
  }
  const along = [...planned.values()].filter((thing) => !asked.has(keyOf(thing)));
  // What is brought back itself needs nobody to say so.
  const reopened = [...rooms.values()].filter(({ holder }) => !planned.has(keyOf(holder)));
  claims.push(...reopened.flatMap((room) => room.claims));
  return {
    records: [...records.values()],
    claims,
    texts,
    along,
    offered: [...offered.values()],
    rooms: reopened,
  };
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
