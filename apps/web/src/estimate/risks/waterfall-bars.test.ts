import { estimate, fillEstimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { extentOf, waterfallBars } from './waterfall-bars.ts';

const usd = (amount: number) => amount * 10_000;

function estimationOf(params: object, risks: readonly object[]) {
  const doc = new Y.Doc();
  const lines = [{ name: 'Shingles', qty: 1_000_000, unitCost: usd(10_000) }];
  expect(fillEstimate(doc, { params, sections: [{ name: 'Roof', lines }], risks })).toEqual([]);
  return calculate(createReader(doc, estimate).view());
}

test('cost and bid stand between the steps that lead to them; every step begins where the last bar ended', () => {
  const found = estimationOf({ targetBp: 2_000, overheadBp: 1_000, taxBp: 500 }, [
    { title: 'Rot', probBp: 5_000, low: usd(1_000), high: usd(3_000) },
  ]);
  const bars = waterfallBars(found);
  expect(bars.map(({ key, amount, sum }) => [key, amount / 10_000, sum])).toEqual([
    ['base', 10_000, true],
    ['overhead', 1_000, false],
    ['risk', 1_000, false],
    ['cost', 12_000, true],
    ['margin', 3_000, false],
    ['bid', 15_000, true],
    ['tax', 750, false],
    ['total', 15_750, true],
  ]);
  for (const [at, bar] of bars.entries()) if (!bar.sum) expect(bar.from).toBe(bars[at - 1]?.to);
  expect(bars[2]?.range).toEqual({ low: usd(11_500), high: usd(12_500) });
  expect(extentOf(bars)).toEqual({ low: 0, high: usd(15_750) });
});

test('what is nothing takes no place, and an empty estimate has a picture', () => {
  const bars = waterfallBars(estimationOf({ targetBp: 0 }, []));
  expect(bars.map(({ key }) => key)).toEqual(['base', 'risk', 'cost', 'margin', 'bid']);
  const empty = waterfallBars(calculate(createReader(new Y.Doc(), estimate).view()));
  expect(extentOf(empty)).toEqual({ low: 0, high: 1 });
});
