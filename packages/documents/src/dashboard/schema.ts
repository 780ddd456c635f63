import { isList, type Json } from '../records/json.ts';
import {
  choice,
  flag,
  integer,
  json,
  object,
  optional,
  type Register,
  reference,
  text,
} from '../records/register.ts';
import type { KindSchema } from '../records/schema.ts';

export const chartTypes = ['line', 'bar', 'area', 'scatter', 'pie', 'table', 'number', 'histogram'] as const;
export type ChartType = (typeof chartTypes)[number];

export const aggregations = ['sum', 'avg', 'min', 'max', 'count', 'median'] as const;
export type Aggregation = (typeof aggregations)[number];

export const columnTypes = [
  'integer',
  'decimal',
  'currency',
  'percent',
  'date',
  'boolean',
  'category',
  'id',
  'text',
] as const;
export type ColumnType = (typeof columnTypes)[number];

/** How the cells of a column are written: enough to parse each of them the same way everywhere. */
export interface ColumnFormat {
  /** Decimal sign of numbers; thousands are grouped by the other one, by spaces or by apostrophes. */
  readonly decimal?: '.' | ',';
  /** Order of day, month and year in dates. */
  readonly order?: 'ymd' | 'dmy' | 'mdy';
  /** ISO 4217 code or the sign found in the cells. */
  readonly currency?: string;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly format: ColumnFormat;
}

export const filterOperators = [
  'is',
  'is-not',
  'one-of',
  'contains',
  'between',
  'at-least',
  'at-most',
  'empty',
  'not-empty',
] as const;
export type FilterOperator = (typeof filterOperators)[number];

export const sortOrders = ['x-asc', 'x-desc', 'value-asc', 'value-desc', 'none'] as const;
export type SortOrder = (typeof sortOrders)[number];

