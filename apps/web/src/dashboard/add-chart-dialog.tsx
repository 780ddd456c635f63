import { Button, Modal } from '@mantine/core';
import { IconSparkles, IconUpload } from '@tabler/icons-react';
import { addChart, type ChartType, chartTypes, usualAggregation } from '@tidemark/documents/dashboard';
import { useEditor } from '../editor/context.ts';
import { useMayEdit } from '../editor/rights.ts';
import { pickFiles } from '../shell/files.ts';
import { useOnline } from '../shell/online.ts';
import css from './add-chart-dialog.module.css';
import { chartIcons } from './chart-icons.ts';
import { typeLabels } from './chart-words.ts';
import { useDesk, useView } from './context.ts';
import { useUploads } from './uploads.ts';

const numeric = ['integer', 'decimal', 'currency', 'percent'];

/** Two clicks to a chart: its type here, its data in the panel that opens. */
export function AddChartDialog() {
  const desk = useDesk();
  const mayEdit = useMayEdit();
  const editor = useEditor();
  const online = useOnline();
  const datasets = useView((view) => view.datasets);
  const { start, suggest } = useUploads();
  const close = () => desk.showAdding(false);
  const dataset = datasets[0] ?? null;

  const add = (type: ChartType) => {
    const columns = dataset?.columns ?? [];
    const measure = columns.find((column) => numeric.includes(column.type));
    const date = columns.find((column) => column.type === 'date');
    const category = columns.find((column) => column.type === 'category' || column.type === 'boolean');
    const byName = type === 'pie' || type === 'bar';
    const x =
      type === 'number' || type === 'table'
        ? null
        : type === 'histogram' || type === 'scatter'
          ? (measure ?? null)
          : byName
            ? (category ?? date ?? null)
            : (date ?? category ?? null);
    const y =
      type === 'table' || type === 'histogram' || !measure ? [] : [secondFor(type, columns, measure.name)];
    const id = addChart(editor, {
      type,
      datasetId: dataset?.id ?? null,
      x: x?.name ?? null,
      y,
      ...(measure ? { agg: usualAggregation(measure) } : { agg: 'count' as const }),
    });
    close();
    desk.edit(id);
  };

  return (
    <Modal
      opened={mayEdit && desk.adding}
      onClose={close}
      title="Add chart"
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ul className={css.types}>
        {chartTypes.map((type) => {
          const Icon = chartIcons[type];
          return (
            <li key={type}>
              <button type="button" className={css.type} onClick={() => add(type)}>
                <Icon size={26} stroke={1.5} aria-hidden />
                {typeLabels[type]}
              </button>
            </li>
          );
        })}
      </ul>
      <div className={css.foot}>
        {dataset ? (
          <Button
            variant="default"
            leftSection={<IconSparkles size={16} stroke={1.8} />}
            onClick={() => {
              close();
              suggest(dataset.id);
            }}
          >
            Suggest charts
          </Button>
        ) : (
          <span className={css.words}>No data yet: a chart can be set up once a file is here.</span>
        )}
        <Button
          variant="default"
          disabled={!online}
          leftSection={<IconUpload size={16} stroke={1.8} />}
          onClick={async () => {
            const files = await pickFiles();
            if (files.length === 0) return;
            close();
            start(files);
          }}
        >
          Upload CSV
        </Button>
      </div>
    </Modal>
  );
}

/** Dots need two different measures where there are two. */
function secondFor(
  type: ChartType,
  columns: readonly { name: string; type: string }[],
  first: string,
): string {
  if (type !== 'scatter') return first;
  return columns.find((column) => numeric.includes(column.type) && column.name !== first)?.name ?? first;
}
