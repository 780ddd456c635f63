import type { LineView } from '@tidemark/documents/estimate';
import { roundMoney } from './exact.ts';
import { minorUnit } from './minor-unit.ts';
import type { Money } from './money.ts';

/** Minor unit → line → amount. A view's lines are never changed, only replaced, so this can't go stale. */
const known = new Map<number, WeakMap<LineView, LineAmount>>();

interface LineAmount {
  readonly amount: Money;
  readonly tooLarge: boolean;
}

/** Millionths × ten-thousandths of waste × ten-thousandths of cost, to ten-thousandths. */
const scale = 10_000_000_000n;

/** round(quantity × (1 + waste) × unit cost), remembered by line. */
export function lineAmount(line: LineView, unit: number): LineAmount {
  const lines = known.get(unit) ?? new WeakMap<LineView, LineAmount>();
  if (!known.has(unit)) known.set(unit, lines);
  const before = lines.get(line);
  if (before !== undefined) return before;
  const fresh = reckon(line, unit);
  lines.set(line, fresh);
  return fresh;
}

/** What a line would come to that is in no estimate yet. */
export function amountOf(line: Factors, currency: string): Money {
  return reckon(line, minorUnit(currency)).amount;
}

type Factors = Pick<LineView, 'qty' | 'unitCost' | 'wasteBp'>;

function reckon({ qty, unitCost, wasteBp }: Factors, unit: number): LineAmount {
  let tooLarge = false;
  const product = BigInt(qty) * BigInt(10_000 + wasteBp) * BigInt(unitCost);
  const amount = roundMoney(product, scale, unit, () => {
    tooLarge = true;
  });
  return { amount, tooLarge };
}
