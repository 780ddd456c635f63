import type { EstimateView } from '@tidemark/documents/estimate';
import { calculate } from '@tidemark/estimating';
import { openXlsx, readXlsx, saveXlsx } from 'hucre/xlsx';
import { beforeAll, expect, test } from 'vitest';
import { dataOf } from './estimate-data.ts';
import { isFileRefusal } from './file-refusal.ts';
import { readLines } from './table/read-lines.ts';
import { readTable } from './table/read-table.ts';
import { suggestMapping } from './table/suggest-mapping.ts';
import { decode } from './testing/decode.ts';
import { convert } from './testing/libreoffice.ts';
import { randomData, viewOf } from './testing/random-estimate.ts';
import { readWorkbook } from './workbook/read-workbook.ts';
import { writeWorkbook } from './workbook/write-workbook.ts';

const at = new Date('2026-01-02T03:04:05Z');
const texts = { scope: '', terms: '', notes: '' };

const workbookOf = (view: EstimateView) => writeWorkbook({ view, estimation: calculate(view), texts, at });

/** Zero has no sign here: a deduction that rounds to nothing is -0 in a spreadsheet. */
const plus = (value: unknown) => (value === 0 ? 0 : value);

/** What a workbook says that an estimate comes to. */
async function totalsIn(bytes: Uint8Array) {
  const { sheets, namedRanges = [] } = await readXlsx(bytes);
  const rows = (name: string) => sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  const named = (name: string) => {
    const range = namedRanges.find((known) => known.name === name)?.range ?? '';
    const [sheet = '', cell = ''] = range.split('!');
    const [, letters = '', row = ''] = /^\$([A-Z]+)\$(\d+)$/.exec(cell) ?? [];
    return plus(rows(sheet.replace(/^\$/, ''))[Number(row) - 1]?.[letters.charCodeAt(0) - 65]);
  };
  const lines = new Map<unknown, unknown>();
  const subtotals: unknown[] = [];
  for (const row of rows('Estimate')) {
    if (row[10] === 'line') lines.set(row[11], plus(row[8]));
    if (row[10] === 'subtotal') subtotals.push(plus(row[8]));
  }
  const risks = new Map(
    rows('Risks')
      .slice(3)
      .filter((row) => row[18])
      .map((row) => [row[18], row.slice(11, 14).map(plus)]),
  );
  const sums = [
    'BaseCost',
    'Contingency',
    'Overhead',
    'RiskLow',
    'RiskExpected',
    'RiskHigh',
    'TotalCost',
    'Bid',
    'TaxAmount',
    'GrandTotal',
    'CostLow',
    'BidLow',
    'CostHigh',
    'BidHigh',
  ];
  return { lines, subtotals, risks, sums: Object.fromEntries(sums.map((name) => [name, named(name)])) };
}

function expectedOf(view: EstimateView): Awaited<ReturnType<typeof totalsIn>> {
  const sum = calculate(view);
  const plain = (money: number) => money / 10_000;
  return {
    lines: new Map([...view.lines.keys()].map((id) => [id, plain(sum.amounts.get(id) ?? Number.NaN)])),
    subtotals: view.sections.map(({ group }) =>
      plain(sum.sections.get(group?.id ?? null)?.subtotal ?? Number.NaN),
    ),
    risks: new Map(
      [...sum.risks].map(([id, { low, expected, high }]) => [id, [low, expected, high].map(plain)]),
    ),
    sums: {
      BaseCost: plain(sum.base),
      Contingency: plain(sum.contingency),
      Overhead: plain(sum.overhead),
      RiskLow: plain(sum.riskLow),
      RiskExpected: plain(sum.riskExpected),
      RiskHigh: plain(sum.riskHigh),
      TotalCost: plain(sum.cost),
      Bid: plain(sum.bid),
      TaxAmount: plain(sum.tax),
      GrandTotal: plain(sum.total),
      CostLow: plain(sum.low.cost),
      BidLow: plain(sum.low.bid),
      CostHigh: plain(sum.high.cost),
      BidHigh: plain(sum.high.bid),
    },
  };
}

/** How many estimates of chance; the first has 2,000 lines. */
const many = Number(process.env.ESTIMATES ?? 40);
const views = Array.from({ length: many }, (_, seed) =>
  viewOf(randomData(seed + 1, seed === 0 ? 2_000 : 4 + (seed % 40))),
);

const edited = randomData(7_001, 12);
const foreign = [
  'Pos,Description,Quantity,Unit,Unit price,Total,Day',
  ',Roof,,,,,',
  '1,Tiles,1200.5,pc,2.35,2821.18,2026-03-04',
  '2,Battens,80,m,4.1,328,',
  ',Sum,,,,3149.18,',
].join('\r\n');

