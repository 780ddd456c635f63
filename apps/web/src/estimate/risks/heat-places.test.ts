import { estimate, fillEstimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { calculate, heatMap } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { heatPlaces } from './heat-places.ts';

const usd = (amount: number) => amount * 10_000;

function viewOf(risks: readonly object[]) {
  const doc = new Y.Doc();
  const lines = [{ name: 'Shingles', qty: 1_000_000, unitCost: usd(10_000) }];
  expect(fillEstimate(doc, { sections: [{ name: 'Roof', lines }], risks })).toEqual([]);
  return createReader(doc, estimate).view();
}

test('a risk with a plan has a second place where that leads to another cell, and one without has none', () => {
  const view = viewOf([
    {
      title: 'Rot',
      probBp: 4_000,
      low: usd(500),
      high: usd(500),
      mitigation: 'Look first',
      mitigatedProbBp: 500,
    },
    { title: 'Rain', probBp: 4_000, low: usd(500), high: usd(500) },
    {
      title: 'Wind',
      probBp: 4_000,
      low: usd(500),
      high: usd(500),
      mitigation: 'Straps',
      mitigatedProbBp: 4_500,
      mitigatedLow: usd(500),
      mitigatedHigh: usd(500),
    },
  ]);
  const [rot] = view.risks;
  const { map, at, shifts } = heatPlaces(view, calculate(view), 'now');
  expect(map).toEqual(heatMap(view, calculate(view), 'now'));
  expect([...at.values()]).toEqual(Array(3).fill({ probability: 2, impact: 4 }));
  expect(shifts).toEqual([
    { risk: rot?.id, from: { probability: 2, impact: 4 }, to: { probability: 0, impact: 0 }, applied: false },
  ]);
});
