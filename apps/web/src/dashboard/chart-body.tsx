import { Button } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconAlertCircle, IconDatabaseOff, IconFilterOff, IconTableOptions } from '@tabler/icons-react';
import type { ChartData, ChartProblem, ChartView, DatasetView } from '@tidemark/documents/dashboard';
import { EmptyState, TileSkeleton } from '@tidemark/ui';
import { useMemo } from 'react';
import { useWidth } from '../editor/use-width.ts';
import { chartOption } from './chart-option.ts';
import { chartSummary, measureColumn } from './chart-words.ts';
import { EChart } from './echart.tsx';
import { numberFormat, unitOf, withUnit } from './formats.ts';
import { NumberBody } from './number-body.tsx';
import type { Scheme } from './palettes.ts';
import { TableBody } from './table-body.tsx';
import type { ChartState } from './use-chart-data.ts';

type Drawn = Pick<ChartView, 'type' | 'title' | 'options' | 'mapping'>;

interface Props {
  chart: Drawn;
  dataset: DatasetView | null;
  state: ChartState;
  scheme: Scheme;
  palette: string;
  /** Opens what mends a problem; left out where nothing can be changed. */
  onMend?: (() => void) | undefined;
}

/** The inside of a tile: a drawing, a table, a figure, or why there is none. */
export function ChartBody({ chart, dataset, state, scheme, palette, onMend }: Props) {
  if (state.state === 'loading') return <TileSkeleton />;
  if (state.state === 'failed') {
    return (
      <EmptyState
        size="tile"
        level={3}
        title={state.gone ? 'The data is gone' : 'The data could not be loaded'}
        icon={<IconAlertCircle size={22} stroke={1.6} />}
        actions={
          <Button size="compact-sm" variant="default" onClick={state.retry}>
            Try again
          </Button>
        }
      >
        {state.words}
      </EmptyState>
    );
  }
  const { data } = state;
  switch (data.kind) {
    case 'problem':
      return <Problem data={data} onMend={onMend} />;
    case 'table':
      return <TableBody data={data} label={chart.title || 'Table'} />;
    case 'number':
      return <NumberBody data={data} chart={chart} dataset={dataset} />;
    default:
      return <Drawing chart={chart} dataset={dataset} data={data} scheme={scheme} palette={palette} />;
  }
}

const problemTitles: Readonly<Record<ChartProblem['problem'], string>> = {
  'no-dataset': 'No data',
  'no-columns': 'Choose what to draw',
  'missing-column': 'A column is missing',
  'not-a-number': 'These are not numbers',
  'no-rows': 'Nothing to draw',
  'too-many-categories': 'Too many categories',
};

type ChartProblemData = Extract<ChartData, { kind: 'problem' }>;

function Problem({ data, onMend }: { data: ChartProblemData; onMend: (() => void) | undefined }) {
  const Icon =
    data.problem === 'no-rows'
      ? IconFilterOff
      : data.problem === 'no-dataset'
        ? IconDatabaseOff
        : IconTableOptions;
  return (
    <EmptyState
      size="tile"
      level={3}
      title={problemTitles[data.problem]}
      icon={<Icon size={22} stroke={1.6} />}
      actions={
        onMend && data.problem !== 'no-rows' ? (
          <Button size="compact-sm" variant="default" onClick={onMend}>
            Set up
          </Button>
        ) : undefined
      }
    >
      {data.detail}
    </EmptyState>
  );
}

interface DrawingProps {
  chart: Drawn;
  dataset: DatasetView | null;
  data: Extract<ChartData, { kind: 'categories' | 'points' }>;
  scheme: Scheme;
  palette: string;
}

function Drawing({ chart, dataset, data, scheme, palette }: DrawingProps) {
  const { ref, width } = useWidth();
  const calm = useReducedMotion();
  const { type, options, mapping } = chart;
  const option = useMemo(() => {
    const { column, agg } = measureColumn({ mapping, type }, dataset);
    const unit = unitOf(options);
    const full = withUnit(numberFormat(column, agg, false), unit);
    const short = withUnit(numberFormat(column, agg, true), unit);
    return chartOption(data, { type, options }, { scheme, palette, full, short, width, calm });
  }, [data, type, options, mapping, dataset, scheme, palette, width, calm]);
  return (
    <div ref={ref} style={{ height: '100%' }}>
      {width > 0 && <EChart option={option} label={chartSummary(chart, data)} />}
    </div>
  );
}
