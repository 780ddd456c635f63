import { Select, Switch, TextInput } from '@mantine/core';
import {
  type ChartType,
  type ChartView,
  setChartSubtitle,
  setChartTitle,
  setOption,
} from '@tidemark/documents/dashboard';
import { useEditor } from '../editor/context.ts';
import css from '../editor/panel.module.css';
import { useView } from './context.ts';
import { maxUnit } from './formats.ts';
import { SeriesForm } from './series-form.tsx';

interface Toggle {
  readonly name: string;
  readonly label: string;
  readonly types: readonly ChartType[];
  /** What counts while nobody has chosen. */
  readonly otherwise?: (type: ChartType) => boolean;
}

const toggles: readonly Toggle[] = [
  {
    name: 'legend',
    label: 'Legend',
    types: ['line', 'area', 'bar', 'pie', 'scatter'],
    otherwise: () => true,
  },
  {
    name: 'labels',
    label: 'Values in the chart',
    types: ['line', 'area', 'bar', 'pie'],
    otherwise: (type) => type === 'pie',
  },
  { name: 'stacked', label: 'Stacked', types: ['bar', 'area', 'line'], otherwise: (type) => type === 'area' },
  { name: 'horizontal', label: 'Bars lie down', types: ['bar'] },
  { name: 'smooth', label: 'Smooth lines', types: ['line', 'area'] },
  { name: 'zero', label: 'Axis begins at zero', types: ['line'] },
  { name: 'log', label: 'Logarithmic axis', types: ['line', 'bar', 'scatter'] },
  { name: 'solid', label: 'Without a hole', types: ['pie'] },
];

const buckets = [
  { value: '', label: 'Automatic' },
  { value: 'minute', label: 'Minutes' },
  { value: 'hour', label: 'Hours' },
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' },
  { value: 'quarter', label: 'Quarters' },
  { value: 'year', label: 'Years' },
];

/** Types whose series can have a name and a colour of their own. */
const ownSeries: readonly ChartType[] = ['line', 'area', 'bar', 'scatter'];

/** How a chart looks. */
export function StyleForm({ chart }: { chart: ChartView }) {
  const editor = useEditor();
  const dataset = useView((view) => view.datasets).find(({ id }) => id === chart.datasetId);
  const { id, type, options, mapping } = chart;
  const overTime = dataset?.columns.find(({ name }) => name === mapping.x)?.type === 'date';
  return (
    <div className={css.form}>
      <TextInput
        label="Title"
        value={chart.title}
        maxLength={300}
        placeholder="Untitled"
        onChange={(event) => setChartTitle(editor, id, event.currentTarget.value, { gesture: `title ${id}` })}
      />
      <TextInput
        label="Subtitle"
        value={chart.subtitle}
        maxLength={300}
        placeholder="None"
        onChange={(event) =>
          setChartSubtitle(editor, id, event.currentTarget.value, { gesture: `subtitle ${id}` })
        }
      />
      {type !== 'table' && (
        <TextInput
          label="Unit"
          value={typeof options.unit === 'string' ? options.unit : ''}
          maxLength={maxUnit}
          placeholder="None"
          description="Stands beside the numbers, such as °C, kg or $"
          onChange={(event) =>
            setOption(editor, id, 'unit', event.currentTarget.value || null, { gesture: `unit ${id}` })
          }
        />
      )}
      {overTime && type !== 'scatter' && type !== 'table' && (
        <Select
          label="Steps of time"
          data={buckets}
          value={typeof options.bucket === 'string' ? options.bucket : ''}
          onChange={(value) => setOption(editor, id, 'bucket', value || null)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
        />
      )}
      {toggles
        .filter(({ types }) => types.includes(type))
        .map(({ name, label, otherwise }) => (
          <Switch
            key={name}
            label={label}
            checked={typeof options[name] === 'boolean' ? options[name] : (otherwise?.(type) ?? false)}
            onChange={(event) => setOption(editor, id, name, event.currentTarget.checked)}
          />
        ))}
      {mapping.group === null && ownSeries.includes(type) && <SeriesForm chart={chart} />}
    </div>
  );
}
