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

export type RecoveryLine = Recovered | { readonly type: 'end'; readonly complete: boolean };

interface Page {
  readonly items: readonly RecoveryStanding[];
  readonly nextCursor: string | null;
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

/** Brings all of a space back, and tells of each when it is done. Aborting ends it after the document under way. Throws ApiError. */
export const recoverSpace = (
  spaceId: string,
  wish: {
    readonly at: string;
    readonly mode: RecoveryMode;
    readonly nearest: boolean;
    readonly timeZone: string;
  },
  signal: AbortSignal,
) => requestLines<RecoveryLine>(path(spaceId), wish, signal);
