import type {
  Aggregation,
  ChartData,
  ChartType,
  ChartView,
  DatasetView,
} from '@tidemark/documents/dashboard';

export const typeLabels: Readonly<Record<ChartType, string>> = {
  line: 'Line',
  bar: 'Bar',
  area: 'Area',
  scatter: 'Scatter',
  pie: 'Pie',
  table: 'Table',
  number: 'Number',
  histogram: 'Histogram',
};

export const aggregationLabels: Readonly<Record<Aggregation, string>> = {
  sum: 'Sum',
  avg: 'Average',
  min: 'Lowest',
  max: 'Highest',
  count: 'Count',
  median: 'Median',
};

type Named = Pick<ChartView, 'type' | 'title'>;

/** What a chart is called, also when nobody has named it. */
export function chartName({ type, title }: Named): string {
  return title || `Untitled ${typeLabels[type].toLowerCase()}`;
}

/** A drawing in one sentence. */
export function chartSummary(chart: Named, data: ChartData): string {
  const what = `${typeLabels[chart.type]} chart: ${chartName(chart)}`;
  if (data.kind === 'points') {
    const points = data.series.reduce((sum, series) => sum + series.points.length, 0);
    return `${what}. ${data.series.length} series (${data.series
      .slice(0, 6)
      .map(({ label }) => label)
      .join(', ')}), ${points} points.`;
  }
  if (data.kind === 'categories') {
    return `${what}. ${data.series.length} series over ${data.categories.length} categories: ${data.categories
      .slice(0, 8)
      .join(', ')}.`;
  }
  return what;
}

/** The column that decides how a chart's numbers are written. */
export function measureColumn(chart: Pick<ChartView, 'mapping' | 'type'>, dataset: DatasetView | null) {
  const { mapping, type } = chart;
  const first = mapping.y[0];
  const field = type === 'histogram' ? null : (first?.field ?? null);
  return {
    column: dataset?.columns.find(({ name }) => name === field) ?? null,
    agg: first === undefined ? ('count' as const) : type === 'scatter' ? null : (first.agg ?? mapping.agg),
  };
}
