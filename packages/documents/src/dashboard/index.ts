export { restoreDashboardThings } from './anatomy.ts';
export type { Bucket } from './bucket.ts';
export { buckets } from './bucket.ts';
export type { Cell } from './cell.ts';
export { isEmptyCell, isNumeric, parseCell } from './cell.ts';
export type { NewChart } from './chart-commands.ts';
export {
  addChart,
  addCharts,
  duplicateChart,
  hideChart,
  moveChart,
  removeChart,
  resizeChart,
  setChartDataset,
  setChartSubtitle,
  setChartTab,
  setChartTitle,
  setChartType,
  setOption,
  showChart,
} from './chart-commands.ts';
export { chartData } from './chart-data.ts';
export type { ChartData, ChartProblem, ChartRequest } from './chart-picture.ts';
export type { ChartView, Mapping, Place, Series } from './chart-view.ts';
export { defaultSizes } from './chart-view.ts';
export type { Gesture } from './chart-write.ts';
export type { FilterSetting } from './commands.ts';
export {
  addFilter,
  addTab,
  moveTab,
  removeFilter,
  removeTab,
  renameTab,
  setCurrency,
  setDensity,
  setDescription,
  setFilter,
  setPalette,
  setSetting,
  setTheme,
  setTitle,
} from './commands.ts';
export { copyDashboardThings } from './copy.ts';
export type { NewDataset } from './dataset-commands.ts';
export { addDataset, overrideColumn, removeDataset, renameDataset } from './dataset-commands.ts';
export type { DatasetColumn, DatasetView } from './dataset-view.ts';
export { describeDashboard, describeDashboardSession } from './describe.ts';
export type { Point } from './downsample.ts';
export { downsample } from './downsample.ts';
export type { RowFilter } from './filter-rows.ts';
export { filtersFor } from './filter-rows.ts';
export type { InferredColumn } from './infer.ts';
export { inferColumns } from './infer.ts';
export type { Breakpoint, Tile } from './layout.ts';
export { columnsAt, landing, overlap, rowOf } from './layout.ts';
export type { LayoutQuery } from './layout-view.ts';
export { layoutOf, tabOf } from './layout-view.ts';
export {
  addSeries,
  removeSeries,
  setAggregation,
  setGroup,
  setLimit,
  setSeries,
  setSeriesSetting,
  setSort,
  setX,
} from './mapping-commands.ts';
export type {
  Aggregation,
  ChartType,
  Column,
  ColumnFormat,
  ColumnOverride,
  ColumnType,
  Density,
  FilterOperator,
  SeriesSetting,
  SortOrder,
  Theme,
} from './schema.ts';
export {
  aggregations,
  chartTypes,
  columnTypes,
  dashboardSchema,
  densities,
  filterOperators,
  sortOrders,
  themes,
} from './schema.ts';
export type { ColumnFacts, Suggestion } from './suggest.ts';
export { suggestCharts, usualAggregation } from './suggest.ts';
export type { Table } from './table.ts';
export type { DashboardView, FilterView, TabView } from './view.ts';
export { dashboard } from './view.ts';
