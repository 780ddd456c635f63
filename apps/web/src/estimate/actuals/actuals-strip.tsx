import { Figure, Figures } from '../cells/figure.tsx';
import { useView } from '../context.ts';
import { useFormat } from '../format.ts';
import css from './actuals.module.css';
import type { AgainstBaseline, Baseline } from './use-variance.ts';
import { percent, signed } from './variance-words.ts';

/** What it cost so far against what was estimated, and which estimate that is. */
export function ActualsStrip({ baseline, estimated, variance }: AgainstBaseline) {
  const format = useFormat();
  const { actualDays } = useView((view) => view.review);
  const { plannedDays } = estimated.review;
  const { total, profit } = variance;
  const days = actualDays !== null && plannedDays !== null ? actualDays - plannedDays : null;
  return (
    <div>
      <Figures label="Actual against estimated">
        <Figure label="Estimated base" value={format.money(total.estimated)} testid="estimated">
          {baselineWords(baseline)}
        </Figure>
        <Figure label="Actual so far" value={format.money(total.actual)} testid="actual" strong>
          {signed(total.variance, format)} {percent(total, format) && `(${percent(total, format)})`}
        </Figure>
        <Figure
          label="Left of the bid"
          value={format.money(profit.actual)}
          testid="profit"
          tone={profit.actual < 0 ? 'bad' : 'none'}
        >
          {format.money(profit.estimated)} profit estimated
        </Figure>
        <Figure
          label="Days"
          value={actualDays === null ? '–' : String(actualDays)}
          testid="days"
          tone={days === null || days === 0 ? 'none' : days > 0 ? 'bad' : 'good'}
        >
          {plannedDays === null ? 'none planned' : `${plannedDays} planned`}
          {days !== null && days !== 0 && `, ${Math.abs(days)} ${days > 0 ? 'over' : 'under'}`}
        </Figure>
      </Figures>
      {baseline.is === 'missing' && (
        <p className={css.note} role="status">
          The submitted version could not be loaded. Until then actual costs are held against the estimate as
          it is now.
        </p>
      )}
    </div>
  );
}

export function baselineWords(baseline: Baseline): string {
  switch (baseline.is) {
    case 'frozen':
      return baseline.number === null ? 'as submitted' : `as submitted, #${baseline.number}`;
    case 'loading':
      return 'loading what was submitted…';
    default:
      return 'of the live estimate';
  }
}
