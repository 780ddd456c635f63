import type { EstimateView, LineView, Section } from '@tidemark/documents/estimate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyEstimate,
  anyLine,
  anyParams,
  anyRisk,
  costing,
  estimateOf,
  line,
  risk,
  section,
} from '../random-estimates.ts';
import { compareEstimates } from './compare-estimates.ts';
import { movedAmong } from './match.ts';

const usd = (amount: number) => Math.round(amount * 10_000);
const add = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

/** A later estimate: some lines and risks of the earlier one as they are, changed, gone, moved and new; other rates. */
const anyRevision = fc
  .record({
    before: anyEstimate,
    fates: fc.infiniteStream(fc.constantFrom('keep', 'change', 'remove', 'move')),
    spare: fc.array(anyLine, { minLength: 1, maxLength: 20 }),
    newRisks: fc.array(anyRisk, { maxLength: 3 }),
    params: fc.option(anyParams, { nil: undefined }),
    currency: fc.constantFrom(undefined, 'JPY', 'KWD', 'USD'),
  })
  .map(({ before, fates, spare, newRisks, params, currency }) => {
    const fate = () => fates.next().value as string;
    let next = 0;
    const other = (): LineView => {
      next += 1;
      return spare[next % spare.length]!;
    };
    const moved: LineView[] = [];
    const sections: Section[] = before.sections.map(({ group, lines }) => ({
      group,
      lines: lines.flatMap((old) => {
        const what = fate();
        if (what === 'keep') return [old];
        if (what === 'change') return [{ ...other(), id: old.id }];
        if (what === 'move') moved.push(old);
        return [];
      }),
    }));
    const risks = before.risks.flatMap((old, index) => {
      const what = fate();
      if (what === 'remove') return [];
      return [what === 'change' ? { ...(newRisks[index] ?? old), id: old.id } : old];
    });
    const after = estimateOf({
      currency: currency ?? before.meta.currency,
      params: params ?? before.params,
      sections: [...sections, section('new', [...moved, ...spare.slice(0, 2)])],
      risks: [...risks, ...newRisks.map((one) => ({ ...one, id: `${one.id}-new` }))],
    });
    return { before, after };
  });

describe('the change of the bid', () => {
  test('CALC-20 the steps add up to the change of base, risk, cost, bid and total, to the cent', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const { explanation, totals, estimations } = compareEstimates(before, after);
        const delta = new Map(totals.map((row) => [row.total, row.delta]));
        for (const [step, total] of [
          ['base', 'base'],
          ['risk', 'riskExpected'],
          ['cost', 'cost'],
          ['bid', 'bid'],
          ['total', 'total'],
        ] as const) {
          expect([step, add(explanation.map((one) => one[step]))]).toEqual([step, delta.get(total)]);
        }
        expect(estimations.after.bid - estimations.before.bid).toBe(delta.get('bid'));
      }),
      { numRuns: 300 },
    );
  });

  test('CALC-20 the lines’ deltas add up to the base of their step, the risks’ to the risk of theirs', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const { lines, risks, explanation } = compareEstimates(before, after);
        const step = (cause: string) => explanation.find((one) => one.cause === cause);
        const all = [...lines.added, ...lines.removed, ...lines.changed];
        expect(add(all.map(({ delta }) => delta))).toBe(step('lines')?.base);
        const each = [...risks.added, ...risks.removed, ...risks.changed];
        expect(add(each.map(({ delta }) => delta))).toBe(step('risks')?.risk);
      }),
      { numRuns: 300 },
    );
  });

  test('CALC-20 one dearer line carries the old rates; the new margin bears on the new cost', () => {
    const shingles = costing(usd(1_000), { id: 's' });
    const rates = { overheadBp: 1_000, targetBp: 2_000, taxBp: 500 };
    const before = estimateOf({ sections: [section('a', [shingles])], params: rates });
    const after = estimateOf({
      sections: [section('a', [{ ...shingles, unitCost: usd(1_200) }])],
      params: { ...rates, targetBp: 2_500 },
    });
    const { explanation, lines } = compareEstimates(before, after);
    expect(lines.changed).toMatchObject([
      { fields: [{ field: 'unitCost', old: usd(1_000), new: usd(1_200) }], delta: usd(200) },
    ]);
    const none = { base: 0, risk: 0, cost: 0, bid: 0, total: 0 };
    expect(explanation).toEqual([
      { cause: 'currency', ...none },
      { cause: 'lines', base: usd(200), risk: 0, cost: usd(220), bid: usd(275), total: usd(288.75) },
      { cause: 'contingency', ...none },
      { cause: 'overhead', ...none },
      { cause: 'risks', ...none },
      { cause: 'profit', base: 0, risk: 0, cost: 0, bid: usd(110), total: usd(115.5) },
      { cause: 'tax', ...none },
    ]);
  });
});

