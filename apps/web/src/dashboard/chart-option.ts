import type { ChartData, ChartView, Point } from '@tidemark/documents/dashboard';
import type { EChartsCoreOption } from 'echarts/core';
import { dateFormat, type NumberFormat, numberFormat } from './formats.ts';
import { coloursOf, inkOf, type Scheme } from './palettes.ts';
import { alignPoints } from './stacks.ts';

export type DrawnData = Extract<ChartData, { kind: 'categories' | 'points' }>;

export interface Look {
  readonly scheme: Scheme;
  readonly palette: string;
  /** For tooltips. */
  readonly full: NumberFormat;
  /** For axes and labels. */
  readonly short: NumberFormat;
  /** Tiles narrower than this drop what does not fit, pixels. */
  readonly width: number;
  /** Nothing glides, for people who asked their system for that. */
  readonly calm?: boolean;
}

type Chart = Pick<ChartView, 'type' | 'options'>;

const narrow = 300;
const font = "'Inter Variable', system-ui, sans-serif";
const on = (chart: Chart, name: string, otherwise = false) =>
  typeof chart.options[name] === 'boolean' ? chart.options[name] === true : otherwise;

/** Everything ECharts needs to draw one chart. Pure. */
export function chartOption(data: DrawnData, chart: Chart, look: Look): EChartsCoreOption {
  const ink = inkOf[look.scheme];
  const legend = data.series.length > 1 && on(chart, 'legend', true);
  const common = {
    useUTC: true,
    animation: !look.calm,
    animationDuration: 250,
    animationDurationUpdate: 200,
    backgroundColor: 'transparent',
    color: [...coloursOf(look.palette, look.scheme)],
    textStyle: { fontFamily: font, color: ink.soft },
    tooltip: tooltipOf(data, chart, look),
    legend: {
      show: legend || (chart.type === 'pie' && on(chart, 'legend', true)),
      type: 'scroll',
      top: 0,
      left: 0,
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 14,
      icon: 'roundRect',
      textStyle: { color: ink.soft, fontSize: 12, fontFamily: font },
      pageIconColor: ink.soft,
      pageTextStyle: { color: ink.faint },
    },
  };
  if (chart.type === 'pie' && data.kind === 'categories') {
    return { ...common, series: [pieSeries(data, chart, look)] };
  }
  return { ...common, ...cartesian(data, chart, look, legend) };
}

