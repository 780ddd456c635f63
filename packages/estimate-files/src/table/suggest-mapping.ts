import { type Field, fields, headWords, type Mapping, plainWords } from './fields.ts';
import { numberOf } from './numbers.ts';
import { type Cell, isBlankRow, type TableSheet, textOf } from './table.ts';

/** Rows among which the headings are looked for, and rows whose contents are looked at. */
const headRows = 40;
const sampleRows = 400;

const known = new Map<string, { readonly field: Field; readonly rank: number }>();
for (const field of fields) {
  for (const [rank, words] of headWords[field].entries())
    if (!known.has(words)) known.set(words, { field, rank });
}

/** How columns are probably to be read: by what their headings say, then by what they hold. */
export function suggestMapping({ rows }: TableSheet): Mapping {
  const headRow = headRowOf(rows);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const columns: (Field | null)[] = Array.from({ length: width }, () => null);
  const taken = new Set<Field>();
  const give = (column: number, field: Field) => {
    if (columns[column] !== null || taken.has(field)) return;
    columns[column] = field;
    taken.add(field);
  };
  const heads = headRow === null ? [] : (rows[headRow] ?? []);
  const words = heads.map((head) => plainWords(textOf(head)));
  for (const match of [exactly, roughly]) {
    const found = words.flatMap((said, column) => {
      const best = match(said);
      return best === null ? [] : [{ column, ...best }];
    });
    // "Description" says more surely than "Item" which column describes.
    for (const { column, field } of found.toSorted((a, b) => a.rank - b.rank)) give(column, field);
  }
  for (const [column, said] of words.entries()) {
    const second = secondChoice[said];
    if (second) give(column, second);
  }
  const sample = rows
    .slice((headRow ?? -1) + 1, (headRow ?? -1) + 1 + sampleRows)
    .filter((row) => !isBlankRow(row));
  for (const [column, field] of byContents(sample, columns)) give(column, field);
  return { headRow, columns };
}

interface Match {
  readonly field: Field;
  /** Earlier words are surer. */
  readonly rank: number;
}

/** What a heading is where its first meaning is another column's. */
const secondChoice: Readonly<Record<string, Field>> = {
  item: 'code',
  pos: 'code',
  cost: 'amount',
  price: 'amount',
};

function exactly(words: string): Match | null {
  return known.get(words) ?? known.get(words.replace(/ (usd|eur|gbp|chf|net|netto|ht|sq|each)$/, '')) ?? null;
}

/** The longest words of the table that the heading holds. */
function roughly(words: string): Match | null {
  let best: Match | null = null;
  let length = 2;
  for (const [candidate, match] of known) {
    if (candidate.length > length && ` ${words} `.includes(` ${candidate} `)) {
      best = match;
      length = candidate.length;
    }
  }
  return best;
}

/** The row with the most headings, at least two and none of them a number. */
export function headRowOf(rows: TableSheet['rows']): number | null {
  let best: number | null = null;
  let most = 1;
  for (const [index, row] of rows.slice(0, headRows).entries()) {
    const cells = row.map(textOf).filter((text) => text !== '');
    if (cells.some((text) => text !== '' && /^[-+]?[\d.,]+$/.test(text))) continue;
    const found = new Set(cells.flatMap((text) => exactly(plainWords(text))?.field ?? []));
    if (found.size > most) {
      best = index;
      most = found.size;
    }
  }
  return best;
}

function byContents(
  sample: readonly (readonly Cell[])[],
  columns: readonly (Field | null)[],
): [number, Field][] {
  const given: [number, Field][] = [];
  const free = columns.flatMap((field, column) => (field === null ? [column] : []));
  const has = (field: Field) => columns.includes(field);
  const filled = (column: number) => sample.filter((row) => textOf(row[column]) !== '');
  const numeric = free.filter((column) => {
    const cells = filled(column);
    return (
      cells.length > 0 &&
      cells.filter((row) => numberOf(textOf(row[column])) !== null).length >= cells.length * 0.7
    );
  });
  const words = free.filter((column) => !numeric.includes(column) && filled(column).length > 0);
  if (!has('name')) {
    const lengthOf = (column: number) =>
      filled(column).reduce((sum, row) => sum + textOf(row[column]).length, 0);
    const [longest] = words.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    if (longest !== undefined) given.push([longest, 'name']);
  }
  if (!has('qty') && !has('unitCost') && !has('amount')) {
    const factors = productIn(sample, numeric);
    if (factors) given.push([factors[0], 'qty'], [factors[1], 'unitCost'], [factors[2], 'amount']);
    else
      for (const [index, column] of numeric.slice(0, 2).entries())
        given.push([column, index === 0 ? 'qty' : 'unitCost']);
  }
  return given;
}

/** Two columns and the one that holds their product in most rows. */
function productIn(
  sample: readonly (readonly Cell[])[],
  columns: readonly number[],
): readonly [number, number, number] | null {
  for (const product of columns.toReversed()) {
    for (const a of columns) {
      for (const b of columns) {
        if (a >= b || a === product || b === product) continue;
        const rows = sample
          .map((row) => [a, b, product].map((column) => numberOf(textOf(row[column]))))
          .filter((values) => values.every((value) => value !== null));
        const right = rows.filter(([x, y, z]) => Math.abs(Number(x) * Number(y) - Number(z)) <= 0.011);
        if (rows.length >= 2 && right.length >= rows.length * 0.8) return [a, b, product];
      }
    }
  }
  return null;
}
