import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import { costs, inputOf, viewOf } from './estimate.testing.ts';
import { isFailure } from './failure.ts';
import type { Offer } from './offer.ts';
import { type OfferInput, offerOf as offerOrFailure } from './offer-of.ts';
import { pdfOf } from './pdf.ts';
import { multiplies, unitPriceOf } from './prices.ts';
import { readPdf } from './reader.testing.ts';

function offerOf(input: OfferInput): Offer {
  const offer = offerOrFailure(input);
  if (isFailure(offer)) throw new Error(offer.detail);
  return offer;
}

const sections = {
  'Tear-off': [costs('Shingles off', 64, 71.37, { wasteBp: 300 }), costs('Dumpster', 3, 410.11)],
  Roofing: [
    costs('Shingles on', 64, 203.93, { wasteBp: 1250 }),
    costs('Nails', 7, 33.33),
    costs('Skylight', 1, 1999, { optional: true }),
  ],
  '': [costs('Permit', 1, 985)],
};

const sum = (prices: readonly number[]) => prices.reduce((all, price) => all + price, 0);

function holds(offer: Offer): void {
  expect(sum(offer.sections.map(({ price }) => price))).toBe(offer.price);
  for (const { lines, price } of offer.sections) {
    if (lines !== null && lines.length > 0) expect(sum(lines.map((line) => line.price))).toBe(price);
  }
}

test.each(['USD', 'JPY', 'KWD'])(
  'PROP-1 in %s, prices of sections come to the bid and those of lines to their section',
  (currency) => {
    const coin = { USD: 100, JPY: 10_000, KWD: 10 }[currency] ?? 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const chance = (most: number) => (seed * 7_919 + most * 104_729) % most;
      const said = {
        meta: { currency },
        params: {
          targetBp: chance(9_000),
          overheadBp: chance(3_001),
          contingencyBp: chance(1_007),
          marginMode: seed % 2 ? 'margin' : 'markup',
        },
        proposal: { detail: 'lines' },
        sections: Object.fromEntries(
          Array.from({ length: 1 + (seed % 5) }, (_, s) => [
            `Section ${s}`,
            Array.from({ length: 1 + ((seed + s) % 7) }, (_, l) => ({
              name: `Line ${l}`,
              qty: 1 + ((seed * 31 + s * 17 + l * 13) % 97) * 1_003_001,
              unitCost: ((seed * 37 + s * 11 + l * 7) % 101) * 10_007 - (l === 5 ? 900_000 : 0),
            })),
          ]),
        ),
        risks: [{ title: 'Rot', probBp: chance(10_000), low: 0, high: chance(90_000_000) }],
      };
      const view = viewOf(said);
      const offer = offerOf(inputOf(said));
      expect(offer.price).toBe(calculate(view).bid);
      holds(offer);
      for (const { lines } of offer.sections)
        for (const { price } of lines ?? []) expect(Math.abs(price % coin)).toBe(0);
    }
  },
);

test('PROP-1 a bid that no line bears is the price of the work as a whole', () => {
  const risks = [{ title: 'Rot', probBp: 5_000, low: 10_000_000, high: 10_000_000 }];
  const offer = offerOf(
    inputOf({ risks, proposal: { detail: 'lines' }, sections: { Roofing: [costs('Free', 1, 0)] } }),
  );
  expect(offer.price).toBeGreaterThan(0);
  expect(offer.sections).toEqual([{ name: 'Work as described', price: offer.price, lines: [] }]);
});

test('PROP-1 with nothing but names in it there is still a proposal', async () => {
  const made = await pdfOf(offerOf(inputOf({})));
  if (isFailure(made)) throw new Error(made.detail);
  const { text } = await readPdf(made);
  expect(text).toContain('No work has a price yet.');
  expect(text).toContain('Total $0.00');
});

test('PROP-2 no cost, rate, risk, code or note is on the paper, in its metadata, or in what its thread is given', async () => {
  const said = {
    meta: { title: 'Roof', currency: 'USD', number: 'E-7', client: 'Ana' },
    params: { targetBp: 2_317, overheadBp: 1_113, contingencyBp: 719, taxBp: 0 },
    proposal: { detail: 'lines', showQuantities: true, showUnitCosts: true },
    sections: {
      Roofing: [
        costs('Shingles on', 64, 203.93, {
          wasteBp: 1_250,
          code: 'CODE-77',
          note: 'from Kim, haggle',
          kind: 'sub',
          item: 'item-9',
        }),
        costs('Nails', 7, 33.33, { 'calc:qty': '3+4' }),
        costs('Skylight', 1, 1_999.57, { optional: true }),
      ],
    },
    risks: [
      {
        title: 'Rotten deck',
        category: 'hidden',
        probBp: 4_100,
        low: 11_110_000,
        high: 77_770_000,
        mitigation: 'probe',
        owner: 'Lee',
      },
    ],
  };
  const input = inputOf(said, { texts: { scope: 'New roof', terms: 'Terms' } });
  const offer = offerOf(input);
  const { amounts, base, cost, margin, contingency, overhead, riskExpected } = calculate(input.view);
  const kept = [
    ...amounts.values(),
    base,
    cost,
    margin,
    contingency,
    overhead,
    riskExpected,
    2_039_300,
    333_300,
    19_995_700,
  ];
  const numbers = new Set(JSON.stringify(offer).match(/-?\d+/g)?.map(Number));
  expect(kept.filter((number) => numbers.has(number))).toEqual([]);
  const made = await pdfOf(offer);
  if (isFailure(made)) throw new Error(made.detail);
  const { text, info } = await readPdf(made);
  const all = `${text}\n${JSON.stringify(info)}\n${JSON.stringify(offer)}`;
  expect(all).toContain('Skylight');
  for (const word of [
    'CODE-77',
    'Kim',
    'item-9',
    '3+4',
    'Rotten',
    'hidden',
    'probe',
    'Lee',
    'waste',
    'overhead',
    'contingency',
    'risk',
    'margin',
    'markup',
    'cost',
  ]) {
    expect(all.toLowerCase(), word).not.toContain(word.toLowerCase());
  }
  const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  for (const number of kept) expect(text).not.toContain(money.format(number / 10_000));
  for (const rate of ['23.17', '11.13', '7.19', '12.5%', '41%']) expect(all).not.toContain(rate);
});

