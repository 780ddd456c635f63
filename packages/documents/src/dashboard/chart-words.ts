import type { Fact, Words } from '../describe.ts';
import { familyOf } from '../records/fields.ts';
import type { Json } from '../records/json.ts';
import { compareOrder } from '../records/order-key.ts';
import type { RecordState } from '../records/state.ts';
import { chartName, plainWords, type Read, spelled, titled, typeWords, valueIn, yesNo } from './names.ts';
import { type Aggregation, chartRegisters, type SortOrder, seriesRegister } from './schema.ts';

/** A chart in the words of dashboards. */

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

const asText = (value: string) => value;
const orNone = (value: string | null) => value;

export const chartWords: Words = {
  what: () => 'Chart',
  name: chartName,
  place: (record, past) => titled(past, 'tabs', valueIn(record, 'tab', chartRegisters.tab), '') ?? '',
  isPlace: (register) => /^(pos|size):/.test(register) || register === 'tab',
  facts: (record, past) => {
    const one = <T>(
      register: string,
      declared: Read<T>,
      label: string,
      say: (value: T) => string | null,
    ): Fact => ({ label, raw: record.get(register), words: () => say(valueIn(record, register, declared)) });
    return [
      one('type', chartRegisters.type, 'Type', (value) => typeWords[value]),
      one('title', chartRegisters.title, 'Title', asText),
      one('subtitle', chartRegisters.subtitle, 'Subtitle', asText),
      one('datasetId', chartRegisters.datasetId, 'Dataset', (id) =>
        titled(past, 'datasets', id, 'a dataset that is gone'),
      ),
      one('tab', chartRegisters.tab, 'Tab', (id) => titled(past, 'tabs', id, 'the first')),
      one('hidden', chartRegisters.hidden, 'Hidden', yesNo),
      one('map:x', chartRegisters['map:x'], 'Across', orNone),
      seriesList(record),
      one('map:group', chartRegisters['map:group'], 'Split by', orNone),
      one('map:agg', chartRegisters['map:agg'], 'Aggregation', (value) => aggregationWords[value]),
      one('map:sort', chartRegisters['map:sort'], 'Order', (value) => sortWords[value]),
      one('map:limit', chartRegisters['map:limit'], 'At most', (value) =>
        value === null ? 'all' : String(value),
      ),
      one('size:lg', chartRegisters['size:lg'], 'Size', (value) =>
        value === null ? null : value.join(' × '),
      ),
      ...familyOf(record, 'series:').map(
        ([id, raw]): Fact => ({ label: `Series “${id}”`, raw, words: () => seriesWords(raw) }),
      ),
      ...familyOf(record, 'opt:').map(
        ([name, raw]): Fact => ({ label: spelled(name), raw, words: () => plainWords(raw) }),
      ),
    ];
  },
};

function seriesList(record: RecordState): Fact {
  const members = familyOf(record, 'map:y/')
    .map(([id, order]) => ({ id, order: typeof order === 'string' ? order : null }))
    .sort(compareOrder)
    .map(({ id }) => id);
  return { label: 'Series', raw: members, words: () => members.join(', ') };
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
