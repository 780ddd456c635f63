import { Button, NumberInput, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import {
  type Aggregation,
  addSeries,
  aggregations,
  type ChartType,
  type ChartView,
  chartTypes,
  type DatasetView,
  removeSeries,
  type SortOrder,
  setAggregation,
  setChartDataset,
  setChartType,
  setGroup,
  setLimit,
  setSeriesSetting,
  setSort,
  setX,
} from '@tidemark/documents/dashboard';
import { IconButton } from '@tidemark/ui';
import { useEditor } from '../editor/context.ts';
import css from '../editor/panel.module.css';
import { chartIcons } from './chart-icons.ts';
import { aggregationLabels, typeLabels } from './chart-words.ts';
import { useDesk, useView } from './context.ts';

const sortLabels: Readonly<Record<SortOrder, string>> = {
  'x-asc': 'Names, A to Z or early to late',
  'x-desc': 'Names, Z to A or late to early',
  'value-desc': 'Largest first',
  'value-asc': 'Smallest first',
  none: 'As in the file',
};

const axisLabels: Readonly<Record<ChartType, string>> = {
  line: 'Horizontal axis',
  area: 'Horizontal axis',
  bar: 'Bars for',
  scatter: 'Horizontal axis',
  pie: 'Slices for',
  table: 'Sorted by',
  number: 'Compared over time by',
  histogram: 'Values of',
};

const aggregationData = aggregations.map((value) => ({ value, label: aggregationLabels[value] }));
const popover = { withinPortal: true };

/** Which columns a chart draws, and how they are added up. What does not suit the type is kept, not shown. */
export function MappingForm({ chart }: { chart: ChartView }) {
  const editor = useEditor();
  const desk = useDesk();
  const datasets = useView((view) => view.datasets);
  const dataset = datasets.find(({ id }) => id === chart.datasetId) ?? null;
  const { id, type, mapping } = chart;
  const columns = columnData(dataset, [mapping.x, mapping.group]);
  const grouped = type !== 'table' && type !== 'number' && type !== 'histogram' && type !== 'pie';
  const added = type !== 'table' && type !== 'scatter' && type !== 'histogram';

  return (
    <div className={css.form}>
      <fieldset className={css.types}>
        <legend>Type</legend>
        {chartTypes.map((each) => {
          const Icon = chartIcons[each];
          return (
            <button
              key={each}
              type="button"
              className={css.type}
              aria-pressed={each === type}
              onClick={() => setChartType(editor, id, each)}
            >
              <Icon size={19} stroke={1.6} aria-hidden />
              {typeLabels[each]}
            </button>
          );
        })}
      </fieldset>
      {datasets.length === 0 ? (
        <div>
          <p className={css.note}>There is no data in this dashboard yet.</p>
          <Button className={css.add} size="xs" onClick={() => desk.open('data')}>
            Add data
          </Button>
        </div>
      ) : (
        <Select
          label="Dataset"
          placeholder="Choose a dataset"
          data={datasets.map((each) => ({ value: each.id, label: each.name || 'Unnamed data' }))}
          value={dataset?.id ?? null}
          error={chart.datasetId !== null && !dataset ? 'The dataset was removed.' : undefined}
          onChange={(value) => setChartDataset(editor, id, value)}
          allowDeselect={false}
          comboboxProps={popover}
        />
      )}
      {dataset && (
        <>
          <Select
            label={axisLabels[type]}
            placeholder="Choose a column"
            data={columns}
            value={mapping.x}
            onChange={(value) => setX(editor, id, value)}
            clearable={type === 'number' || type === 'table'}
            allowDeselect={false}
            searchable={columns.length > 8}
            comboboxProps={popover}
          />
          {type !== 'histogram' && <Measures chart={chart} dataset={dataset} withAggregation={added} />}
          {added && (
            <Select
              label={mapping.y.length === 0 ? 'Rows are' : 'Summarised by'}
              data={aggregationData}
              value={mapping.agg}
              onChange={(value) => value && setAggregation(editor, id, value as Aggregation)}
              allowDeselect={false}
              comboboxProps={popover}
            />
          )}
          {grouped && (
            <Select
              label="Split by"
              placeholder="Nothing"
              data={columns}
              value={mapping.group}
              onChange={(value) => setGroup(editor, id, value)}
              clearable
              searchable={columns.length > 8}
              comboboxProps={popover}
            />
          )}
          {(type === 'bar' || type === 'pie' || type === 'table') && (
            <Select
              label="Order"
              data={Object.entries(sortLabels).map(([value, label]) => ({ value, label }))}
              value={mapping.sort}
              onChange={(value) => value && setSort(editor, id, value as SortOrder)}
              allowDeselect={false}
              comboboxProps={popover}
            />
          )}
          {(type === 'bar' || type === 'pie' || type === 'table' || type === 'histogram') && (
            <NumberInput
              label={
                type === 'table' ? 'Rows at most' : type === 'histogram' ? 'Bins at most' : 'Shown at most'
              }
              placeholder="Automatic"
              min={1}
              max={10_000}
              allowDecimal={false}
              value={mapping.limit ?? ''}
              onChange={(value) =>
                setLimit(editor, id, typeof value === 'number' && value >= 1 ? value : null)
              }
            />
          )}
        </>
      )}
    </div>
  );
}

interface MeasuresProps {
  chart: ChartView;
  dataset: DatasetView;
  withAggregation: boolean;
}

function Measures({ chart, dataset, withAggregation }: MeasuresProps) {
  const editor = useEditor();
  const { id, mapping, type } = chart;
  const columns = columnData(
    dataset,
    mapping.y.map(({ field }) => field),
  );
  const one = type === 'pie' || type === 'number';
  const next = dataset.columns.find(
    ({ name, type: of }) =>
      (type === 'table' || ['integer', 'decimal', 'currency', 'percent'].includes(of)) &&
      !mapping.y.some(({ field }) => field === name),
  );
  return (
    <div>
      <div className={css.legend}>{type === 'table' ? 'Columns' : one ? 'Value' : 'Values'}</div>
      {mapping.y.length === 0 && (
        <p className={css.note}>{type === 'table' ? 'All columns.' : 'Rows are counted.'}</p>
      )}
      <ul className={css.measures}>
        {mapping.y.map((series, index) => (
          <li key={series.id} className={css.measure}>
            <Select
              className={css.field}
              aria-label={`Value ${index + 1}`}
              data={columns}
              value={series.field}
              onChange={(value) => value && setSeriesSetting(editor, id, series.id, { field: value })}
              allowDeselect={false}
              searchable={columns.length > 8}
              comboboxProps={popover}
            />
            {withAggregation && (
              <Select
                className={css.how}
                aria-label={`Value ${index + 1} is added up by`}
                data={[{ value: '', label: 'Default' }, ...aggregationData]}
                value={series.agg ?? ''}
                onChange={(value) =>
                  setSeriesSetting(editor, id, series.id, { agg: value ? (value as Aggregation) : null })
                }
                allowDeselect={false}
                comboboxProps={popover}
              />
            )}
            <IconButton
              label={`Remove value ${index + 1}`}
              size={28}
              onClick={() => removeSeries(editor, id, series.id)}
            >
              <IconX size={15} stroke={1.8} />
            </IconButton>
          </li>
        ))}
      </ul>
      {next && !(one && mapping.y.length > 0) && (
        <Button
          className={css.add}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={() => addSeries(editor, id, next.name)}
        >
          {type === 'table' ? 'Add column' : 'Add value'}
        </Button>
      )}
    </div>
  );
}

/** Columns to choose from; one that is chosen but gone stays in the list and says so. */
function columnData(dataset: DatasetView | null, chosen: readonly (string | null)[]) {
  const columns = (dataset?.columns ?? []).map(({ name, label }) => ({ value: name, label }));
  const missing = chosen.filter((name) => name !== null && !columns.some(({ value }) => value === name));
  return [...columns, ...[...new Set(missing)].map((name) => ({ value: name!, label: `${name} (missing)` }))];
}
