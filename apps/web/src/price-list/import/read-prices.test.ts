import { isFileRefusal, readTable, type TableSheet } from '@tidemark/estimate-files';
import { describe, expect, test } from 'vitest';
import type { PriceItem } from '../../api/price-list.ts';
import { priceListCsv } from '../export-csv.ts';
import { readPriceRows, suggestPriceMapping } from './read-prices.ts';

const decode = (bytes: Uint8Array, encoding: string) =>
  new TextDecoder(encoding, { fatal: true }).decode(bytes);

async function sheetOf(csv: string): Promise<TableSheet> {
  const table = await readTable(new TextEncoder().encode(csv), { decode });
  const sheet = isFileRefusal(table) ? undefined : table.sheets[0];
  if (sheet === undefined) throw new Error('No table');
  return sheet;
}
const read = async (csv: string) => {
  const sheet = await sheetOf(csv);
  return readPriceRows(sheet, suggestPriceMapping(sheet), 'USD');
};

describe('PRICE-7 a list of prices in a file', () => {
  test('our own file reads back as what was written', async () => {
    const item: PriceItem = {
      id: 'a',
      code: '-7',
      name: '=Shingles, "laminated"',
      unit: 'bundle',
      unitCost: 385_001,
      currency: 'EUR',
      kind: 'lab',
      wasteBp: 1_250,
      category: 'Roof',
      note: '+1',
      revision: 1,
      updatedAt: '2026-01-01T00:00:00.000Z',
      updatedBy: null,
      archivedAt: null,
    };
    const other = { ...item, code: 'B', name: 'Nails', wasteBp: 0, unitCost: 1, note: '' };
    const { id, revision, updatedAt, updatedBy, archivedAt, ...fields } = item;
    const rows = await read(priceListCsv([item, other]));
    expect(rows).toEqual([
      { row: 2, fields, problems: {} },
      {
        row: 3,
        fields: {
          code: 'B',
          name: 'Nails',
          unit: 'bundle',
          unitCost: 1,
          currency: 'EUR',
          kind: 'lab',
          wasteBp: 0,
          category: 'Roof',
        },
        problems: {},
      },
    ]);
  });

  test("a supplier's file: headings of another language below a title, decimal commas, empty rows", async () => {
    const rows = await read(
      'Preisliste 2026\n\nArtikelnummer;Bezeichnung;Einheit;Einzelpreis\n100;Ziegel;Stück;1,25\n\n101;Latte;m;1.250,50\n',
    );
    expect(rows).toEqual([
      { row: 4, fields: { code: '100', name: 'Ziegel', unit: 'Stück', unitCost: 12_500 }, problems: {} },
      { row: 6, fields: { code: '101', name: 'Latte', unit: 'm', unitCost: 12_505_000 }, problems: {} },
    ]);
  });

  test('what cannot be read is said by field, the rest of the row stays', async () => {
    const [row] = await read(
      'Code,Name,Unit cost,Waste %,Kind\nA,Shingles,call us,2000,wood\nB,Nails,3,5,Materials\n',
    );
    expect(row?.fields).toEqual({ code: 'A', name: 'Shingles' });
    expect(Object.keys(row?.problems ?? {}).sort()).toEqual(['kind', 'unitCost', 'wasteBp']);
  });

  test('a spreadsheet keeps ten percent as 0.1', () => {
    const sheet = {
      name: 'Prices',
      rows: [
        ['Item', 'Unit price', 'Waste'],
        ['Shingles', 38.5, 0.1],
        ['Nails', 42, 0.075],
      ],
    };
    const rows = readPriceRows(sheet, suggestPriceMapping(sheet), 'USD');
    expect(rows.map(({ fields }) => [fields.unitCost, fields.wasteBp])).toEqual([
      [385_000, 1_000],
      [420_000, 750],
    ]);
  });

  test('numbers of a spreadsheet have a point, whatever the texts beside them have', () => {
    const sheet = {
      name: 'Preise',
      rows: [
        ['Item', 'Unit price'],
        ['Ziegel', '1,25'],
        ['Latte', 1.234],
      ],
    };
    const rows = readPriceRows(sheet, suggestPriceMapping(sheet), 'EUR');
    expect(rows.map(({ fields }) => fields.unitCost)).toEqual([12_500, 12_340]);
  });

  test('an amount that says another currency than its row or the list is not taken', async () => {
    const rows = await read('Name,Unit cost,Currency\nNails,€3,\nTiles,€4,EUR\nFelt,$5,\n');
    expect(rows.map(({ fields }) => fields.unitCost)).toEqual([undefined, 40_000, 50_000]);
    expect(rows[0]?.problems.unitCost).toMatch(/€ is another currency/);
  });
});
