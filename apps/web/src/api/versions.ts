import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { StatusName } from '@tidemark/documents/estimate';
import { request, requestBytes } from './http.ts';
import type { DocumentSummary } from './types.ts';

/** What a version came to: money in ten-thousandths of the currency's unit, rates in basis points. */
export interface VersionTotals {
  readonly currency: string;
  readonly lines: number;
  readonly cost: number;
  readonly bid: number;
  readonly total: number;
}

/** A state of a document that is kept for good. */
export interface Version {
  readonly id: string;
  readonly documentId: string;
  /** 1, 2, 3… within the document. */
  readonly number: number;
  readonly kind: 'submitted' | 'named';
  readonly name: string;
  readonly note: string;
  readonly at: string;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly totals: VersionTotals | null;
  /** The version before it; of another document where this one began with that. */
  readonly parent: { readonly id: string; readonly documentId: string; readonly number: number } | null;
}

interface VersionPage {
  readonly items: readonly Version[];
  readonly nextCursor: string | null;
}

export interface StatusChange {
  readonly id: string;
  readonly from: StatusName;
  readonly to: StatusName;
  readonly note: string;
  readonly at: string;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly version: { readonly id: string; readonly number: number } | null;
}

/** A document that comes from the same one, by versions. */
export interface Relative extends DocumentSummary {
  readonly origin: {
    readonly documentId: string;
    readonly versionId: string | null;
    readonly number: number | null;
  } | null;
  /** The newest first, at most 50. */
  readonly versions: readonly Version[];
}

const path = (documentId: string) => `/api/documents/${encodeURIComponent(documentId)}`;

/** All that is kept of a document beside what it says now; this much of a key stands for all of it. */
export const versionsKey = (documentId: string) => ['versions', documentId] as const;

export const versionsQuery = (documentId: string) =>
  infiniteQueryOptions({
    queryKey: [...versionsKey(documentId), 'list'],
    queryFn: ({ pageParam, signal }) =>
      request<VersionPage>(
        'GET',
        `${path(documentId)}/versions?limit=50${pageParam ? `&cursor=${pageParam}` : ''}`,
        undefined,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const statusChangesQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...versionsKey(documentId), 'status'],
    queryFn: async ({ signal }) =>
      (
        await request<{ items: readonly StatusChange[] }>(
          'GET',
          `${path(documentId)}/status-changes`,
          undefined,
          signal,
        )
      ).items,
  });

export const familyQuery = (documentId: string) =>
  queryOptions({
    queryKey: [...versionsKey(documentId), 'family'],
    queryFn: async ({ signal }) =>
      (await request<{ items: readonly Relative[] }>('GET', `${path(documentId)}/family`, undefined, signal))
        .items,
  });

export const versionQuery = (documentId: string, versionId: string) =>
  queryOptions({
    queryKey: ['version', documentId, versionId],
    queryFn: ({ signal }) =>
      request<Version>(
        'GET',
        `${path(documentId)}/versions/${encodeURIComponent(versionId)}`,
        undefined,
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The Yjs state of a version, which never changes, or of the document as it is stored now. One v1 update. */
export const stateQuery = (documentId: string, versionId: string | null) =>
  queryOptions({
    queryKey: ['state', documentId, versionId],
    queryFn: async ({ signal }) => {
      const version = versionId === null ? '' : `/versions/${encodeURIComponent(versionId)}`;
      return requestBytes(`${path(documentId)}${version}/state`, signal);
    },
    ...(versionId === null ? {} : { staleTime: Number.POSITIVE_INFINITY }),
  });

export const changeStatus = (documentId: string, to: StatusName, note: string) =>
  request<unknown>('POST', `${path(documentId)}/status`, { to, note });

export const nameVersion = (documentId: string, name: string, note: string) =>
  request<Version>('POST', `${path(documentId)}/versions`, { name, note });

/** A new document that begins with a version. */
export const forkVersion = ({ documentId, id }: Version, title: string, note: string) =>
  request<DocumentSummary>('POST', `${path(documentId)}/versions/${encodeURIComponent(id)}/fork`, {
    title,
    note,
  });

/** Where a version can be downloaded from. */
export const versionFile = ({ documentId, id }: Version, format: 'xlsx' | 'csv' | 'json' | 'pdf') =>
  `${path(documentId)}/export?format=${format}&version=${encodeURIComponent(id)}`;
