import { keyOf } from '../anatomy.ts';
import type { Change, FieldChange, Thing, Touched } from '../change.ts';
import { differing, oneLine, registersOf } from '../describe.ts';
import { type Difference, diffStates } from '../records/diff.ts';
import { tellMoves } from '../records/moves.ts';
import type { Past } from '../records/past.ts';
import { type Clause, counted, sessionLine, tellingOf } from '../session-line.ts';
import { factsOf, isDrawing } from './facts.ts';
import { collectionOf } from './key.ts';
import { diagramSchema } from './schema.ts';
import { type Wholes, wholesOf } from './wholes.ts';
import { nameAt, placeAt, textIn, whatAt } from './words.ts';

/** What became of a diagram: one change for each element, its shape, label and details within it. */
export function describeDiagram(before: Past, after: Past): Change[] {
  const [old, now] = [wholesOf(before.state), wholesOf(after.state)];
  const differences = diffStates(diagramSchema, before.state, after.state);
  const { told, quiet } = tellMoves(diagramSchema, before.state, after.state, differences);
  const byThing = new Map<string, { readonly thing: Thing; readonly all: Difference[] }>();
  for (const difference of told) {
    const { type, collection } = difference;
    const id = (type === 'removed' ? old : now).thingOf(collection, difference.id);
    const thing = { collection: id === difference.id ? collection : collectionOf(id), id };
    const known = byThing.get(keyOf(thing));
    if (known === undefined) byThing.set(keyOf(thing), { thing, all: [difference] });
    else known.all.push(difference);
  }
  return [...byThing.values()].map(({ thing, all }) => {
    if (thing.collection === 'meta') return describeMeta(all, before, after);
    const change = describeThing(thing, all, old, now);
    const records = new Set(all.map(({ collection, id }) => `${collection}|${id}`));
    const others = [...records].flatMap((record) => quiet.get(record) ?? []);
    return others.length === 0 ? change : { ...change, registers: registersOf([...all, ...others]) };
  });
}

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

function describeThing(thing: Thing, all: readonly Difference[], old: Wholes, now: Wholes): Change {
  const key = thing.id;
  const whole = all.find(({ type, id }) => id === key && (type === 'added' || type === 'removed'))?.type;
  const shown = now.at(key) === null ? old : now;
  const fields = whole === undefined ? fieldsOf(key, all, old, now) : [];
  return {
    types: whole === 'added' || whole === 'removed' ? [whole] : typesOf(all),
    thing,
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
  const fields = new Map<string, FieldChange>();
  for (const id of ids) {
    const [was, is] = [old.at(id), now.at(id)];
    // A drawing made anew is a move: nobody sees that it is another one.
    if ((was === null || is === null) && isDrawing(textIn(was ?? is, 't'))) continue;
    const facts = (wholes: Wholes, record: typeof was) =>
      record === null ? [] : factsOf(wholes, id, record, id !== key);
    for (const field of differing(facts(old, was), facts(now, is))) put(fields, field);
  }
  return [...fields.values()];
}

/** Of a detail that was taken away and made anew, one says what was and the other what is. */
function put(fields: Map<string, FieldChange>, field: FieldChange): void {
  const other = fields.get(field.label);
  if (other === undefined) {
    fields.set(field.label, field);
    return;
  }
  const [first, second] = other.new === null ? [other, field] : [field, other];
  if (first.new === null && second.old === null) {
    fields.delete(field.label);
    if (first.old === second.new) return;
    const raw = { old: first.raw.old, new: second.raw.new };
    fields.set(field.label, { label: field.label, old: first.old, new: second.new, raw });
    return;
  }
  let number = 2;
  while (fields.has(`${field.label} (${number})`)) number += 1;
  const label = `${field.label} (${number})`;
  fields.set(label, { ...field, label });
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
  const registers = tellingOf([...(el?.registers ?? []), ...(one?.registers ?? [])]);
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
  const verb = isOnly('$bounds', '$waypoint', 'pf') ? 'moved' : isOnly('@name') ? 'renamed' : 'changed';
  return sessionLine([
    clause('added', things(el?.added ?? 0)),
    clause('removed', things(el?.removed ?? 0)),
    ...(verb === 'moved'
      ? [clause('moved', changed + (el?.moved ?? 0))]
      : [clause(verb, changed), clause('moved', el?.moved ?? 0)]),
    { verb: 'renamed', object: 'the diagram', weight: (meta?.changed ?? 0) > 0 ? 1 : 0 },
  ]);
}
