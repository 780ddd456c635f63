import fc from 'fast-check';
import { createEditor, type Editor } from '../records/editor.ts';
import { createFakeNetwork, type FakeNetwork } from '../records/fake-network.ts';
import { seed } from '../records/seed.ts';
import { readState } from '../records/state.ts';
import * as charts from './chart-commands.ts';
import type { ChartView } from './chart-view.ts';
import * as commands from './commands.ts';
import * as datasets from './dataset-commands.ts';
import * as mapping from './mapping-commands.ts';
import { type DashboardView, dashboard } from './view.ts';

/** Random people at work on one dashboard, for property tests. */

export interface Edit {
  readonly who: number;
  readonly what: keyof typeof gestures;
  /** Chooses among the records there are. */
  readonly pick: number;
  readonly value: number;
  /** Updates delivered after the edit: to whom, and which of those that wait. */
  readonly deliveries: readonly (readonly [to: number, pick: number])[];
}

type Gesture = (editor: Editor, view: DashboardView, pick: number, value: number) => unknown;

const onChart =
  (act: (editor: Editor, chart: ChartView, value: number) => unknown): Gesture =>
  (editor, view, pick, value) => {
    const chart = view.charts[pick % view.charts.length];
    return chart === undefined ? null : act(editor, chart, value);
  };
const columns = ['date', 'price', 'wind', 'rain', 'toString', '__proto__'] as const;
const column = (value: number) => columns[value % columns.length]!;

const gestures = {
  addChart: (editor, view, pick, value) =>
    charts.addChart(editor, {
      type: (['line', 'bar', 'number'] as const)[value % 3]!,
      title: `Chart ${value}`,
      datasetId: view.datasets[pick % view.datasets.length]?.id ?? null,
      tab: view.tabs[pick % view.tabs.length]?.id ?? null,
      y: [column(value), column(pick), column(value)],
    }),
  duplicate: onChart((editor, { id }) => charts.duplicateChart(editor, id)),
  remove: onChart((editor, { id }) => charts.removeChart(editor, id)),
  title: onChart((editor, { id }, value) => charts.setChartTitle(editor, id, `Title ${value}`)),
  type: onChart((editor, { id }, value) =>
    charts.setChartType(editor, id, value % 2 === 0 ? 'pie' : 'table'),
  ),
  move: onChart((editor, { id }, value) => charts.moveChart(editor, id, { x: value % 12, y: value % 20 })),
  resize: onChart((editor, { id }, value) =>
    charts.resizeChart(editor, id, { w: 1 + (value % 12), h: 1 + (value % 9) }),
  ),
  hide: onChart((editor, { id, hidden }) =>
    hidden ? charts.showChart(editor, id) : charts.hideChart(editor, id),
  ),
  addSeries: onChart((editor, { id }, value) => mapping.addSeries(editor, id, column(value))),
  orderSeries: onChart((editor, { id, mapping: { y } }) =>
    mapping.setSeries(editor, id, y.map((series) => series.id).reverse()),
  ),
  setSeries: onChart((editor, { id, mapping: { y } }, value) =>
    mapping.setSeriesSetting(editor, id, y[value % y.length]?.id ?? '', {
      color: `#${value}`,
    }),
  ),
  option: onChart((editor, { id }, value) => charts.setOption(editor, id, column(value), value)),
  addDataset: (editor, _view, _pick, value) =>
    datasets.addDataset(editor, {
      fileId: `f${value}`,
      sha256: 'a'.repeat(64),
      name: `Data ${value}`,
      delimiter: ',',
      encoding: 'utf-8',
      rows: value,
      columns: columns.map((name) => ({ name, type: 'decimal', format: {} })),
    }),
  removeDataset: (editor, view, pick) =>
    datasets.removeDataset(editor, view.datasets[pick % view.datasets.length]?.id ?? ''),
  addFilter: (editor, view, pick, value) =>
    commands.addFilter(editor, {
      field: column(value),
      op: 'at-least',
      value,
      charts: pick % 2 === 0 ? null : view.charts.slice(0, 2).map(({ id }) => id),
    }),
  setFilter: (editor, view, pick, value) =>
    commands.setFilter(editor, view.filters[pick % view.filters.length]?.id ?? '', {
      value,
      enabled: value % 2 === 0,
    }),
  addTab: (editor, _view, _pick, value) => commands.addTab(editor, `Tab ${value}`),
  moveTab: (editor, view, pick, value) =>
    commands.moveTab(
      editor,
      view.tabs[pick % view.tabs.length]?.id ?? '',
      view.tabs[value % view.tabs.length]?.id ?? null,
    ),
  removeTab: (editor, view, pick) => commands.removeTab(editor, view.tabs[pick % view.tabs.length]?.id ?? ''),
  rename: (editor, _view, _pick, value) => commands.setTitle(editor, `Dashboard ${value}`),
} as const satisfies Record<string, Gesture>;

export function edits(people: number, maxLength: number): fc.Arbitrary<Edit[]> {
  const names = Object.keys(gestures) as (keyof typeof gestures)[];
  return fc.array(
    fc.record({
      who: fc.nat(people - 1),
      what: fc.oneof(
        { weight: 1, arbitrary: fc.constant('addChart' as const) },
        { weight: 5, arbitrary: fc.constantFrom(...names) },
      ),
      pick: fc.nat(1000),
      value: fc.nat(1000),
      deliveries: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(1000)), { maxLength: 4 }),
    }),
    { maxLength, size: 'max' },
  );
}

export interface People {
  readonly network: FakeNetwork;
  readonly editors: readonly Editor[];
  work(edit: Edit): void;
  view(who: number): DashboardView;
}

export function people(count: number): People {
  const network = createFakeNetwork(count, (doc) => seed(doc, dashboard.schema, 'Begin'));
  const editors = network.docs.map((doc, index) => createEditor(doc, dashboard.schema, `user ${index}`));
  const view = (who: number) => viewOf(editors[who]!);
  return {
    network,
    editors,
    view,
    work({ who, what, pick, value, deliveries }) {
      (gestures[what] as Gesture)(editors[who]!, view(who), pick, value);
      for (const [to, which] of deliveries) network.deliver(to, which);
    },
  };
}

/** A fresh reading of everything, with no memory of earlier ones. */
export function viewOf({ doc, schema }: Editor): DashboardView {
  return dashboard.view(readState(doc, schema), [], null);
}
