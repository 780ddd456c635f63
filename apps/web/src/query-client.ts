import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/http.ts';

/** Refusals are answers and are not asked for again; only silence and faults are. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
