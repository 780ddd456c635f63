import type { Change, Thing } from '@tidemark/documents';
import { createContext, useContext } from 'react';

/** What a view of a document shows of a comparison: the things that differ, by `markKey`. */
export type Marks = ReadonlyMap<string, Mark>;

export interface Mark {
  readonly types: Change['types'];
  readonly change: Change;
}

export function markKey({ collection, id }: Thing): string {
  return `${collection}/${id}`;
}

/** The marks over the view that stands here; null where nothing is compared. */
export const MarksContext = createContext<Marks | null>(null);

export function useMarksHere(): Marks | null {
  return useContext(MarksContext);
}
