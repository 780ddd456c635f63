import { lineKinds } from '@tidemark/documents/estimate';
import { type Cell, type Field, suggestMapping, type TableSheet, textOf } from '@tidemark/estimate-files';
import { parseAmount, parseRate } from '@tidemark/estimating';
import type { ItemFields, PriceKind } from '../../api/price-list.ts';
import { lineKindWords } from '../../estimate/kind-words.ts';

/** What a column of a file can be for an item. */
export const priceFields = [
  'code',
  'name',
  'unit',
  'unitCost',
  'currency',
  'kind',
  'waste',
  'category',
  'note',
] as const;
export type PriceField = (typeof priceFields)[number];

export interface PriceMapping {
  /** The row of the headings, from 0; null: there is none. Items begin below it. */
  readonly headRow: number | null;
  /** Column (from 0) → what it is; null: not read. */
  readonly columns: readonly (PriceField | null)[];
}

/** A row of the file: what it says of an item, or what is wrong with it. */
export interface PriceRow {
  /** As spreadsheets count: from 1. */
  readonly row: number;
  readonly fields: Partial<ItemFields>;
  readonly problems: Readonly<Record<string, string>>;
}

/** What the columns of a sheet of lines are, for items; a quantity is none, nor is an amount. */
const ofLine: Readonly<Partial<Record<Field, PriceField>>> = {
  code: 'code',
  name: 'name',
  unit: 'unit',
  unitCost: 'unitCost',
  kind: 'kind',
  waste: 'waste',
  section: 'category',
  note: 'note',
};

/** How columns are probably to be read, by their headings and contents. */
export function suggestPriceMapping(sheet: TableSheet): PriceMapping {
  const { headRow, columns } = suggestMapping(sheet);
  const heads = headRow === null ? [] : (sheet.rows[headRow] ?? []);
  const found = columns.map((field, column): PriceField | null => {
    if (/^\W*(currency|curr|währung|devise|moneda|valuta)\W*$/i.test(textOf(heads[column])))
      return 'currency';
    return field === null ? null : (ofLine[field] ?? null);
  });
  // With one column of numbers and no heading for it, that is the price.
  if (!found.includes('unitCost')) {
    for (const other of ['amount', 'qty'] as const) {
      const at = columns.indexOf(other);
      if (at < 0 || found.includes('unitCost')) continue;
      found[at] = 'unitCost';
    }
  }
  return { headRow, columns: found };
}

/** The rows below the headings that hold anything. `currency` is that of rows which name none. */
export function readPriceRows(
  { rows }: TableSheet,
  { headRow, columns }: PriceMapping,
  currency: string,
): PriceRow[] {
  const first = (headRow ?? -1) + 1;
  const below = rows.slice(first);
  const column = (field: PriceField) => columns.indexOf(field);
  const costs = below.map((row) => textOf(row[column('unitCost')]));
  const wastes = below.map((row) => textOf(row[column('waste')]));
  const wasteHead = headRow === null ? '' : textOf(rows[headRow]?.[column('waste')]);
  const reading: Reading = {
    currency,
    cost: localeOf(costs),
    waste: localeOf(wastes),
    // A spreadsheet keeps 10 % as 0.1.
    fraction: !wasteHead.includes('%') && areFractions(below.map((row) => row[column('waste')])),
  };
  return below.flatMap((row, index) => {
    const text = (field: PriceField) => textOf(row[column(field)]);
    if (!priceFields.some((field) => column(field) >= 0 && text(field) !== '')) return [];
    const isNumber = (field: PriceField) => typeof row[column(field)] === 'number';
    return [
      readRow(first + index + 1, text, {
        ...reading,
        // What a spreadsheet holds as a number has a point, whatever the texts beside it have.
        ...(isNumber('unitCost') ? { cost: 'en' } : {}),
        ...(isNumber('waste') ? { waste: 'en' } : {}),
      }),
    ];
  });
}

interface Reading {
  readonly currency: string;
  readonly cost: string;
  readonly waste: string;
  readonly fraction: boolean;
}

const longest = { code: 100, name: 500, unit: 40, category: 200, note: 2_000 } as const;

function readRow(row: number, text: (field: PriceField) => string, reading: Reading): PriceRow {
  const fields: Partial<ItemFields> = {};
  const problems: Record<string, string> = {};
  for (const field of ['code', 'name', 'unit', 'category', 'note'] as const) {
    const said = text(field);
    if (said.length > longest[field]) problems[field] = `is longer than ${longest[field]} characters`;
    // An empty cell says nothing: what the item has stays.
    else if (said !== '') fields[field] = said;
  }
  const currency = text('currency').toUpperCase();
  if (currency !== '') {
    if (/^[A-Z]{3}$/.test(currency)) fields.currency = currency;
    else problems.currency = `“${currency}” is no currency code, such as USD`;
  }
  const cost = text('unitCost');
  if (cost !== '') {
    const read = parseAmount(cost, reading.cost, fields.currency ?? reading.currency);
    if ('problem' in read) problems.unitCost = `“${cost}”: ${read.problem}`;
    else fields.unitCost = read.value;
  }
  const waste = text('waste');
  if (waste !== '') {
    const read = parseRate(reading.fraction ? `${waste}*100` : waste, reading.waste);
    const value = 'value' in read ? read.value : -1;
    if (value < 0 || value > 100_000) problems.wasteBp = `“${waste}” is no waste from 0 to 1000 %`;
    else fields.wasteBp = value;
  }
  const kind = text('kind');
  if (kind !== '') {
    const read = kindOf(kind);
    if (read === null) problems.kind = `“${kind}” is none of ${Object.values(lineKindWords).join(', ')}`;
    else fields.kind = read;
  }
  return { row, fields, problems };
}

function kindOf(text: string): PriceKind | null {
  const said = text.toLowerCase();
  const beginnings: Readonly<Record<PriceKind, RegExp>> = {
    mat: /^mat/,
    lab: /^(lab|arbeit|lohn)/,
    equip: /^(equip|ger)/,
    sub: /^(sub|nach)/,
    other: /^(other|misc|sonst|fee)/,
  };
  return lineKinds.find((kind) => beginnings[kind].test(said)) ?? null;
}

/** The way numbers of a column are written: with a decimal comma where that is the only way to read them. */
function localeOf(texts: readonly string[]): string {
  const commas = texts.some((text) => /,\d{1,2}\D*$|,\d{4,}/.test(text));
  const points = texts.some((text) => /\.\d{1,2}\D*$|\.\d{4,}/.test(text));
  return commas && !points ? 'de' : 'en';
}

function areFractions(cells: readonly (Cell | undefined)[]): boolean {
  const numbers = cells.filter((cell) => typeof cell === 'number');
  return numbers.length > 0 && numbers.every((value) => value >= 0 && value < 1);
}
