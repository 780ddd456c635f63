import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { editsQuery, type HistoryPage, type Stop } from '../../api/history.ts';
import { useIsGone, useLive } from '../live.ts';
import { retryFaults } from '../or-kept.ts';

/** Edits are asked for in blocks of so many: whoever goes from one to the next asks seldom. */
const block = 200;

/** The stored edit at an LSN, with its time and who made it; null where that is not known, or not wanted (null). */
export function useEdit(lsn: number | null, page: HistoryPage | undefined): Stop | null {
  const { documentId } = useLive();
  const gone = useIsGone();
  const [thinned, head] = [page?.detail.lsn ?? 0, page?.head.lsn ?? 0];
  const from = lsn === null ? 0 : Math.floor((lsn - 1) / block) * block;
  const { data } = useQuery({
    // What is stored by now is told; what comes after it in the same block is asked for when it is there.
    ...editsQuery(documentId, from, Math.min(from + block, Math.max(head, lsn ?? 0))),
    enabled: !gone && page !== undefined && lsn !== null && lsn > thinned,
    placeholderData: keepPreviousData,
    retry: retryFaults,
  });
  return data?.find((edit) => edit.lsn === lsn) ?? null;
}
