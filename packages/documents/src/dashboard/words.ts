import type { Fact, Words } from '../describe.ts';
import { familyOf } from '../records/fields.ts';
import { isList, isObject, type Json } from '../records/json.ts';
import { chartWords } from './chart-words.ts';
import { plainWords, spelled, textIn, titled, valueIn, yesNo } from './names.ts';
import {
  type ColumnFormat,
  datasetRegisters,
  type FilterOperator,
  filterRegisters,
  metaRegisters,
  overrideRegister,
  settingsRegisters,
} from './schema.ts';

/** A dashboard's records in its own words. */

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
      .map(([id]) => id)
      .sort();
    const scope = valueIn(record, 'scope', filterRegisters.scope);
    return [
      { label: 'Column', raw: record.get('field'), words: () => textIn(record, 'field') },
      {
        label: 'Dataset',
        raw: record.get('datasetId'),
        words: () =>
          titled(
            past,
            'datasets',
            valueIn(record, 'datasetId', filterRegisters.datasetId),
            'a dataset that is gone',
          ),
      },
      {
        label: 'Condition',
        raw: [op, value ?? null],
        words: () => (hasValue ? `${operatorWords[op]} ${plainWords(value) ?? '…'}` : operatorWords[op]),
      },
      {
        label: 'On',
        raw: record.get('enabled'),
        words: () => yesNo(valueIn(record, 'enabled', filterRegisters.enabled)),
      },
      {
        label: 'Charts',
        raw: scope === 'all' ? 'all' : some,
        words: () =>
          scope === 'all'
            ? 'all'
            : some.map((id) => titled(past, 'charts', id, 'a chart that is gone')).join(', ') || 'none',
      },
    ];
  },
};

const tabs: Words = {
  what: () => 'Tab',
  name: (record) => textIn(record, 'title'),
  facts: (record) => [{ label: 'Title', raw: record.get('title'), words: () => textIn(record, 'title') }],
};

const datasets: Words = {
  what: () => 'Dataset',
  name: (record) => textIn(record, 'name'),
  facts: (record) => [
    { label: 'Name', raw: record.get('name'), words: () => textIn(record, 'name') },
    {
      label: 'Rows',
      raw: record.get('rows'),
      words: () => String(valueIn(record, 'rows', datasetRegisters.rows)),
    },
    { label: 'Columns', raw: record.get('columns'), words: () => columnNames(record.get('columns')) },
    { label: 'Separator', raw: record.get('delimiter'), words: () => textIn(record, 'delimiter') },
    { label: 'Encoding', raw: record.get('encoding'), words: () => textIn(record, 'encoding') },
    ...familyOf(record, 'col:').map(([name, raw]): Fact => {
      const override = overrideRegister.read(raw);
      const parts = [override?.label ?? '', override?.type ?? '', formatWords(override?.format ?? null)];
      return { label: `Column “${name}”`, raw, words: () => parts.filter((part) => part !== '').join(', ') };
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
    { label: 'Title', raw: record.get('title'), words: () => textIn(record, 'title') },
    { label: 'Description', raw: record.get('description'), words: () => textIn(record, 'description') },
    {
      label: 'Theme',
      raw: record.get('theme'),
      words: () => spelled(valueIn(record, 'theme', metaRegisters.theme)),
    },
    {
      label: 'Colours',
      raw: record.get('palette'),
      words: () => spelled(valueIn(record, 'palette', metaRegisters.palette)),
    },
    {
      label: 'Density',
      raw: record.get('density'),
      words: () => spelled(valueIn(record, 'density', metaRegisters.density)),
    },
    {
      label: 'Currency',
      raw: record.get('currency'),
      words: () => valueIn(record, 'currency', metaRegisters.currency),
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
      words: () => String(valueIn(record, 'rowHeight', settingsRegisters.rowHeight)),
    },
    {
      label: 'Layout',
      raw: record.get('layout'),
      words: () => spelled(valueIn(record, 'layout', settingsRegisters.layout)),
    },
    {
      label: 'Refresh',
      raw: record.get('refresh'),
      words: () => refreshWords(valueIn(record, 'refresh', settingsRegisters.refresh)),
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
  charts: chartWords,
};
