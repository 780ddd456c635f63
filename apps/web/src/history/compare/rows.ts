import type { Change } from '@tidemark/documents';
import { markKey } from '../marks.ts';
import { type AuthorIndex, type Authorship, authorsOf, type Someone } from './authors.ts';

export type ChangeType = Change['types'][number];

/** In the order of the list. */
export const changeTypes = ['added', 'changed', 'moved', 'removed'] as const satisfies readonly ChangeType[];

/** One change as the list shows it. */
export interface Row {
  readonly key: string;
  readonly change: Change;
  /** The group it stands in: the strongest of what became of it. */
  readonly type: ChangeType;
  readonly authorship: Authorship;
}

export interface RowGroup {
  readonly type: ChangeType;
  readonly rows: readonly Row[];
}

export interface RowFilter {
  /** Empty: all of them. */
  readonly types: ReadonlySet<ChangeType>;
  /** A person's id; null: everybody. */
  readonly person: string | null;
}

export function rowsOf(changes: readonly Change[], index: AuthorIndex | null): Row[] {
  return changes.map((change) => ({
    key: markKey(change.thing),
    change,
    type: mainType(change),
    authorship: authorsOf(change, index),
  }));
}

/** What a thing is listed under: one that was both changed and moved is a changed one. */
export function mainType({ types }: Pick<Change, 'types'>): ChangeType {
  return (
    (['added', 'removed', 'changed', 'moved'] as const).find((type) => types.includes(type)) ?? 'changed'
  );
}

/** Groups in their order, without the empty ones; within each by name, what has none last. */
export function groupRows(rows: readonly Row[], { types, person }: RowFilter): RowGroup[] {
  const shown = rows.filter(
    (row) => (types.size === 0 || row.change.types.some((type) => types.has(type))) && isBy(row, person),
  );
  return changeTypes.flatMap((type) => {
    const group = shown.filter((row) => row.type === type).sort(byName);
    return group.length > 0 ? [{ type, rows: group }] : [];
  });
}

function byName({ change: one }: Row, { change: other }: Row): number {
  return (
    Number(one.name === '') - Number(other.name === '') ||
    one.name.localeCompare(other.name, 'en', { numeric: true }) ||
    `${one.what} ${one.place}`.localeCompare(`${other.what} ${other.place}`, 'en', { numeric: true })
  );
}

/** How many things each was done to; one that was changed and moved counts in both. */
export function countTypes(rows: readonly Row[]): ReadonlyMap<ChangeType, number> {
  return new Map(
    changeTypes.map((type) => [type, rows.filter(({ change }) => change.types.includes(type)).length]),
  );
}

/** Everybody who is named in the list, by name. */
export function peopleIn(rows: readonly Row[]): Someone[] {
  const people = new Map<string, Someone>();
  for (const { authorship } of rows) {
    if (authorship.is === 'known') for (const one of authorship.people) people.set(one.id, one);
  }
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

function isBy({ authorship }: Row, person: string | null): boolean {
  if (person === null) return true;
  return authorship.is === 'known' && authorship.people.some(({ id }) => id === person);
}
