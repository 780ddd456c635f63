import { ColorInput, ColorSwatch, Switch, TextInput } from '@mantine/core';
import { type ChartView, setSeriesSetting } from '@tidemark/documents/dashboard';
import { useEditor } from '../editor/context.ts';
import css from '../editor/panel.module.css';
import { useView } from './context.ts';
import { coloursOf } from './palettes.ts';
import { useScheme } from './scheme.ts';

/** What each series of a chart is called, its colour, and which axis it is read from. */
export function SeriesForm({ chart }: { chart: Pick<ChartView, 'id' | 'type' | 'mapping'> }) {
  const editor = useEditor();
  const scheme = useScheme();
  const palette = useView((view) => view.meta.palette);
  const colours = coloursOf(palette, scheme);
  const { id, type, mapping } = chart;
  return mapping.y.map((series, index) => {
    const set = (setting: Parameters<typeof setSeriesSetting>[3], name: string) =>
      setSeriesSetting(editor, id, series.id, setting, { gesture: `${name} ${id} ${series.id}` });
    return (
      <fieldset key={series.id} className={css.series}>
        <legend className={css.legend}>{series.label ?? series.field}</legend>
        <TextInput
          label="Name"
          value={series.label ?? ''}
          maxLength={100}
          placeholder={series.field}
          onChange={(event) => set({ label: event.currentTarget.value || null }, 'label')}
        />
        <ColorInput
          label="Colour"
          placeholder="From the palette"
          format="hex"
          withEyeDropper={false}
          value={series.color ?? ''}
          leftSection={<ColorSwatch size={16} color={series.color ?? colours[index % colours.length]!} />}
          swatches={[...colours]}
          swatchesPerRow={8}
          popoverProps={{ withinPortal: true }}
          onChange={(value) => set({ color: /^#[0-9a-f]{6}$/i.test(value) ? value : null }, 'colour')}
        />
        {mapping.y.length > 1 && type !== 'scatter' && (
          <Switch
            label="Axis on the right"
            checked={series.axis === 'right'}
            onChange={(event) => set({ axis: event.currentTarget.checked ? 'right' : 'left' }, 'axis')}
          />
        )}
      </fieldset>
    );
  });
}
