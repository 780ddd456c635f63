import { familyOf, readFields } from '../records/fields.ts';
import type { Report } from '../records/finding.ts';
import type { Json } from '../records/json.ts';
import { compareOrder, isOrderKey } from '../records/order-key.ts';
import type { RecordState } from '../records/state.ts';
import {
  type Aggregation,
  type ChartType,
  chartRegisters,
  gridColumns,
  type SeriesSetting,
  type SortOrder,
  seriesRegister,
} from './schema.ts';

/** A measure of a chart, in the chart's order. */
export interface Series extends SeriesSetting {
  readonly id: string;
}

/** Which columns of the dataset a chart draws, and how. Kept when the chart's type changes. */
export interface Mapping {
  readonly x: string | null;
  readonly y: readonly Series[];
  readonly group: string | null;
  readonly agg: Aggregation;
  readonly sort: SortOrder;
  readonly limit: number | null;
}

/** Grid columns and rows. */
export interface Place {
  readonly pos: { readonly x: number; readonly y: number };
  readonly size: { readonly w: number; readonly h: number };
  /** Among tiles that begin in the same row the one of the latest turn stands first; 0 for most. */
  readonly turn: number;
}

export interface ChartView {
  readonly id: string;
  readonly type: ChartType;
  readonly title: string;
  readonly subtitle: string;
  /** May name a dataset that is no more; the view's findings say so. */
  readonly datasetId: string | null;
  readonly tab: string | null;
  readonly mapping: Mapping;
  readonly options: Readonly<Record<string, Json>>;
  readonly hidden: boolean;
  /** As authored for the large grid; where the tile is drawn says `layoutOf`. */
  readonly place: Place;
  /** Where somebody has placed it by hand on narrower grids. */
  readonly overrides: Readonly<Partial<Record<'md' | 'sm', Partial<Place>>>>;
}

export const defaultSizes: Readonly<Record<ChartType, { readonly w: number; readonly h: number }>> = {
  line: { w: 6, h: 8 },
  bar: { w: 6, h: 8 },
  area: { w: 6, h: 8 },
  scatter: { w: 6, h: 8 },
  pie: { w: 6, h: 8 },
  table: { w: 6, h: 8 },
  number: { w: 3, h: 4 },
  histogram: { w: 6, h: 8 },
};

export function readChart(id: string, record: RecordState, report: Report): ChartView {
  const fields = readFields(record, chartRegisters, { collection: 'charts', id, report });
  const size = sizeOf(fields['size:lg']) ?? defaultSizes[fields.type];
  const pos = posOf(fields['pos:lg']) ?? { x: 0, y: 0 };
  const md = overrideOf(fields['pos:md'], fields['size:md']);
  const sm = overrideOf(fields['pos:sm'], fields['size:sm']);
  return {
    id,
    type: fields.type,
    title: fields.title,
    subtitle: fields.subtitle,
    datasetId: fields.datasetId,
    tab: fields.tab,
    mapping: {
      x: fields['map:x'],
      y: readSeries(id, record, report),
      group: fields['map:group'],
      agg: fields['map:agg'],
      sort: fields['map:sort'],
      limit: fields['map:limit'],
    },
    options: Object.fromEntries(familyOf(record, 'opt:')),
    hidden: fields.hidden,
    place: {
      pos: { x: Math.min(pos.x, gridColumns - size.w), y: pos.y },
      size,
      turn: turnOf(fields['pos:lg']),
    },
    overrides: { ...(md === null ? {} : { md }), ...(sm === null ? {} : { sm }) },
  };
}

/** Members of the set `map:y/` in order. One whose setting is missing draws the column that it is named after. */
function readSeries(id: string, record: RecordState, report: Report): Series[] {
  const members = familyOf(record, 'map:y/').map(([seriesId, order]) => {
    if (!isOrderKey(order)) {
      report({
        code: 'unreadable',
        collection: 'charts',
        id,
        register: `map:y/${seriesId}`,
        detail: 'The place of this series is no order key; it stands last.',
      });
    }
    return { id: seriesId, order: isOrderKey(order) ? order : null };
  });
  return members.sort(compareOrder).map(({ id: seriesId }) => {
    const raw = record.get(`series:${seriesId}`);
    const setting = raw === undefined ? null : (seriesRegister.read(raw) ?? null);
    return { id: seriesId, ...(setting ?? plainSeries(seriesId)) };
  });
}

export function plainSeries(field: string): SeriesSetting {
  return { field, agg: null, axis: 'left', color: null, label: null };
}

function posOf(raw: readonly Json[] | null): Place['pos'] | null {
  return raw === null ? null : { x: Number(raw[0]), y: Number(raw[1]) };
}

function turnOf(raw: readonly Json[] | null): number {
  return Number(raw?.[2] ?? 0);
}

function sizeOf(raw: readonly Json[] | null): Place['size'] | null {
  return raw === null ? null : { w: Number(raw[0]), h: Number(raw[1]) };
}

function overrideOf(pos: readonly Json[] | null, size: readonly Json[] | null): Partial<Place> | null {
  const at = posOf(pos);
  const of = sizeOf(size);
  if (at === null && of === null) return null;
  return { ...(at === null ? {} : { pos: at, turn: turnOf(pos) }), ...(of === null ? {} : { size: of }) };
}
