import { brotli } from '@tidemark/database/packer';
import { type HistoryStore, unpackEntries } from '@tidemark/history';
import type { LogEntry } from '@tidemark/sync';

export type LogPages = Pick<HistoryStore, 'reach' | 'entries'>;

/** Of updates that one page has: one entry, or one segment, alone may have more. */
const pageBytes = 4 * 1024 * 1024;

/** The entries in (after, upTo], in order, each once, as far as there is detail: page by page, so that the memory they take is bounded. */
export async function* logPages(
  store: LogPages,
  documentId: string,
  after: number,
  upTo: number,
): AsyncGenerator<readonly LogEntry[]> {
  for (let last = after; last < upTo; ) {
    const end = await store.reach(documentId, last, upTo, pageBytes);
    const { segments, rows } = await store.entries(documentId, last, end);
    const packed = segments.flatMap(({ content }) => unpackEntries(content, brotli));
    const page: LogEntry[] = [];
    // Rows that are packed while this is asked may be told twice, as rows and in their segment.
    for (const entry of [...packed, ...rows]) {
      if (entry.lsn <= last || entry.lsn > upTo) continue;
      page.push(entry);
      last = entry.lsn;
    }
    last = Math.max(last, end);
    yield page;
  }
}
