import type { Fact, Words } from '../describe.ts';
import { familyOf } from '../records/fields.ts';
import { isList, isObject, type Json } from '../records/json.ts';
import { compareOrder } from '../records/order-key.ts';
import type { Past } from '../records/past.ts';
import { isRemoved } from '../records/schema.ts';
import type { RecordState } from '../records/state.ts';
import {
  type Aggregation,
  type ChartType,
  type ColumnFormat,
  chartRegisters,
  datasetRegisters,
  type FilterOperator,
  filterRegisters,
  metaRegisters,
  overrideRegister,
  type SortOrder,
  seriesRegister,
  settingsRegisters,
} from './schema.ts';

/** A dashboard's records in its own words. */

const typeWords: Readonly<Record<ChartType, string>> = {
  line: 'Line',
  bar: 'Bar',
  area: 'Area',
  scatter: 'Scatter',
  pie: 'Pie',
  table: 'Table',
  number: 'Number',
  histogram: 'Histogram',
};
const aggregationWords: Readonly<Record<Aggregation, string>> = {
  sum: 'Sum',
  avg: 'Average',
  min: 'Lowest',
  max: 'Highest',
  count: 'Count',
  median: 'Median',
};
const sortWords: Readonly<Record<SortOrder, string>> = {
  'x-asc': 'by category, rising',
  'x-desc': 'by category, falling',
  'value-asc': 'by value, rising',
  'value-desc': 'by value, falling',
  none: 'as in the file',
};
const operatorWords: Readonly<Record<FilterOperator, string>> = {
  is: 'is',
  'is-not': 'is not',
  'one-of': 'is one of',
  contains: 'contains',
  between: 'is between',
  'at-least': 'is at least',
  'at-most': 'is at most',
  empty: 'is empty',
  'not-empty': 'is not empty',
};

type Read<T> = { readonly fallback: T; read(raw: Json): T | undefined };

/** As the reader reads it, without telling what can't be read. */
function valueIn<T>(record: RecordState, register: string, { read, fallback }: Read<T>): T {
  const raw = record.get(register);
  return raw === undefined ? fallback : (read(raw) ?? fallback);
}

function fact<R extends Record<string, Read<unknown>>, K extends keyof R & string>(
  record: RecordState,
  registers: R,
  register: K,
  label: string,
  say: (value: R[K] extends Read<infer T> ? T : never) => string | null,
): Fact {
  const value = valueIn(record, register, registers[register]!) as R[K] extends Read<infer T> ? T : never;
  return { label, raw: record.get(register), words: say(value) };
}

const asText = (value: string) => value;
const orNone = (value: string | null) => value;
const yesNo = (value: boolean) => (value ? 'yes' : 'no');

function titled(past: Past, collection: string, id: string | null, gone: string): string | null {
  if (id === null) return null;
  const record = past.state[collection]?.get(id);
  if (record === undefined || isRemoved(record)) return gone;
  return collection === 'charts'
    ? chartName(record)
    : textIn(record, collection === 'tabs' ? 'title' : 'name') || 'Untitled';
}

function textIn(record: RecordState, register: string): string {
  const value = record.get(register);
  return typeof value === 'string' ? value : '';
}

function chartName(record: RecordState): string {
  const type = valueIn(record, 'type', chartRegisters.type);
  return textIn(record, 'title') || `Untitled ${typeWords[type].toLowerCase()}`;
}

const charts: Words = {
  what: () => 'Chart',
  name: chartName,
  place: (record, past) => titled(past, 'tabs', valueIn(record, 'tab', chartRegisters.tab), '') ?? '',
  isPlace: (register) => /^(pos|size):/.test(register) || register === 'tab',
  facts: (record, past) => {
    const one = <K extends keyof typeof chartRegisters>(
      register: K,
      label: string,
      say: (value: (typeof chartRegisters)[K]['fallback']) => string | null,
    ) => fact(record, chartRegisters as never, register as never, label, say as never);
    return [
      one('type', 'Type', (value) => typeWords[value]),
      one('title', 'Title', asText),
      one('subtitle', 'Subtitle', asText),
      one('datasetId', 'Dataset', (id) => titled(past, 'datasets', id, 'a dataset that is gone')),
      one('tab', 'Tab', (id) => titled(past, 'tabs', id, 'the first')),
      one('hidden', 'Hidden', yesNo),
      one('map:x', 'Across', orNone),
      seriesList(record),
      one('map:group', 'Split by', orNone),
      one('map:agg', 'Aggregation', (value) => aggregationWords[value]),
      one('map:sort', 'Order', (value) => sortWords[value]),
      one('map:limit', 'At most', (value) => (value === null ? 'all' : String(value))),
      one('size:lg', 'Size', (value) => (value === null ? null : value.join(' × '))),
      ...familyOf(record, 'series:').map(
        ([id, raw]): Fact => ({ label: `Series “${id}”`, raw, words: seriesWords(raw) }),
      ),
      ...familyOf(record, 'opt:').map(
        ([name, raw]): Fact => ({ label: spelled(name), raw, words: plainWords(raw) }),
      ),
    ];
  },
};

function seriesList(record: RecordState): Fact {
  const members = familyOf(record, 'map:y/')
    .map(([id, order]) => ({ id, order: typeof order === 'string' ? order : null }))
    .sort(compareOrder)
    .map(({ id }) => id);
  return { label: 'Series', raw: members, words: members.join(', ') };
}

