import { useQuery } from '@tanstack/react-query';
import type { EstimateView } from '@tidemark/documents/estimate';
import { type Variance, variance } from '@tidemark/estimating';
import { useMemo } from 'react';
import { useSession } from '../../editor/context.ts';
import { useEstimation, useView } from '../context.ts';
import { frozenQuery } from './frozen.ts';

/** What actual costs are held against. `missing`: the frozen version could not be had, so it is the estimate as it is now. */
export type Baseline =
  | { readonly is: 'live' | 'missing' }
  | { readonly is: 'loading' }
  | { readonly is: 'frozen'; readonly number: number | null };

export interface AgainstBaseline {
  readonly baseline: Baseline;
  /** The estimate that it is held against. */
  readonly estimated: EstimateView;
  readonly variance: Variance;
}

/** Actual costs against the frozen submission when there is one, else against the estimate as it is now. */
export function useVariance(): AgainstBaseline {
  const { documentId } = useSession();
  const view = useView((now) => now);
  const estimation = useEstimation();
  const { versionId, number } = view.meta.status;
  const frozen = useQuery({ ...frozenQuery(documentId, versionId ?? ''), enabled: versionId !== null });
  const before = versionId === null ? undefined : frozen.data;
  const found = useMemo(() => variance(view, estimation, before), [view, estimation, before]);
  return {
    baseline: baselineOf(versionId, number, before, frozen.isPending),
    estimated: before ?? view,
    variance: found,
  };
}

function baselineOf(
  versionId: string | null,
  number: number | null,
  before: EstimateView | undefined,
  pending: boolean,
): Baseline {
  if (versionId === null) return { is: 'live' };
  if (before !== undefined) return { is: 'frozen', number };
  return { is: pending ? 'loading' : 'missing' };
}
