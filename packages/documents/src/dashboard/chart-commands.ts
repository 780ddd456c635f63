import { type Editor, newId, transact } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { keysBetween } from '../records/order-key.ts';
import { readState } from '../records/state.ts';
import { defaultSizes, type Place } from './chart-view.ts';
import { change, freeName, type Gesture, setRegister, settingOf, viewNow } from './chart-write.ts';
import { columnsAt, freeSpot, overlap } from './layout.ts';
import { layoutOf, tabOf } from './layout-view.ts';
import {
  type Aggregation,
  type ChartType,
  maxRow,
  maxTitle,
  type SeriesSetting,
  type SortOrder,
} from './schema.ts';
import type { DashboardView } from './view.ts';

/** What a new chart is made of; everything but the type may be left out. */
export interface NewChart {
  readonly type: ChartType;
  readonly title?: string;
  readonly subtitle?: string;
  readonly datasetId?: string | null;
  readonly tab?: string | null;
  readonly x?: string | null;
  /** Columns to draw, or whole series settings. */
  readonly y?: readonly (string | (Partial<SeriesSetting> & { readonly field: string }))[];
  readonly group?: string | null;
  readonly agg?: Aggregation;
  readonly sort?: SortOrder;
  readonly limit?: number | null;
  readonly options?: Readonly<Record<string, Json>>;
  readonly size?: Place['size'];
  /** Left out: the first free place. */
  readonly pos?: Place['pos'];
}

/** Adds a chart and returns its id. */
export function addChart(editor: Editor, chart: NewChart): string {
  return addCharts(editor, [chart])[0]!;
}

/** Adds several charts in one step, each at a free place. */
export function addCharts(editor: Editor, charts: readonly NewChart[]): string[] {
  const view = viewNow(editor);
  const ids: string[] = [];
  transact(editor, charts.length === 1 ? 'Add chart' : `Add ${charts.length} charts`, (write) => {
    const taken = new Map<string | null, { id: string; x: number; y: number; w: number; h: number }[]>();
    for (const chart of charts) {
      const id = newId();
      const tab = tabOf(view, chart.tab ?? null);
      const tiles = taken.get(tab) ?? [...layoutOf(view, { tab, withHidden: true })];
      taken.set(tab, tiles);
      const size = chart.size ?? defaultSizes[chart.type];
      const pos = chart.pos ?? freeSpot(size, tiles, columnsAt.lg);
      tiles.push({ id, ...pos, ...size });
      write.create('charts', id, newRegisters(chart, tab, pos, size));
      ids.push(id);
    }
  });
  return ids;
}

/** A copy right where there is room, shown even when the original is hidden. null: the chart is gone. */
export function duplicateChart(editor: Editor, id: string): string | null {
  const record = readState(editor.doc, editor.schema).charts?.get(id);
  const view = viewNow(editor);
  const chart = view.charts.find((other) => other.id === id);
  if (record === undefined || chart === undefined) return null;
  const copy = newId();
  const { size } = chart.place;
  const pos = freeSpot(size, layoutOf(view, { tab: chart.tab, withHidden: true }), columnsAt.lg);
  const registers = Object.fromEntries(record);
  for (const name of ['hidden', 'pos:md', 'pos:sm']) delete registers[name];
  const copied = {
    ...registers,
    title: chart.title === '' ? null : `${chart.title} (copy)`.slice(0, maxTitle),
    'pos:lg': [pos.x, pos.y],
    'size:lg': [size.w, size.h],
  };
  // A copy is as good as its original, down to what this version can't read.
  transact(editor, 'Duplicate chart', (write) => write.create('charts', copy, copied), { asItWas: true });
  return copy;
}

export function removeChart(editor: Editor, id: string): boolean {
  return change(editor, 'Remove chart', id, (write) => write.remove('charts', id));
}

export function setChartType(editor: Editor, id: string, type: ChartType): boolean {
  return setRegister(editor, 'Change chart type', id, 'type', type);
}

export function setChartTitle(editor: Editor, id: string, title: string, gesture: Gesture = {}): boolean {
  return setRegister(editor, 'Rename chart', id, 'title', title.slice(0, maxTitle), gesture);
}

export function setChartSubtitle(editor: Editor, id: string, text: string, gesture: Gesture = {}): boolean {
  return setRegister(editor, 'Change subtitle', id, 'subtitle', text.slice(0, maxTitle), gesture);
}

