import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import type { KindName } from '@tidemark/documents';
import { request } from './http.ts';
import { askAndKeep, askOrRecall, orRecalled, type Recalled, recall, recallAll } from './kept-answers.ts';
import type { DocumentPage, DocumentSummary } from './types.ts';

/** Which of the documents a list shows. */
export type ListPart = 'documents' | 'templates' | 'bin';

export interface ListFilter {
  /** Null: all that one may see. */
  space: string | null;
  part: ListPart;
  q: string;
}

export const documentsQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: ['documents', filter],
    queryFn: ({ pageParam, signal }): Promise<Recalled<DocumentPage>> => {
      const path = listPath(filter, pageParam);
      if (pageParam !== '') return request('GET', path, undefined, signal);
      const asked =
        filter.q === ''
          ? askAndKeep<DocumentPage>(path, signal)
          : request<DocumentPage>('GET', path, undefined, signal);
      return orRecalled(asked, () => recallList(filter), signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // What others do, and titles changed in an editor a moment ago, come into the list without a reload.
    refetchOnMount: 'always',
    refetchInterval: 4_000,
  });

function listPath({ space, part, q }: ListFilter, cursor: string): string {
  const search = new URLSearchParams({ limit: '50' });
  if (space) search.set('space', space);
  if (part !== 'documents') search.set(part, 'true');
  if (q) search.set('q', q);
  if (cursor) search.set('cursor', cursor);
  return `/api/documents?${search}`;
}

/** What this device knows of a list: as much as it last showed at first, and what was opened here. */
async function recallList(filter: ListFilter): Promise<DocumentPage | null> {
  const first = await recall<DocumentPage>(listPath({ ...filter, q: '' }, ''));
  if (first === null) return null;
  const known = new Map(first.items.map((item) => [item.id, item]));
  if (filter.part === 'documents') {
    for (const opened of await recallAll<DocumentSummary>('/api/documents/')) {
      if (opened.projectId !== filter.space || opened.template || opened.deletedAt !== null) continue;
      if (!known.has(opened.id)) known.set(opened.id, opened);
    }
  }
  const wanted = filter.q.toLocaleLowerCase();
  const items = [...known.values()].filter(({ title }) => title.toLocaleLowerCase().includes(wanted));
  return { items, nextCursor: null };
}

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: ({ signal }) => askOrRecall<DocumentSummary>(`/api/documents/${encodeURIComponent(id)}`, signal),
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

interface NewDocument {
  kind: KindName;
  title: string;
  projectId: string;
  /** What it begins with. */
  templateId?: string;
}

export const createDocument = (document: NewDocument) =>
  request<DocumentSummary>('POST', '/api/documents', document);

export const createSample = (projectId: string) =>
  request<DocumentSummary>('POST', '/api/documents/sample', { projectId });

export const renameDocument = (id: string, title: string) =>
  request<DocumentSummary>('PATCH', `/api/documents/${id}`, { title });

export const moveDocument = (id: string, projectId: string) =>
  request<DocumentSummary>('PATCH', `/api/documents/${id}`, { projectId });

export const setTemplate = (id: string, template: boolean) =>
  request<DocumentSummary>('PATCH', `/api/documents/${id}`, { template });

/** A copy of it, as it is now, for others to begin with. */
export async function saveAsTemplate({
  id,
  title,
}: Pick<DocumentSummary, 'id' | 'title'>): Promise<DocumentSummary> {
  const copy = await duplicateDocument(id);
  return request<DocumentSummary>('PATCH', `/api/documents/${copy.id}`, { title, template: true });
}

export const duplicateDocument = (id: string) =>
  request<DocumentSummary>('POST', `/api/documents/${id}/duplicate`, {});

export const binDocument = (id: string) => request<unknown>('DELETE', `/api/documents/${id}`);

export const restoreDocument = (id: string) => request<unknown>('POST', `/api/documents/${id}/restore`, {});

/** Gone with all its history; only from the bin. */
export const purgeDocument = (id: string) => request<unknown>('POST', `/api/documents/${id}/purge`, {});

/** What was in the bin of a space at a time, part by part. */
export async function emptyBin({ projectId, until }: { projectId: string; until: string }): Promise<number> {
  let purged = 0;
  for (;;) {
    const part = await request<{ purged: number; left: number }>('POST', '/api/bin/empty', {
      projectId,
      until,
    });
    purged += part.purged;
    if (part.left === 0 || part.purged === 0) return purged;
  }
}
