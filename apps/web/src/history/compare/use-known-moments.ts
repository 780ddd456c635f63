import { useMemo } from 'react';
import type { HistoryItem } from '../../api/history.ts';
import { useHistory } from '../use-history.ts';
import { type VersionMoments, versionMoments } from './order.ts';

/** The newest of the document's history, as far as it was read. */
export function useHistoryItems(): readonly HistoryItem[] {
  const { data } = useHistory();
  return useMemo(() => (data?.pages ?? []).flatMap(({ items }) => items), [data]);
}

export function useKnownMoments(): VersionMoments {
  const items = useHistoryItems();
  return useMemo(() => versionMoments(items), [items]);
}
