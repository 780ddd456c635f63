import type { Difference } from './diff.ts';
import { equalJson, type Json } from './json.ts';
import { compareOrder } from './order-key.ts';
import { longestRise } from './ordered-set.ts';
import { isGone, type KindSchema, orderRegister, removedRegister } from './schema.ts';
import { type RecordState, type State, splitFlat } from './state.ts';

/**
 * The records of both states whose order key is another one and that stand where they stood: a neighbour was put in and left them
 * no place. What nobody wrote stays, and of the rest a longest run that kept its order; whatever else has another key was moved.
 * By collection and id, `collection|id`; only those of the lists named, as `listOf` names them, if some are.
 */
export function renumberedIn(
  schema: KindSchema,
  from: State,
  to: State,
  only?: ReadonlySet<string>,
): ReadonlySet<string> {
  const renumbered = new Set<string>();
  for (const [collection, { layout, list }] of Object.entries(schema.collections)) {
    if (layout !== 'nested') continue;
    const before = from[collection] ?? nothing;
    const after = to[collection] ?? nothing;
    const lists = new Map<string, string[]>();
    const written = new Set<string>();
    for (const [id, now] of after) {
      const was = before.get(id);
      // What was removed lies where it lay: passing it by is a move.
      if (was === undefined) continue;
      const at = listOf(collection, list, was);
      if (at !== listOf(collection, list, now) || (only !== undefined && !only.has(at))) continue;
      const members = lists.get(at);
      if (members === undefined) lists.set(at, [id]);
      else members.push(id);
      if (!equalJson(was.get(orderRegister), now.get(orderRegister))) written.add(id);
    }
    if (written.size === 0) continue;
    for (const members of lists.values()) {
      if (!members.some((id) => written.has(id))) continue;
      const sorted = (records: State[string]) =>
        members.map((id) => ({ id, order: orderIn(records.get(id)) })).sort(compareOrder);
      for (const id of stayed(sorted(before), sorted(after), written)) {
        if (written.has(id)) renumbered.add(`${collection}|${id}`);
      }
    }
  }
  return renumbered;
}

const nothing: State[string] = new Map();

/** The list that a record stands in: of its collection, or of what its schema says. */
export function listOf(collection: string, list: string | undefined, record: RecordState): string {
  return `${collection}|${list === undefined ? '' : JSON.stringify(record.get(list) ?? null)}`;
}

/**
 * The order keys that records get back beside those that are brought back, so that those stand where they stood: they had others only to
 * make place, and keep their places. Where something was put or moved between them since that is not brought back, they keep the keys they have:
 * with those of then it would stand elsewhere.
 */
export function keysBack(
  schema: KindSchema,
  then: State,
  now: State,
  back: readonly { readonly collection: string; readonly id: string }[],
): { readonly collection: string; readonly id: string; readonly order: Json | undefined }[] {
  const lists = new Set<string>();
  const planned = new Set<string>();
  for (const { collection, id } of back) {
    planned.add(`${collection}|${id}`);
    const [was, is] = [then[collection]?.get(id), now[collection]?.get(id)];
    const { list } = schema.collections[collection]!;
    const isSame = [orderRegister, removedRegister, ...(list === undefined ? [] : [list])].every((register) =>
      equalJson(was?.get(register), is?.get(register)),
    );
    if (isSame && was !== undefined && is !== undefined) continue;
    for (const record of [was, is]) if (record !== undefined) lists.add(listOf(collection, list, record));
  }
  const renumbered = renumberedIn(schema, then, now, lists);
  const found = [...renumbered].flatMap((key) => {
    const [collection, id] = splitFlat(key);
    const { layout } = schema.collections[collection]!;
    const [was, is] = [then[collection]!.get(id)!, now[collection]!.get(id)!];
    const isThere = !isGone(was, layout) && !isGone(is, layout);
    return isThere && !planned.has(key) ? [{ collection, id, order: was.get(orderRegister) }] : [];
  });
  return [...Map.groupBy(found, ({ collection }) => collection)].flatMap(([collection, some]) => {
    const old = new Map(some.map(({ id, order }) => [id, order]));
    const still = harmless(schema, collection, now, planned, old);
    return some.filter(({ id }) => still.has(id));
  });
}