describe('what changed', () => {
  test('CALC-21 an estimate is like itself', () => {
    fc.assert(
      fc.property(anyEstimate, (view) => {
        const { lines, risks, params, meta, totals } = compareEstimates(view, structuredClone(view));
        const groups = { kept: lines.groups.kept, added: [], removed: [], renamed: [], moved: [] };
        expect(lines).toEqual({ added: [], removed: [], changed: [], moved: [], groups });
        expect([risks, params, meta]).toEqual([{ added: [], removed: [], changed: [] }, [], []]);
        expect(totals.every(({ delta }) => delta === 0)).toBe(true);
      }),
    );
  });

  test('CALC-21 every line of the two is told once: added, removed, or in both', () => {
    fc.assert(
      fc.property(anyRevision, ({ before, after }) => {
        const { lines } = compareEstimates(before, after);
        const ids = (all: Iterable<LineView>) => [...all].map(({ id }) => id).sort();
        const gone = new Set(lines.removed.map(({ line }) => line.id));
        const fresh = new Set(lines.added.map(({ line }) => line.id));
        expect(ids([...before.lines.values()].filter(({ id }) => !gone.has(id)))).toEqual(
          ids([...after.lines.values()].filter(({ id }) => !fresh.has(id))),
        );
        for (const { before: old, after: now } of lines.changed) expect(now).not.toEqual(old);
      }),
    );
  });

  test('CALC-21 moved lines and sections, renamed sections, new risks, other rates and words', () => {
    const [a, b, c] = [line({ id: 'a' }), line({ id: 'b' }), line({ id: 'c' })];
    const wind = risk({ id: 'wind', title: 'Wind' });
    const before = estimateOf({
      sections: [section('1', [a, b, c]), section('2', []), section('3', [])],
      risks: [wind],
    });
    const after = estimateOf({
      sections: [section('2', [c], 'Gutters'), section('1', [b, a]), section('4', [])],
      risks: [{ ...wind, probBp: 5_000, low: usd(10), high: usd(10) }, risk({ id: 'rain', title: 'Rain' })],
      params: { taxBp: 825 },
      meta: { client: 'Ana' },
    });
    const { lines, risks, params, meta } = compareEstimates(before, after);
    expect(lines.moved.map(({ after, groups }) => [after.id, groups.before?.id, groups.after?.id])).toEqual([
      ['c', '1', '2'],
      ['a', '1', '1'],
    ]);
    expect(lines.changed).toEqual([]);
    const names = lines.groups;
    expect([names.added.map(({ id }) => id), names.removed.map(({ id }) => id)]).toEqual([['4'], ['3']]);
    expect(names.renamed).toMatchObject([{ before: { name: 'Section 2' }, after: { name: 'Gutters' } }]);
    expect(names.moved.map(({ id }) => id)).toEqual(['1']);
    expect(risks).toMatchObject({
      added: [{ risk: { id: 'rain' }, delta: 0 }],
      changed: [{ delta: usd(5) }],
    });
    expect(risks.changed[0]?.fields.map(({ field }) => field)).toEqual(['probBp', 'low', 'high']);
    expect([params, meta]).toEqual([
      [{ field: 'taxBp', old: 0, new: 825 }],
      [{ field: 'client', old: '', new: 'Ana' }],
    ]);
  });

  test('CALC-22 what was typed anew is matched by what it is called', () => {
    const typed = (ids: string, cost: number): EstimateView =>
      estimateOf({
        sections: [
          section(
            `${ids}1`,
            [costing(cost, { id: `${ids}2`, name: 'Shingles' }), line({ id: `${ids}3`, name: '' })],
            'Roof',
          ),
        ],
        risks: [risk({ id: `${ids}4`, title: 'Rot' })],
      });
    const { lines, risks } = compareEstimates(typed('x', usd(10)), typed('y', usd(12)));
    expect(lines.changed).toMatchObject([{ fields: [{ field: 'unitCost' }], delta: usd(2) }]);
    expect([lines.added.map(({ line }) => line.id), lines.removed.map(({ line }) => line.id)]).toEqual([
      ['y3'],
      ['x3'],
    ]);
    expect([lines.moved, lines.groups.added, risks.added]).toEqual([[], [], []]);
  });

  test('CALC-22 the fewest moves: what stays is a longest run in order', () => {
    const longest = (positions: readonly number[]): number => {
      const best = positions.map(() => 1);
      for (const [i, p] of positions.entries())
        for (let j = 0; j < i; j += 1) if (positions[j]! < p) best[i] = Math.max(best[i]!, best[j]! + 1);
      return Math.max(0, ...best);
    };
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 50 }), { maxLength: 20 }), (positions) => {
        const moved = movedAmong(positions);
        const stayed = positions.filter((_, index) => !moved.has(index));
        expect(stayed).toEqual(stayed.toSorted((a, b) => a - b));
        expect(stayed.length).toBe(longest(positions));
      }),
    );
  });
});
