import { formatMoney } from '@tidemark/estimating';
import type { EChartsCoreOption } from 'echarts/core';
import type { CategoryPattern, PastCost } from '../api/patterns.ts';
import { coloursOf, inkOf, type Scheme } from '../dashboard/palettes.ts';
import { categoryName, percent, signedMoney, signedPercent, struckOf } from './past-words.ts';

export interface Look {
  readonly scheme: Scheme;
  /** Nothing glides, for people who asked their system for that. */
  readonly calm: boolean;
}

/** More than these are in the table alone. */
const mostCategories = 10;
const mostCosts = 60;
const font = "'Inter Variable', system-ui, sans-serif";

/** Categories of which something is known, those with most behind them first. */
export function ratedOf(categories: readonly CategoryPattern[]): CategoryPattern[] {
  return categories.filter(({ decided }) => decided > 0).slice(0, mostCategories);
}

export function impactsOf(categories: readonly CategoryPattern[]): CategoryPattern[] {
  return categories.filter(({ impact }) => impact !== null).slice(0, mostCategories);
}

/** In the order of time. */
export function costsShown(costs: readonly PastCost[]): PastCost[] {
  return costs.slice(0, mostCosts).reverse();
}

/** A point for how often each struck, a band for where the true rate lies, a diamond for what was estimated. */
export function rateOption(shown: readonly CategoryPattern[], look: Look): EChartsCoreOption {
  const ink = inkOf[look.scheme];
  const [main, warm] = coloursOf('tidemark', look.scheme);
  const bar = { type: 'bar', stack: 'interval', barWidth: 8, silent: true, tooltip: { show: false } };
  return {
    ...common(look),
    legend: { ...legend(look), data: ['Struck', 'True rate', 'Estimated'] },
    grid: grid(30),
    tooltip: {
      ...tooltip(look),
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: lines((at) => {
        const pattern = shown[at];
        if (pattern === undefined) return [];
        const { category, rateBp, interval, calibration } = pattern;
        return [
          categoryName(category),
          `${struckOf(pattern)}: ${percent(rateBp ?? 0)}`,
          `true rate ${percent(interval.low)} to ${percent(interval.high)}`,
          `estimated ${percent(calibration?.estimatedBp ?? 0)}`,
        ];
      }),
    },
    xAxis: {
      ...valueAxis(look),
      min: 0,
      max: 10_000,
      interval: 2_500,
      axisLabel: { ...label(look), formatter: percent },
    },
    yAxis: namesAxis(shown, look),
    series: [
      {
        ...bar,
        name: 'from',
        itemStyle: { color: 'transparent' },
        data: shown.map(({ interval }) => interval.low),
      },
      {
        ...bar,
        name: 'True rate',
        itemStyle: { color: look.scheme === 'dark' ? '#245a69' : '#bfdde5', borderRadius: 4 },
        data: shown.map(({ interval }) => interval.high - interval.low),
      },
      {
        type: 'scatter',
        name: 'Struck',
        symbolSize: 12,
        itemStyle: { color: main, borderColor: ink.surface, borderWidth: 2 },
        data: shown.map(({ rateBp }, at) => [rateBp ?? 0, at]),
        z: 4,
      },
      {
        type: 'scatter',
        name: 'Estimated',
        symbol: 'diamond',
        symbolSize: 11,
        itemStyle: { color: ink.surface, borderColor: warm, borderWidth: 2 },
        data: shown.map(({ calibration }, at) => [calibration?.estimatedBp ?? 0, at]),
        z: 3,
      },
    ],
  };
}

/** The mean of what was estimated beside the mean of what it cost. */
export function impactOption(
  shown: readonly CategoryPattern[],
  currency: string,
  look: Look,
): EChartsCoreOption {
  const [main, warm] = coloursOf('tidemark', look.scheme);
  const bar = { type: 'bar', barMaxWidth: 12, barGap: '15%' };
  return {
    ...common(look),
    legend: legend(look),
    grid: grid(30),
    tooltip: {
      ...tooltip(look),
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: lines((at) => {
        const { category = '', impact = null } = shown[at] ?? {};
        if (impact === null) return [];
        return [
          `${categoryName(category)}, ${impact.risks} that struck`,
          `estimated ${formatMoney(impact.estimatedMean, currency)}`,
          `actual ${formatMoney(impact.mean, currency)}`,
          `from ${formatMoney(impact.lowest, currency)} to ${formatMoney(impact.highest, currency)}`,
        ];
      }),
    },
    xAxis: { ...valueAxis(look), min: 0, axisLabel: { ...label(look), formatter: shortMoney(currency) } },
    yAxis: namesAxis(shown, look),
    series: [
      {
        ...bar,
        name: 'Estimated',
        itemStyle: { color: warm, borderRadius: 2 },
        data: shown.map(({ impact }) => impact?.estimatedMean ?? 0),
      },
      {
        ...bar,
        name: 'Actual',
        itemStyle: { color: main, borderRadius: 2 },
        data: shown.map(({ impact }) => impact?.mean ?? 0),
      },
    ],
  };
}

