import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type HistoryPage, type Stop, stopsQuery } from '../../api/history.ts';
import { useIsGone, useLive } from '../live.ts';
import { retryFaults } from '../or-kept.ts';
import { placeOfLsn, type Track, trackOf } from '../scrubber/track.ts';

const empty = trackOf([]);

/** With so many, the server may have spread them out. */
const mostSpread = 500;
/** So many of those that are spread out make a stretch; all stops of three are asked for: the one around the thumb and both beside it. */
const stretch = 16;
/** As many as the server tells at once. */
const mostAround = 2_000;

/** Stops from where detail begins up to now, and all there are around `lsn`, where the thumb stands. */
export function useTrack(lsn: number | null, page: HistoryPage | undefined): Track {
  const { documentId } = useLive();
  const gone = useIsGone();
  const [from, to] = [page?.detail.lsn ?? 0, page?.head.lsn ?? 0];
  const stops = useQuery({
    ...stopsQuery(documentId, from, to),
    enabled: to > from && !gone,
    placeholderData: keepPreviousData,
    retry: retryFaults,
    // Stops up to a moment do not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data: told, isError } = stops;
  const spread = useMemo(() => {
    const range = { after: from, upTo: to };
    if (told) return trackOf(told, [], range);
    return isError && page ? trackOf(endsOf(page), [], range) : empty;
  }, [told, isError, page, from, to]);
  const between = useStopsAround(documentId, spread, lsn);
  return useMemo(
    () => (between ? trackOf(spread.stops, between, { after: from, upTo: to }) : spread),
    [spread, between, from, to],
  );
}

/** What lies between the stops around a place, where they are spread out. */
function useStopsAround(
  documentId: string,
  { stops }: Track,
  lsn: number | null,
): readonly Stop[] | undefined {
  const gone = useIsGone();
  const isSpread = lsn !== null && stops.length >= mostSpread;
  const nth = isSpread ? Math.floor(placeOfLsn({ stops }, lsn) / stretch) : 0;
  const from = stops[(nth - 1) * stretch]?.lsn ?? 0;
  const to = (stops[(nth + 2) * stretch] ?? stops.at(-1))?.lsn ?? 0;
  const { data } = useQuery({
    ...stopsQuery(documentId, from, to, mostAround),
    enabled: isSpread && to > from && !gone,
    placeholderData: keepPreviousData,
    retry: retryFaults,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return isSpread ? data : undefined;
}

/** Ends of sessions: all the stops there are where the server can't be asked. */
function endsOf({ items }: HistoryPage): Stop[] {
  return items
    .flatMap((item): Stop[] =>
      item.type === 'session' && item.detail ? [{ lsn: item.last, at: item.to, by: item.by.id }] : [],
    )
    .sort((a, b) => a.lsn - b.lsn);
}
