import { queryOptions } from '@tanstack/react-query';
import { request } from './http.ts';

/** How long a company keeps every edit of its documents. */
export interface HistoryRetention {
  /** Null: for good. */
  readonly detailDays: number | null;
  /** What the next night removes, as things stand now: edits stored before that time. Null when nothing is ever removed. */
  readonly thins: { readonly before: string; readonly documents: number; readonly entries: number } | null;
}

const address = '/api/company/history';
const key = ['company-history'] as const;

export const companyHistoryQuery = queryOptions({
  queryKey: key,
  queryFn: ({ signal }) => request<HistoryRetention>('GET', address, undefined, signal),
});

/** What another number of days would remove. */
export const thinningQuery = (days: number) =>
  queryOptions({
    queryKey: [...key, days],
    queryFn: ({ signal }) =>
      request<HistoryRetention>('GET', `${address}?detailDays=${days}`, undefined, signal),
  });

export const keepHistory = (detailDays: number | null) =>
  request<HistoryRetention>('PUT', address, { detailDays });