function seriesWords(raw: Json): string | null {
  const setting = seriesRegister.read(raw);
  if (!setting) return null;
  return [
    setting.label ?? setting.field,
    setting.agg === null ? '' : aggregationWords[setting.agg].toLowerCase(),
    setting.axis === 'right' ? 'right axis' : '',
    setting.color ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const filters: Words = {
  what: () => 'Filter',
  name: (record) => textIn(record, 'field'),
  place: (record, past) =>
    titled(past, 'datasets', valueIn(record, 'datasetId', filterRegisters.datasetId), '') ?? '',
  facts: (record, past) => {
    const op = valueIn(record, 'op', filterRegisters.op);
    const value = record.get('value');
    const hasValue = op !== 'empty' && op !== 'not-empty';
    const some = familyOf(record, 'scope/')
      .filter(([, on]) => on === 1 || on === true)
      .map(([id]) => titled(past, 'charts', id, 'a chart that is gone') ?? '');
    const scope = valueIn(record, 'scope', filterRegisters.scope);
    return [
      { label: 'Column', raw: record.get('field'), words: textIn(record, 'field') },
      {
        label: 'Dataset',
        raw: record.get('datasetId'),
        words: titled(
          past,
          'datasets',
          valueIn(record, 'datasetId', filterRegisters.datasetId),
          'a dataset that is gone',
        ),
      },
      {
        label: 'Condition',
        raw: [op, value ?? null],
        words: hasValue ? `${operatorWords[op]} ${plainWords(value) ?? '…'}` : operatorWords[op],
      },
      {
        label: 'On',
        raw: record.get('enabled'),
        words: yesNo(valueIn(record, 'enabled', filterRegisters.enabled)),
      },
      {
        label: 'Charts',
        raw: scope === 'all' ? 'all' : some,
        words: scope === 'all' ? 'all' : some.sort().join(', ') || 'none',
      },
    ];
  },
};

const tabs: Words = {
  what: () => 'Tab',
  name: (record) => textIn(record, 'title'),
  facts: (record) => [{ label: 'Title', raw: record.get('title'), words: textIn(record, 'title') }],
};

const datasets: Words = {
  what: () => 'Dataset',
  name: (record) => textIn(record, 'name'),
  facts: (record) => [
    { label: 'Name', raw: record.get('name'), words: textIn(record, 'name') },
    {
      label: 'Rows',
      raw: record.get('rows'),
      words: String(valueIn(record, 'rows', datasetRegisters.rows)),
    },
    { label: 'Columns', raw: record.get('columns'), words: columnNames(record.get('columns')) },
    { label: 'Separator', raw: record.get('delimiter'), words: textIn(record, 'delimiter') },
    { label: 'Encoding', raw: record.get('encoding'), words: textIn(record, 'encoding') },
    ...familyOf(record, 'col:').map(([name, raw]): Fact => {
      const override = overrideRegister.read(raw);
      const parts = [override?.label ?? '', override?.type ?? '', formatWords(override?.format ?? null)];
      return { label: `Column “${name}”`, raw, words: parts.filter((part) => part !== '').join(', ') };
    }),
  ],
};

function columnNames(raw: Json | undefined): string | null {
  if (raw === undefined || !isList(raw)) return null;
  return raw
    .flatMap((column) => (isObject(column) && typeof column.name === 'string' ? [column.name] : []))
    .join(', ');
}

function formatWords(format: ColumnFormat | null): string {
  return Object.values(format ?? {})
    .map(String)
    .join(' ');
}

const meta: Words = {
  what: () => 'Dashboard',
  name: (record) => textIn(record, 'title'),
  facts: (record) => [
    { label: 'Title', raw: record.get('title'), words: textIn(record, 'title') },
    { label: 'Description', raw: record.get('description'), words: textIn(record, 'description') },
    {
      label: 'Theme',
      raw: record.get('theme'),
      words: spelled(valueIn(record, 'theme', metaRegisters.theme)),
    },
    {
      label: 'Colours',
      raw: record.get('palette'),
      words: spelled(valueIn(record, 'palette', metaRegisters.palette)),
    },
    {
      label: 'Density',
      raw: record.get('density'),
      words: spelled(valueIn(record, 'density', metaRegisters.density)),
    },
    {
      label: 'Currency',
      raw: record.get('currency'),
      words: valueIn(record, 'currency', metaRegisters.currency),
    },
  ],
};

const settings: Words = {
  what: () => 'Settings',
  name: () => '',
  facts: (record) => [
    {
      label: 'Height of a row',
      raw: record.get('rowHeight'),
      words: String(valueIn(record, 'rowHeight', settingsRegisters.rowHeight)),
    },
    {
      label: 'Layout',
      raw: record.get('layout'),
      words: spelled(valueIn(record, 'layout', settingsRegisters.layout)),
    },
    {
      label: 'Refresh',
      raw: record.get('refresh'),
      words: refreshWords(valueIn(record, 'refresh', settingsRegisters.refresh)),
    },
  ],
};

function refreshWords(seconds: number): string {
  return seconds === 0 ? 'never' : seconds === 1 ? 'every second' : `every ${seconds} seconds`;
}

export const dashboardWords: Readonly<Record<string, Words>> = {
  meta,
  settings,
  filters,
  tabs,
  datasets,
  charts,
};

/** `numberFormat` as people say it: "Number format". */
function spelled(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A plain value in words; what is nested, as JSON. */
function plainWords(raw: Json | undefined): string | null {
  if (raw === undefined || raw === null || raw === '') return null;
  if (typeof raw === 'boolean') return yesNo(raw);
  if (isList(raw)) return raw.map((part) => plainWords(part) ?? '…').join(', ');
  return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
}
