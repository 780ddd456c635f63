/** What an estimate in dollars comes to, reckoned by the table of docs/estimate.md alone: in whole numbers, from the server's JSON. */

interface Content {
  readonly params: {
    readonly targetBp: number;
    readonly marginMode: string;
    readonly overheadBp: number;
    readonly contingencyBp: number;
    readonly taxBp: number;
  };
  readonly sections: readonly {
    readonly lines: readonly {
      readonly qty: number;
      readonly unitCost: number;
      readonly wasteBp: number;
      readonly optional: boolean;
    }[];
  }[];
  readonly risks: readonly {
    readonly probBp: number;
    readonly low: number;
    readonly high: number;
    readonly mitigationCost: number;
    readonly mitigatedProbBp: number;
    readonly mitigatedLow: number;
    readonly mitigatedHigh: number;
    readonly applied: unknown;
  }[];
}

/** Ten-thousandths of a dollar in a cent. */
const cent = 100n;

/** top / bottom of positive numbers to the cent, halves up. */
const rounded = (top: bigint, bottom: bigint) => ((2n * top + cent * bottom) / (2n * cent * bottom)) * cent;
const rate = (money: bigint, bp: number) => rounded(money * BigInt(bp), 10_000n);

export function plainTotals({ params, sections, risks }: Content) {
  let base = 0n;
  for (const { lines } of sections) {
    for (const { qty, unitCost, wasteBp, optional } of lines) {
      if (!optional)
        base += rounded(BigInt(qty) * BigInt(10_000 + wasteBp) * BigInt(unitCost), 10_000_000_000n);
    }
  }
  let risk = 0n;
  for (const each of risks) {
    const [p, low, high] =
      each.applied === null
        ? [each.probBp, each.low, each.high]
        : [each.mitigatedProbBp, each.mitigatedLow, each.mitigatedHigh];
    risk += rounded(BigInt(p) * BigInt(low + high), 20_000n);
    if (each.applied !== null) risk += rounded(BigInt(each.mitigationCost), 1n);
  }
  const cost = base + rate(base, params.contingencyBp) + rate(base, params.overheadBp) + risk;
  const target = BigInt(params.targetBp);
  const bid =
    params.marginMode === 'margin'
      ? rounded(cost * 10_000n, 10_000n - target)
      : rounded(cost * (10_000n + target), 10_000n);
  const tax = rate(bid, params.taxBp);
  const totals = { base, riskExpected: risk, cost, bid, tax, total: bid + tax };
  return Object.fromEntries(Object.entries(totals).map(([name, money]) => [name, Number(money)]));
}