/** How far each project came out above or below its estimate, in the order of time. */
export function costOption(shown: readonly PastCost[], currency: string, look: Look): EChartsCoreOption {
  const ink = inkOf[look.scheme];
  const [bad, good] = look.scheme === 'dark' ? ['#f08a8d', '#6cc79b'] : ['#c24a50', '#3f9a6d'];
  return {
    ...common(look),
    grid: grid(12),
    tooltip: {
      ...tooltip(look),
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: lines((at) => {
        const one = shown[at];
        if (one === undefined) return [];
        return [
          one.title,
          day(one.decidedAt),
          `estimated ${formatMoney(one.cost, currency)}`,
          `actual ${formatMoney(one.actual, currency)}`,
          `${signedMoney(one.variance, currency)}${one.varianceBp === null ? '' : ` (${signedPercent(one.varianceBp)})`}`,
        ];
      }),
    },
    xAxis: {
      type: 'category',
      data: shown.map(({ decidedAt }) => day(decidedAt)),
      axisLine: { lineStyle: { color: ink.axis }, onZero: true },
      axisTick: { show: false },
      axisLabel: {
        ...label(look),
        hideOverlap: true,
        // A month is named once.
        formatter: (month: string, at: number) =>
          at > 0 && day(shown[at - 1]?.decidedAt ?? '') === month ? '' : month,
        interval: 0,
      },
    },
    yAxis: { ...valueAxis(look), splitNumber: 4, axisLabel: { ...label(look), formatter: signedPercent } },
    series: [
      {
        type: 'bar',
        name: 'Actual against estimated',
        barMaxWidth: 26,
        data: shown.map(({ varianceBp }) => ({
          value: varianceBp,
          itemStyle: { color: (varianceBp ?? 0) > 0 ? bad : good, borderRadius: 2 },
        })),
      },
    ],
  };
}

const date = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric' });

function day(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? '' : date.format(time);
}

function shortMoney(currency: string) {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  });
  return (money: number) => format.format(money / 10_000);
}

function common({ calm }: Look): EChartsCoreOption {
  return {
    animation: !calm,
    animationDuration: 250,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
  };
}

const grid = (top: number) => ({
  ...{ left: 2, right: 18, top, bottom: 2 },
  ...{ outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
});

const label = ({ scheme }: Look) => ({ color: inkOf[scheme].soft, fontSize: 12, fontFamily: font });

const legend = (look: Look) => ({
  ...{ top: 0, left: 0, itemWidth: 12, itemHeight: 10, itemGap: 14, selectedMode: false },
  textStyle: label(look),
});

const tooltip = ({ scheme }: Look) => ({
  confine: true,
  backgroundColor: inkOf[scheme].surface,
  borderColor: inkOf[scheme].axis,
  padding: [8, 11],
  textStyle: { color: inkOf[scheme].text, fontSize: 12.5, fontFamily: font },
});

const valueAxis = ({ scheme }: Look) => ({
  type: 'value',
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: inkOf[scheme].line } },
});

const namesAxis = (shown: readonly CategoryPattern[], look: Look) => ({
  type: 'category',
  inverse: true,
  data: shown.map(({ category }) => categoryName(category)),
  axisLine: { lineStyle: { color: inkOf[look.scheme].axis } },
  axisTick: { show: false },
  axisLabel: { ...label(look), width: 120, overflow: 'truncate' },
});

/** Lines of text for what stands at a place of the axis; a tooltip is HTML, and titles are anybody's text. */
function lines(tell: (at: number) => readonly string[]) {
  return (params: readonly { dataIndex: number }[] | { dataIndex: number }) => {
    const [first] = [params].flat();
    const [head = '', ...rest] = tell(first?.dataIndex ?? -1).map(escaped);
    return [`<b>${head}</b>`, ...rest].join('<br>');
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
