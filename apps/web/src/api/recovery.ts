import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Author } from './history.ts';
import { request, requestLines } from './http.ts';

/** What stood of a document at a time; times are ISO. */
export interface RecoveryStanding {
  readonly document: { readonly id: string; readonly kind: string; readonly title: string };
  readonly standing: 'unchanged' | 'changed' | 'made-since' | 'in-bin' | 'no-detail';
  /** Since then. */
  readonly edits: number;
  readonly by: readonly Author[];
  /** It was moved to the bin since. */
  readonly binned: boolean;
  /** It was in another space then. */
  readonly came: boolean;
  /** Where every edit of that time is no longer kept: the last version before. */
  readonly nearest: { readonly at: string; readonly name: string } | null;
  /** Of an estimate that is not a draft. */
  readonly status: 'submitted' | 'won' | 'lost' | null;
}

export type RecoveryMode = 'copies' | 'in-place';

export interface Recovered {
  readonly type: 'document';
  readonly id: string;
  readonly outcome: 'restored' | 'copied' | 'nothing' | 'refused';
  readonly copy: { readonly id: string; readonly title: string } | null;
  readonly outOfBin: boolean;
  readonly problem: { readonly code: string; readonly detail: string } | null;
}

/** What stood in a space at a time and has left it since. */
export interface RecoveryDeparted {
  /** Deleted for good. */
  readonly purged: number;
  readonly moved: number;
  /** Of those that were moved: where this person sees nothing. */
  readonly hidden: number;
  /** Some of those that this person may know of, by title. */
  readonly elsewhere: readonly {
    readonly document: { readonly id: string; readonly kind: string; readonly title: string };
    readonly space: { readonly id: string; readonly name: string };
  }[];
}

export type RecoveryLine = Recovered | { readonly type: 'end'; readonly complete: boolean };

interface Page {
  readonly items: readonly RecoveryStanding[];
  readonly nextCursor: string | null;
  /** With the first page. */
  readonly departed: RecoveryDeparted | null;
}

export interface RecoveryWish {
  readonly at: string;
  readonly mode: RecoveryMode;
  readonly nearest: boolean;
  /** Null: all of the space. */
  readonly documents: readonly string[] | null;
}

const path = (spaceId: string) => `/api/spaces/${encodeURIComponent(spaceId)}/recovery`;

/** What stood in a space at a time, page by page. */
export const recoveryQuery = (spaceId: string, at: string) =>
  infiniteQueryOptions({
    queryKey: ['recovery', spaceId, at],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ at, limit: '100', ...(pageParam ? { cursor: pageParam } : {}) });
      return request<Page>('GET', `${path(spaceId)}?${search}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/** Brings a space, or documents of it, back, and tells of each when it is done. Aborting ends it after the document under way. Throws ApiError. */
export function recoverSpace(spaceId: string, { documents, ...wish }: RecoveryWish, signal: AbortSignal) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const body = { ...wish, timeZone, ...(documents ? { documents } : {}) };
  return requestLines<RecoveryLine>(path(spaceId), body, signal);
}
