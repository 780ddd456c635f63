export type { Gesture, NewChart } from './chart-commands.ts';
export {
  addChart,
  addCharts,
  addSeries,
  duplicateChart,
  hideChart,
  moveChart,
  removeChart,
  removeSeries,
  resizeChart,
  setAggregation,
  setChartDataset,
  setChartSubtitle,
  setChartTab,
  setChartTitle,
  setChartType,
  setGroup,
  setLimit,
  setOption,
  setSeries,
  setSeriesSetting,
  setSort,
  setX,
  showChart,
} from './chart-commands.ts';
export type { ChartView, Mapping, Place, Series } from './chart-view.ts';
export { defaultSizes } from './chart-view.ts';
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
export type { NewDataset } from './dataset-commands.ts';
export { addDataset, overrideColumn, removeDataset, renameDataset } from './dataset-commands.ts';
export type { DatasetColumn, DatasetView } from './dataset-view.ts';
export type { Breakpoint, Tile } from './layout.ts';
export { columnsAt } from './layout.ts';
export type { LayoutQuery } from './layout-view.ts';
export { layoutOf, tabOf } from './layout-view.ts';
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
export type { DashboardView, FilterView, TabView } from './view.ts';
export { dashboard } from './view.ts';
