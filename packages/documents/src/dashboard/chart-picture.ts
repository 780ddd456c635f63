import type { Json } from '../records/json.ts';
import type { Bucket } from './bucket.ts';
import type { Cell } from './cell.ts';
import type { Mapping } from './chart-view.ts';
import type { Point } from './downsample.ts';
import type { RowFilter } from './filter-rows.ts';
import type { ChartType, Column } from './schema.ts';
import type { Table } from './table.ts';

export interface ChartRequest {
  readonly type: ChartType;
  readonly mapping: Mapping;
  /** `bucket` (a Bucket or 'auto') is looked at here; the rest is the drawing's. */
  readonly options?: Readonly<Record<string, Json>>;
  /** null: the chart has no dataset, or one that is gone. */
  readonly table: Table | null;
  readonly filters?: readonly RowFilter[];
  /** Points of one series beyond which it is thinned; 1,000 unless told. */
  readonly maxPoints?: number;
}

interface Drawn {
  readonly id: string;
  readonly label: string;
  readonly color: string | null;
  readonly axis: 'left' | 'right';
}

/** A chart's data, ready to draw; or what stands in the way, for this chart alone. */
export type ChartData =
  /** Bars over names, slices, bins: one value per category and series. */
  | {
      readonly kind: 'categories';
      readonly categories: readonly string[];
      readonly series: readonly (Drawn & { readonly values: readonly (number | null)[] })[];
      readonly notes: readonly string[];
    }
  /** Lines, bars over time, scatter. Time is milliseconds since 1970. */
  | {
      readonly kind: 'points';
      readonly xType: 'time' | 'number';
      /** The span of time one point stands for. */
      readonly bucket: Bucket;
      readonly series: readonly (Drawn & { readonly points: readonly Point[] })[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      /** Rows that pass the filters; `rows` may show fewer. */
      readonly total: number;
    }
  | {
      readonly kind: 'number';
      readonly label: string;
      readonly value: number | null;
      /** The bucket before, when the chart has a date column; `value` is then the last bucket's. */
      readonly previous: number | null;
      /** Change as a share of the previous value: 0.1 is ten percent more. */
      readonly change: number | null;
      readonly bucket: Bucket;
    }
  | ChartProblem;

export interface ChartProblem {
  readonly kind: 'problem';
  readonly problem:
    | 'no-dataset'
    | 'no-columns'
    | 'missing-column'
    | 'not-a-number'
    | 'no-rows'
    | 'too-many-categories';
  readonly detail: string;
  readonly column: string | null;
}
