import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { anyTopic } from '@tidemark/client';
import { useEffect } from 'react';
import { historyKey, historyQuery } from '../api/history.ts';
import { useAdmitted } from '../editor/rights.ts';
import { useLive } from './live.ts';

/** How soon work that is still being read is asked for again, milliseconds. */
const soon = 2_000;

/** Sessions, versions and lives of the document, page by page, asked again whenever there is something new. */
export function useHistory() {
  const { documentId, provider } = useLive();
  const queryClient = useQueryClient();
  const admitted = useAdmitted();
  useEffect(
    () =>
      provider.onNews((topic) => {
        if (topic !== 'history' && topic !== 'versions' && topic !== anyTopic) return;
        void queryClient.invalidateQueries({ queryKey: historyKey(documentId) });
      }),
    [provider, queryClient, documentId],
  );
  return useInfiniteQuery({
    ...historyQuery(documentId),
    enabled: admitted,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.pages[0]?.settling ? soon : false),
  });
}
