import {
  addCharts,
  addDataset,
  type Column,
  type NewChart,
  setDescription,
} from '@tidemark/documents/dashboard';
import type { Editor } from '@tidemark/documents/records';
import type { Verified } from '../files/shelf.ts';

/** The tables the sample is made of, by the names of their files in samples/. */
export const sampleTables = {
  weather: { file: 'seattle-weather.csv', name: 'Seattle weather' },
  stocks: { file: 'stocks.csv', name: 'Share prices' },
  server: { file: 'ec2_cpu_utilization_24ae8d.csv', name: 'Server CPU' },
} as const;

export type SampleTable = keyof typeof sampleTables;

export const sampleTitle = 'Sample: weather, shares and a server';

/** Fills a new dashboard: three datasets, and charts of every type on them. */
export function furnishSample(
  editor: Editor,
  files: Readonly<Record<SampleTable, { file: Verified; columns: readonly Column[] }>>,
): void {
  const dataset = (table: SampleTable) => {
    const { file, columns } = files[table];
    const { id: fileId, sha256, delimiter, encoding, rows } = file;
    const { name } = sampleTables[table];
    return addDataset(editor, { fileId, sha256, name, delimiter, encoding, rows, columns });
  };
  const ids = { weather: dataset('weather'), stocks: dataset('stocks'), server: dataset('server') };
  setDescription(
    editor,
    'Weather in Seattle 2012–2015 and share prices 2000–2010 (vega-datasets, BSD-3-Clause), CPU of a server (Numenta Anomaly Benchmark, MIT). Change anything: it is yours.',
  );
  addCharts(editor, charts(ids));
}

function charts(datasetOf: Record<SampleTable, string>): NewChart[] {
  const weather = { datasetId: datasetOf.weather };
  const stocks = { datasetId: datasetOf.stocks };
  const server = { datasetId: datasetOf.server };
  const at = (x: number, y: number, w: number, h: number) => ({ pos: { x, y }, size: { w, h } });
  return [
    {
      type: 'number',
      title: 'Hottest day',
      ...weather,
      y: [{ field: 'temp_max', label: 'Seattle, 2012–2015' }],
      agg: 'max',
      options: { unit: '°C' },
      ...at(0, 0, 3, 3),
    },
    {
      type: 'number',
      title: 'Rain in the last year',
      ...weather,
      x: 'date',
      y: ['precipitation'],
      agg: 'sum',
      options: { bucket: 'year', unit: 'mm' },
      ...at(3, 0, 3, 3),
    },
    {
      type: 'number',
      title: 'Highest share price',
      ...stocks,
      y: [{ field: 'price', label: 'Five shares, 2000–2010' }],
      agg: 'max',
      options: { unit: '$' },
      ...at(6, 0, 3, 3),
    },
    {
      type: 'number',
      title: 'Server CPU, last day',
      ...server,
      x: 'timestamp',
      y: ['value'],
      agg: 'avg',
      options: { bucket: 'day', unit: '%' },
      ...at(9, 0, 3, 3),
    },
    {
      type: 'line',
      title: 'Temperature by month',
      subtitle: 'Mean of the daily highs and lows',
      ...weather,
      x: 'date',
      y: [
        { field: 'temp_max', label: 'Daily high' },
        { field: 'temp_min', label: 'Daily low' },
      ],
      agg: 'avg',
      options: { bucket: 'month', smooth: true, unit: '°C' },
      ...at(0, 3, 8, 8),
    },
    {
      type: 'pie',
      title: 'What kind of days',
      subtitle: 'Days by their weather',
      ...weather,
      x: 'weather',
      y: [{ field: 'weather', agg: 'count', label: 'Days' }],
      sort: 'value-desc',
      ...at(8, 3, 4, 8),
    },
    {
      type: 'bar',
      title: 'Rain and snow by quarter',
      subtitle: 'By the kind of day they fell on',
      ...weather,
      x: 'date',
      y: ['precipitation'],
      group: 'weather',
      agg: 'sum',
      options: { bucket: 'quarter', stacked: true, unit: 'mm' },
      ...at(0, 11, 6, 8),
    },
    {
      type: 'scatter',
      title: 'Warm days are calm days',
      subtitle: 'Wind in m/s against the high of the day in °C',
      ...weather,
      x: 'temp_max',
      y: ['wind'],
      group: 'weather',
      ...at(6, 11, 6, 8),
    },
    {
      type: 'line',
      title: 'Five shares',
      subtitle: 'Price at the beginning of the month',
      ...stocks,
      x: 'date',
      y: ['price'],
      group: 'symbol',
      agg: 'avg',
      options: { unit: '$' },
      ...at(0, 19, 8, 8),
    },
    {
      type: 'bar',
      title: 'Best month of each',
      subtitle: 'Highest price',
      ...stocks,
      x: 'symbol',
      y: ['price'],
      agg: 'max',
      sort: 'value-desc',
      options: { horizontal: true, labels: true, unit: '$' },
      ...at(8, 19, 4, 8),
    },
    {
      type: 'area',
      title: 'Two weeks of a server',
      subtitle: 'CPU, mean of the hour',
      ...server,
      x: 'timestamp',
      y: [{ field: 'value', label: 'CPU' }],
      agg: 'avg',
      options: { bucket: 'hour', unit: '%' },
      ...at(0, 27, 8, 8),
    },
    {
      type: 'histogram',
      title: 'How warm the days are',
      subtitle: 'Days by their high, °C',
      ...weather,
      x: 'temp_max',
      y: ['temp_max'],
      ...at(8, 27, 4, 8),
    },
  ];
}
