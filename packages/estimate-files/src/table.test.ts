import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { isFileRefusal } from './file-refusal.ts';
import { readJson } from './json/read-json.ts';
import { neutral, unneutral } from './neutral.ts';
import { readLines } from './table/read-lines.ts';
import { readTable } from './table/read-table.ts';
import { suggestMapping } from './table/suggest-mapping.ts';
import type { Cell, TableSheet } from './table/table.ts';
import { decode } from './testing/decode.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array) => readTable(bytes, { decode });

async function sheetOf(bytes: Uint8Array): Promise<TableSheet> {
  const table = await read(bytes);
  if (isFileRefusal(table) || !table.sheets[0]) throw new Error(JSON.stringify(table));
  return table.sheets[0];
}

const linesOf = (sheet: TableSheet, encoding = 'utf-8') =>
  readLines(sheet, suggestMapping(sheet), { currency: 'USD', encoding });

const sheet = (...rows: Cell[][]): TableSheet => ({ name: 'S', rows });

describe('FILE-21 what is no table is refused, and why is said', () => {
  const old = new Uint8Array(600);
  old.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const locked = old.slice();
  locked.set(
    [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]),
    300,
  );

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'not-a-table'],
    ['blanks', bytesOf(' \r\n ; ;\r\n'), 'not-a-table'],
    ['an .xls', old, 'old-format'],
    ['an encrypted workbook', locked, 'password-protected'],
    ['a PDF', bytesOf('%PDF-1.7 …'), 'not-a-table'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'not-a-table'],
    ['UTF-16 that is cut off', new Uint8Array([0xff, 0xfe, 0x41, 0, 0x42]), 'unknown-encoding'],
    ['UTF-32', new Uint8Array([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'unknown-encoding'],
    ['a ZIP that is none', bytesOf('PK\u0003\u0004 and no more'), 'not-a-table'],
    ['more rows than are read', bytesOf('a,b\n'.repeat(20_002)), 'too-large'],
  ])('%s', async (_name, bytes, refused) => {
    expect(await read(bytes)).toMatchObject({ refused, detail: expect.any(String) });
  });

  test('a workbook that would become far too large is not unpacked', async () => {
    const book = await writeXlsx({ sheets: [{ name: 'S', rows: [['a', 1]] }] });
    const view = new DataView(book.buffer, book.byteOffset, book.byteLength);
    const entries: number[] = [];
    for (let at = 0; at < book.length - 4; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) entries.push(at);
    const said = (size: number) => {
      const copy = book.slice();
      new DataView(copy.buffer).setUint32((entries.at(-1) ?? 0) + 24, size, true);
      return read(copy);
    };
    expect(await said(0xffff_ffff)).toMatchObject({ refused: 'too-large' });
    expect(await said(0)).toMatchObject({ refused: 'too-large' });
    // Smaller than it is: the unpacker stops there.
    expect(await said(10)).toMatchObject({ refused: 'not-a-table' });
  });

  test('a cell at the far corner of a sheet costs no memory', async () => {
    const cells = new Map([['1048575,16383', { value: 1 }]]);
    expect(await read(await writeXlsx({ sheets: [{ name: 'S', rows: [['a']], cells }] }))).toMatchObject({
      refused: expect.stringMatching(/too-large|not-a-table/),
    });
  });
});

test('FILE-22 text is read in the encoding that it is in', async () => {
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...[...'Menge;Größe'].flatMap((letter) => [letter.charCodeAt(0), 0]),
  ]);
  const windows = new Uint8Array([...bytesOf('Menge;Gr'), 0xf6, 0xdf, ...bytesOf('e\r\n1;2')]);
  for (const [bytes, encoding] of [
    [utf16, 'utf-16le'],
    [windows, 'windows-1252'],
    [bytesOf('\uFEFFMenge;Größe'), 'utf-8'],
  ] as const) {
    expect(await read(bytes)).toMatchObject({
      encoding,
      sheets: [{ rows: [['Menge', 'Größe'], ...(encoding === 'windows-1252' ? [['1', '2']] : [])] }],
    });
  }
});

test('FILE-5 text that begins like a formula is made harmless in CSV, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^['=+\-@\t\r＝]{0,4}x?$/)), (text) => {
      expect(unneutral(neutral(text))).toBe(text);
      expect(neutral(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
    }),
  );
});