/** Those of some records that pass nothing by, of all that is there and not brought back, when they get other keys. */
function harmless(
  schema: KindSchema,
  collection: string,
  now: State,
  planned: ReadonlySet<string>,
  keys: ReadonlyMap<string, Json | undefined>,
): ReadonlySet<string> {
  const { layout, list } = schema.collections[collection]!;
  const there = [...(now[collection] ?? nothing)].filter(
    ([id, record]) => !isGone(record, layout) && !planned.has(`${collection}|${id}`),
  );
  const still = new Set<string>();
  const lists = Map.groupBy(there, ([, record]) => listOf(collection, list, record));
  for (const members of lists.values()) {
    const asked = new Set(members.flatMap(([id]) => (keys.has(id) ? [id] : [])));
    if (asked.size === 0) continue;
    const before = members.map(([id, record]) => ({ id, order: orderIn(record) })).sort(compareOrder);
    // One that keeps its key may be what another one passes by.
    for (let more = true; more; ) {
      const after = before
        .map(({ id, order }) => ({ id, order: asked.has(id) ? keyOf(keys.get(id)) : order }))
        .sort(compareOrder);
      const [gaps, next] = [gapsIn(before, asked), gapsIn(after, asked)];
      const passing = [...asked].filter((id) => gaps.get(id) !== next.get(id));
      for (const id of passing) asked.delete(id);
      more = passing.length > 0;
    }
    for (const id of asked) still.add(id);
  }
  return still;
}

interface Placed {
  readonly id: string;
  readonly order: string | null;
}

/** The most that can have stayed with all that nobody wrote. */
function stayed(
  before: readonly Placed[],
  after: readonly Placed[],
  written: ReadonlySet<string>,
): readonly string[] {
  const places = new Map(after.map(({ id }, index) => [id, index]));
  const gaps = gapsIn(after, written);
  // One that was among others of those that nobody wrote was moved, whatever else was.
  const isBetween = gapsIn(before, written);
  const could = before.filter(({ id }) => !written.has(id) || isBetween.get(id) === gaps.get(id));
  const run = longestRise(could.map(({ id }) => places.get(id)!));
  return could.flatMap(({ id }, index) => (run.has(index) ? [id] : []));
}

/** After how many that nobody wrote each stands. */
function gapsIn(list: readonly Placed[], written: ReadonlySet<string>): ReadonlyMap<string, number> {
  let unwritten = 0;
  return new Map(
    list.map(({ id }) => {
      if (!written.has(id)) unwritten += 1;
      return [id, unwritten];
    }),
  );
}

function orderIn(record: RecordState | undefined): string | null {
  return keyOf(record?.get(orderRegister));
}

function keyOf(raw: Json | undefined): string | null {
  return typeof raw === 'string' && raw !== '' && raw.length <= 1000 ? raw : null;
}

/** Differences as they are told: new order keys of what stands where it stood belong to what was put, taken or moved beside it. */
export interface ToldDifferences {
  readonly told: readonly Difference[];
  /** By the record (`collection|id`) that has them told with it. */
  readonly quiet: ReadonlyMap<string, readonly Difference[]>;
}

/** Each difference is told or quiet. A list of which nothing else is told tells its new keys as moves, so that nothing is left out. */
export function tellMoves(
  schema: KindSchema,
  from: State,
  to: State,
  differences: readonly Difference[],
): ToldDifferences {
  const isMove = ({ type }: Difference) => type === 'moved';
  const quiet = new Map<string, Difference[]>();
  if (!differences.some(isMove)) return { told: differences, quiet };
  const renumbered = renumberedIn(schema, from, to);
  const nameOf = ({ collection, id }: Difference) => `${collection}|${id}`;
  const isQuiet = (each: Difference) => isMove(each) && renumbered.has(nameOf(each));
  const listAt = (state: State, { collection, id }: Difference) => {
    const record = state[collection]?.get(id);
    const list = schema.collections[collection]?.list;
    return record === undefined ? null : listOf(collection, list, record);
  };
  const own = new Set<string>();
  /** The first of which a list tells that something stands in it otherwise. */
  const anchors = new Map<string, string>();
  for (const each of differences) {
    if (isQuiet(each)) continue;
    own.add(nameOf(each));
    if (each.type === 'changed' && each.register !== schema.collections[each.collection]?.list) continue;
    for (const list of [listAt(from, each), listAt(to, each)]) {
      if (list !== null && !anchors.has(list)) anchors.set(list, nameOf(each));
    }
  }
  const told = differences.filter((each) => {
    if (!isQuiet(each)) return true;
    const anchor = own.has(nameOf(each)) ? nameOf(each) : anchors.get(listAt(to, each) ?? '');
    if (anchor === undefined) return true;
    const known = quiet.get(anchor);
    if (known === undefined) quiet.set(anchor, [each]);
    else known.push(each);
    return false;
  });
  return { told, quiet };
}
