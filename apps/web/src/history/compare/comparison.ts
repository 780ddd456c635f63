import { type Change, type KindName, kinds } from '@tidemark/documents';
import type { Past } from '@tidemark/documents/records';
import { createContext, useContext } from 'react';
import { type Mark, type Marks, markKey } from '../marks.ts';

/** Two states of one document, and what differs between them. */
export interface Comparison {
  readonly before: Past;
  readonly after: Past;
  /** In the order of the document. */
  readonly changes: readonly Change[];
  readonly marks: Marks;
}

export function compare(kind: KindName, before: Past, after: Past): Comparison {
  const changes = kinds[kind].describe(before, after);
  const marks = new Map(
    changes.map((change): [string, Mark] => [markKey(change.thing), { types: change.types, change }]),
  );
  return { before, after, changes, marks };
}

/** A comparison as the view of a kind shows it: marks where things differ, ghosts where things were. */
export interface ShownComparison extends Comparison {
  /** Key of the mark that is looked at; null: none. */
  readonly chosen: string | null;
  /** What has to be brought into sight; another object each time it is asked for. */
  readonly wanted: Wanted | null;
  choose(key: string): void;
}

export interface Wanted {
  readonly change: Change;
  /** To be told when the view has no place for it. */
  readonly missed: () => void;
}

/** Null where nothing is compared. */
export const ComparisonContext = createContext<ShownComparison | null>(null);

/** Whether a list of changes stands beside, or will: the view has no panels of its own then. */
export const ListedContext = createContext(false);

export function useComparison(): ShownComparison | null {
  return useContext(ComparisonContext);
}
