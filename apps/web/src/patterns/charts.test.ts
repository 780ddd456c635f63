import { type PastRisk, patterns } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import type { PastCost } from '../api/patterns.ts';
import { costOption, costsShown, impactOption, impactsOf, ratedOf, rateOption } from './charts.ts';
import { marked } from './found-words.ts';
import { costsInWords, impactsInWords, ratesInWords, signedPercent } from './past-words.ts';
import { isFiltered, readPastSearch } from './search.ts';

const usd = (amount: number) => amount * 10_000;
const look = { scheme: 'light', calm: true } as const;
const past = (category: string, outcome: PastRisk['outcome'], impact: number | null = null): PastRisk => ({
  ...{ documentId: 'd', category, currency: 'USD', probBp: 3_000, low: usd(100), high: usd(300), outcome },
  actualImpact: impact,
});
const found = patterns(
  [
    past('Deck', 'struck', usd(400)),
    past('Deck', 'struck', usd(200)),
    past('Deck', 'avoided'),
    past('<b>', 'avoided'),
    past('Open', 'open'),
  ],
  'USD',
);
const costs: PastCost[] = [20, -10, 0].map((more, n) => ({
  ...{ documentId: `${n}`, title: `Roof <${n}>`, decidedAt: `2026-0${3 - n}-01T00:00:00.000Z` },
  ...{ cost: usd(100), actual: usd(100 + more), variance: usd(more), varianceBp: more * 100 },
}));

interface Drawn {
  series: { name: string; data: unknown[] }[];
  yAxis: { data?: string[] };
  tooltip: { formatter: (at: { dataIndex: number }[]) => string };
}

test('PAST-5 a chart of rates has each category of which something is known, once, with its band and what was estimated', () => {
  const rated = ratedOf(found);
  const drawn = rateOption(rated, look) as unknown as Drawn;
  expect(drawn.yAxis.data).toEqual(['Deck', '<b>']);
  expect(drawn.series.map(({ name, data }) => [name, data[0]])).toEqual([
    ['from', 2_077],
    ['True rate', 9_385 - 2_077],
    ['Struck', [6_667, 0]],
    ['Estimated', [3_000, 0]],
  ]);
  expect(ratesInWords(rated)).toMatch(
    /Deck struck 2 of 3 times, 67% where 30% was estimated; <b> struck 0 of 1 time,/,
  );
  expect(drawn.tooltip.formatter([{ dataIndex: 1 }])).toMatch(
    /^<b>&#60;b&#62;<\/b><br>struck 0 of 1 time: 0%/,
  );
});

test('PAST-5 a chart of impacts has those of which an impact is known', () => {
  const shown = impactsOf(found);
  const drawn = impactOption(shown, 'USD', look) as unknown as Drawn;
  expect(drawn.series.map(({ name, data }) => [name, ...data])).toEqual([
    ['Estimated', usd(200)],
    ['Actual', usd(300)],
  ]);
  expect(impactsInWords(shown, 'USD')).toContain('Deck $300.00 where $200.00 was estimated');
});

test('PAST-5 a chart of costs goes with the time, and says what is above the estimate', () => {
  const shown = costsShown(costs);
  const drawn = costOption(shown, 'USD', look) as unknown as Drawn;
  expect(drawn.series[0]?.data).toMatchObject([{ value: 0 }, { value: -1_000 }, { value: 2_000 }]);
  expect(costsInWords(shown)).toContain('3 projects, in the order of time: 1 cost more');
  expect(drawn.tooltip.formatter([{ dataIndex: 2 }])).toContain('Roof &#60;0&#62;');
  expect(drawn.tooltip.formatter([{ dataIndex: 2 }])).toContain('+$20.00 (+20%)');
  expect([signedPercent(-349), signedPercent(20), signedPercent(1_250)]).toEqual(['−3%', '0%', '+13%']);
});

test('PAST-5 the address says what is shown, and what it cannot mean is left out', () => {
  const search = { tab: 'lessons', q: 'rain', category: 'Deck', from: '2026-01-01', kind: 'issue' };
  expect(readPastSearch(search)).toEqual(search);
  expect(
    readPastSearch({ tab: 'x', q: '', from: '2026-13-01', to: 3, currency: 'usd', status: 'draft' }),
  ).toEqual({});
  expect([isFiltered(search as never), isFiltered({ tab: 'lessons', currency: 'USD' })]).toEqual([
    true,
    false,
  ]);
});

test('PAST-3 the words that were looked for are marked where they stand, whatever marks they hold', () => {
  const words = (text: string, q: string) =>
    marked(text, q).map(({ part, found: is }) => (is ? `[${part}]` : part));
  expect(words('Rain, rain (50%)', 'RAIN (50%)')).toEqual(['[Rain]', ', ', '[rain]', ' ', '[(50%)]']);
  expect(words('Rain', '')).toEqual(['Rain']);
  expect(words('a-b', 'a-b')).toEqual(['[a-b]']);
});
