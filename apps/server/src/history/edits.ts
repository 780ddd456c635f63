import { brotli } from '@tidemark/database/packer';
import type { HistoryStore, Stop } from '@tidemark/history';
import { unpackEntries } from '@tidemark/history';

/** Edits that are told at once: what a screen needs of them around one moment. */
export const mostEdits = 1_000;

/** Every single edit that is stored, with its time and user: each of them is a moment. */
export interface Edits {
  /** Those in (after, upTo], in order, as far as there is detail: at most `mostEdits` from `after` on. */
  within(documentId: string, after: number, upTo: number): Promise<readonly Stop[]>;
}

export function createEdits({ store }: { readonly store: Pick<HistoryStore, 'entries'> }): Edits {
  return {
    async within(documentId, after, upTo) {
      const last = Math.min(upTo, after + mostEdits);
      const { segments, rows } = await store.entries(documentId, after, last);
      const packed = segments.flatMap(({ content }) => unpackEntries(content, brotli));
      const stops: Stop[] = [];
      // Rows that are packed while this is asked may be told twice, as rows and in their segment.
      let told = after;
      for (const { lsn, at, userId } of [...packed, ...rows]) {
        if (lsn <= told || lsn > last) continue;
        stops.push({ lsn, at, userId });
        told = lsn;
      }
      return stops;
    },
  };
}