let written: Uint8Array[];
let recomputed: Uint8Array[];

beforeAll(
  async () => {
    written = await Promise.all([...views, viewOf(edited)].map(workbookOf));
    const files = written.map((bytes, index) => ({ name: `e${index}.xlsx`, bytes }));
    files[many] = { name: 'edited.xlsx', bytes: await edit(written[many] ?? new Uint8Array()) };
    // One run: it takes seconds to begin.
    recomputed = await convert([...files, { name: 'foreign.csv', bytes: new TextEncoder().encode(foreign) }]);
  },
  60_000 + 3_000 * many,
);

/** The first line's quantity and the margin are changed as a person would; nothing is reckoned here. */
async function edit(bytes: Uint8Array): Promise<Uint8Array> {
  const book = await openXlsx(bytes);
  const [lines = [], parameters = []] = ['Estimate', 'Parameters'].map(
    (name) => book.sheets.find((sheet) => sheet.name === name)?.rows,
  );
  const line = lines.find((row) => row[10] === 'line' && row[7] !== 'yes');
  const margin = parameters.find((row) => row[2] === 'params.targetBp');
  if (!line || !margin) throw new Error('The workbook has not what is to be changed');
  line[3] = 77.25;
  margin[1] = 0.2125;
  return saveXlsx(book);
}

test('FILE-1 a spreadsheet program comes to what the calculation comes to, line by line and in every sum', async () => {
  for (const [index, view] of views.entries()) {
    expect(await totalsIn(written[index] ?? new Uint8Array()), `as written, ${index}`).toEqual(
      expectedOf(view),
    );
    expect(await totalsIn(recomputed[index] ?? new Uint8Array()), `recomputed, ${index}`).toEqual(
      expectedOf(view),
    );
  }
});

test('FILE-2 a quantity and a margin that are changed in the workbook move the sums, as they would here', async () => {
  const section = edited.sections.findIndex(({ lines }) => lines.some(({ optional }) => !optional));
  const at = edited.sections[section]?.lines.findIndex(({ optional }) => !optional);
  const sections = edited.sections.map((one, index) =>
    index === section
      ? { ...one, lines: one.lines.map((line, n) => (n === at ? { ...line, qty: 77_250_000 } : line)) }
      : one,
  );
  const after = viewOf({ ...edited, sections, params: { ...edited.params, targetBp: 2_125 } });
  expect(calculate(after).bid).not.toBe(calculate(viewOf(edited)).bid);
  expect(await totalsIn(recomputed[many] ?? new Uint8Array())).toEqual(expectedOf(after));
});

test('FILE-4 text stays text, whatever it begins with, in a program that runs formulas', async () => {
  for (const [index, view] of views.slice(0, 10).entries()) {
    const { sheets } = await readXlsx(recomputed[index] ?? new Uint8Array());
    const rows = sheets[0]?.rows.filter((row) => row[10] === 'line') ?? [];
    const names = new Map(rows.map((row) => [row[11], row[1] ?? '']));
    for (const { id, name } of view.lines.values()) {
      if (/^[=+@-]/.test(name)) expect(names.get(id)).toBe(name);
    }
  }
});

test('FILE-11 a workbook that another program has opened and saved is still the same estimate', async () => {
  for (const [index, view] of views.entries()) {
    const table = await readTable(recomputed[index] ?? new Uint8Array(), { decode });
    const read = isFileRefusal(table) ? null : readWorkbook(table);
    if (read === null || isFileRefusal(read)) throw new Error(`not read, ${index}`);
    expect(dataOf(viewOf(read.data), texts), `saved, ${index}`).toEqual(dataOf(view, texts));
  }
});

test('FILE-20 a workbook of another program is read: its sections, lines and sums, dates as ISO', async () => {
  const table = await readTable(recomputed[many + 1] ?? new Uint8Array(), { decode });
  if (isFileRefusal(table) || !table.sheets[0]) throw new Error('not read');
  const [sheet] = table.sheets;
  expect(table.kind).toBe('workbook');
  expect(sheet.rows[2]).toEqual([1, 'Tiles', 1200.5, 'pc', 2.35, 2821.18, '2026-03-04']);
  const { sections, check } = readLines(sheet, suggestMapping(sheet), { currency: 'EUR', encoding: 'utf-8' });
  expect(sections).toMatchObject([
    {
      name: 'Roof',
      lines: [
        { name: 'Tiles', qty: 1_200_500_000, unitCost: 23_500 },
        { name: 'Battens', qty: 80_000_000 },
      ],
    },
  ]);
  expect(check).toEqual({ file: 31_491_800, ours: 31_491_800 });
});