export function setChartDataset(editor: Editor, id: string, datasetId: string | null): boolean {
  return setRegister(editor, 'Change dataset', id, 'datasetId', datasetId);
}

export function setChartTab(editor: Editor, id: string, tab: string | null): boolean {
  return setRegister(editor, 'Move chart to tab', id, 'tab', tab);
}

/** null takes the option away. */
export function setOption(
  editor: Editor,
  id: string,
  name: string,
  value: Json,
  gesture: Gesture = {},
): boolean {
  return setRegister(editor, 'Change chart option', id, `opt:${name}`, value, gesture);
}

export function hideChart(editor: Editor, id: string): boolean {
  return setRegister(editor, 'Hide chart', id, 'hidden', true);
}

export function showChart(editor: Editor, id: string): boolean {
  return setRegister(editor, 'Show chart', id, 'hidden', null);
}

/** Writes the position alone: somebody who resizes the same tile meanwhile keeps the size. Whole grid units. */
export function moveChart(
  editor: Editor,
  id: string,
  pos: Place['pos'],
  at: 'lg' | 'md' | 'sm' = 'lg',
): boolean {
  const [x, y] = [within(pos.x, 0, columnsAt.lg - 1), within(pos.y, 0, maxRow)];
  const turn = turnFor(viewNow(editor), id, { x, y }, at);
  return setRegister(editor, 'Move chart', id, `pos:${at}`, turn === 0 ? [x, y] : [x, y, turn]);
}

/** Later than all, when something stands there already: what was put down last has the place. */
function turnFor(view: DashboardView, id: string, pos: Place['pos'], at: 'lg' | 'md' | 'sm'): number {
  const chart = view.charts.find((other) => other.id === id);
  if (!chart) return 0;
  const tiles = layoutOf(view, { tab: chart.tab, breakpoint: at, withHidden: true });
  const own = tiles.find((tile) => tile.id === id);
  const there = { w: 1, h: 1, ...own, id, ...pos };
  const meant = at === 'lg' ? view.charts.map(({ id, place }) => ({ id, ...place.pos, ...place.size })) : [];
  if (![...tiles, ...meant].some((other) => other.id !== id && overlap(there, other))) return 0;
  const turns = view.charts.map(({ place, overrides }) =>
    at === 'lg' ? place.turn : (overrides[at]?.turn ?? 0),
  );
  return Math.min(Math.max(0, ...turns) + 1, Number.MAX_SAFE_INTEGER);
}

export function resizeChart(
  editor: Editor,
  id: string,
  size: Place['size'],
  at: 'lg' | 'md' | 'sm' = 'lg',
): boolean {
  return setRegister(editor, 'Resize chart', id, `size:${at}`, [
    within(size.w, 1, columnsAt.lg),
    within(size.h, 1, 100),
  ]);
}

/** Whole grid units inside the grid: a drag may end outside. */
function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(Math.round(value), least), most);
}

function newRegisters(
  chart: NewChart,
  tab: string | null,
  pos: Place['pos'],
  size: Place['size'],
): Record<string, Json> {
  const series = (chart.y ?? []).map((item) => (typeof item === 'string' ? { field: item } : item));
  const keys = keysBetween(null, null, series.length);
  const registers: Record<string, Json> = {
    type: chart.type,
    title: chart.title?.slice(0, maxTitle) ?? null,
    subtitle: chart.subtitle?.slice(0, maxTitle) ?? null,
    datasetId: chart.datasetId ?? null,
    tab,
    'map:x': chart.x ?? null,
    'map:group': chart.group ?? null,
    'map:agg': chart.agg ?? null,
    'map:sort': chart.sort ?? null,
    'map:limit': chart.limit ?? null,
    'pos:lg': [pos.x, pos.y],
    'size:lg': [size.w, size.h],
  };
  const names: string[] = [];
  series.forEach((item, index) => {
    const name = freeName(item.field, names);
    names.push(name);
    registers[`map:y/${name}`] = keys[index]!;
    if (Object.keys(item).length > 1 || name !== item.field) registers[`series:${name}`] = settingOf(item);
  });
  for (const [name, value] of Object.entries(chart.options ?? {})) registers[`opt:${name}`] = value;
  return registers;
}
