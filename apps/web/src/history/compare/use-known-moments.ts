import { useInfiniteQuery } from '@tanstack/react-query';
import { useStatusPart } from '@tidemark/client/react';
import { useMemo } from 'react';
import { type HistoryItem, historyQuery } from '../../api/history.ts';
import { isLive } from '../../editor/rights.ts';
import { useLive } from '../live.ts';
import { type VersionMoments, versionMoments } from './order.ts';

/** The newest of the document's history, as far as it was read. */
export function useHistoryItems(): readonly HistoryItem[] {
  const { documentId, provider } = useLive();
  const { data } = useInfiniteQuery({
    ...historyQuery(documentId),
    enabled: useStatusPart(provider, isLive),
  });
  return useMemo(() => (data?.pages ?? []).flatMap(({ items }) => items), [data]);
}

export function useKnownMoments(): VersionMoments {
  const items = useHistoryItems();
  return useMemo(() => versionMoments(items), [items]);
}
