import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculate } from './calculate.ts';
import { actual, anyEstimate, costing, estimateOf, section } from './random-estimates.ts';
import { variance } from './variance.ts';

const usd = (amount: number) => Math.round(amount * 10_000);

test('CALC-18 lines add up to sections, sections to the total, and no booking is lost', () => {
  const bookings = fc.array(
    fc.record({
      line: fc.nat(),
      group: fc.constantFrom(null, 'g0', 'g1', 'gone'),
      amount: fc.integer({ min: -99_999, max: 999_999 }),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(anyEstimate, anyEstimate, bookings, (other, now, bookings) => {
      const ids = [...now.lines.keys(), ...other.lines.keys(), 'removed'];
      const actuals = bookings.map(({ line, group, amount }, index) =>
        actual({
          lineId: index % 3 === 0 ? null : ids[line % ids.length]!,
          groupId: group,
          amount: amount * 10_000,
        }),
      );
      const view = { ...now, actuals };
      const booked = actuals.reduce((sum, { amount }) => sum + amount, 0);
      for (const baseline of [undefined, { ...other, meta: now.meta }]) {
        const found = variance(view, calculate(view), baseline);
        const estimated = calculate(baseline ?? view);
        expect([found.total.estimated, found.total.actual]).toEqual([estimated.base, booked]);
        expect(found.cost.estimated).toBe(estimated.cost);
        expect([found.profit.estimated, found.profit.actual]).toEqual([
          estimated.margin,
          estimated.bid - booked,
        ]);
        const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
        expect(sum(found.sections.map((section) => section.estimated))).toBe(estimated.base);
        for (const section of found.sections) {
          expect(sum(section.lines.map(({ actual }) => actual)) + section.unassigned).toBe(section.actual);
          expect(section.variance).toBe(section.actual - section.estimated);
        }
      }
    }),
  );
});

test('CALC-18 against the frozen submission: moved, new, removed and optional lines', () => {
  const [felt, deck, vent, extra] = [
    costing(usd(100), { id: 'felt' }),
    costing(usd(300), { id: 'deck' }),
    costing(usd(50), { id: 'vent', optional: true }),
    costing(usd(40), { id: 'extra' }),
  ];
  const baseline = estimateOf({ sections: [section('a', [felt, deck]), section('b', [vent])] });
  const now = estimateOf({
    sections: [
      section('a', []),
      section('b', [{ ...felt, unitCost: usd(120) }, vent]),
      section('c', [extra]),
    ],
    actuals: [
      actual({ lineId: 'felt', groupId: 'b', amount: usd(90) }),
      actual({ lineId: 'felt', amount: usd(20) }),
      actual({ lineId: 'deck', amount: usd(330) }),
      actual({ lineId: 'extra', amount: usd(45) }),
      actual({ groupId: 'b', amount: usd(7) }),
      actual({ amount: usd(1) }),
    ],
  });
  const { sections, total } = variance(now, calculate(now), baseline);
  const rows = sections.map(({ group, lines, unassigned, estimated, actual }) => ({
    group: group?.id ?? null,
    lines: lines.map(({ line, estimated, actual, varianceBp }) => [line.id, estimated, actual, varianceBp]),
    sums: [estimated, actual, unassigned],
  }));
  expect(rows).toEqual([
    {
      group: 'a',
      lines: [
        ['felt', usd(100), usd(110), 1_000],
        ['deck', usd(300), usd(330), 1_000],
      ],
      sums: [usd(400), usd(440), 0],
    },
    { group: 'b', lines: [], sums: [0, usd(7), usd(7)] },
    { group: 'c', lines: [['extra', 0, usd(45), null]], sums: [0, usd(45), 0] },
    { group: null, lines: [], sums: [0, usd(1), usd(1)] },
  ]);
  expect(total).toEqual({ estimated: usd(400), actual: usd(493), variance: usd(93), varianceBp: 2_325 });
});