describe('FILE-23 columns are told by their headings, then by what they hold', () => {
  test.each([
    [
      ['Code', 'Description', 'Qty', 'UOM', 'Unit Price', 'Amount'],
      ['code', 'name', 'qty', 'unit', 'unitCost', 'amount'],
    ],
    [
      ['Item', 'Description', 'Quantity', 'Unit', 'Rate', 'Total'],
      ['code', 'name', 'qty', 'unit', 'unitCost', 'amount'],
    ],
    [
      ['Pos.', 'Bezeichnung', 'Menge', 'Einheit', 'Einzelpreis (€)', 'Gesamtpreis'],
      ['code', 'name', 'qty', 'unit', 'unitCost', 'amount'],
    ],
    [
      ['Lot', 'Désignation', 'Quantité', 'Unité', 'Prix unitaire HT', 'Montant HT'],
      ['section', 'name', 'qty', 'unit', 'unitCost', 'amount'],
    ],
    [
      ['Capítulo', 'Descripción', 'Cantidad', 'Ud.', 'Precio unitario', 'Importe'],
      ['section', 'name', 'qty', 'unit', 'unitCost', 'amount'],
    ],
    [
      ['Line item', 'Notes', 'Waste %', 'Cost type', 'Unit cost', 'Alternate'],
      ['name', 'note', 'waste', 'kind', 'unitCost', 'optional'],
    ],
  ])('%s', (heads, columns) => {
    expect(suggestMapping(sheet(['My bid'], [], heads, ['1', 'x', 'y']))).toEqual({ headRow: 2, columns });
  });

  test('without headings: words, and two numbers with their product', () => {
    const found = suggestMapping(
      sheet(['A-1', 'Shingles, architectural', 3, 2.5, 7.5], ['A-2', 'Nails', 2, 4, 8]),
    );
    expect(found).toEqual({ headRow: null, columns: [null, 'name', 'qty', 'unitCost', 'amount'] });
  });
});

describe('FILE-24 lines come with their sections; what is left out or changed is said by row', () => {
  test('a day in a column of numbers is left out, not divided', () => {
    const { sections, report } = linesOf(
      sheet(
        ['Item', 'Qty', 'Unit price'],
        ['Nails', 2, '1/2/2026'],
        ['Felt', '2026-01-02', 6],
        ['Tar', '3/4', 8],
      ),
    );
    expect(sections[0]?.lines.map(({ qty, unitCost }) => [qty, unitCost])).toEqual([
      [2_000_000, 0],
      [0, 60_000],
      [750_000, 80_000],
    ]);
    expect(report.notes.map(({ line, code }) => [line, code])).toEqual([
      [2, 'value-left-out'],
      [3, 'value-left-out'],
    ]);
  });

  test('a dash is nothing where the row has no amount, and what is not told where it has one', () => {
    const { sections } = linesOf(
      sheet(
        ['Item', 'Qty', 'Unit price', 'Total'],
        ['Nails', '-', '5', '-'],
        ['Felt', 2, ' $ - ', ''],
        ['Fees', '-', '-', '40'],
        ['Tiles', 2, '-', '14'],
      ),
    );
    expect(sections[0]?.lines.map(({ qty, unitCost }) => [qty, unitCost])).toEqual([
      [0, 50_000],
      [2_000_000, 0],
      [1_000_000, 400_000],
      [2_000_000, 70_000],
    ]);
  });

  test('an amount that says another currency is left out, not taken for one of the estimate', () => {
    const { sections, report } = linesOf(
      sheet(
        ['Item', 'Qty', 'Unit price'],
        ['Nails', 2, '€5.00'],
        ['Felt', 2, '$6.00'],
        ['Tiles', 2, '7 USD'],
      ),
    );
    expect(sections[0]?.lines.map(({ unitCost }) => unitCost ?? 0)).toEqual([0, 60_000, 70_000]);
    expect(report.notes).toEqual([
      expect.objectContaining({
        code: 'value-left-out',
        line: 2,
        detail: expect.stringContaining('€ is another currency: amounts here are in USD.'),
      }),
    ]);
  });

  test('of a table with sections, sums and rates between the lines', () => {
    const { sections, report, check } = linesOf(
      sheet(
        ['Bid for the roof'],
        ['Code', 'Description', 'Qty', 'Unit', 'Unit price', 'Waste', 'Total'],
        [null, 'Roof'],
        ['1', 'Shingles', '1,200.5', 'sf', '$2.35', '10%', '3,103.29'],
        ['2', 'Nails', 1.23456789, 'kg', 4, null, 4.94],
        [null, 'Subtotal Roof', null, null, null, null, 3108.23],
        ['Code', 'Description', 'Qty', 'Unit', 'Unit price', 'Waste', 'Total'],
        [null, 'Site'],
        ['3', 'Permit', null, null, null, null, 500],
        ['4', 'Total station, rental', 2, 'd', 150, null, 300],
        ['5', 'Crane', 'two', 'd', 900],
        [null, 'Overhead 10 %', null, null, null, null, 390],
        [null, 'Grand total', null, null, null, null, '4,298.23'],
      ),
    );
    expect(
      sections.map(({ name, lines }) => [
        name,
        lines.map((line) => [line.name, line.qty, line.unitCost, line.wasteBp]),
      ]),
    ).toEqual([
      [
        'Roof',
        [
          ['Shingles', 1_200_500_000, 23_500, 1000],
          ['Nails', 1_234_568, 40_000, 0],
        ],
      ],
      [
        'Site',
        [
          ['Permit', 1_000_000, 5_000_000, 0],
          ['Total station, rental', 2_000_000, 1_500_000, 0],
          ['Crane', 0, 9_000_000, 0],
        ],
      ],
    ]);
    expect(report.notes.map(({ code, fate, line }) => [line, code, fate])).toEqual([
      [5, 'rounded', 'changed'],
      [6, 'summary-row', 'lost'],
      [7, 'row-left-out', 'lost'],
      [9, 'read-as', 'changed'],
      [11, 'value-left-out', 'lost'],
      [12, 'summary-row', 'lost'],
      [13, 'summary-row', 'lost'],
    ]);
    expect(check).toEqual({ file: 39_082_300, ours: 39_082_300 });
  });

  test('of a table with a column for the section, decimal commas, and sums that do not fit', async () => {
    const { sections, report } = linesOf(
      await sheetOf(
        bytesOf(
          'Gewerk;Leistung;Menge;Einheit;EP;GP\r\nDach;Ziegel;1.200,5;Stk;2,35;2.821,18\r\nDach;Rinne;3;m;9,999;30\r\nBad;Fliesen;-2;m²;10;-20',
        ),
      ),
    );
    expect(sections).toMatchObject([
      {
        name: 'Dach',
        lines: [
          { name: 'Ziegel', qty: 1_200_500_000, unitCost: 23_500 },
          { name: 'Rinne', unitCost: 99_990 },
        ],
      },
      { name: 'Bad', lines: [{ qty: -2_000_000, unit: 'm²' }] },
    ]);
    expect(report.notes).toEqual([]);
    const wrong = linesOf(
      sheet(['Description', 'Qty', 'Unit cost', 'Amount'], ['a', 2, 10, 25], ['b', 1, 1, 1]),
    );
    expect(wrong.check).toEqual({ file: 260_000, ours: 210_000 });
    expect(wrong.report.notes.map(({ code, line }) => [line, code])).toEqual([
      [null, 'totals-differ'],
      [2, 'totals-differ'],
    ]);
  });

  test('FILE-25 waste stands in percent or as a share; which, is seen in the whole column', () => {
    const waste = (...cells: Cell[]) =>
      linesOf(
        sheet(['Description', 'Qty', 'Unit cost', 'Waste'], ...cells.map((cell) => ['a', 1, 1, cell])),
      ).sections[0]?.lines.map(({ wasteBp }) => wasteBp);
    expect(waste(0.1, 0.05, 0)).toEqual([1000, 500, 0]);
    expect(waste(10, 5, 0.5)).toEqual([1000, 500, 50]);
    expect(waste('10%', '7,5 %')).toEqual([1000, 750]);
  });
});

