import { useQuery } from '@tanstack/react-query';
import type { Change } from '@tidemark/documents';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { MomentRef } from '../../api/history.ts';
import { useLive } from '../live.ts';
import { type Marks, markKey } from '../marks.ts';
import { momentStateQuery } from '../moment-state.ts';
import { ComparisonContext, type ShownComparison, type Wanted } from './comparison.ts';
import { StepLegend } from './step-legend.tsx';
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
  const [looked, setLooked] = useState<Wanted | null>(null);
  const choose = useCallback(
    // What has no place on this screen is named all the same.
    (change: Change) => setLooked({ change, missed: () => undefined }),
    [],
  );
  // Another moment has changes of its own.
  const wanted = looked && comparison?.changes.includes(looked.change) === true ? looked : null;
  const shown = useMemo(
    (): ShownComparison | null =>
      comparison && {
        ...comparison,
        chosen: wanted && markKey(wanted.change.thing),
        wanted,
        choose(key) {
          const mark = comparison.marks.get(key);
          if (mark) choose(mark.change);
        },
      },
    [comparison, wanted, choose],
  );
  return (
    <ComparisonContext value={shown}>
      {children(shown?.marks ?? null)}
      {/* An estimate has it above its grid, where it hides nothing. */}
      {live.kind !== 'estimate' && shown && shown.changes.length > 0 && (
        <StepLegend changes={shown.changes} chosen={wanted?.change} onChoose={choose} />
      )}
    </ComparisonContext>
  );
}