function cartesian(data: DrawnData, chart: Chart, look: Look, legend: boolean): EChartsCoreOption {
  const ink = inkOf[look.scheme];
  const colours = coloursOf(look.palette, look.scheme);
  const drawn = isStacked(chart) && data.kind === 'points' ? alignPoints(data) : data;
  const rightAxis = data.series.some(({ axis }) => axis === 'right');
  const flipped = chart.type === 'bar' && data.kind === 'categories' && on(chart, 'horizontal');
  const label = { color: ink.faint, fontSize: 11.5, fontFamily: font, hideOverlap: true };
  const across = {
    type: data.kind === 'categories' ? 'category' : data.xType === 'time' ? 'time' : 'value',
    ...(data.kind === 'categories' ? { data: [...data.categories], inverse: flipped } : {}),
    ...(data.kind === 'points' && chart.type === 'scatter' ? { scale: true } : {}),
    axisLine: { lineStyle: { color: ink.axis } },
    axisTick: { show: false },
    axisLabel: {
      ...label,
      ...(data.kind === 'categories' ? { width: 110, overflow: 'truncate' } : {}),
      ...(data.kind === 'points' && data.xType === 'time' ? { formatter: timeLabels } : {}),
      ...(data.kind === 'points' && data.xType !== 'time' ? { formatter: shortNumber } : {}),
    },
    splitLine: { show: chart.type === 'scatter', lineStyle: { color: ink.line } },
    boundaryGap: chart.type === 'bar' || data.kind === 'categories' ? undefined : false,
  };
  const up = {
    type: on(chart, 'log') ? 'log' : 'value',
    scale: chart.type === 'scatter' || (chart.type === 'line' && !on(chart, 'zero')),
    axisLine: { show: false },
    axisTick: { show: false },
    splitNumber: 4,
    axisLabel: { ...label, formatter: (value: number) => look.short(value) },
    splitLine: { lineStyle: { color: ink.line } },
  };
  const ups = rightAxis ? [up, { ...up, splitLine: { show: false } }] : up;
  return {
    grid: {
      left: 2,
      right: look.width < narrow ? 6 : 14,
      top: legend ? 30 : 10,
      bottom: 2,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: flipped ? ups : across,
    yAxis: flipped ? across : ups,
    series: drawn.series.map((series, index) => ({
      ...seriesStyle(chart, look, data),
      name: series.label,
      color: series.color ?? colours[index % colours.length],
      ...(rightAxis && series.axis === 'right' ? { [flipped ? 'xAxisIndex' : 'yAxisIndex']: 1 } : {}),
      data: 'points' in series ? series.points.map((point): Point => point) : [...series.values],
    })),
  };
}

/** A day says its month too; the ticks above it are ECharts' own. */
const timeLabels = { year: '{primary|{yyyy}}', month: '{MMM}', day: '{d} {MMM}' };

/** Across a scatter stands another column than the one whose unit is known. */
const shortNumber = numberFormat(null, null, true);

const isStacked = (chart: Chart) => on(chart, 'stacked', chart.type === 'area');

function seriesStyle(chart: Chart, look: Look, data: DrawnData): Record<string, unknown> {
  const ink = inkOf[look.scheme];
  const stack = isStacked(chart) ? 'all' : undefined;
  const labels = {
    show: on(chart, 'labels'),
    color: ink.soft,
    fontSize: 11,
    formatter: ({ value }: { value: unknown }) => look.short(numberIn(value)),
  };
  const count = data.kind === 'points' ? (data.series[0]?.points.length ?? 0) : data.categories.length;
  switch (chart.type) {
    case 'bar':
    case 'histogram':
      return {
        type: 'bar',
        stack,
        barMaxWidth: chart.type === 'histogram' ? undefined : 44,
        barCategoryGap: chart.type === 'histogram' ? '6%' : '28%',
        itemStyle: { borderRadius: stack ? 0 : 3 },
        label: { ...labels, position: on(chart, 'horizontal') ? 'right' : 'top' },
        emphasis: { focus: 'series' },
      };
    case 'scatter':
      return {
        type: 'scatter',
        symbolSize: count > 800 ? 4 : 6,
        itemStyle: { opacity: count > 800 ? 0.5 : 0.7 },
        large: count > 3000,
      };
    default:
      return {
        type: 'line',
        stack,
        smooth: on(chart, 'smooth') ? 0.35 : false,
        showSymbol: count <= 24,
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { width: 2 },
        ...(chart.type === 'area' ? { areaStyle: { opacity: look.scheme === 'dark' ? 0.28 : 0.2 } } : {}),
        label: { ...labels, position: 'top' },
        emphasis: { focus: 'series' },
      };
  }
}

function pieSeries(
  data: Extract<DrawnData, { kind: 'categories' }>,
  chart: Chart,
  look: Look,
): Record<string, unknown> {
  const ink = inkOf[look.scheme];
  const values = data.series[0]?.values ?? [];
  const colours = coloursOf(look.palette, look.scheme);
  const places = [...data.categories].sort();
  // With a legend the names are said already; the shares then stand in the ring.
  const named = !on(chart, 'legend', true);
  return {
    type: 'pie',
    radius: [on(chart, 'solid') ? '0%' : '44%', '76%'],
    center: ['50%', on(chart, 'legend', true) ? '56%' : '50%'],
    padAngle: 1,
    itemStyle: { borderRadius: 3, borderColor: ink.surface, borderWidth: 1 },
    minShowLabelAngle: 20,
    label: {
      show: on(chart, 'labels', true) && look.width >= narrow,
      position: named ? 'outside' : 'inside',
      color: named ? ink.soft : look.scheme === 'dark' ? '#10181d' : '#ffffff',
      fontSize: 11.5,
      fontWeight: named ? 400 : 600,
      formatter: ({ name, percent }: { name: string; percent: number }) =>
        named ? `${name} ${Math.round(percent)}%` : `${Math.round(percent)}%`,
      ...(named ? { overflow: 'truncate', width: 90 } : {}),
    },
    labelLine: { lineStyle: { color: ink.axis }, length: 8, length2: 8 },
    // In the order of the names, as a split has it elsewhere: rain keeps its colour from chart to chart.
    data: data.categories.map((name, index) => ({
      name,
      value: values[index] ?? 0,
      itemStyle: { color: colours[places.indexOf(name) % colours.length] },
    })),
  };
}

function tooltipOf(data: DrawnData, chart: Chart, look: Look): Record<string, unknown> {
  const ink = inkOf[look.scheme];
  const byItem = chart.type === 'pie' || chart.type === 'scatter';
  return {
    trigger: byItem ? 'item' : 'axis',
    confine: true,
    backgroundColor: look.scheme === 'dark' ? '#1b242a' : '#ffffff',
    borderColor: ink.axis,
    borderWidth: 1,
    padding: [7, 10],
    textStyle: { color: ink.text, fontSize: 12, fontFamily: font },
    axisPointer: {
      type: chart.type === 'bar' || chart.type === 'histogram' ? 'shadow' : 'line',
      lineStyle: { color: ink.axis },
      shadowStyle: { color: look.scheme === 'dark' ? 'rgba(255,255,255,0.05)' : 'rgba(20,40,52,0.05)' },
    },
    formatter: (params: unknown) => tooltipText(params, data, look),
  };
}

interface Hit {
  readonly seriesName: string;
  readonly marker: string;
  readonly name: string;
  readonly value: unknown;
  readonly percent?: number;
}

/** Most lines in one tooltip; the rest is counted. */
const mostLines = 12;

/** ECharts puts this into the page as HTML, and names come from files: everything is escaped. */
export function tooltipText(params: unknown, data: DrawnData, look: Look): string {
  const hits = (Array.isArray(params) ? params : [params]) as Hit[];
  const first = hits[0];
  if (!first) return '';
  const head = headOf(first, data);
  const lines = hits
    .filter(({ value }) => numberIn(value) !== null)
    .slice(0, mostLines)
    .map((hit) => {
      const share = hit.percent === undefined ? '' : ` (${hit.percent}%)`;
      const name = hit.percent === undefined ? hit.seriesName : hit.name;
      return `${hit.marker} ${escapeHtml(name)} <b>${escapeHtml(look.full(numberIn(hit.value)))}</b>${share}`;
    });
  const more = hits.length > mostLines ? [`and ${hits.length - mostLines} more`] : [];
  return [head, ...lines, ...more].filter(Boolean).join('<br>');
}

function headOf(hit: Hit, data: DrawnData): string {
  if (data.kind === 'categories') return hit.percent === undefined ? escapeHtml(hit.name) : '';
  const x = Array.isArray(hit.value) ? hit.value[0] : null;
  if (typeof x !== 'number') return '';
  return escapeHtml(data.xType === 'time' ? dateFormat(data.bucket)(x) : String(x));
}

function numberIn(value: unknown): number | null {
  const raw = Array.isArray(value) ? value[1] : value;
  return typeof raw === 'number' && Number.isFinite(raw) ? raw : null;
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  );
}
