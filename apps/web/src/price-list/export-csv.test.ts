import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { PriceItem } from '../api/price-list.ts';
import { priceListCsv } from './export-csv.ts';

const item = (fields: Partial<PriceItem>): PriceItem => ({
  id: 'a',
  code: '',
  name: 'Shingles',
  unit: 'bundle',
  unitCost: 385_000,
  currency: 'USD',
  kind: 'mat',
  wasteBp: 1_000,
  category: '',
  note: '',
  revision: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: null,
  archivedAt: null,
  ...fields,
});
const cells = (fields: Partial<PriceItem>) =>
  Papa.parse<string[]>(priceListCsv([item(fields)]).slice(1), { skipEmptyLines: true }).data[1] ?? [];

test('PRICE-13 a file of the list has every number exactly', () => {
  for (const [unitCost, text] of [
    [385_000, '38.5'],
    [1, '0.0001'],
    [-12_340_000, '-1234'],
    [0, '0'],
    [9_007_199_254_740_991, '900719925474.0991'],
  ] as const) {
    expect(cells({ unitCost })[3]).toBe(text);
  }
  expect(cells({ wasteBp: 1_250 })[6]).toBe('12.5');
});

test('PRICE-13 no text of the list is a formula in a spreadsheet', () => {
  for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "'=1"]) {
    expect(cells({ name, note: name })[1]).toBe(`'${name}`);
    expect(cells({ note: name })[8]).toBe(`'${name}`);
  }
  expect(cells({ name: 'Nails, 1¼" "coil"' })[1]).toBe('Nails, 1¼" "coil"');
});
