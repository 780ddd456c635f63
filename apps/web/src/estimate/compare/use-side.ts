import { useQuery } from '@tanstack/react-query';
import type { EstimateView } from '@tidemark/documents/estimate';
import { useMemo } from 'react';
import { documentQuery } from '../../api/documents.ts';
import { stateQuery, versionQuery } from '../../api/versions.ts';
import { untitled } from '../../shell/kind-words.ts';
import { useEstimate, useView } from '../context.ts';
import { viewOfState } from '../versions/frozen-session.ts';
import { versionTitle } from '../versions/version-words.ts';
import type { Side } from './side.ts';

export interface SideView {
  /** Null until it is here. */
  readonly view: EstimateView | null;
  readonly label: string;
  /** Why it is not here. */
  readonly error: Error | null;
  again(): void;
}

/** Milliseconds after which another estimate is asked for again: this screen has no live session with it. */
const lookAgainAfter = 10_000;

/** What a side says. This document's own side is the live one: it changes while people type. */
export function useSide(side: Side): SideView {
  const { documentId } = useEstimate();
  const own = side.documentId === documentId;
  const live = useView(asItIs);
  const isLive = own && side.versionId === null;
  const state = useQuery({
    ...stateQuery(side.documentId, side.versionId),
    enabled: !isLive,
    ...(side.versionId === null ? { refetchInterval: lookAgainAfter } : {}),
  });
  const other = useQuery({ ...documentQuery(side.documentId), enabled: !own });
  const version = useQuery({
    ...versionQuery(side.documentId, side.versionId ?? ''),
    enabled: side.versionId !== null,
  });
  const frozen = useMemo(() => (state.data === undefined ? null : viewOfState(state.data)), [state.data]);
  const title = own ? '' : other.data?.title || untitled('estimate');
  const which = side.versionId === null ? 'Now' : version.data ? versionTitle(version.data) : 'A version';
  return {
    view: isLive ? live : frozen,
    label: title === '' ? which : `${title} · ${which}`,
    error: isLive ? null : state.error,
    again: () => void state.refetch(),
  };
}

const asItIs = (view: EstimateView) => view;
