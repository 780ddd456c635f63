import { describe, expect, test } from 'vitest';
import { kinds } from '../kinds.ts';
import { createEditor } from '../records/editor.ts';
import { createFakeNetwork } from '../records/fake-network.ts';
import { readPast } from '../records/past.ts';
import { seed } from '../records/seed.ts';
import { createUndo } from '../records/undo.ts';
import * as commands from './index.ts';

function house() {
  const network = createFakeNetwork(2, (doc) => seed(doc, commands.dashboardSchema, 'Weather'));
  const [a, b] = network.docs.map((doc, index) =>
    createEditor(doc, commands.dashboardSchema, `user ${index}`),
  );
  const dataset = commands.addDataset(a!, {
    fileId: 'f1',
    sha256: 'a'.repeat(64),
    name: 'Seattle',
    delimiter: ',',
    encoding: 'utf-8',
    rows: 3,
    columns: [{ name: 'rain', type: 'decimal', format: {} }],
  });
  const tab = commands.addTab(a!, 'Rain');
  const chart = commands.addChart(a!, { type: 'bar', title: 'Sales', datasetId: dataset, tab, y: ['rain'] });
  network.settle();
  const past = () => readPast(a!.doc, commands.dashboardSchema);
  const view = () => commands.dashboard.view(past().state, [], null);
  return { network, a: a!, b: b!, dataset, tab, chart, past, view };
}

