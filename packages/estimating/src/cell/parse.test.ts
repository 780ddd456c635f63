import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAmount, formatMoney, formatQuantity, formatRate, formatUnitCost } from './format.ts';
import {
  formatCalc,
  type Parsed,
  type ParseProblem,
  parseAmount,
  parseQuantity,
  parseRate,
} from './parse.ts';

const locales =
  'en-US en-GB en-IN en-ZA de-DE de-CH de-AT fr-FR fr-CA es-ES es-MX it-IT pt-BR pt-PT nl-NL sv-SE nb-NO da-DK pl-PL cs-CZ hu-HU tr-TR ja-JP ko-KR zh-CN he-IL'.split(
    ' ',
  );
const safe = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const anyMoney = fc.oneof(safe, fc.integer({ min: -99_999_999, max: 99_999_999 }));

/** The value in plain units; what came with a calc has it behind a bar. */
function units(parsed: Parsed | ParseProblem, scale: number): number | string {
  if ('problem' in parsed) return parsed.problem;
  const value = parsed.value / scale;
  return parsed.calc === undefined ? value : `${value} | ${parsed.calc}`;
}
const amount = (text: string, locale?: string) => units(parseAmount(text, locale), 10_000);
const quantity = (text: string, locale?: string) => units(parseQuantity(text, locale), 1_000_000);
const percent = (text: string, locale?: string) => units(parseRate(text, locale), 100);

describe('numbers', () => {
  test.each([
    ['12', 12],
    ['12.', 12],
    ['.5', 0.5],
    ['+12', 12],
    ['=12', 12],
    [' 1,234.50 ', 1234.5],
    ['1.234,50', 1234.5],
    ['1,234,567', 1_234_567],
    ['12,34,567.5', 1_234_567.5],
    ['1 234 567,5', 1_234_567.5],
    ['1\u202f234,5', 1234.5],
    ['1’234.50', 1234.5],
    ['12,5', 12.5],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['1e3', 1000],
    ['1.2E+05', 120_000],
    ['5e-1', 0.5],
    ['１２', 12],
    ['15%', 0.15],
    ['0.00005', 0.0001],
    ['-0.00005', -0.0001],
  ])('CALC-11 %s is a number', (text, wanted) => {
    expect(amount(text)).toBe(wanted);
  });

  test('CALC-11 a mark that could be both is what it is in the language, and asked where it is neither', () => {
    expect([amount('1,234', 'en-US'), amount('1,234', 'de-DE')]).toEqual([1234, 1.234]);
    expect([amount('1.234', 'en-US'), amount('1.234', 'de-DE')]).toEqual([1.234, 1234]);
    // Austria groups money by points and numbers by spaces.
    expect([amount('1.000', 'de-AT'), amount('1 000', 'de-AT')]).toEqual([1000, 1000]);
    expect([amount('1.5', 'de-DE'), amount('1.2345', 'de-DE')]).toEqual([1.5, 1.2345]);
    expect(amount('1,234', 'de-CH')).toBe('1,234 can be read in two ways. Write 1234 or 1,2340.');
    expect([amount('1234', 'de-CH'), amount('1,2340', 'de-CH')]).toEqual([1234, 1.234]);
  });

  test('CALC-11 what languages read differently is asked where any of them may have been meant', () => {
    const both = ['en', 'de-DE'];
    expect(parseAmount('1.234,50', both)).toEqual({ value: 12_345_000 });
    expect(parseAmount('1,234.50', both)).toEqual({ value: 12_345_000 });
    expect(parseAmount('12,5', both)).toEqual({ value: 125_000 });
    expect(parseAmount('0.125', both)).toEqual({ value: 1_250 });
    expect(parseAmount('1.234', both)).toEqual({
      problem: '1.234 can be read in two ways. Write 1234 or 1.2340.',
    });
    expect(parseQuantity('2*1,234', both)).toEqual({
      problem: '1,234 can be read in two ways. Write 1234 or 1,2340.',
    });
    expect(parseAmount('1,234', ['en', 'en-US'])).toEqual({ value: 12_340_000 });
  });
  test.each([
    ['€5', 'USD', '€'],
    ['5,00 €', 'GBP', '€'],
    ['EUR 5', 'USD', 'EUR'],
    ['5 USD', 'EUR', 'USD'],
    ['$5', 'EUR', '$'],
    ['C$5', 'USD', 'C$'],
    ['US$5', 'CAD', 'US$'],
    ['12,00 $CA', 'USD', '$CA'],
    ['R$ 5', 'USD', 'R$'],
    ['5 kr', 'EUR', 'kr'],
    ['£5+2', 'USD', '£'],
    ['5+€2', 'USD', '€'],
    ['￥500', 'USD', '￥'],
  ])('CALC-23 %s is no amount in %s', (text, currency, mark) => {
    expect(parseAmount(text, 'en', currency)).toEqual({
      problem: `${mark} is another currency: amounts here are in ${currency}.`,
    });
  });
  test.each([
    ['$5', 'USD'],
    ['$5', 'CAD'],
    ['US$5', 'USD'],
    ['5 $US', 'USD'],
    ['CA$5', 'CAD'],
    ['C$5', 'CAD'],
    ['R$ 5', 'BRL'],
    ['S$5', 'SGD'],
    ['usd 5'.toUpperCase(), 'USD'],
    ['5 kr', 'SEK'],
    ['5 kr.', 'DKK'],
    ['Fr. 5', 'CHF'],
    ['5 zł', 'PLN'],
    ['￥5', 'JPY'],
    ['₹5', 'INR'],
    ['XTS 5', 'XTS'],
    ['5', 'KWD'],
  ])('CALC-23 %s is an amount in %s', (text, currency) => {
    expect(parseAmount(text, 'en', currency)).toEqual({ value: 50_000 });
  });
  test.each([
    ['$1,234.50', 1234.5],
    ['-$5', -5],
    ['$-5', -5],
    ['($5.25)', -5.25],
    ['$(5.25)', -5.25],
    ['(5)', -5],
    ['5-', -5],
    ['5.00 €-', -5],
    ['−5', -5],
    ['12,50 €', 12.5],
    ['€ 12', 12],
    ['USD 12', 12],
    ['12 EUR', 12],
    ['R$ 12,00', 12],
    ['US$12', 12],
    ['12,00 $US', 12],
    ['12 kr', 12],
    ['12,00 zł', 12],
    ['=(5)', '5 | (5)'],
  ])('CALC-11 %s as ledgers and banks write it', (text, wanted) => {
    expect(amount(text)).toBe(wanted);
  });

  test('CALC-11 rates are in percent, with the sign or without', () => {
    expect(['15', '15%', '12.5 %', '%15', '8,25'].map((text) => percent(text))).toEqual([
      15, 15, 12.5, 15, 8.25,
    ]);
    expect([percent('=30/2'), percent('=30%/2'), percent('10%+5%')]).toEqual([
      '15 | 30/2',
      '15 | 30%/2',
      '15 | 10%+5%',
    ]);
  });
});

