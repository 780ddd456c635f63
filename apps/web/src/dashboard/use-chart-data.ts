import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ChartData, type ChartView, type DatasetView, filtersFor } from '@tidemark/documents/dashboard';
import { ApiError, wordsOf } from '../api/http.ts';
import { chartDataOf } from '../data/tables.ts';
import { useFilters } from './filters.ts';

type Drawn = Pick<ChartView, 'id' | 'type' | 'mapping' | 'options' | 'datasetId'>;

export type ChartState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly words: string; readonly gone: boolean; readonly retry: () => void }
  | { readonly state: 'ready'; readonly data: ChartData };

/** A chart's data, fetched when the chart is near and added up in the worker; old data stays while new comes. */
export function useChartData(chart: Drawn, dataset: DatasetView | null, wanted: boolean): ChartState {
  const filters = filtersFor(useFilters().filters, chart);
  const request = {
    type: chart.type,
    mapping: chart.mapping,
    options: chart.options.bucket === undefined ? {} : { bucket: chart.options.bucket },
    filters: filters.map(({ field, op, value, enabled }) => ({ field, op, value, enabled })),
  };
  const query = useQuery({
    queryKey: ['chart-data', dataset?.sha256 ?? dataset?.fileId, dataset?.columns, request],
    queryFn: () => chartDataOf(dataset!, request),
    enabled: wanted && dataset !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (dataset === null) {
    const detail = chart.datasetId === null ? 'Choose a dataset for this chart.' : 'The dataset was removed.';
    return { state: 'ready', data: { kind: 'problem', problem: 'no-dataset', detail, column: null } };
  }
  if (query.data) return { state: 'ready', data: query.data };
  if (query.isError) {
    const gone = query.error instanceof ApiError && query.error.status === 404;
    return {
      state: 'failed',
      gone,
      words: gone ? 'The file behind this dataset is not there.' : wordsOf(query.error),
      retry: () => void query.refetch(),
    };
  }
  return { state: 'loading' };
}