describe('the past of a dashboard', () => {
  test('REC-22: what became of it is told in the words of dashboards, names in place of ids', () => {
    const { a, chart, dataset, tab, past } = house();
    const gone = commands.addChart(a, { type: 'number' });
    const before = past();
    commands.setChartType(a, chart, 'line');
    commands.moveChart(a, chart, { x: 3, y: 9 });
    commands.resizeChart(a, chart, { w: 4, h: 5 });
    commands.addSeries(a, chart, 'wind');
    commands.setAggregation(a, chart, 'avg');
    commands.setX(a, chart, 'date');
    commands.setOption(a, chart, 'showLegend', true);
    commands.hideChart(a, chart);
    const other = commands.addTab(a, 'Wind');
    commands.setChartTab(a, chart, other);
    commands.removeChart(a, gone);
    commands.addFilter(a, { field: 'rain', op: 'at-least', value: 3, datasetId: dataset });
    commands.renameDataset(a, dataset, 'Seattle 2026');
    commands.renameTab(a, tab, 'Showers');
    commands.setTheme(a, 'dark');
    commands.setSetting(a, 'refresh', 60);
    const told = commands
      .describeDashboard(before, past())
      .map(({ types, what, name, place, fields }) =>
        [
          `${types.join(' ')}: ${what} ${name} (${place})`,
          ...fields.map(({ label, old, new: now }) => `${label}: ${old} → ${now}`),
        ].join('; '),
      );
    expect(told.sort()).toEqual([
      'added: Filter rain (Seattle 2026)',
      'added: Tab Wind ()',
      'changed moved: Chart Sales (Wind); Type: Bar → Line; Tab: Rain → Wind; Hidden: no → yes; Across: null → date; ' +
        'Series: rain → rain, wind; Aggregation: Sum → Average; Size: 6 × 8 → 4 × 5; Show legend: null → yes',
      'changed: Dashboard Weather (); Theme: Light → Dark',
      'changed: Dataset Seattle 2026 (); Name: Seattle → Seattle 2026',
      'changed: Settings  (); Refresh: never → every 60 seconds',
      'changed: Tab Showers (); Title: Rain → Showers',
      'removed: Chart Untitled number (Rain)',
    ]);
  });

  test('REC-22: a chart that was only put elsewhere is moved and not changed', () => {
    const { a, chart, past } = house();
    const before = past();
    commands.moveChart(a, chart, { x: 1, y: 7 });
    expect(commands.describeDashboard(before, past())).toMatchObject([{ types: ['moved'], fields: [] }]);
  });

  test('REC-20: a chart comes back with its tab and dataset; what others do meanwhile stands; undo leads back', () => {
    const { network, a, b, chart, dataset, tab, past, view } = house();
    const then = past();
    commands.removeChart(a, chart);
    commands.removeTab(a, tab);
    commands.removeDataset(a, dataset);
    network.settle();
    const undo = createUndo(a);
    const { along, left } = commands.restoreDashboardThings(a, then, [{ collection: 'charts', id: chart }]);
    commands.setTitle(b, 'Meanwhile');
    expect(along).toEqual([
      { collection: 'tabs', id: tab },
      { collection: 'datasets', id: dataset },
    ]);
    expect(left).toEqual([]);
    network.settle();
    expect(view()).toMatchObject({ charts: [{ id: chart, tab, datasetId: dataset }], findings: [] });
    expect(undo.undo()).toBe('Restore “Sales”');
    expect(view()).toMatchObject({ charts: [], tabs: [], datasets: [], meta: { title: 'Meanwhile' } });
  });

  test('REC-25: a tab comes back with the charts that were on it and went, or alone', () => {
    const { a, chart, dataset, tab, past, view } = house();
    const then = past();
    commands.removeChart(a, chart);
    commands.removeTab(a, tab);
    const undo = createUndo(a);
    const asked = { collection: 'tabs', id: tab };
    expect(commands.restoreDashboardThings(a, then, [asked], { alone: true }).along).toEqual([]);
    expect(view()).toMatchObject({ tabs: [{ id: tab }], charts: [] });
    undo.undo();
    const along = [{ collection: 'charts', id: chart }];
    expect(kinds.dashboard.offeredWith(then.state, past().state, [asked])).toEqual(along);
    expect(commands.restoreDashboardThings(a, then, [asked]).along).toEqual(along);
    expect(view()).toMatchObject({ charts: [{ id: chart, tab, datasetId: dataset }], findings: [] });
    undo.undo();

    // Its data went too: such a chart is not offered, since it would not show.
    commands.removeDataset(a, dataset);
    expect(kinds.dashboard.offeredWith(then.state, past().state, [asked])).toEqual([]);
  });

  test('REC-20: a thing that was not there then is removed, and the label says so', () => {
    const { a, past, view } = house();
    const then = past();
    const later = commands.addChart(a, { type: 'pie', title: 'Later' });
    const undo = createUndo(a);
    expect(commands.restoreDashboardThings(a, then, [{ collection: 'charts', id: later }]).changed).toBe(
      true,
    );
    expect(view().charts.map(({ title }) => title)).toEqual(['Sales']);
    expect(undo.undo()).toBe('Remove “Later”');
    expect(commands.restoreDashboardThings(a, then, [{ collection: 'charts', id: 'never' }])).toEqual({
      changed: false,
      along: [],
      left: [],
      reopened: [],
    });
  });

  test('REC-21: copies of charts stand at free places on the tab of then, and filters name the copies', () => {
    const { a, chart, past, view } = house();
    const filter = commands.addFilter(a, { field: 'rain', op: 'is', value: 1, charts: [chart] });
    const then = past();
    commands.setChartTitle(a, chart, 'Changed');
    const { copies } = commands.copyDashboardThings(a, then, [
      { collection: 'charts', id: chart },
      { collection: 'filters', id: filter },
    ]);
    const [chartCopy, filterCopy] = copies.map(({ copy }) => copy.id);
    expect(view().charts.map(({ id, title, tab, place: { pos } }) => [id, title, tab, pos])).toEqual([
      [chart, 'Changed', then.state.charts!.get(chart)!.get('tab'), { x: 0, y: 0 }],
      [chartCopy, 'Sales', then.state.charts!.get(chart)!.get('tab'), { x: 6, y: 0 }],
    ]);
    expect(view().filters.map(({ id, charts }) => [id, charts])).toEqual([
      [filter, [chart]],
      [filterCopy, [chartCopy]],
    ]);
    expect(commands.copyDashboardThings(a, then, [{ collection: 'meta', id: 'meta' }])).toEqual({
      copies: [],
      left: [{ collection: 'meta', id: 'meta' }],
    });
  });

  test('REC-23: a session of work in one line', () => {
    const none = { added: 0, removed: 0, changed: 0, moved: 0, ids: [], registers: [] };
    const line = (collections: Parameters<typeof commands.describeDashboardSession>[0]['collections']) =>
      commands.describeDashboardSession({ collections, texts: {} });
    expect(line({ charts: { ...none, changed: 3, registers: ['pos:lg', 'size:lg'] } })).toBe(
      'Moved 3 charts',
    );
    expect(line({ charts: { ...none, added: 1, changed: 2, registers: ['type'] }, settings: none })).toBe(
      'Changed 2 charts, added 1 chart',
    );
    expect(line({ meta: { ...none, changed: 1, registers: ['title'] } })).toBe('Renamed the dashboard');
  });
});
