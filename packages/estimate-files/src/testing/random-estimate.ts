import { type EstimateView, estimate, fillEstimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import * as Y from 'yjs';
import type { EstimateData } from '../estimate-data.ts';

/** Numbers that a seed gives: the same on every machine. */
export interface Chance {
  /** From `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  hits(share: number): boolean;
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return { int, pick: (items) => items[int(0, items.length - 1)]!, hits: (share) => next() < share };
}

/** What a document with this content shows. */
export function viewOf(data: Partial<EstimateData>): EstimateView {
  const doc = new Y.Doc();
  fillEstimate(doc, data);
  const reader = createReader(doc, estimate);
  const view = reader.view();
  reader.destroy();
  doc.destroy();
  return view;
}

const words = [
  'Shingles',
  '=SUM(A1:A9)',
  '+49 30',
  '-',
  '@home',
  "'quoted",
  'Ø 12 mm',
  'a "b", c',
  'two\nlines',
  '\t=1',
  '_x0041_',
  ' ',
];

/** A millionth of a millionth of a cent beside half a cent: q × (1 + w) × c, solved for q. */
function nearTie({ int, pick }: Chance) {
  const wasteBp = pick([1, 3, 7, 299, 1237]);
  const unitCost = int(0, 99_999) * 10 + pick([1, 3, 7, 9]);
  const factor = BigInt(unitCost) * BigInt(10_000 + wasteBp);
  const beside = BigInt(pick([-1, 1]) * int(1, 9));
  const qty = mod((5n * 10n ** 11n + beside) * inverse(factor, cent), cent);
  return { qty: Number(qty), unitCost, wasteBp };
}

/** A cent in units of the product of a line. */
const cent = 10n ** 12n;

function mod(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}

/** Of a number that has no divisor in common with `by`. */
function inverse(value: bigint, by: bigint): bigint {
  let [old, rest, before, now] = [mod(value, by), by, 1n, 0n];
  while (rest > 0n) {
    const times = old / rest;
    [old, rest] = [rest, old - times * rest];
    [before, now] = [now, before - times * now];
  }
  return mod(before, by);
}

function lineOf(chance: Chance): EstimateData['sections'][number]['lines'][number] {
  const { int, pick, hits } = chance;
  const kind = int(0, 6);
  const sign = hits(0.1) ? -1 : 1;
  const numbers =
    // What people write.
    kind < 2
      ? { qty: int(1, 200_000) * 10_000, unitCost: int(1, 500_000) * 100, wasteBp: int(0, 30) * 100 }
      : // Ties: an odd number of halves of a cent.
        kind === 2
        ? { qty: (2 * int(0, 5_000) + 1) * 1_000_000, unitCost: int(0, 99_999) * 100 + 50, wasteBp: 0 }
        : kind === 3
          ? {
              qty: (2 * int(0, 9_999) + 1) * 500_000,
              unitCost: (2 * int(0, 99_999) + 1) * 100,
              wasteBp: pick([0, 1000, 5000]),
            }
          : // What a spreadsheet takes for a tie and is none, then all the digits there are.
            kind === 4
            ? nearTie(chance)
            : kind === 5
              ? { qty: int(1, 999_999_999), unitCost: int(1, 99_999_999), wasteBp: int(0, 2_500) }
              : {
                  qty: pick([0, 1, 1_000_000, 999_999]),
                  unitCost: pick([0, 1, 5, 49, 50, 51, 10_000, 5_000]),
                  wasteBp: pick([0, 1, 9_999]),
                };
  return {
    ...numbers,
    qty: numbers.qty * sign + 0,
    code: hits(0.5) ? `${int(1, 99)}-${int(100, 999)}` : '',
    name: pick(words),
    unit: pick(['', 'm²', 'EA', 'h']),
    kind: pick(['mat', 'lab', 'equip', 'sub', 'other']),
    note: hits(0.1) ? pick(words) : '',
    optional: hits(0.15),
    item: hits(0.1) ? 'item-1' : null,
    calc: hits(0.1) ? { qty: '3*4' } : {},
  };
}

/** A whole estimate of about so many lines: ties, six decimals, credits, options, risks, both ways of profit. */
export function randomData(seed: number, lines: number): EstimateData {
  const chance = chanceOf(seed);
  const { int, pick, hits } = chance;
  const rate = () => pick([0, 500, 825, 1000, 1234, 9_999, int(0, 3_000)]);
  const impact = () => (hits(0.5) ? int(0, 100) * 1_000_0000 : int(0, 99_999_999));
  const sections = Array.from({ length: Math.max(1, Math.round(lines / 25)) }, (_, index) => ({
    id: hits(0.1) && index > 0 ? null : `g${index}`,
    name: pick([`Section ${index}`, ...words]),
    lines: Array.from({ length: Math.ceil(lines / Math.max(1, Math.round(lines / 25))) }, (_, line) => ({
      id: `l${index}-${line}`,
      ...lineOf(chance),
    })),
  }));
  return {
    meta: {
      title: pick(words),
      client: pick(words),
      currency: pick(['USD', 'EUR', 'JPY', 'KWD', 'CLF']),
      number: '2026-17',
      validUntil: '2026-12-24',
    },
    params: {
      marginMode: pick(['margin', 'markup']),
      targetBp: pick([0, 1500, 3333, 9_000, 10_000, int(0, 6_000)]),
      overheadBp: rate(),
      contingencyBp: rate(),
      taxBp: rate(),
    },
    proposal: { detail: pick(['sections', 'lines']), showTax: hits(0.5), showQuantities: hits(0.5) },
    review: { plannedDays: hits(0.5) ? int(0, 300) : null, startedOn: '2026-01-02' },
    sections,
    risks: Array.from({ length: int(0, 6) }, (_, index) => {
      const low = impact();
      const mitigatedLow = impact();
      return {
        id: `r${index}`,
        title: pick(words),
        category: pick(['Weather', 'Ground', '']),
        probBp: int(0, 10_000),
        low,
        high: low + impact(),
        mitigation: pick(words),
        mitigationCost: impact(),
        mitigatedProbBp: int(0, 10_000),
        mitigatedLow,
        mitigatedHigh: mitigatedLow + impact(),
        applied: hits(0.5) ? { at: '2026-02-03T04:05:06.000Z', by: 'u1' } : null,
        outcome: pick(['open', 'struck', 'avoided']),
        actualImpact: hits(0.3) ? int(0, 9_999_999) : null,
      };
    }),
    actuals: Array.from({ length: int(0, 5) }, (_, index) => ({
      id: `a${index}`,
      lineId: hits(0.5) ? `l0-${index}` : null,
      groupId: hits(0.5) ? 'g0' : null,
      date: pick(['', '2026-03-04', '2024-02-29']),
      amount: int(-99_999, 9_999_999),
      vendor: pick(words),
      note: pick(words),
      fileId: hits(0.3) ? 'f1' : null,
    })),
    lessons: Array.from({ length: int(0, 3) }, (_, index) => ({
      id: `k${index}`,
      kind: pick(['issue', 'lesson']),
      text: pick(words),
      riskId: index === 0 ? 'r0' : null,
    })),
    scope: pick(['', 'Roof\nand gutters', '=1+1']),
    terms: pick(['', 'Net 30']),
    notes: pick(['', '@all']),
  };
}