describe('FILE-13 JSON that is not as it should be is refused with the path', () => {
  const file = (more: object) => JSON.stringify({ format: 'tidemark.estimate/1', ...more });

  test.each([
    ['{', /^The file is no JSON/],
    ['[]', /no object/],
    ['{"format":"x"}', /^format: /],
    ['{"format":"tidemark.estimate/2"}', /^format: .*newer/],
    [file({ sections: {} }), /^sections: is no list/],
    [
      file({ sections: [{ lines: [{ qty: 1 }, { qty: 1.5 }] }] }),
      /^sections\[0\]\.lines\[1\]\.qty: is no whole number/,
    ],
    [file({ params: { marginMode: 'x' } }), /^params\.marginMode: is none of "margin", "markup"/],
    [file({ meta: { validUntil: '2026-02-30' } }), /^meta\.validUntil: is no date/],
    [file({ risks: [{ probBp: 10_001 }] }), /^risks\[0\]\.probBp: is not between/],
    [file({ notes: 1 }), /^notes: is no text/],
  ])('%s', (text, detail) => {
    expect(readJson(text)).toMatchObject({
      refused: 'not-an-estimate',
      detail: expect.stringMatching(detail),
    });
  });

  test('members that nobody knows are left out and said', () => {
    const read = readJson(file({ meta: { title: 'T', colour: 'red' }, extra: 1 }));
    expect(read).toMatchObject({ data: { meta: { title: 'T' } }, report: { counts: { lost: 2 } } });
    expect(isFileRefusal(read) ? [] : read.report.notes.map(({ detail }) => detail.split(':')[0])).toEqual([
      'extra',
      'meta.colour',
    ]);
  });
});
