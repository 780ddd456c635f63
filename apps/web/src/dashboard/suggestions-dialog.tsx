import { Button, Checkbox, Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  addCharts,
  type ChartView,
  type DatasetView,
  defaultSizes,
  type NewChart,
  type Suggestion,
} from '@tidemark/documents/dashboard';
import { useMemo, useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { suggestionsFor } from '../data/tables.ts';
import { useEditor } from '../editor/context.ts';
import { useMayEdit } from '../editor/rights.ts';
import { ChartBody } from './chart-body.tsx';
import { useDesk, useView } from './context.ts';
import { useScheme } from './scheme.ts';
import css from './suggestions-dialog.module.css';
import { useUploads } from './uploads.ts';
import { useChartData } from './use-chart-data.ts';

/** After an upload: charts that suit the data, drawn from the data; any number of them can be added. */
export function SuggestionsDialog() {
  const { fresh, suggest } = useUploads();
  const dataset = useView((view) => view.datasets.find(({ id }) => id === fresh) ?? null);
  return (
    <Modal
      opened={fresh !== null && dataset !== null}
      onClose={() => suggest(null)}
      title={`Charts for ${dataset?.name ?? ''}`}
      size={980}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {dataset && <Choice key={dataset.id} dataset={dataset} onDone={() => suggest(null)} />}
    </Modal>
  );
}

function Choice({ dataset, onDone }: { dataset: DatasetView; onDone: () => void }) {
  const mayEdit = useMayEdit();
  const editor = useEditor();
  const desk = useDesk();
  const found = useQuery({
    queryKey: ['suggestions', dataset.sha256, dataset.columns],
    queryFn: () => suggestionsFor(dataset),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [unchosen, setUnchosen] = useState<ReadonlySet<number>>(new Set());
  const charts = found.data ?? [];
  const chosen = charts.filter((_, index) => !unchosen.has(index));
  const add = () => {
    addCharts(
      editor,
      chosen.map(({ chart }) => ({ ...chart, datasetId: dataset.id })),
    );
    onDone();
  };
  if (found.isPending) {
    return (
      <div className={css.grid}>
        {[0, 1, 2, 3, 4, 5].map((card) => (
          <Skeleton key={card} height={232} radius={10} />
        ))}
      </div>
    );
  }
  if (found.isError) return <p className={css.words}>{wordsOf(found.error)}</p>;
  return (
    <>
      <p className={css.words}>
        {charts.length > 0
          ? 'Suggested by the types of the columns. Keep the ones you want; everything can be changed later.'
          : 'No chart suggests itself for these columns. Add one by hand and choose what it draws.'}
      </p>
      <div className={css.grid}>
        {charts.map((suggestion, index) => (
          <Card
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is made once and stays
            key={index}
            suggestion={suggestion}
            dataset={dataset}
            chosen={!unchosen.has(index)}
            onToggle={() =>
              setUnchosen((now) => {
                const next = new Set(now);
                if (!next.delete(index)) next.add(index);
                return next;
              })
            }
          />
        ))}
      </div>
      <div className={css.foot}>
        <Button variant="default" onClick={onDone}>
          Not now
        </Button>
        {charts.length > 0 ? (
          <Button disabled={chosen.length === 0 || !mayEdit} onClick={add}>
            {chosen.length === 1 ? 'Add 1 chart' : `Add ${chosen.length} charts`}
          </Button>
        ) : (
          <Button
            onClick={() => {
              onDone();
              desk.showAdding(true);
            }}
          >
            Add chart
          </Button>
        )}
      </div>
    </>
  );
}

interface CardProps {
  suggestion: Suggestion;
  dataset: DatasetView;
  chosen: boolean;
  onToggle: () => void;
}

function Card({ suggestion, dataset, chosen, onToggle }: CardProps) {
  const palette = useView((view) => view.meta.palette);
  const scheme = useScheme();
  const chart = useMemo(() => previewOf(suggestion.chart, dataset.id), [suggestion, dataset.id]);
  const state = useChartData(chart, dataset, true);
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside, one component down
    <label className={css.card} data-chosen={chosen || undefined}>
      <span className={css.head}>
        <span className={css.title}>{suggestion.chart.title}</span>
        <Checkbox checked={chosen} onChange={onToggle} aria-label={suggestion.chart.title} />
      </span>
      <span className={css.picture}>
        <ChartBody chart={chart} dataset={dataset} state={state} scheme={scheme} palette={palette} />
      </span>
      <span className={css.reason}>Made from {suggestion.reason}</span>
    </label>
  );
}

/** A chart that is not in the document yet, as a view of it would be. */
function previewOf(chart: NewChart, datasetId: string): ChartView {
  const series = (chart.y ?? []).map((item) => (typeof item === 'string' ? { field: item } : item));
  return {
    id: '',
    type: chart.type,
    title: chart.title ?? '',
    subtitle: chart.subtitle ?? '',
    datasetId,
    tab: null,
    mapping: {
      x: chart.x ?? null,
      y: series.map((item) => ({
        id: item.field,
        agg: null,
        axis: 'left',
        color: null,
        label: null,
        ...item,
      })),
      group: chart.group ?? null,
      agg: chart.agg ?? 'sum',
      sort: chart.sort ?? 'x-asc',
      limit: chart.limit ?? null,
    },
    options: chart.options ?? {},
    hidden: false,
    place: { pos: { x: 0, y: 0 }, size: defaultSizes[chart.type], turn: 0 },
    overrides: {},
  };
}
