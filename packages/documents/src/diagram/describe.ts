import type { Change, FieldChange, Touched } from '../change.ts';
import { differing, oneLine, registersOf } from '../describe.ts';
import { type Difference, diffStates } from '../records/diff.ts';
import type { Past } from '../records/past.ts';
import { type Clause, counted, sessionLine } from '../session-line.ts';
import { factsOf, isDrawing } from './facts.ts';
import { ownerOfKey } from './key.ts';
import { diagramSchema } from './schema.ts';
import { type Wholes, wholesOf } from './wholes.ts';
import { nameAt, placeAt, textIn, whatAt } from './words.ts';

/** What became of a diagram: one change for each element, its shape, label and details within it. */
export function describeDiagram(before: Past, after: Past): Change[] {
  const [old, now] = [wholesOf(before.state), wholesOf(after.state)];
  const differences = diffStates(diagramSchema, before.state, after.state);
  const byThing = Map.groupBy(differences, ({ type, collection, id }) =>
    collection === 'meta' ? metaKey : `${(type === 'removed' ? old : now).thingOf(collection, id)}`,
  );
  return [...byThing].map(([key, all]) =>
    key === metaKey ? describeMeta(all, before, after) : describeThing(key, all, old, now),
  );
}

/** No key of an element begins so. */
const metaKey = '?meta';

function describeMeta(all: readonly Difference[], before: Past, after: Past): Change {
  const titleOf = ({ state }: Past) => textIn(state.meta?.get('meta') ?? null, 'title');
  const [old, now] = [titleOf(before), titleOf(after)];
  return {
    types: ['changed'],
    thing: { collection: 'meta', id: 'meta' },
    what: 'Diagram',
    name: oneLine(now),
    place: '',
    fields:
      old === now ? [] : [{ label: 'Title', old: old || null, new: now || null, raw: { old, new: now } }],
    registers: registersOf(all),
  };
}

function describeThing(key: string, all: readonly Difference[], old: Wholes, now: Wholes): Change {
  const whole = all.find(({ type, id }) => id === key && (type === 'added' || type === 'removed'))?.type;
  const shown = now.at(key) === null ? old : now;
  const collection =
    all.find(({ id }) => id === key)?.collection ?? (ownerOfKey(key) === null ? 'el' : 'one');
  const fields = whole === undefined ? fieldsOf(key, all, old, now) : [];
  return {
    types: whole === 'added' || whole === 'removed' ? [whole] : typesOf(all),
    thing: { collection, id: key },
    what: whatAt(shown, key) || 'Element',
    name: oneLine(nameAt(shown, key)),
    place: oneLine(placeAt(shown, key)),
    fields,
    registers: registersOf(all),
  };
}

/** Its own first, then those of its parts. */
function fieldsOf(key: string, all: readonly Difference[], old: Wholes, now: Wholes): FieldChange[] {
  const ids = [...new Set(all.map(({ id }) => id))].sort((a, b) => Number(b === key) - Number(a === key));
  const fields = ids.flatMap((id) => {
    const [was, is] = [old.at(id), now.at(id)];
    // A drawing made anew is a move: nobody sees that it is another one.
    if ((was === null || is === null) && isDrawing(textIn(was ?? is, 't'))) return [];
    const facts = (wholes: Wholes, record: typeof was) =>
      record === null ? [] : factsOf(wholes, id, record, id !== key);
    return differing(facts(old, was), facts(now, is));
  });
  return fields;
}

function typesOf(all: readonly Difference[]): Change['types'] {
  const isMove = (each: Difference) => {
    if (each.type === 'moved') return true;
    if (each.type === 'changed')
      return /^(pf|\$bounds|\$waypoint|~|&\*(incoming|outgoing)\/.*)$/.test(each.register);
    return isDrawing(textIn(each.record, 't'));
  };
  return [
    ...(all.every(isMove) ? [] : ['changed' as const]),
    ...(all.some(isMove) ? ['moved' as const] : []),
  ];
}

const noun = { one: 'element', many: 'elements' };

/** A session of work in one line. What is made or removed has a shape or an edge beside it: two records are one thing. */
export function describeDiagramSession(touched: Touched): string {
  const { el, one, meta } = touched.collections;
  const registers = el?.registers ?? [];
  const things = (records: number) => Math.ceil(records / 2);
  const isOnly = (...names: readonly string[]) =>
    registers.length > 0 && registers.every((register) => names.includes(register));
  const clause = (verb: string, count: number): Clause => ({
    verb,
    object: counted(count, noun),
    weight: count,
  });
  // Details of what is counted already are no more elements.
  const known = new Set(el?.ids);
  const detailed = new Set(
    (one?.ids ?? []).map((id) => id.slice(0, id.indexOf('/'))).filter((owner) => !known.has(owner)),
  );
  const changed = (el?.changed ?? 0) + detailed.size;
  const verb = isOnly('$bounds', '$waypoint', 'o', 'pf') ? 'moved' : isOnly('@name') ? 'renamed' : 'changed';
  return sessionLine([
    clause('added', things(el?.added ?? 0)),
    clause('removed', things(el?.removed ?? 0)),
    ...(verb === 'moved'
      ? [clause('moved', changed + (el?.moved ?? 0))]
      : [clause(verb, changed), clause('moved', el?.moved ?? 0)]),
    { verb: 'renamed', object: 'the diagram', weight: (meta?.changed ?? 0) > 0 ? 1 : 0 },
  ]);
}
