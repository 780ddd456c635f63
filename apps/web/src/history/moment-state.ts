import { keepPreviousData, type QueryKey, queryOptions, useQuery } from '@tanstack/react-query';
import { type MomentRef, momentQuery } from '../api/history.ts';
import { stateQuery } from '../api/versions.ts';
import type { Session } from '../editor/session.ts';
import { keepState, keptState } from './keep.ts';
import { refuseGone, useLive } from './live.ts';
import { orKept, retryFaults } from './or-kept.ts';

/** How long a state that is not looked at any more stays at hand, milliseconds: play would else keep them all. */
const staysAtHand = 60_000;

/** The state of a moment, or that which a version keeps, of the server or of this device; of the document of `live` where no other is named. It never changes. */
export function momentStateQuery(live: Session, moment: MomentRef, documentId = live.documentId) {
  const personId = live.me.id;
  const { queryKey, queryFn } =
    'lsn' in moment ? momentQuery(documentId, moment.lsn) : stateQuery(documentId, moment.versionId);
  const ask = async (signal: AbortSignal) => {
    if (documentId === live.documentId) refuseGone(live);
    return (queryFn as (context: { signal: AbortSignal }) => Promise<Uint8Array>)({ signal });
  };
  const name = 'lsn' in moment ? `@${moment.lsn}` : moment.versionId;
  return queryOptions({
    queryKey: queryKey as QueryKey,
    queryFn: ({ signal }) =>
      orKept({
        ask: () => ask(signal),
        keep: (state) => keepState(personId, documentId, name, state),
        kept: () => keptState(personId, documentId, name),
      }),
    retry: retryFaults,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: staysAtHand,
  });
}

export interface MomentState {
  /** Of the moment that was looked at before, until that of this one is here. Undefined while there is none. */
  readonly state: Uint8Array | undefined;
  /** Whether it is still that of the moment before. */
  readonly isBefore: boolean;
  readonly error: Error | null;
  again(): void;
}

export function useMomentState(moment: MomentRef): MomentState {
  const { data, isPlaceholderData, error, refetch } = useQuery({
    ...momentStateQuery(useLive(), moment),
    placeholderData: keepPreviousData,
  });
  return { state: data, isBefore: isPlaceholderData, error, again: () => void refetch() };
}
