import type { EstimateView, LineView, Section } from '@tidemark/documents/estimate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculate } from './calculate.ts';
import { minorDigits, minorUnit } from './minor-unit.ts';
import {
  anyCurrency,
  anyEstimate,
  anyLine,
  anyParams,
  anyRisk,
  costing,
  estimateOf,
  line,
  risk,
  section,
} from './random-estimates.ts';
import { expected, type Side } from './reference.ts';

const usd = (amount: number) => Math.round(amount * 10_000);
const one = (lines: readonly LineView[], params = {}, currency = 'USD') =>
  estimateOf({ sections: [section('a', lines)], params, currency });

describe('the sums', () => {
  test('CALC-1 every sum is what the plain rational calculation gives', () => {
    fc.assert(
      fc.property(anyEstimate, (view) => {
        const found = calculate(view);
        const wanted = expected(view);
        expect({
          base: BigInt(found.base),
          contingency: BigInt(found.contingency),
          overhead: BigInt(found.overhead),
          risk: BigInt(found.riskExpected),
          cost: BigInt(found.cost),
          bid: BigInt(found.bid),
          tax: BigInt(found.tax),
          total: BigInt(found.total),
        }).toEqual(wanted);
        for (const side of ['low', 'high'] satisfies Side[]) {
          const { cost, bid, total } = expected(view, side);
          expect([found[side].cost, found[side].bid, found[side].total].map(BigInt)).toEqual([
            cost,
            bid,
            total,
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('CALC-1 a line with waste: 12.5 squares, 10 % waste, 98.75 each', () => {
    const view = one([line({ qty: 12_500_000, wasteBp: 1_000, unitCost: usd(98.75) })]);
    expect(calculate(view).base).toBe(usd(1_357.81));
  });

  test('CALC-2 sections, kinds and lines add up to the base; the order of lines does not matter', () => {
    fc.assert(
      fc.property(anyEstimate, fc.infiniteStream(fc.nat()), (view, chance) => {
        const found = calculate(view);
        const add = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
        expect(add([...found.sections.values()].map(({ subtotal }) => subtotal))).toBe(found.base);
        expect(add(Object.values(found.byKind))).toBe(found.base);
        const shuffle = (lines: readonly LineView[]) =>
          lines
            .map((line) => ({ line, at: chance.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ line }) => line);
        const shuffled = {
          ...view,
          sections: view.sections.map((section) => ({ ...section, lines: shuffle(section.lines) })),
        };
        const again = calculate(shuffled);
        expect(again.sections).toEqual(found.sections);
        expect(again.total).toBe(found.total);
      }),
    );
  });

  test('CALC-2 moving lines between sections keeps the base and everything after it', () => {
    fc.assert(
      fc.property(anyEstimate, (view) => {
        const lines = view.sections.flatMap((section) => section.lines);
        const moved = calculate({ ...view, sections: [section('other', lines)] });
        const { sections: _, amounts, ...rest } = calculate(view);
        expect({ ...moved, findings: [] }).toMatchObject({ ...rest, findings: [] });
        expect(moved.amounts).toEqual(amounts);
      }),
    );
  });

  test('CALC-3 halves go away from zero: a credit is the mirror of its cost', () => {
    expect(calculate(one([costing(usd(0.005))])).base).toBe(usd(0.01));
    expect(calculate(one([costing(usd(-0.005))])).base).toBe(usd(-0.01));
    expect(calculate(one([costing(usd(0.0049))])).base).toBe(0);
    fc.assert(
      fc.property(anyLine, anyCurrency, anyParams, (line, currency, params) => {
        const cost = calculate(one([line], params, currency));
        const credit = calculate(one([{ ...line, qty: -line.qty }], params, currency));
        for (const key of ['base', 'contingency', 'overhead', 'cost', 'bid', 'tax', 'total'] as const) {
          expect(credit[key] + cost[key]).toBe(0);
        }
      }),
    );
  });

  test('CALC-4 every result is a whole number of the currency’s minor unit', () => {
    expect(['JPY', 'USD', 'KWD', 'CLF', 'XYZ'].map(minorDigits)).toEqual([0, 2, 3, 4, 2]);
    expect(calculate(one([costing(usd(12.3456))], {}, 'JPY')).base).toBe(usd(12));
    expect(calculate(one([costing(usd(12.3456))], {}, 'USD')).base).toBe(usd(12.35));
    expect(calculate(one([costing(usd(12.3456))], {}, 'KWD')).base).toBe(usd(12.346));
    fc.assert(
      fc.property(anyEstimate, (view) => {
        const unit = minorUnit(view.meta.currency);
        for (const [path, value] of moneyOf(calculate(view)))
          expect([path, value % unit === 0]).toEqual([path, true]);
      }),
    );
  });
});

describe('the price', () => {
  test('CALC-5 15 % of 101,234.56: as margin 119,099.48, as markup 116,419.74, and both are shown', () => {
    const margin = calculate(one([costing(usd(101_234.56))], { targetBp: 1_500, marginMode: 'margin' }));
    const markup = calculate(one([costing(usd(101_234.56))], { targetBp: 1_500, marginMode: 'markup' }));
    expect(margin.bid).toBe(usd(119_099.48));
    expect(markup.bid).toBe(usd(116_419.74));
    for (const { byMargin, byMarkup } of [margin, markup]) {
      expect([byMargin, byMarkup]).toEqual([usd(119_099.48), usd(116_419.74)]);
    }
    expect([margin.margin, margin.marginBp, margin.markupBp]).toEqual([usd(17_864.92), 1_500, 1_765]);
    expect([markup.margin, markup.marginBp, markup.markupBp]).toEqual([usd(15_185.18), 1_304, 1_500]);
  });

  test('CALC-5 a margin of 100 % or more has no price: the bid is the cost, and it is said', () => {
    for (const targetBp of [10_000, 25_000]) {
      const none = calculate(one([costing(usd(100))], { targetBp, marginMode: 'margin' }));
      expect([none.bid, none.byMargin, none.byMarkup]).toEqual([usd(100), null, usd(100 + targetBp / 100)]);
      expect(none.findings.map(({ code }) => code)).toEqual(['no-such-margin']);
    }
    const double = calculate(one([costing(usd(100))], { targetBp: 10_000, marginMode: 'markup' }));
    expect([double.bid, double.byMargin, double.findings]).toEqual([usd(200), null, []]);
  });

  test('CALC-5 nothing costs nothing: rates of nothing are null', () => {
    const empty = calculate(estimateOf({ params: { targetBp: 1_500 } }));
    expect([empty.total, empty.marginBp, empty.markupBp]).toEqual([0, null, null]);
  });

  test('CALC-6 optional lines are never in the bid; what one would add is its price, to a few cents', () => {
    fc.assert(
      fc.property(anyEstimate, anyLine, (view, extra) => {
        const without = calculate(view);
        const option = { ...extra, optional: true };
        const within = (line: LineView): EstimateView => ({
          ...view,
          sections: [...view.sections, section('extra', [line])],
        });
        const offered = calculate(within(option));
        const taken = calculate(within({ ...option, optional: false }));
        expect([offered.bid, offered.total]).toEqual([without.bid, without.total]);
        expect(offered.sections.get('extra')?.optional).toBe(offered.amounts.get(option.id));
        const unit = minorUnit(view.meta.currency);
        // Two roundings of a half each before the profit multiplies them, one after it on each side.
        const times = view.params.marginMode === 'margin' ? 10_000 / (10_000 - view.params.targetBp) : 2;
        const apart = Math.abs(taken.bid - without.bid - (offered.options.get(option.id) ?? 0));
        expect(apart).toBeLessThanOrEqual(unit * Math.ceil(2 * times + 2));
      }),
    );
    const view = one([costing(usd(1_000), { id: 'skylight', optional: true })], {
      contingencyBp: 500,
      overheadBp: 1_000,
      targetBp: 2_000,
      taxBp: 825,
    });
    expect(calculate(view).options).toEqual(new Map([['skylight', usd(1_437.5)]]));
    expect(calculate(view).total).toBe(0);
  });
});

describe('the risks', () => {
  test('CALC-7 low ≤ expected ≤ high, of each risk and of the bid, when each low ≤ its high', () => {
    fc.assert(
      fc.property(anyEstimate, (view) => {
        const ordered = view.risks.map((risk) => ({
          ...risk,
          low: Math.min(risk.low, risk.high),
          high: Math.max(risk.low, risk.high),
          mitigatedLow: Math.min(risk.mitigatedLow, risk.mitigatedHigh),
          mitigatedHigh: Math.max(risk.mitigatedLow, risk.mitigatedHigh),
        }));
        const found = calculate({ ...view, risks: ordered });
        for (const { low, expected, high } of found.risks.values()) {
          expect(low <= expected && expected <= high).toBe(true);
        }
        expect(found.low.bid <= found.bid && found.bid <= found.high.bid).toBe(true);
        expect(found.low.total <= found.total && found.total <= found.high.total).toBe(true);
        expect(found.findings.filter(({ code }) => code === 'low-above-high')).toEqual([]);
      }),
    );
  });

  test('CALC-7 a low above its high counts as it stands, and it is said', () => {
    const upside = risk({ id: 'r', probBp: 5_000, low: usd(300), high: usd(100) });
    const found = calculate(estimateOf({ risks: [upside] }));
    expect([found.riskLow, found.riskExpected, found.riskHigh]).toEqual([usd(150), usd(100), usd(50)]);
    expect(found.findings).toMatchObject([{ code: 'low-above-high', about: 'risk', id: 'r' }]);
  });

  test('CALC-8 an applied mitigation counts with its own figures and its cost; both ways are always there', () => {
    const rot = risk({
      id: 'rot',
      probBp: 4_000,
      low: usd(2_000),
      high: usd(6_000),
      mitigationCost: usd(350.005),
      mitigatedProbBp: 1_000,
      mitigatedLow: usd(1_000),
      mitigatedHigh: usd(2_000),
    });
    const unmitigated = { low: usd(800), expected: usd(1_600), high: usd(2_400) };
    const mitigated = { low: usd(450.01), expected: usd(500.01), high: usd(550.01) };
    const both = { unmitigated, mitigated, mitigationCost: usd(350.01) };
    const open = calculate(estimateOf({ risks: [rot] }));
    expect(open.risks.get('rot')).toEqual({ ...unmitigated, ...both });
    const applied = { at: '2026-01-01T00:00:00Z', by: 'ana' };
    const done = calculate(estimateOf({ risks: [{ ...rot, applied }] }));
    expect(done.risks.get('rot')).toEqual({ ...mitigated, ...both });
    expect([done.riskLow, done.cost, done.riskHigh]).toEqual([usd(450.01), usd(500.01), usd(550.01)]);
  });
});

describe('the edges', () => {
  const extreme = fc.constantFrom(
    Number.MAX_SAFE_INTEGER,
    -Number.MAX_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER - 1,
    1,
    0,
    -1,
  );
  const extremeLine = fc
    .record({ qty: extreme, unitCost: extreme, wasteBp: fc.constantFrom(0, 100_000) })
    .map((fields) => line(fields));
  const extremeRisk = fc
    .record({ low: extreme, high: extreme, mitigationCost: extreme, probBp: fc.constantFrom(0, 1, 10_000) })
    .map((fields) => risk({ ...fields, applied: { at: '', by: null } }));

  test('CALC-9 whatever a view holds, every result is a safe integer, and what was cut off is said', () => {
    fc.assert(
      fc.property(
        fc.array(extremeLine, { maxLength: 6 }),
        fc.array(fc.oneof(extremeRisk, anyRisk), { maxLength: 4 }),
        anyCurrency,
        anyParams,
        (lines, risks, currency, params) => {
          const view = estimateOf({ currency, params, sections: [section(null, lines)], risks });
          const found = calculate(view);
          for (const [path, value] of moneyOf(found)) {
            expect([path, Number.isSafeInteger(value)]).toEqual([path, true]);
          }
          const wanted = expected(view);
          const exact = BigInt(found.total) === wanted.total && BigInt(found.cost) === wanted.cost;
          expect(exact || found.findings.some(({ code }) => code === 'too-large')).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('CALC-9 a sum that leaves the safe integers and comes back is exact in any order', () => {
    const most = costing(Number.MAX_SAFE_INTEGER - 9_191);
    const lines = [most, { ...most, id: 'again' }, costing(-most.unitCost), costing(usd(0.5))];
    const wanted = calculate(one(lines)).base;
    expect(wanted).toBe(calculate(one([...lines].reverse())).base);
    expect(calculate(one(lines)).findings).toEqual([]);
  });

  test('CALC-10 the estimation is a function of the view alone, whatever was reckoned before', () => {
    fc.assert(
      fc.property(anyEstimate, anyCurrency, (view, currency) => {
        const copy: EstimateView = structuredClone(view);
        calculate({ ...view, meta: { ...view.meta, currency } });
        const edited = editFirst(view.sections);
        calculate({ ...view, sections: edited });
        expect(calculate(view)).toEqual(calculate(copy));
        expect(calculate(view)).toBe(calculate(view));
      }),
    );
  });
});

function editFirst(sections: readonly Section[]): readonly Section[] {
  return sections.map((section) => ({
    ...section,
    lines: section.lines.map((line, index) => (index === 0 ? { ...line, qty: line.qty + 1 } : line)),
  }));
}

/** Every amount of money within, by path. */
function moneyOf(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return path.endsWith('Bp') ? [] : [[path, value]];
  if (value instanceof Map)
    return [...value].flatMap(([key, item]) => moneyOf(item, `${path}.${String(key)}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => moneyOf(item, `${path}.${key}`));
}
