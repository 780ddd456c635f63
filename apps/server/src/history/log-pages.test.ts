import { brotli } from '@tidemark/database/packer';
import { packEntries } from '@tidemark/history';
import type { LogEntry } from '@tidemark/sync';
import { expect, test } from 'vitest';
import { type LogPages, logPages } from './log-pages.ts';

const mebibyte = 1024 * 1024;
const log = Array.from(
  { length: 20 },
  (_, i): LogEntry => ({ lsn: i + 1, update: new Uint8Array(mebibyte), userId: null, clientId: 1, at: i }),
);
const within = (after: number, upTo: number) => log.filter(({ lsn }) => lsn > after && lsn <= upTo);
const sizeOf = (entries: readonly LogEntry[]) => entries.reduce((sum, { update }) => sum + update.length, 0);

/** The log up to `packed` is one segment; what is above `detail` alone is left. */
function storeOf({ packed, detail }: { readonly packed: number; readonly detail: number }): LogPages {
  const content = packed === 0 ? new Uint8Array() : packEntries(log.slice(0, packed), brotli);
  return {
    async reach(_, after, upTo, bytes) {
      if (after < packed) return Math.min(packed, upTo);
      const left = within(Math.max(after, detail), upTo);
      const fits = left.findLast(({ lsn }) => sizeOf(within(after, lsn)) <= bytes);
      return fits?.lsn ?? left[0]?.lsn ?? upTo;
    },
    async entries(_, after, upTo) {
      const segments = after < packed ? [{ first: 1, last: packed, content }] : [];
      return { segments, rows: within(Math.max(after, detail, packed), upTo) };
    },
  };
}

async function pagesOf(store: LogPages, after: number, upTo: number) {
  const pages: (readonly LogEntry[])[] = [];
  for await (const page of logPages(store, 'any', after, upTo)) pages.push(page);
  return pages;
}

test.each([
  ['stored as rows', { packed: 0, detail: 0 }, 0],
  ['packed at its beginning', { packed: 3, detail: 0 }, 0],
  ['thinned at its beginning', { packed: 0, detail: 7 }, 7],
])('TIME-65 of a log %s every entry is told once, in pages of few bytes', async (_, kept, gone) => {
  const store = storeOf(kept);
  const pages = await pagesOf(store, 0, 20);
  expect(pages.flat().map(({ lsn }) => lsn)).toEqual(within(gone, 20).map(({ lsn }) => lsn));
  expect(Math.max(...pages.map(sizeOf))).toBeLessThanOrEqual(4 * mebibyte);
  expect((await pagesOf(store, 8, 10)).flat().map(({ lsn }) => lsn)).toEqual([9, 10]);
  expect((await pagesOf(store, 20, 1_000)).flat()).toEqual([]);
});
