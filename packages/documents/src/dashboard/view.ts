import { familyOf, keepList, readFields } from '../records/fields.ts';
import { compareFindings, type Finding, type Report } from '../records/finding.ts';
import type { Json } from '../records/json.ts';
import { type Read, remember } from '../records/memo.ts';
import { compareOrder } from '../records/order-key.ts';
import type { Kind } from '../records/reader.ts';
import type { Values } from '../records/register.ts';
import { isRemoved } from '../records/schema.ts';
import type { RecordState, State } from '../records/state.ts';
import { type ChartView, readChart } from './chart-view.ts';
import { type DatasetView, readDataset } from './dataset-view.ts';
import {
  dashboardSchema,
  type FilterOperator,
  filterRegisters,
  metaRegisters,
  settingsRegisters,
  tabRegisters,
} from './schema.ts';

export interface DashboardView {
  readonly meta: Values<typeof metaRegisters>;
  readonly settings: Values<typeof settingsRegisters>;
  readonly filters: readonly FilterView[];
  readonly tabs: readonly TabView[];
  readonly datasets: readonly DatasetView[];
  /** All charts that were not removed, hidden ones too, by place: y, x, id. */
  readonly charts: readonly ChartView[];
  readonly findings: readonly Finding[];
}

export interface FilterView {
  readonly id: string;
  readonly order: string | null;
  /** null: every dataset that has the field. */
  readonly datasetId: string | null;
  readonly field: string;
  readonly op: FilterOperator;
  readonly value: Json;
  readonly enabled: boolean;
  /** null: all charts. */
  readonly charts: readonly string[] | null;
}

export interface TabView {
  readonly id: string;
  readonly order: string | null;
  readonly title: string;
}

export const dashboard: Kind<DashboardView> = { schema: dashboardSchema, view };

const nothing: RecordState = new Map();

function view(state: State, findings: readonly Finding[], previous: DashboardView | null): DashboardView {
  const all = [...findings];
  const one = <T>(read: Read<T>, id: string, record: RecordState): T => {
    const item = remember(read, id, record);
    all.push(...item.findings);
    return item.value;
  };
  const each = <T>(collection: string, read: Read<T>): T[] => {
    const items: T[] = [];
    for (const [id, record] of state[collection] ?? []) {
      if (!isRemoved(record)) items.push(one(read, id, record));
    }
    return items;
  };

  const meta = one(readMeta, 'meta', state.meta?.get('meta') ?? nothing);
  const settings = one(readSettings, 'settings', state.settings?.get('settings') ?? nothing);
  const datasets = each('datasets', readDataset).sort(byName);
  const charts = each('charts', readChart).sort(byPlace);
  const filters = each('filters', readFilter).sort(compareOrder);
  const tabs = each('tabs', readTab).sort(compareOrder);
  all.push(...dangling(charts, datasets), ...schemaFindings(meta.schemaVersion));
  return {
    meta,
    settings,
    filters: keepList(filters, previous?.filters),
    tabs: keepList(tabs, previous?.tabs),
    datasets: keepList(datasets, previous?.datasets),
    charts: keepList(charts, previous?.charts),
    findings:
      all.length === 0 && previous?.findings.length === 0 ? previous.findings : all.sort(compareFindings),
  };
}

function dangling(charts: readonly ChartView[], datasets: readonly DatasetView[]): Finding[] {
  const known = new Set(datasets.map(({ id }) => id));
  return charts
    .filter(({ datasetId }) => datasetId !== null && !known.has(datasetId))
    .map(({ id }) => ({
      code: 'dangling',
      collection: 'charts',
      id,
      register: 'datasetId',
      detail: 'The dataset of this chart is no longer there.',
    }));
}

function schemaFindings(version: number): Finding[] {
  const finding = (code: Finding['code'], detail: string): Finding[] => [
    { code, collection: 'meta', id: 'meta', register: 'schemaVersion', detail },
  ];
  if (version === 0) return finding('not-seeded', 'This document was not set up yet.');
  if (version <= dashboardSchema.version) return [];
  return finding('newer-schema', 'A newer version wrote this; what that added is kept but not shown.');
}

function readMeta(id: string, record: RecordState, report: Report): DashboardView['meta'] {
  return readFields(record, metaRegisters, { collection: 'meta', id, report });
}

function readSettings(id: string, record: RecordState, report: Report): DashboardView['settings'] {
  return readFields(record, settingsRegisters, { collection: 'settings', id, report });
}

function readFilter(id: string, record: RecordState, report: Report): FilterView {
  const { o, datasetId, field, op, value, enabled, scope } = readFields(record, filterRegisters, {
    collection: 'filters',
    id,
    report,
  });
  const members = familyOf(record, 'scope/').filter(([, on]) => on === true || on === 1);
  const charts = scope === 'all' ? null : members.map(([chartId]) => chartId).sort();
  return { id, order: o, datasetId, field, op, value, enabled, charts };
}

function readTab(id: string, record: RecordState, report: Report): TabView {
  const { o, title } = readFields(record, tabRegisters, { collection: 'tabs', id, report });
  return { id, order: o, title };
}

function byName(a: DatasetView, b: DatasetView): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}

function byPlace(a: ChartView, b: ChartView): number {
  return a.place.pos.y - b.place.pos.y || a.place.pos.x - b.place.pos.x || compareText(a.id, b.id);
}

/** By code unit: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
