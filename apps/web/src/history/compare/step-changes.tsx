import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type { MomentRef } from '../../api/history.ts';
import { useLive } from '../live.ts';
import type { Marks } from '../marks.ts';
import { momentStateQuery } from '../moment-state.ts';
import { ComparisonContext, type ShownComparison } from './comparison.ts';
import { Legend } from './legend.tsx';
import { useMarks } from './use-marks.ts';

interface Props {
  /** With what the state that is shown is compared; null: with nothing. */
  before: MomentRef | null;
  state: Uint8Array | undefined;
  children: (marks: Marks | null) => ReactNode;
}

/** What a step of the timeline changed, over the view of where it led. */
export function StepChanges({ before, state, children }: Props) {
  const live = useLive();
  const earlier = useQuery({
    ...momentStateQuery(live, before ?? { lsn: 0 }),
    enabled: before !== null,
  });
  const comparison = useMarks(before === null ? undefined : earlier.data, state);
  const shown = useMemo(
    (): ShownComparison | null =>
      comparison && { ...comparison, chosen: null, wanted: null, choose: () => undefined },
    [comparison],
  );
  return (
    <ComparisonContext value={shown}>
      {children(shown?.marks ?? null)}
      {/* An estimate has it above its grid, where it hides nothing. */}
      {live.kind !== 'estimate' && shown && shown.changes.length > 0 && <Legend changes={shown.changes} />}
    </ComparisonContext>
  );
}
