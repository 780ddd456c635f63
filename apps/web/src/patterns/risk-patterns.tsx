import { IconTargetArrow } from '@tabler/icons-react';
import { fewestDecided } from '@tidemark/estimating';
import { Card, EmptyState } from '@tidemark/ui';
import { useCallback, useMemo } from 'react';
import type { Patterns } from '../api/patterns.ts';
import { CategoriesTable } from './categories-table.tsx';
import { ChartCard } from './chart-card.tsx';
import css from './charts.module.css';
import { impactOption, impactsOf, type Look, ratedOf, rateOption } from './charts.ts';
import pageCss from './past-page.module.css';
import { impactsInWords, ratesInWords } from './past-words.ts';
import type { PastSearch } from './search.ts';

interface Props {
  patterns: Patterns;
  search: PastSearch;
}

/** How often each category of risk struck and what it cost, drawn and as a table with the projects behind. */
export function RiskPatterns({ patterns: { categories, currency }, search }: Props) {
  const rated = useMemo(() => ratedOf(categories), [categories]);
  const impacts = useMemo(() => impactsOf(categories), [categories]);
  const money = currency ?? 'USD';
  const drawRates = useCallback((look: Look) => rateOption(rated, look), [rated]);
  const drawImpacts = useCallback((look: Look) => impactOption(impacts, money, look), [impacts, money]);
  if (rated.length === 0) {
    return (
      <Card>
        <EmptyState title="No risk is decided yet" icon={<IconTargetArrow size={26} stroke={1.6} />}>
          {categories.length === 0
            ? 'None of these projects had risks. Put what could go wrong into the next estimate, in its Risks tab.'
            : 'Open a project that you won, and say in its Risks tab which risks struck, which were avoided, and what they cost.'}
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <div className={css.charts}>
        <ChartCard
          title="How often risks struck"
          about="The true rate lies in the band, 19 times of 20"
          words={ratesInWords(rated)}
          height={54 + rated.length * 34}
          draw={drawRates}
        />
        {impacts.length > 0 && (
          <ChartCard
            title="What they cost when they struck"
            about={`Mean impact in ${money}, estimated and actual`}
            words={impactsInWords(impacts, money)}
            height={54 + Math.max(impacts.length, rated.length) * 34}
            draw={drawImpacts}
          />
        )}
      </div>
      <Card>
        <CategoriesTable categories={categories} currency={money} search={search} />
      </Card>
      <p className={pageCss.note}>
        Suggested is (struck + 1) / (decided + 2), from {fewestDecided} decided risks on. Mitigated risks
        count with their mitigated figures.
      </p>
    </>
  );
}
