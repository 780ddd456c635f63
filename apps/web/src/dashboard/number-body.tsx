import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import type { ChartData, ChartView, DatasetView } from '@tidemark/documents/dashboard';
import { measureColumn } from './chart-words.ts';
import { numberFormat, unitOf, withUnit } from './formats.ts';
import css from './number-body.module.css';

interface Props {
  data: Extract<ChartData, { kind: 'number' }>;
  chart: Pick<ChartView, 'type' | 'mapping' | 'options'>;
  dataset: DatasetView | null;
}

const spans = {
  none: 'before',
  minute: 'the minute before',
  hour: 'the hour before',
  day: 'the day before',
  week: 'the week before',
  month: 'the month before',
  quarter: 'the quarter before',
  year: 'the year before',
} as const;

const share = new Intl.NumberFormat('en', {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

/** One figure, and how it compares with the period before. */
export function NumberBody({ data, chart, dataset }: Props) {
  const { column, agg } = measureColumn(chart, dataset);
  const format = withUnit(numberFormat(column, agg, Math.abs(data.value ?? 0) >= 1e7), unitOf(chart.options));
  const change = data.change;
  const Arrow =
    change === null || change === 0 ? IconArrowRight : change > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <div className={css.root}>
      <div className={css.value}>{format(data.value)}</div>
      {change === null ? (
        <div className={css.note}>{data.label}</div>
      ) : (
        <div className={css.note}>
          <span className={css.change}>
            <Arrow size={15} stroke={2} aria-hidden />
            {share.format(change)}
          </span>{' '}
          from {spans[data.bucket]}
        </div>
      )}
    </div>
  );
}