export const themes = ['light', 'dark', 'brand'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** One drawn measure of a chart: one atomic register `series:<id>`. */
export interface SeriesSetting {
  readonly field: string;
  /** null: the chart's own aggregation. */
  readonly agg: Aggregation | null;
  readonly axis: 'left' | 'right';
  readonly color: string | null;
  readonly label: string | null;
}

export interface ColumnOverride {
  readonly type: ColumnType | null;
  readonly label: string | null;
  readonly format: ColumnFormat | null;
}

/** Largest row of the grid a tile may be put at; keeps a stray number from making a page of a million pixels. */
export const maxRow = 10_000;
export const gridColumns = 12;
/** Longest title or name, in UTF-16 units; commands cut what is longer. */
export const maxTitle = 500;
/** Longest description. */
export const maxText = 10_000;

/** Whole numbers in bounds; those of `more` may follow, from 0. */
function numbers(
  min: readonly number[],
  max: readonly number[],
  more: readonly number[] = [],
): Register<readonly Json[] | null> {
  const most = [...max, ...more];
  return {
    fallback: null,
    read: (raw) =>
      isList(raw) &&
      raw.length >= min.length &&
      raw.length <= most.length &&
      raw.every(
        (part, index) =>
          Number.isSafeInteger(part) && Number(part) >= (min[index] ?? 0) && Number(part) <= most[index]!,
      )
        ? raw
        : undefined,
  };
}
/** Column and row; a third number when it was put down where another tile stands: its turn, the later the higher. */
const position = numbers([0, 0], [gridColumns - 1, maxRow], [Number.MAX_SAFE_INTEGER]);
const size = numbers([1, 1], [gridColumns, 100]);

const shortText = text('', maxTitle);
const maybe = (raw: Json | undefined): string | null =>
  raw === undefined ? null : (shortText.read(raw) ?? null);

export const readFormat = (raw: Json | undefined): ColumnFormat => {
  if (typeof raw !== 'object' || raw === null || isList(raw)) return {};
  const { decimal, order, currency } = raw as { readonly [key: string]: Json };
  return {
    ...(decimal === '.' || decimal === ',' ? { decimal } : {}),
    ...(order === 'ymd' || order === 'dmy' || order === 'mdy' ? { order } : {}),
    ...(typeof currency === 'string' && currency.length <= 20 ? { currency } : {}),
  };
};

const columnType = choice(columnTypes, 'text');
const aggregation = choice(aggregations, 'sum');

/** Columns as inferred when the file came in: one atomic list, written once with the dataset. */
const columns: Register<readonly Json[]> = {
  fallback: [],
  read: (raw) => (isList(raw) && raw.length <= 2000 ? raw : undefined),
};

export const seriesRegister = object<SeriesSetting | null>(null, (raw) =>
  typeof raw.field === 'string' && raw.field.length <= 1000
    ? {
        field: raw.field,
        agg: raw.agg === undefined ? null : (aggregation.read(raw.agg) ?? null),
        axis: raw.axis === 'right' ? 'right' : 'left',
        color: maybe(raw.color),
        label: maybe(raw.label),
      }
    : undefined,
);

export const overrideRegister = object<ColumnOverride | null>(null, (raw) => ({
  type: raw.type === undefined ? null : (columnType.read(raw.type) ?? null),
  label: maybe(raw.label),
  format: raw.format === undefined || raw.format === null ? null : readFormat(raw.format),
}));

const removed = flag();
const order = reference();

export const metaRegisters = {
  title: text('', maxTitle),
  description: text('', maxText),
  theme: choice(themes, 'light'),
  palette: text('tidemark', 100),
  density: choice(densities, 'comfortable'),
  currency: text('USD', 10),
  schemaVersion: integer(0, 0, 1_000_000),
};
export const settingsRegisters = {
  rowHeight: integer(40, 10, 400),
  layout: choice(['grid', 'list'], 'grid'),
  refresh: integer(0, 0, 86_400),
};
export const filterRegisters = {
  o: order,
  datasetId: reference(),
  field: text('', 1000),
  op: choice(filterOperators, 'is'),
  value: json(),
  enabled: flag(true),
  scope: choice(['all', 'some'], 'all'),
  x: removed,
};
export const tabRegisters = { o: order, title: text('', maxTitle), x: removed };
export const datasetRegisters = {
  fileId: reference(),
  sha256: optional(text('', 64)),
  name: text('', maxTitle),
  delimiter: text(',', 5),
  encoding: text('utf-8', 40),
  rows: integer(0, 0),
  columns,
  x: removed,
};
export const chartRegisters = {
  type: choice(chartTypes, 'table'),
  title: text('', maxTitle),
  subtitle: text('', maxTitle),
  datasetId: reference(),
  tab: reference(),
  'map:x': reference(),
  'map:group': reference(),
  'map:agg': choice(aggregations, 'sum'),
  'map:sort': choice(sortOrders, 'x-asc'),
  'map:limit': optional(integer(20, 1, 10_000)),
  hidden: flag(),
  'pos:lg': position,
  'size:lg': size,
  'pos:md': position,
  'size:md': size,
  'pos:sm': position,
  'size:sm': size,
  x: removed,
};

export const dashboardSchema = {
  kind: 'dashboard',
  version: 1,
  collections: {
    meta: { layout: 'single', registers: metaRegisters, families: {} },
    settings: { layout: 'single', registers: settingsRegisters, families: {} },
    filters: { layout: 'nested', registers: filterRegisters, families: { 'scope/': flag() } },
    tabs: { layout: 'nested', registers: tabRegisters, families: {} },
    datasets: {
      layout: 'nested',
      registers: datasetRegisters,
      families: { 'col:': overrideRegister as Register<Json> },
    },
    charts: {
      layout: 'nested',
      registers: chartRegisters,
      families: { 'map:y/': order, 'series:': seriesRegister as Register<Json>, 'opt:': json() },
    },
  },
} as const satisfies KindSchema;
