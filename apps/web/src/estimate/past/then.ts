import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { calculate, type Estimation } from '@tidemark/estimating';
import { useMemo } from 'react';
import { useComparison } from '../../history/compare/comparison.ts';
import { type Marks, useMarksHere } from '../../history/marks.ts';
import { type Told, toldOf } from '../grid/changes.ts';

/** The moment with which the estimate that stands here is compared. */
export interface Then {
  readonly view: EstimateView;
  readonly estimation: Estimation;
  /** What became of a thing since; nothing where it is the same. */
  changeOf(collection: string, id: string): Told | undefined;
}

/** Null where nothing is compared: always in the live estimate. */
export function useThen(): Then | null {
  const marks = useMarksHere();
  const state = useComparison()?.before.state;
  return useMemo(() => {
    if (marks === null || state === undefined) return null;
    const view = estimate.view(state, [], null);
    return { view, estimation: calculate(view), changeOf: (...thing) => changeIn(marks, ...thing) };
  }, [marks, state]);
}

function changeIn(marks: Marks, collection: string, id: string): Told | undefined {
  const told = toldOf(marks, { collection, id });
  return told.types.length === 0 ? undefined : told;
}

export const isGone = (told: Told | undefined): boolean => told?.types.includes('removed') === true;
