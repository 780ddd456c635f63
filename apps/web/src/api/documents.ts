import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import type { KindName } from '@tidemark/documents';
import { request } from './http.ts';
import type { DocumentPage, DocumentSummary } from './types.ts';

export interface ListFilter {
  space: string;
  bin: boolean;
  q: string;
}

export const documentsQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['documents', filter],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ space: filter.space, limit: '50' });
      if (filter.bin) search.set('bin', 'true');
      if (filter.q) search.set('q', filter.q);
      if (pageParam) search.set('cursor', pageParam);
      return request<DocumentPage>('GET', `/api/documents?${search}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // What others do, and titles changed in an editor a moment ago, come into the list without a reload.
    refetchOnMount: 'always',
    refetchInterval: 4_000,
  });

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: ({ signal }) =>
      request<DocumentSummary>('GET', `/api/documents/${encodeURIComponent(id)}`, undefined, signal),
  });

/** A document as a list has shown it: known before anybody is asked. */
export function listedDocument(queryClient: QueryClient, id: string): DocumentSummary | null {
  for (const [, pages] of queryClient.getQueriesData<InfiniteData<DocumentPage>>({
    queryKey: ['documents'],
  })) {
    const found = pages?.pages.flatMap(({ items }) => items).find((item) => item.id === id);
    if (found) return found;
  }
  return null;
}

export const createDocument = (kind: KindName, title: string, projectId: string) =>
  request<DocumentSummary>('POST', '/api/documents', { kind, title, projectId });

export const createSample = (projectId: string) =>
  request<DocumentSummary>('POST', '/api/documents/sample', { projectId });

export const renameDocument = (id: string, title: string) =>
  request<DocumentSummary>('PATCH', `/api/documents/${id}`, { title });

export const duplicateDocument = (id: string) =>
  request<DocumentSummary>('POST', `/api/documents/${id}/duplicate`, {});

export const binDocument = (id: string) => request<unknown>('DELETE', `/api/documents/${id}`);

export const restoreDocument = (id: string) => request<unknown>('POST', `/api/documents/${id}/restore`, {});
