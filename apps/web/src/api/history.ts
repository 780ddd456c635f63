import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request, requestBytes } from './http.ts';
import type { DocumentSummary } from './types.ts';
import type { Version } from './versions.ts';

export interface Author {
  readonly id: string | null;
  readonly name: string;
}

/** How much was done: by collection, records counted once; of texts in characters. As `describeSession` takes it. */
export interface Touched {
  readonly collections: Readonly<
    Record<
      string,
      {
        readonly added: number;
        readonly removed: number;
        readonly changed: number;
        readonly moved: number;
        readonly ids: readonly string[];
        readonly registers: readonly string[];
      }
    >
  >;
  readonly texts: Readonly<Record<string, { readonly inserted: number; readonly deleted: number }>>;
}

/** One line of a document's history. Times are ISO. */
export type HistoryItem =
  | {
      readonly type: 'session';
      readonly id: string;
      readonly by: Author;
      readonly from: string;
      readonly to: string;
      readonly first: number;
      readonly last: number;
      readonly edits: number;
      readonly touched: Touched;
      /** Whether the moments inside of it can be looked at still. */
      readonly detail: boolean;
    }
  | { readonly type: 'version'; readonly at: string; readonly lsn: number | null; readonly version: Version }
  | {
      readonly type: 'automatic';
      readonly id: string;
      readonly at: string;
      readonly lsn: number;
      readonly reason: 'quiet' | 'nightly' | 'before-restore' | 'restored' | 'before-import' | 'forked';
      readonly by: Author;
      readonly about: string;
    }
  | { readonly type: 'life'; readonly at: string; readonly after: number; readonly by: Author };

export interface HistoryPage {
  readonly items: readonly HistoryItem[];
  readonly nextCursor: string | null;
  readonly head: { readonly lsn: number; readonly at: string | null };
  /** Where detail begins: entries up to `lsn` are thinned. `days`: how long it is kept, null for good. */
  readonly detail: { readonly lsn: number; readonly at: string | null; readonly days: number | null };
  /** Recent work is still being read; ask again on news. */
  readonly settling: boolean;
}

export interface Stop {
  readonly lsn: number;
  readonly at: string;
  readonly by: string | null;
}

/** A moment of a document, or a version that keeps its own state. */
export type MomentRef = { readonly lsn: number } | { readonly versionId: string };

export interface HistoryChanges {
  readonly differences: readonly {
    readonly type: 'added' | 'removed' | 'changed' | 'moved';
    readonly collection: string;
    readonly id: string;
    readonly register: string | null;
    readonly by: (Author & { readonly at: string; readonly lsn: number }) | null;
  }[];
  readonly texts: readonly {
    readonly text: string;
    readonly by: readonly (Author & { readonly at: string; readonly lsn: number })[];
  }[];
  /** False where detail is thinned: some of the authors are not known. */
  readonly complete: boolean;
}

const path = (documentId: string) => `/api/documents/${encodeURIComponent(documentId)}/history`;

/** All that is asked of a document's past; this much of a key stands for all of it that can change. */
export const historyKey = (documentId: string) => ['history', documentId] as const;

export const historyPage = (documentId: string, cursor: string, signal: AbortSignal) =>
  request<HistoryPage>(
    'GET',
    `${path(documentId)}?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    undefined,
    signal,
  );

export const historyQuery = (documentId: string) =>
  infiniteQueryOptions({
    queryKey: [...historyKey(documentId), 'page'],
    queryFn: ({ pageParam, signal }) => historyPage(documentId, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

/** The last LSN that is stored. */
export const headQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...historyKey(documentId), 'head'],
    queryFn: async ({ signal }) =>
      (await request<HistoryPage>('GET', `${path(documentId)}?limit=1`, undefined, signal)).head.lsn,
  });

/** The last LSN stored at or before a time (ISO); 0 before there was anything. */
export const momentAt = async (documentId: string, time: string) =>
  (await request<{ lsn: number }>('GET', `${path(documentId)}/at?time=${encodeURIComponent(time)}`)).lsn;

/** Stops of the scrubber with LSNs in (from, to]; where there are more than `most`, they are spread out, the last one always among them. */
export const stopsQuery = (documentId: string, from: number, to: number, most = 500) =>
  queryOptions({
    queryKey: [...historyKey(documentId), 'stops', from, to, most],
    queryFn: async ({ signal }) =>
      (
        await request<{ items: readonly Stop[] }>(
          'GET',
          `${path(documentId)}/stops?from=${from}&to=${to}&most=${most}`,
          undefined,
          signal,
        )
      ).items,
  });

/** Single edits with LSNs in (from, to], at most 1,000 of them; none where edits are thinned. They never change. */
export const editsQuery = (documentId: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['history-edits', documentId, from, to],
    queryFn: async ({ signal }) =>
      (
        await request<{ items: readonly Stop[] }>(
          'GET',
          `${path(documentId)}/edits?from=${from}&to=${to}`,
          undefined,
          signal,
        )
      ).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The state at a moment, one v1 update. It never changes. */
export const momentQuery = (documentId: string, lsn: number) =>
  queryOptions({
    queryKey: ['moment', documentId, lsn],
    queryFn: ({ signal }) => requestBytes(`${path(documentId)}/${lsn}/state`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

const refText = (ref: MomentRef) => ('lsn' in ref ? String(ref.lsn) : encodeURIComponent(ref.versionId));

/** Who changed what between two moments, `from` before `to`. */
export const changesQuery = (documentId: string, from: MomentRef, to: MomentRef) =>
  queryOptions({
    queryKey: ['history-changes', documentId, refText(from), refText(to)],
    queryFn: ({ signal }) =>
      request<HistoryChanges>(
        'GET',
        `${path(documentId)}/changes?from=${refText(from)}&to=${refText(to)}`,
        undefined,
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Names a past moment. */
export const nameMoment = (documentId: string, lsn: number, name: string, note: string) =>
  request<Version>('POST', `${path(documentId)}/versions`, { lsn, name, note });

/** An edit made here: by which replica, from which of its clocks on. */
export interface OwnEntry {
  /** The LSN of the mark before it; without one the server makes that mark, too. */
  readonly after?: number;
  readonly clientId: number;
  readonly clock: number;
}

/** An automatic version of what is stored now, or of an edit; `about` names what is restored or imported. */
export const markHistory = (
  documentId: string,
  reason: 'before-restore' | 'restored' | 'before-import',
  about: string,
  entry?: OwnEntry,
) => request<{ id: string; lsn: number }>('POST', `${path(documentId)}/marks`, { reason, about, entry });

/** A new document that begins with the state then. */
export const forkMoment = (documentId: string, lsn: number, title: string, note: string) =>
  request<DocumentSummary>('POST', `${path(documentId)}/${lsn}/fork`, { title, note });