describe('arithmetic', () => {
  test.each([
    ['12*3.5', '42 | 12*3.5'],
    ['=(10+2)*3', '36 | (10+2)*3'],
    ['12 x 3,5', '42 | 12*3.5'],
    ['12×3÷2', '18 | 12*3/2'],
    ['2+3*4-1', '13 | 2+3*4-1'],
    ['-(2+3)', '-5 | -(2+3)'],
    ['--2', '2 | --2'],
    ['10/3*3', '10 | 10/3*3'],
    ['1/3', '0.333333 | 1/3'],
    ['10/-4', '-2.5 | 10/-4'],
    ['7/(2-6)', '-1.75 | 7/(2-6)'],
    ['.5*2', '1 | 0.5*2'],
    ['100*15%', '15 | 100*15%'],
    ['1,200*2', '2400 | 1200*2'],
    ['6 1/2', '6.5 | 6 1/2'],
    ['6½', '6.5 | 6 1/2'],
    ['10\'6"', '10.5 | 10\' 6"'],
    ['10′ 6 1/2″', '10.541667 | 10\' 6 1/2"'],
    ['10 ft 6 in', '10.5 | 10\' 6"'],
    ['6"', '0.5 | 6"'],
    ['12*7"', '7 | 12*7"'],
    ['1/2"', '0.041667 | 0 1/2"'],
    ['10\' 1/2"', `10.041667 | 10' 0 1/2"`],
    ['1 / 2"', '6 | 1 / 2"'],
    ['12/7"', '20.571429 | 12 / 7"'],
    ["0' 012", "1 | 0' 012"],
    ["10'6x8'", "84 | 10' 6*8'"],
    ["(10'6\" + 4') * 8", "116 | (10' 6\"+4')*8"],
  ])('CALC-12 %s is worked out exactly', (text, wanted) => {
    expect(quantity(text)).toBe(wanted);
  });

  test('CALC-12 sums and products are those of fractions, rounded once at the end', () => {
    const part = fc.record({
      n: fc.integer({ min: 0, max: 999_999 }),
      places: fc.integer({ min: 0, max: 4 }),
      sign: fc.constantFrom('+', '-', '*', '/'),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const text = parts
          .map(({ n, places, sign }, index) => `${index === 0 ? '' : sign}${decimalText(n, places)}`)
          .join('');
        const wanted = byHand(parts);
        const found = parseQuantity(text);
        if (wanted === null) expect(found).toEqual({ problem: 'That divides by zero.' });
        else if (Math.abs(Number(wanted)) > Number.MAX_SAFE_INTEGER)
          expect(found).toEqual({ problem: 'That number is too large.' });
        else expect('value' in found && BigInt(found.value)).toBe(wanted);
      }),
      { numRuns: 1_000 },
    );
  });

  test('CALC-12 what was typed reads the same in every language, and is shown in the reader’s', () => {
    const typed = parseQuantity('1.234,5*2', 'de-DE');
    expect(typed).toEqual({ value: 2_469_000_000, calc: '1234.5*2' });
    expect(formatCalc('1234.5*2', 'de-DE')).toBe('1234,5*2');
    for (const locale of locales) {
      expect(parseQuantity(formatCalc('1234.5*2+0.125', locale), locale)).toEqual({
        value: 2_469_125_000,
        calc: '1234.5*2+0.125',
      });
    }
  });
});

