import { SegmentedControl } from '@mantine/core';
import { useStatusPart } from '@tidemark/client/react';
import { useState } from 'react';
import { isWaiting } from '../../editor/rights.ts';
import { useEstimate, useView } from '../context.ts';
import { GridSkeleton } from '../estimate-skeleton.tsx';
import { isCost, isReview, TabSign } from '../past/tab-sign.tsx';
import css from './actuals.module.css';
import { ActualsStrip } from './actuals-strip.tsx';
import { CostTable } from './cost-table.tsx';
import { ReviewPart } from './review-part.tsx';
import { useVariance } from './use-variance.ts';
import { VarianceTable } from './variance-table.tsx';

/** What the job came to in the end. All of it stays open when the prices stand still. */
export function ActualsTab() {
  const { provider } = useEstimate();
  const seeded = useView((view) => view.meta.schemaVersion > 0);
  const waiting = useStatusPart(provider, isWaiting);
  if (!seeded && waiting) return <GridSkeleton />;
  return <Actuals />;
}

const parts = ['costs', 'variance', 'review'] as const;
type Part = (typeof parts)[number];

function Actuals() {
  const [part, setPart] = useState<Part>('costs');
  const against = useVariance();
  return (
    <div className={css.tab} data-scroller>
      <ActualsStrip {...against} />
      <SegmentedControl
        className={css.parts}
        fullWidth
        aria-label="Part of the actuals"
        value={part}
        onChange={(value) => setPart(parts.find((one) => one === value) ?? 'costs')}
        data={[
          {
            value: 'costs',
            label: (
              <>
                Costs
                <TabSign of={isCost} />
              </>
            ),
          },
          { value: 'variance', label: 'Variance' },
          {
            value: 'review',
            label: (
              <>
                Review
                <TabSign of={isReview} />
              </>
            ),
          },
        ]}
      />
      {part === 'costs' && <CostTable />}
      {part === 'variance' && <VarianceTable {...against} />}
      {part === 'review' && <ReviewPart />}
    </div>
  );
}
