import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { anyTopic } from '@tidemark/client';
import { useEffect } from 'react';
import { historyKey, historyPage, historyQuery } from '../api/history.ts';
import { keepPage, keptPage } from './keep.ts';
import { refuseGone, useLive } from './live.ts';
import { orKept, retryFaults } from './or-kept.ts';

/** How soon work that is still being read is asked for again, milliseconds. */
const soon = 2_000;

/** Sessions, versions and lives of the document, page by page, asked again whenever there is something new. */
export function useHistory() {
  const live = useLive();
  const { documentId, me, provider } = live;
  const queryClient = useQueryClient();
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
    queryFn: ({ pageParam, signal }) => {
      const ask = async () => {
        refuseGone(live);
        return historyPage(documentId, pageParam, signal);
      };
      if (pageParam !== '') return ask();
      return orKept({
        ask,
        keep: (page) => keepPage(me.id, documentId, page),
        kept: async () => {
          const page = await keptPage(me.id, documentId);
          return page && { ...page, nextCursor: null, settling: false };
        },
      });
    },
    retry: retryFaults,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.pages[0]?.settling ? soon : false),
  });
}