test('PROP-3 optional lines stand apart with what they would add, in no sum, or nowhere', () => {
  const said = { params: { targetBp: 2_000 }, sections };
  const offer = offerOf(inputOf({ ...said, proposal: { detail: 'lines' } }));
  expect(offer.options).toEqual([
    { name: 'Skylight', quantity: null, unit: '', unitPrice: null, price: 24_987_500 },
  ]);
  holds(offer);
  expect(JSON.stringify(offer.sections)).not.toContain('Skylight');
  expect(offerOf(inputOf({ ...said, proposal: { showOptional: false } })).options).toEqual([]);
});

test('PROP-4 a submitted one has the day of its submission at the company, and says which submission it is', () => {
  const status = {
    is: 'submitted',
    at: '2026-11-20T05:30:00.000Z',
    by: null,
    byName: 'Ana',
    versionId: 'v',
    number: 1,
  };
  const offer = offerOf(inputOf({ meta: { number: 'E-7', status } }));
  expect(offer).toMatchObject({ draft: false, date: '2026-11-19', number: 'E-7' });
  expect(offerOf(inputOf({ meta: { number: 'E-7', status: { ...status, number: 3 } } })).number).toBe(
    'E-7, version 3',
  );
  expect(offerOf(inputOf({ meta: { number: 'E-7' } }))).toMatchObject({
    draft: true,
    date: '2026-11-20',
    number: 'E-7',
  });
});

test('PROP-10 quantities and prices of units are told only with lines, and only when they are to be shown', () => {
  const line = (proposal: object) =>
    offerOf(inputOf({ sections, proposal: { ...proposal } })).sections[0]?.lines?.[0];
  expect(line({ detail: 'lines', showQuantities: true, showUnitCosts: true })).toMatchObject({
    quantity: 64_000_000,
    unit: 'sq',
  });
  expect(line({ detail: 'lines' })).toMatchObject({ quantity: null, unit: '', unitPrice: null });
  expect(line({ detail: 'sections', showQuantities: true, showUnitCosts: true })).toBeUndefined();
});

test('PROP-22 a unit price has the fewest decimals with which it multiplies to the price of its line', () => {
  // 42.5 × 95.61 would be 4,063.43.
  expect(unitPriceOf(40_635_500, 42_500_000, 'USD')).toBe(956_130);
  expect(unitPriceOf(75_840_000, 64_000_000, 'USD')).toBe(1_185_000);
  expect(unitPriceOf(1_000_000, 3_000_000, 'USD')).toBe(333_330);
  expect(unitPriceOf(-1_000_000, 3_000_000, 'USD')).toBe(-333_330);
  expect(unitPriceOf(1_234_000, 1_000_000_000, 'USD')).toBe(1_234);
  expect(unitPriceOf(10_000_000, 3_000_000, 'JPY')).toBe(3_333_000);
  // So many of it that four decimals are not enough.
  expect(unitPriceOf(100, 1_000_000_000, 'USD')).toBe(0);
  expect(unitPriceOf(100, 0, 'USD')).toBeNull();
  expect(unitPriceOf(Number.MAX_SAFE_INTEGER - 91, 1, 'USD')).toBeNull();
  for (const [currency, coin] of [
    ['USD', 100],
    ['JPY', 10_000],
    ['KWD', 10],
  ] as const) {
    for (let seed = 1; seed <= 500; seed += 1) {
      // Half a ten-thousandth by less than a hundred coins is less than half a coin.
      const quantity = ((seed * 7_919) % 99_000) * (coin / 10) * 10 + 1_000;
      const price = ((seed * 104_729) % 5_000_000) * 10_000;
      const unitPrice = unitPriceOf(price, quantity, currency) ?? Number.NaN;
      expect(multiplies({ quantity, unitPrice, price }, currency), `${price} / ${quantity}`).toBe(true);
    }
  }
});

test('PROP-12 tax is shown, announced, or none', () => {
  const tax = (said: object, params: object) =>
    offerOf(inputOf({ sections, params: { ...params }, proposal: { ...said } })).tax;
  expect(tax({}, { taxBp: 0 })).toEqual({ is: 'none' });
  expect(tax({ showTax: false }, { taxBp: 825 })).toEqual({ is: 'apart' });
  expect(tax({}, { taxBp: 825 })).toMatchObject({ is: 'shown', rateBp: 825 });
});

test('PROP-17 an estimate without terms of its own has those of the company', () => {
  expect(offerOf(inputOf({})).terms).toBe('Paid on completion.');
  expect(offerOf(inputOf({}, { texts: { scope: '', terms: ' In advance.' } })).terms).toBe(' In advance.');
});

test('PROP-21 an estimate whose bid is not what its rules say has no offer', () => {
  const none = offerOrFailure(inputOf({ sections, params: { targetBp: 10_000 } }));
  expect(none).toMatchObject({ failed: 'no-price', detail: expect.stringMatching(/margin/) });
  const vast = { name: 'All', qty: Number.MAX_SAFE_INTEGER, unitCost: Number.MAX_SAFE_INTEGER };
  expect(offerOrFailure(inputOf({ sections: { '': [vast] } }))).toMatchObject({ failed: 'no-price' });
});
