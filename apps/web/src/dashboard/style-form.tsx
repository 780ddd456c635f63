import { ColorInput, Select, Switch, TextInput } from '@mantine/core';
import {
  type ChartType,
  type ChartView,
  setChartSubtitle,
  setChartTitle,
  setOption,
  setSeriesSetting,
} from '@tidemark/documents/dashboard';
import { useEditor, useView } from './context.ts';
import { coloursOf } from './palettes.ts';
import css from './panel.module.css';
import { useScheme } from './scheme.ts';

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

/** How a chart looks. */
export function StyleForm({ chart }: { chart: ChartView }) {
  const editor = useEditor();
  const scheme = useScheme();
  const palette = useView((view) => view.meta.palette);
  const dataset = useView((view) => view.datasets).find(({ id }) => id === chart.datasetId);
  const { id, type, options, mapping } = chart;
  const overTime = dataset?.columns.find(({ name }) => name === mapping.x)?.type === 'date';
  const coloured = mapping.group === null && ['line', 'area', 'bar', 'scatter'].includes(type);
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
      {coloured &&
        mapping.y.map((series, index) => (
          <ColorInput
            key={series.id}
            label={`Colour of ${series.label ?? series.field}`}
            placeholder="From the palette"
            format="hex"
            withEyeDropper={false}
            value={series.color ?? ''}
            swatches={[...coloursOf(palette, scheme)]}
            swatchesPerRow={8}
            popoverProps={{ withinPortal: true }}
            onChange={(value) =>
              setSeriesSetting(
                editor,
                id,
                series.id,
                { color: /^#[0-9a-f]{6}$/i.test(value) ? value : null },
                { gesture: `colour ${id} ${index}` },
              )
            }
          />
        ))}
    </div>
  );
}