describe('what is no number', () => {
  test.each([
    ['', 'That is not a number.'],
    ['about 12', 'That is not a number.'],
    ['12 apples', 'That is not a number.'],
    ['$', 'That is not a number.'],
    ['1,2,3', 'That is not a number.'],
    ['1.2.3', 'That is not a number.'],
    ['1 2', 'That is not a number.'],
    ['12*', 'That is not a number.'],
    ['2(3)', 'That is not a number.'],
    ['(2+3', 'A bracket is missing.'],
    ['2+3)', 'A bracket is missing.'],
    ['5/0', 'That divides by zero.'],
    ['5/(2-2)', 'That divides by zero.'],
    ['9e99', 'That number is too large.'],
    ['10\'6"', 'Feet and inches are no amount.'],
    [`1${'+1'.repeat(120)}`, 'That is too long.'],
    [`${'('.repeat(50)}1${')'.repeat(50)}`, 'That has too many brackets.'],
    [`${'-'.repeat(50)}1`, 'That has too many brackets.'],
    ['=SUM(A1:A3)', 'That is not a number.'],
    ['NaN', 'That is not a number.'],
    ['Infinity', 'That is not a number.'],
  ])('CALC-13 %s: the cell says why', (text, problem) => {
    expect(parseAmount(text)).toEqual({ problem });
  });

  test('CALC-13 money is no quantity and no rate', () => {
    expect(parseQuantity('$12')).toEqual({ problem: 'An amount of money is no quantity.' });
    expect(parseRate('$12')).toEqual({ problem: 'That is not a rate.' });
  });

  test('CALC-13 any text gives a safe integer or a problem, and never throws or takes long', () => {
    const pieces = fc.constantFrom(
      ...'0 1 9 12 . , \' " ( ) + - * / % = $ € e E x ft in USD kr ½ ′'.split(' '),
      ' ',
      '\u202f',
    );
    const written = fc.constantFrom(
      ...'0 012 6 100 1,234 12.5 .5 1e2 6½ 1/2 12/7 (3)'.split(' '),
      '6 1/2',
      '1 000',
    );
    const gap = fc.constantFrom('', ' ', '  ');
    const measured = fc
      .tuple(
        written,
        gap,
        fc.constantFrom('', "'", '′', ' ft', '"', '%', 'in'),
        gap,
        fc.option(written, { nil: '' }),
        fc.constantFrom('', '"', '″'),
      )
      .map((parts) => parts.join(''));
    const sum = fc
      .array(fc.tuple(measured, fc.constantFrom('+', '-', '*', '/', ' x ', '×')), {
        minLength: 1,
        maxLength: 5,
      })
      .map((terms) => terms.flat().slice(0, -1).join(''));
    const text = fc.oneof(
      sum,
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.array(pieces, { maxLength: 80 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...locales), (typed, locale) => {
        for (const parse of [parseAmount, parseQuantity, parseRate]) {
          const found = parse(typed, locale);
          if ('problem' in found) expect(found.problem).toMatch(/\.$/u);
          else {
            expect(Number.isSafeInteger(found.value)).toBe(true);
            if (found.calc !== undefined) expect(parse(found.calc)).toEqual(found);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what is shown', () => {
  test('CALC-14 reads well', () => {
    expect(formatMoney(12_345_600, 'USD')).toBe('$1,234.56');
    expect(formatMoney(-12_345_600, 'EUR', 'de-DE')).toBe('-1.234,56\u00a0€');
    expect(formatMoney(12_340_000, 'JPY')).toBe('¥1,234');
    expect(formatMoney(12_345_670, 'KWD')).toBe('KWD\u00a01,234.567');
    expect(formatAmount(12_345_600, 'USD')).toBe('1,234.56');
    expect([120_000, 123_456, 123_400].map((cost) => formatUnitCost(cost, 'USD'))).toEqual([
      '12.00',
      '12.3456',
      '12.34',
    ]);
    expect([120_000, 123_456].map((cost) => formatUnitCost(cost, 'JPY'))).toEqual(['12', '12.3456']);
    expect([1_000_000, 1_234_500_000, 83_333].map((value) => formatQuantity(value))).toEqual([
      '1',
      '1,234.5',
      '0.083333',
    ]);
    expect([1_500, 825, 0].map((rate) => formatRate(rate))).toEqual(['15%', '8.25%', '0%']);
    expect(formatAmount(Number.MAX_SAFE_INTEGER, 'CLF')).toBe('900,719,925,474.0991');
  });

  test('CALC-14 is read again as what it was, in every language, to the last place', () => {
    fc.assert(
      fc.property(
        anyMoney,
        safe,
        fc.integer({ min: -99_999, max: 100_000 }),
        fc.constantFrom(...locales),
        (money, qty, rate, locale) => {
          for (const currency of ['USD', 'JPY', 'KWD', 'EUR', 'CHF', 'GBP', 'BRL', 'INR']) {
            expect(parseAmount(formatUnitCost(money, currency, locale), locale)).toEqual({ value: money });
            expect(parseAmount(formatMoney(money, 'CLF', locale), locale)).toEqual({ value: money });
            const whole = Math.trunc(money / 10_000) * 10_000 + 0;
            expect(parseAmount(formatMoney(whole, currency, locale), locale, currency)).toEqual({
              value: whole,
            });
            expect(parseAmount(formatAmount(whole, currency, locale), locale)).toEqual({ value: whole });
          }
          expect(parseQuantity(formatQuantity(qty, locale), locale)).toEqual({ value: qty });
          expect(parseRate(formatRate(rate, locale), locale)).toEqual({ value: rate });
        },
      ),
      { numRuns: 300 },
    );
  });
});

function decimalText(n: number, places: number): string {
  const digits = String(n).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** In millionths; null when something is divided by zero. */
function byHand(parts: readonly { n: number; places: number; sign: string }[]): bigint | null {
  const terms: { n: bigint; d: bigint }[] = [];
  for (const [index, { n, places, sign }] of parts.entries()) {
    const value = { n: BigInt(n), d: 10n ** BigInt(places) };
    const term = terms.at(-1);
    if (index === 0 || term === undefined || sign === '+') terms.push(value);
    else if (sign === '-') terms.push({ n: -value.n, d: value.d });
    else if (sign === '*') terms[terms.length - 1] = { n: term.n * value.n, d: term.d * value.d };
    else if (value.n === 0n) return null;
    else terms[terms.length - 1] = { n: term.n * value.d, d: term.d * value.n };
  }
  const { n, d } = terms.reduce((a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d }), { n: 0n, d: 1n });
  const scaled = (n < 0n ? -n : n) * 1_000_000n;
  const rounded = scaled / d + ((scaled % d) * 2n >= d ? 1n : 0n);
  return n < 0n ? -rounded : rounded;
}
