import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type HistoryPage, type Stop, stopsQuery } from '../../api/history.ts';
import { useLive } from '../live.ts';
import { retryFaults } from '../or-kept.ts';
import { type Track, trackOf } from '../scrubber/track.ts';
import { useHistory } from '../use-history.ts';

const empty: Track = { stops: [], bands: [], days: [] };

/** All stops there are, from where detail begins up to now. */
export function useTrack(): Track {
  const { documentId } = useLive();
  const { data } = useHistory();
  const page = data?.pages[0];
  const [from, to] = [page?.detail.lsn ?? 0, page?.head.lsn ?? 0];
  const stops = useQuery({
    ...stopsQuery(documentId, from, to),
    enabled: to > from,
    placeholderData: keepPreviousData,
    retry: retryFaults,
    // Stops up to a moment do not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data: told, isError } = stops;
  return useMemo(() => {
    if (told) return trackOf(told);
    return isError && page ? trackOf(endsOf(page)) : empty;
  }, [told, isError, page]);
}

/** Ends of sessions: all the stops there are where the server can't be asked. */
function endsOf({ items }: HistoryPage): Stop[] {
  return items
    .flatMap((item): Stop[] =>
      item.type === 'session' && item.detail ? [{ lsn: item.last, at: item.to, by: item.by.id }] : [],
    )
    .sort((a, b) => a.lsn - b.lsn);
}
