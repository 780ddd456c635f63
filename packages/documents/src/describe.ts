import type { Change, FieldChange, Thing } from './change.ts';
import {
  type Difference,
  diffStates,
  equalJson,
  type Json,
  type KindSchema,
  type Past,
  type RecordState,
  textCollection,
} from './records/index.ts';
import { tellMoves } from './records/moves.ts';
import { orderRegister } from './records/schema.ts';

/** What all kinds have in common where they say what became of a document. */

/** One thing that a person can see of a record. Two facts are about the same when they have one label. */
export interface Fact {
  readonly label: string;
  /** What is stored. */
  readonly raw: Json | undefined;
  /** How it reads, asked only where it differs; null where there is nothing to read. */
  words(): string | null;
}

/** How a kind speaks of the records of a collection. Total, as all reading is. */
export interface Words {
  what(record: RecordState, past: Past): string;
  name(record: RecordState, past: Past): string;
  place?(record: RecordState, past: Past): string;
  facts(record: RecordState, past: Past): readonly Fact[];
  /** Registers that only say where it stands. The order is one. */
  isPlace?(register: string): boolean;
}

/** What differs, where each record is a thing of its own, in the order of the collections. */
export function describeRecords(
  schema: KindSchema,
  words: Readonly<Record<string, Words>>,
  texts: Readonly<Record<string, string>>,
  before: Past,
  after: Past,
): Change[] {
  const differences = diffStates(schema, before.state, after.state);
  const { told, quiet } = tellMoves(schema, before.state, after.state, differences);
  const byRecord = Map.groupBy(told, ({ collection, id }) => `${collection}|${id}`);
  return [
    ...[...byRecord].map(([key, all]) =>
      describeRecord(words[all[0]!.collection]!, all, quiet.get(key) ?? [], before, after),
    ),
    ...describeTexts(texts, before, after),
  ];
}

function describeRecord(
  words: Words,
  all: readonly Difference[],
  quiet: readonly Difference[],
  before: Past,
  after: Past,
): Change {
  const { collection, id } = all[0]!;
  const past = all[0]!.type === 'removed' ? before : after;
  const record = past.state[collection]!.get(id)!;
  const types = typesOf(all, words.isPlace);
  return {
    types,
    thing: { collection, id },
    what: words.what(record, past),
    name: oneLine(words.name(record, past)),
    place: oneLine(words.place?.(record, past) ?? ''),
    fields: isWhole(types)
      ? []
      : differing(words.facts(before.state[collection]!.get(id)!, before), words.facts(record, after)),
    registers: registersOf([...all, ...quiet]),
  };
}

/** Whether it is there in one of the two only. */
export function isWhole(types: Change['types']): boolean {
  return types[0] === 'added' || types[0] === 'removed';
}

export function typesOf(
  all: readonly Difference[],
  isPlace: (register: string) => boolean = () => false,
): Change['types'] {
  const whole = all.find(({ type }) => type === 'added' || type === 'removed');
  if (whole !== undefined) return [whole.type];
  const isMove = (each: Difference) =>
    each.type === 'moved' || (each.type === 'changed' && isPlace(each.register));
  return [
    ...(all.every(isMove) ? [] : ['changed' as const]),
    ...(all.some(isMove) ? ['moved' as const] : []),
  ];
}

export function registersOf(all: readonly Difference[]): Change['registers'] {
  return all.map((each) => ({
    collection: each.collection,
    id: each.id,
    register: each.type === 'changed' ? each.register : each.type === 'moved' ? orderRegister : null,
  }));
}

/** The facts that read otherwise. */
export function differing(before: readonly Fact[], after: readonly Fact[]): FieldChange[] {
  const old = new Map(before.map((fact) => [fact.label, fact]));
  const now = new Map(after.map((fact) => [fact.label, fact]));
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((label): FieldChange[] => {
    const [was, is] = [old.get(label), now.get(label)];
    if (equalJson(was?.raw, is?.raw)) return [];
    const [oldWords, newWords] = [was?.words() || null, is?.words() || null];
    if (oldWords === newWords) return [];
    return [{ label, old: oldWords, new: newWords, raw: { old: was?.raw, new: is?.raw } }];
  });
}

/** What people call a thing, for the label of a command: `“Shingles”`, or `line` where it has no name. */
export function calledIn(
  words: Readonly<Record<string, Words>>,
  texts: Readonly<Record<string, string>>,
): (past: Past, thing: Thing) => string {
  return (past, { collection, id }) => {
    if (collection === textCollection) return quoted(texts[id] ?? id, 'text');
    const record = past.state[collection]?.get(id);
    const of = words[collection];
    return record === undefined || of === undefined
      ? 'one thing'
      : quoted(of.name(record, past), of.what(record, past));
  };
}

export function quoted(name: string, what: string): string {
  const line = oneLine(name);
  return line === '' ? what.charAt(0).toLowerCase() + what.slice(1) : `“${line}”`;
}

/** One change for each text that differs; `names` says what people call it. */
function describeTexts(
  names: Readonly<Record<string, string>>,
  { texts: before }: Past,
  { texts: after }: Past,
): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): Change[] => {
    const [old, now] = [before.get(id) ?? '', after.get(id) ?? ''];
    if (old === now) return [];
    const thing: Thing = { collection: textCollection, id };
    return [
      {
        types: ['changed'],
        thing,
        what: 'Text',
        name: names[id] ?? id,
        place: '',
        fields: [
          { label: 'Text', old: old || null, new: now || null, raw: { old, new: now } },
          {
            label: 'Length',
            old: charactersIn(old),
            new: charactersIn(now),
            raw: { old: old.length, new: now.length },
          },
        ].filter((field) => field.old !== field.new),
        registers: [{ ...thing, register: null }],
      },
    ];
  });
}

function charactersIn(text: string): string {
  return text.length === 1 ? '1 character' : `${text.length} characters`;
}

const longestName = 120;

/** Names stand in one line, and not without end. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longestName ? line : `${line.slice(0, longestName - 1).toWellFormed()}…`;
}
