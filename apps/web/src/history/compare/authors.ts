import type { Change } from '@tidemark/documents';
import type { HistoryChanges } from '../../api/history.ts';

/** Somebody, as the list names and filters people. */
export interface Someone {
  /** '': the server itself. */
  readonly id: string;
  readonly name: string;
}

/** Who brought a change about, and when it was last worked on. */
export type Authorship =
  /** Not asked yet, or not known to the server: not stored, or older than its answer. */
  | { readonly is: 'unknown' }
  /** The entries are thinned; versions are all that is left of that time. */
  | { readonly is: 'before-detail' }
  | {
      readonly is: 'known';
      /** Each once, who was at it last first. */
      readonly people: readonly Someone[];
      /** ISO. */
      readonly at: string;
      /** Whether others were at it in the time of which the entries are thinned. */
      readonly partly: boolean;
    };

type By = HistoryChanges['differences'][number]['by'];

/** What the server said of each register, by place. Null: before detail. */
export interface AuthorIndex {
  readonly registers: ReadonlyMap<string, By>;
  readonly texts: ReadonlyMap<string, HistoryChanges['texts'][number]['by']>;
}

/** The register of a record's place among the others. */
const place = 'o';

export function authorIndex({ differences, texts }: HistoryChanges): AuthorIndex {
  return {
    registers: new Map(
      differences.map(({ type, collection, id, register, by }) => [
        placeOf(collection, id, type === 'moved' ? place : register),
        by,
      ]),
    ),
    texts: new Map(texts.map(({ text, by }) => [text, by])),
  };
}

const unknown: Authorship = { is: 'unknown' };

/** Who changed a thing: all who brought one of the values that stand in it. */
export function authorsOf({ registers }: Pick<Change, 'registers'>, index: AuthorIndex | null): Authorship {
  if (index === null) return unknown;
  const found = registers.flatMap(({ collection, id, register }) =>
    entriesOf(index, collection, id, register),
  );
  const known = found.filter((by) => by !== null).sort((one, other) => other.lsn - one.lsn);
  const [latest] = known;
  if (latest === undefined) return found.length > 0 ? { is: 'before-detail' } : unknown;
  const people = new Map<string, Someone>();
  for (const { id, name } of known) {
    const key = id ?? '';
    if (!people.has(key)) people.set(key, { id: key, name: nameOf(id, name) });
  }
  return { is: 'known', people: [...people.values()], at: latest.at, partly: known.length < found.length };
}

/** A record that was added or removed is told as a whole, whichever register it is about. */
function entriesOf(index: AuthorIndex, collection: string, id: string, register: string | null): By[] {
  const text = index.texts.get(collection === 'texts' ? id : '');
  if (text !== undefined) return [...text];
  for (const at of [placeOf(collection, id, register), placeOf(collection, id, null)]) {
    const by = index.registers.get(at);
    if (by !== undefined) return [by];
  }
  return [];
}

function placeOf(collection: string, id: string, register: string | null): string {
  return JSON.stringify([collection, id, register]);
}

function nameOf(id: string | null, name: string): string {
  return name !== '' ? name : id === null ? 'Tidemark' : 'Somebody';
}

/** "Ana Diaz", "Ana Diaz and Tom Weber", "several people"; '' where nobody is known. */
export function peopleWords(authorship: Authorship): string {
  if (authorship.is !== 'known') return '';
  const [first, second, third] = authorship.people;
  if (first === undefined) return '';
  if (second === undefined) return first.name;
  return third === undefined ? `${first.name} and ${second.name}` : 'several people';
}
