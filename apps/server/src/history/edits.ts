import type { Stop } from '@tidemark/history';
import { type LogPages, logPages } from './log-pages.ts';

/** Edits that are told at once: what a screen needs of them around one moment. */
export const mostEdits = 1_000;

/** Every single edit that is stored, with its time and user: each of them is a moment. */
export interface Edits {
  /** Those in (after, upTo], in order, as far as there is detail: at most `mostEdits` from `after` on. */
  within(documentId: string, after: number, upTo: number): Promise<readonly Stop[]>;
}

export function createEdits({ store }: { readonly store: LogPages }): Edits {
  return {
    async within(documentId, after, upTo) {
      const stops: Stop[] = [];
      for await (const page of logPages(store, documentId, after, Math.min(upTo, after + mostEdits))) {
        for (const { lsn, at, userId } of page) stops.push({ lsn, at, userId });
      }
      return stops;
    },
  };
}
