import { describe, expect, test } from 'vitest';
import { kinds } from '../index.ts';
import { createFakeNetwork } from '../records/fake-network.ts';
import { createEditor, createReader, createUndo } from '../records/index.ts';
import * as dashboards from './index.ts';

function open() {
  const network = createFakeNetwork(2, (doc) => kinds.dashboard.seed(doc, 'Weather'));
  const [doc, other] = network.docs;
  const editor = createEditor(doc!, dashboards.dashboardSchema, 'ana');
  const reader = createReader(doc!, dashboards.dashboard);
  return {
    network,
    doc: doc!,
    editor,
    reader,
    second: createEditor(other!, dashboards.dashboardSchema, 'ben'),
  };
}
const dataset = {
  fileId: 'f1',
  sha256: 'ab'.repeat(32),
  name: 'seattle.csv',
  delimiter: ',',
  encoding: 'utf-8',
  rows: 2,
  columns: [
    { name: 'date', type: 'date', format: { order: 'ymd' } },
    { name: 'rain', type: 'decimal', format: { decimal: '.' } },
  ],
} as const;

describe('dashboard', () => {
  test('DASH-1: a new dashboard has its title and nothing else', () => {
    const { doc, reader } = open();
    expect(reader.view()).toMatchObject({ charts: [], datasets: [], filters: [], tabs: [], findings: [] });
    expect(kinds.dashboard.title(doc)).toBe('Weather');
    expect(kinds.dashboard.content(doc)).toMatchObject({
      meta: { title: 'Weather', theme: 'light', schemaVersion: 1 },
    });
  });

  test('DASH-3: charts that are added stand at free places, in one step', () => {
    const { editor, reader, network } = open();
    const ids = dashboards.addCharts(editor, [
      { type: 'line', title: 'Rain', x: 'date', y: ['rain', 'rain', { field: 'wind', axis: 'right' }] },
      { type: 'bar' },
      { type: 'number' },
    ]);
    expect(network.sent(0)).toBe(1);
    const view = reader.view();
    expect(view.charts.map(({ id }) => id)).toEqual(ids);
    expect(view.charts[0]?.mapping.y.map(({ id, field, axis }) => [id, field, axis])).toEqual([
      ['rain', 'rain', 'left'],
      ['rain#2', 'rain', 'left'],
      ['wind', 'wind', 'right'],
    ]);
    expect(dashboards.layoutOf(view)).toEqual([
      { id: ids[0], x: 0, y: 0, w: 6, h: 8 },
      { id: ids[1], x: 6, y: 0, w: 6, h: 8 },
      { id: ids[2], x: 0, y: 8, w: 3, h: 4 },
    ]);
    expect(dashboards.layoutOf(view, { breakpoint: 'sm' }).map(({ x, y, w }) => [x, y, w])).toEqual([
      [0, 0, 1],
      [0, 8, 1],
      [0, 16, 1],
    ]);
  });

  test('DASH-4: one moves a chart while another resizes it: both stand', () => {
    const { network, editor, second, reader } = open();
    const id = dashboards.addChart(editor, { type: 'line' });
    network.settle();
    dashboards.moveChart(editor, id, { x: 2, y: 5 });
    dashboards.resizeChart(second, id, { w: 9, h: 3 });
    network.settle();
    expect(reader.view().charts[0]?.place).toEqual({ pos: { x: 2, y: 5 }, size: { w: 9, h: 3 }, turn: 0 });
  });

  test('DASH-4: two charts moved onto one place are drawn apart, and both positions are kept', () => {
    const { network, editor, second, reader, doc } = open();
    const [one, two] = dashboards.addCharts(editor, [{ type: 'line' }, { type: 'bar' }]);
    network.settle();
    dashboards.moveChart(editor, one!, { x: 0, y: 20 });
    dashboards.moveChart(second, two!, { x: 0, y: 20 });
    network.settle();
    const view = reader.view();
    expect(view.charts.map(({ place }) => place.pos)).toEqual([
      { x: 0, y: 20 },
      { x: 0, y: 20 },
    ]);
    expect(dashboards.layoutOf(view).map(({ y }) => y)).toEqual([20, 28]);
    expect(doc.getMap<Map<string, unknown>>('charts').get(two!)?.get('pos:lg')).toEqual([0, 20]);
  });

  test('DASH-2: who puts a tile where another stands has the place, and undo gives it back', () => {
    const { editor, reader } = open();
    const one = dashboards.addChart(editor, { type: 'bar' });
    const two = dashboards.addChart(editor, { type: 'bar' });
    const undo = createUndo(editor);
    const places = () =>
      Object.fromEntries(
        dashboards.layoutOf(reader.view()).map(({ id, x, y }) => [id === one ? 'one' : 'two', [x, y]]),
      );
    expect(places()).toEqual({ one: [0, 0], two: [6, 0] });
    dashboards.moveChart(editor, two, { x: 3, y: 0 });
    expect(places()).toEqual({ two: [3, 0], one: [0, 8] });
    dashboards.moveChart(editor, one, { x: 3, y: 0 });
    expect(places()).toEqual({ one: [3, 0], two: [3, 8] });
    undo.undo();
    undo.undo();
    expect(places()).toEqual({ one: [0, 0], two: [6, 0] });
  });

  test('DASH-5: changing the type keeps the mapping; hiding is not removing', () => {
    const { editor, reader } = open();
    const id = dashboards.addChart(editor, {
      type: 'line',
      x: 'date',
      y: ['rain'],
      group: 'weather',
      limit: 5,
    });
    const before = reader.view().charts[0]!;
    dashboards.setChartType(editor, id, 'pie');
    dashboards.setChartType(editor, id, 'bar');
    dashboards.hideChart(editor, id);
    const chart = reader.view().charts[0]!;
    expect(chart).toMatchObject({ type: 'bar', hidden: true, mapping: before.mapping });
    expect(dashboards.layoutOf(reader.view())).toEqual([]);
    expect(dashboards.layoutOf(reader.view(), { withHidden: true })).toHaveLength(1);
    dashboards.showChart(editor, id);
    expect(dashboards.layoutOf(reader.view())).toHaveLength(1);
  });

  test('DASH-5: a copy has all of the original, at its own place', () => {
    const { editor, reader } = open();
    const id = dashboards.addChart(editor, {
      type: 'line',
      title: 'Rain',
      y: ['rain'],
      options: { smooth: true },
    });
    dashboards.setSeriesSetting(editor, id, 'rain', { color: '#123456' });
    const copy = dashboards.duplicateChart(editor, id);
    const [first, second] = reader.view().charts;
    expect(second).toMatchObject({
      id: copy,
      title: 'Rain (copy)',
      mapping: first!.mapping,
      options: { smooth: true },
    });
    expect(dashboards.layoutOf(reader.view()).map(({ x }) => x)).toEqual([0, 6]);
  });

  test('DASH-5: setters write what they say, on a chart that is there only', () => {
    const { editor, reader } = open();
    const id = dashboards.addChart(editor, { type: 'line' });
    dashboards.setX(editor, id, 'date');
    dashboards.setGroup(editor, id, 'weather');
    dashboards.setAggregation(editor, id, 'median');
    dashboards.setSort(editor, id, 'value-asc');
    dashboards.setLimit(editor, id, 7);
    dashboards.setChartSubtitle(editor, id, 'sub');
    dashboards.setChartDataset(editor, id, 'd1');
    dashboards.setOption(editor, id, 'stacked', true);
    dashboards.setOption(editor, id, 'log', true);
    dashboards.setOption(editor, id, 'log', null);
    expect(dashboards.addSeries(editor, id, 'rain')).toBe('rain');
    expect(dashboards.addSeries(editor, id, 'rain')).toBe('rain#2');
    dashboards.setSeriesSetting(editor, id, 'rain#2', { agg: 'max' });
    dashboards.addSeries(editor, id, 'wind');
    dashboards.removeSeries(editor, id, 'rain');
    dashboards.setSeries(editor, id, ['wind', 'rain#2']);
    expect(reader.view().charts[0]).toMatchObject({
      subtitle: 'sub',
      datasetId: 'd1',
      mapping: { x: 'date', group: 'weather', agg: 'median', sort: 'value-asc', limit: 7 },
      options: { stacked: true },
    });
    expect(reader.view().charts[0]?.mapping.y).toMatchObject([
      { field: 'wind' },
      { field: 'rain', agg: 'max' },
    ]);
    dashboards.removeChart(editor, id);
    expect(dashboards.setChartTitle(editor, id, 'Late')).toBe(false);
    expect(dashboards.duplicateChart(editor, id)).toBe(null);
    expect(dashboards.addSeries(editor, id, 'rain')).toBe(null);
  });

  test('DASH-5: what a person drags or types too far is brought back inside the limits', () => {
    const { editor, reader } = open();
    const id = dashboards.addChart(editor, { type: 'line', title: 'x'.repeat(600) });
    dashboards.moveChart(editor, id, { x: 14.4, y: -3 });
    dashboards.resizeChart(editor, id, { w: 0, h: 1e9 });
    dashboards.setTitle(editor, 'y'.repeat(600));
    const view = reader.view();
    expect(view.charts[0]?.place).toEqual({ pos: { x: 11, y: 0 }, size: { w: 1, h: 100 }, turn: 0 });
    expect([view.charts[0]?.title.length, view.meta.title.length]).toEqual([500, 500]);
    expect(() => dashboards.setAggregation(editor, id, 'mode' as never)).toThrow(TypeError);
  });

  test('DASH-6: columns keep what was inferred beside what a person decided', () => {
    const { editor, reader } = open();
    const id = dashboards.addDataset(editor, dataset);
    dashboards.overrideColumn(editor, id, 'rain', { type: 'text', label: 'Rainfall' });
    dashboards.renameDataset(editor, id, 'Seattle');
    expect(reader.view().datasets).toMatchObject([{ id, name: 'Seattle', sha256: dataset.sha256, rows: 2 }]);
    expect(reader.view().datasets[0]?.columns[1]).toEqual({
      name: 'rain',
      inferred: 'decimal',
      type: 'text',
      label: 'Rainfall',
      format: { decimal: '.' },
    });
    dashboards.overrideColumn(editor, id, 'rain', null);
    expect(reader.view().datasets[0]?.columns[1]).toMatchObject({ type: 'decimal', label: 'rain' });
  });

  test('DASH-7: a chart whose dataset is gone says so and stays', () => {
    const { editor, reader, doc } = open();
    const datasetId = dashboards.addDataset(editor, dataset);
    const id = dashboards.addChart(editor, { type: 'line', datasetId });
    expect(reader.view().findings).toEqual([]);
    dashboards.removeDataset(editor, datasetId);
    expect(reader.view().charts[0]?.datasetId).toBe(datasetId);
    expect(kinds.dashboard.check(doc)).toMatchObject([{ code: 'dangling', id, register: 'datasetId' }]);
  });

  test('DASH-8: filters and tabs stand in the order people give them', () => {
    const { editor, reader } = open();
    const tabs = ['One', 'Two', 'Three'].map((title) => dashboards.addTab(editor, title));
    dashboards.moveTab(editor, tabs[2]!, tabs[0]!);
    dashboards.renameTab(editor, tabs[1]!, 'Zwei');
    expect(reader.view().tabs.map(({ title }) => title)).toEqual(['Three', 'One', 'Zwei']);
    const chart = dashboards.addChart(editor, { type: 'line', tab: tabs[1]! });
    expect(dashboards.layoutOf(reader.view(), { tab: tabs[0]! })).toEqual([]);
    dashboards.removeTab(editor, tabs[1]!);
    expect(dashboards.layoutOf(reader.view())).toHaveLength(1);
    const id = dashboards.addFilter(editor, {
      field: 'rain',
      op: 'between',
      value: [1, 2],
      charts: [chart, 'gone'],
    });
    expect(reader.view().filters).toMatchObject([{ id, enabled: true, charts: [chart, 'gone'].toSorted() }]);
    dashboards.setFilter(editor, id, { value: [3, 4], enabled: false, charts: [chart] });
    expect(reader.view().filters).toMatchObject([{ value: [3, 4], enabled: false, charts: [chart] }]);
    dashboards.setFilter(editor, id, { charts: null });
    expect(reader.view().filters[0]?.charts).toBe(null);
    dashboards.removeFilter(editor, id);
    expect(reader.view().filters).toEqual([]);
  });

  test('DASH-8: looks and settings are in the document', () => {
    const { editor, reader } = open();
    dashboards.setTitle(editor, 'Rain');
    dashboards.setDescription(editor, 'All of it');
    dashboards.setTheme(editor, 'dark');
    dashboards.setPalette(editor, 'sea');
    dashboards.setDensity(editor, 'compact');
    dashboards.setCurrency(editor, 'EUR');
    dashboards.setSetting(editor, 'rowHeight', 60);
    expect(reader.view().meta).toMatchObject({
      title: 'Rain',
      description: 'All of it',
      theme: 'dark',
      palette: 'sea',
      density: 'compact',
      currency: 'EUR',
    });
    expect(reader.view().settings.rowHeight).toBe(60);
    expect(() => dashboards.setTheme(editor, 'pink' as never)).toThrow(TypeError);
  });

  test('REC-4: what did not change is the same object, also in a dashboard of 100 charts', () => {
    const { editor, reader } = open();
    const ids = dashboards.addCharts(
      editor,
      Array.from({ length: 100 }, (_, index) => ({ type: 'number' as const, title: `Chart ${index}` })),
    );
    dashboards.addTab(editor, 'Tab');
    const before = reader.view();
    let calls = 0;
    const stop = reader.subscribe(() => {
      calls += 1;
    });
    dashboards.setChartTitle(editor, ids[50]!, 'Changed');
    const after = reader.view();
    expect(calls).toBe(1);
    expect(after).not.toBe(before);
    expect(reader.view()).toBe(after);
    const changed = after.charts.filter((chart, index) => chart !== before.charts[index]);
    expect(changed.map(({ title }) => title)).toEqual(['Changed']);
    for (const part of ['meta', 'settings', 'tabs', 'filters', 'datasets', 'findings'] as const) {
      expect(after[part]).toBe(before[part]);
    }
    dashboards.setTitle(editor, 'Other');
    expect(reader.view().charts).toBe(after.charts);
    stop();
    reader.destroy();
    dashboards.setTitle(editor, 'Unheard');
    expect(calls).toBe(2);
  });
});
