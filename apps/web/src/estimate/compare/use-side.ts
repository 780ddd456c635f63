import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { useMemo } from 'react';
import { viewOfState } from '../../editor/past-session.ts';
import type { Side } from '../../history/side.ts';
import { useSideLabel, useSideState } from '../../history/use-side.ts';
import { useEstimate, useView } from '../context.ts';

export interface SideView {
  /** Null until it is here. */
  readonly view: EstimateView | null;
  readonly label: string;
  /** Why it is not here. */
  readonly error: Error | null;
  again(): void;
}

/** What a side says. This document's own side is the live one: it changes while people type. */
export function useSide(side: Side): SideView {
  const { documentId } = useEstimate();
  const live = useView(asItIs);
  const { state, error, again } = useSideState(side);
  const frozen = useMemo(() => (state === undefined ? null : viewOfState(estimate, state)), [state]);
  const isLive = side.documentId === documentId && side.at === null;
  return {
    view: isLive ? live : frozen,
    label: useSideLabel(side),
    error: isLive ? null : error,
    again,
  };
}

const asItIs = (view: EstimateView) => view;
