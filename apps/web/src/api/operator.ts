import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './http.ts';

export interface LiveSession {
  userId: string;
  access: 'edit' | 'read';
  /** Milliseconds since 1970, as `dirtySince`. */
  since: number;
  frames: number;
  bufferedBytes: number;
  stale: boolean;
}

export interface LiveRoom {
  documentId: string;
  epoch: number;
  head: number;
  sessions: LiveSession[];
  stateBytes: number;
  tailEntries: number;
  tailBytes: number;
  backlogBytes: number;
  dirtySince: number | null;
  pendingBytes: number;
  present: number;
  failing: boolean;
}

/** Times are ISO 8601. */
export interface ServerProcess {
  id: string;
  startedAt: string;
  heardAt: string;
  answered: boolean;
  here: boolean;
  report: {
    version: string;
    pid: number;
    memoryBytes: number;
    heapBytes: number;
    loopDelayMs: number;
    stats: Record<string, number>;
    rooms: LiveRoom[];
  };
}

export interface InspectedDocument {
  id: string;
  title: string;
  kind: string;
  company: string;
  epoch: number;
  head: number;
  logBytes: number;
  checkpoint: { lsn: number; bytes: number; at: string } | null;
  updatedAt: string;
  binnedAt: string | null;
}

export interface Overview {
  processes: ServerProcess[];
  documents: InspectedDocument[];
  people: { id: string; name: string; email: string }[];
}

export interface QuarantinedItem {
  id: number;
  documentId: string;
  title: string;
  company: string;
  userId: string | null;
  clientId: number;
  code: string;
  detail: string;
  size: number;
  kept: boolean;
  keptAt: string;
}

export interface Operator {
  id: string;
  name: string;
  email: string;
  appointedBy: string | null;
  appointedAt: string;
}

/** Asked again while the page is looked at, for it shows what goes on. */
const everyMs = 5_000;

export const overviewQuery = queryOptions({
  queryKey: ['operator', 'overview'],
  queryFn: ({ signal }) => request<Overview>('GET', '/api/operator/overview', undefined, signal),
  refetchInterval: everyMs,
  staleTime: 0,
});

export const quarantineQuery = infiniteQueryOptions({
  queryKey: ['operator', 'quarantine'],
  queryFn: ({ signal, pageParam }) =>
    request<{ items: QuarantinedItem[]; nextBefore: number | null }>(
      'GET',
      `/api/operator/quarantine${pageParam === null ? '' : `?before=${pageParam}`}`,
      undefined,
      signal,
    ),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.nextBefore,
  staleTime: 0,
});

export const operatorsQuery = queryOptions({
  queryKey: ['operator', 'operators'],
  queryFn: async ({ signal }) =>
    (await request<{ items: Operator[] }>('GET', '/api/operator/operators', undefined, signal)).items,
});

export const quarantinedContent = (id: number) => `/api/operator/quarantine/${id}/content`;
export const removeQuarantined = (id: number) => request<unknown>('DELETE', `/api/operator/quarantine/${id}`);
export const reopenDocument = (id: string) =>
  request<unknown>('POST', `/api/operator/documents/${id}/reopen`, {});
export const appointOperator = (email: string) =>
  request<unknown>('POST', '/api/operator/operators', { email });
export const dismissOperator = (id: string) =>
  request<unknown>('DELETE', `/api/operator/operators/${encodeURIComponent(id)}`);
