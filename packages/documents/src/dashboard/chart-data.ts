import { histogramData } from './chart-histogram.ts';
import { numberData } from './chart-number.ts';
import type { ChartData, ChartRequest } from './chart-picture.ts';
import { resolveRequest } from './chart-request.ts';
import { scatterData } from './chart-scatter.ts';
import { seriesData } from './chart-series.ts';
import { tableData } from './chart-table.ts';

/**
 * Filters, groups, aggregates, sorts and thins a table for one chart. Pure and total: whatever mapping a merge has
 * made, the answer is data or a problem. Rows without a value for the horizontal axis are left out.
 */
export function chartData(request: ChartRequest): ChartData {
  const resolved = resolveRequest(request);
  if ('kind' in resolved) return resolved;
  switch (request.type) {
    case 'table':
      return tableData(resolved);
    case 'number':
      return numberData(resolved);
    case 'scatter':
      return scatterData(resolved);
    case 'histogram':
      return histogramData(resolved);
    case 'line':
    case 'bar':
    case 'area':
    case 'pie':
      return seriesData(resolved);
  }
}
